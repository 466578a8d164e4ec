"""A value of a Lambda authorizer is used as a boolean, but all of them are texts.

Whatever the authorizer's context holds reaches the template as text: with `isAdmin: false` the condition is the text "false",
which is true.

    #if($context.authorizer.isAdmin)       #if($context.authorizer.isAdmin == "true")

See: API Gateway developer guide, output from a Lambda authorizer.
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.finding import Edit, Fix
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.source import Span


def check(subject: Subject) -> Iterator[Problem]:
    """The conditions that are such a value, each once."""
    seen: set[Span] = set()
    for run in subject.exploration.runs:
        for note in run.notes:
            if note.kind != "truth" or not note.unknown.key.startswith("context.authorizer.") or note.span in seen:
                continue
            seen.add(note.span)
            words = " ".join(subject.text[note.span.start : note.span.end].split())
            fix = Fix((Edit(Span(note.span.end, note.span.end), ' == "true"'),), False, 'Compare with "true"')
            message = f'`{words}` is a text: "false" is true, and so is one that is missing'
            yield Problem(message, note.span, f'{words} == "true"', fix=fix)


RULE = Rule(code="D307", name="authorizer-boolean", severity=Severity.ERROR, check=check, fixes="unsafe")
