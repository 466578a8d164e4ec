"""A `noqa` comment suppresses nothing.

The finding that it was written for is gone, or the code is misspelt. Codes of rules that are off are not counted.

    ## noqa: U204         remove the comment, or the code from it
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.suppress import Suppression


def problems(known: Iterable[Suppression], on: frozenset[str]) -> Iterator[Problem]:
    """The comments, after all findings have been looked at, of which some code was of no use."""
    for each in known:
        for code in each.unused:
            message = _message(code, on)
            if message is not None:
                yield Problem(message, each.span, place=each.place)


def _message(code: str, on: frozenset[str]) -> str | None:
    if not code:
        return "this noqa suppresses nothing"
    if any(other.startswith(code) for other in on):
        return f"noqa: {code} suppresses nothing"
    return None if _known(code) else f"noqa: there is no rule {code}"


def _known(code: str) -> bool:
    from vtl.lint.registry import all_rules

    return any(rule.code.startswith(code) for rule in all_rules())


RULE = Rule(code="P006", name="unused-noqa", severity=Severity.WARNING)
