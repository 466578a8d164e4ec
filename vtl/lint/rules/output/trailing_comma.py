"""There is a comma too many in the JSON output on some branch.

The way to look is that of J401: every branch, loops without, with one and with two elements. API Gateway does not repair the
output: Step Functions, DynamoDB and clients refuse it.

    { "id": "$id", #if($name != "") "name": "$name" #end }      without a name a comma stands before the `}`
    #foreach($x in $list) "$x", #end                            #if($foreach.hasNext),#end
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.finding import Edit, Fix
from vtl.lint.json_skeleton import COMMA
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.lint.validity import Failure


def check(subject: Subject) -> Iterator[Problem]:
    """The distinct failures that are about commas."""
    for failure in subject.failures:
        if failure.fault.kind == COMMA:
            message = f"the output is not JSON{failure.when(subject.source)}: {failure.fault.problem}"
            yield Problem(message, failure.span, f"the output there: {failure.excerpt}", fix=_fix(subject, failure))


def _fix(subject: Subject, failure: Failure) -> Fix | None:
    """Take the comma away where it is always wrong and stands in the template's own text."""
    copied = subject.text[failure.span.start : failure.span.end] == ","
    return Fix((Edit(failure.span, ""),), True, "Remove the comma") if failure.always and copied else None


RULE = Rule(code="J402", name="trailing-comma", severity=Severity.ERROR, check=check, fixes="safe")
