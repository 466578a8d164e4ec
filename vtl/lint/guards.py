"""What the conditions on the way to a place say about an unknown value there."""

from __future__ import annotations

import re

from vtl.lint.abstract.exploration import Run
from vtl.lint.abstract.unknown import Unknown
from vtl.lint.site import REQUEST, RESPONSE, Site

_ANSWER = re.compile(r"body\.(?:Items?|Attributes|Count|ScannedCount|errorMessage|errorType|output|Records)\b")


def matched(run: Run, unknown: Unknown) -> bool:
    """Whether the run was only taken because the value matched a pattern."""
    return any(choice.key.startswith(f"{unknown.key}.matches(") and choice.taken == 0 for choice in run.choices)


def numeric(run: Run, unknown: Unknown) -> bool:
    """Whether the value must be a number there: on texts `<` and `>` are false."""
    return any(choice.key.startswith((f"{unknown.key} < ", f"{unknown.key} > ")) and choice.taken == 0 for choice in run.choices)


def present(run: Run, unknown: Unknown) -> bool:
    """Whether the value cannot be missing there."""
    absent = f"{unknown.key} == ''"
    return numeric(run, unknown) or any(choice.key == absent and choice.taken == 1 for choice in run.choices)


def answers(site: Site, unknown: Unknown) -> bool:
    """Whether the value comes from the backend: it is read from the body of a response.

    Without a direction the names that AWS services give to their answers decide.
    """
    if unknown.taint != "body" or site.direction == REQUEST:
        return False
    return site.direction == RESPONSE or _ANSWER.search(unknown.key) is not None
