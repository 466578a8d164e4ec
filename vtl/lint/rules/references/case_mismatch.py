"""A variable is written with other capitals than where it is set.

Names in Velocity tell capitals apart, so this is another variable, which nothing sets.

    $Input.body            write $input.body
    $stagevariables.url    write $stageVariables.url
    #set($userId = 1)$userID
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.finding import Edit, Fix
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.source import Span

_GIVEN = frozenset(["input", "util", "context", "stageVariables", "foreach", "velocityCount", "velocityHasNext"])


def check(subject: Subject) -> Iterator[Problem]:
    """Every use of such a name."""
    known = _GIVEN | subject.assigned
    lower = {name.lower(): name for name in sorted(known)}
    for reference in subject.references:
        name = reference.name
        meant = lower.get(name.lower())
        if name in known or meant is None or reference.escaped:
            continue
        start = subject.text.find(name, reference.span.start, reference.span.end)
        span = Span(start, start + len(name))
        fix = Fix((Edit(span, meant),), False, f"Write ${meant}")
        yield Problem(
            f"${name} is never set, but ${meant} is: capitals matter", reference.span, f"did you mean ${meant}?", fix=fix
        )


RULE = Rule(code="R108", name="case-mismatch", severity=Severity.ERROR, check=check, fixes="unsafe")
