"""Selection patterns of integration responses: which statuses they match, and whether they are regular expressions at all."""

from __future__ import annotations

from functools import lru_cache

from vtl.errors import VtlError
from vtl.values.call import PlainCall
from vtl.values.methods import invoke

_STATUSES = tuple(str(status) for status in range(100, 600))


@lru_cache(maxsize=512)
def matches_a_status(pattern: str) -> bool:
    """Whether Java's regular expression matches any status from 100 to 599; true also for what is no regular expression."""
    try:
        return any(invoke(PlainCall(), status, "matches", (pattern,)) for status in _STATUSES)
    except VtlError:
        return True


def pattern_error(pattern: str) -> str:
    """Why Java takes the pattern for no regular expression; "" when it is one."""
    try:
        invoke(PlainCall(), "", "matches", (pattern,))
    except VtlError as error:
        return error.message.partition(": ")[2].split("\n")[0] or error.message
    return ""


def is_status_pattern(pattern: str) -> bool:
    """Whether the pattern is written for a status: digits and signs only."""
    return bool(pattern) and not any(character.isalpha() and character not in "dDxXwW" for character in pattern)
