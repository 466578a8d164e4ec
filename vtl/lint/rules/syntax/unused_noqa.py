"""A `noqa` comment suppresses nothing.

The finding that it was written for is gone, or the code is misspelt. Codes of rules that are off are not counted.

    ## noqa: U204         remove the comment, or the code from it
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.lint.suppress import Suppression


def problems(subject: Subject, known: Iterable[Suppression], on: frozenset[str]) -> Iterator[Problem]:
    """The comments, after all findings have been looked at, of which some code was of no use."""
    for each in known:
        if each.span is None:
            continue
        for code in each.unused:
            if not code:
                yield Problem("this noqa suppresses nothing", each.span)
            elif any(other.startswith(code) for other in on):
                yield Problem(f"noqa: {code} suppresses nothing", each.span)
            elif not _known(code):
                yield Problem(f"noqa: there is no rule {code}", each.span)


def _known(code: str) -> bool:
    from vtl.lint.registry import all_rules

    return any(rule.code.startswith(code) for rule in all_rules())


RULE = Rule(code="P006", name="unused-noqa", severity=Severity.WARNING)
