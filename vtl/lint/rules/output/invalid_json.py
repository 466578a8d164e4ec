"""The output is not JSON on some branch.

Every branch of the template is run with unknown values in the place of the request's, loops without, with one and with two
elements, and the output is read as strict JSON. What is told is wrong whatever the values are: a bracket that is never closed,
a comma that is missing between the elements of a loop, text without quotes. The message names the conditions that lead there,
and the hint shows the output. What a MOCK integration reads of a request template is not looked at: its reader forgives nearly
all.

    { "name": "$name" #if($age != "") "age": $age #end }        a comma is missing before "age"
    "body": "$input.json('$')"                                  that is JSON already: leave the quotes away
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.json_skeleton import COMMA
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """The distinct failures that are not about commas."""
    for failure in subject.failures:
        if failure.fault.kind != COMMA:
            message = f"the output is not JSON{failure.when(subject.source)}: {failure.fault.problem}"
            yield Problem(message, failure.span, f"the output there: {failure.excerpt}")


RULE = Rule(code="J401", name="invalid-json", severity=Severity.ERROR, check=check)
