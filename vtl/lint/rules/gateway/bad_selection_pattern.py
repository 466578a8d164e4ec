r"""A selectionPattern is no regular expression, or matches something else than it says.

The pattern is a Java regular expression for the whole text. Words in square brackets are a class of characters:
`.*[BadRequest].*` matches every text with a B, an a, a d... in it, which is nearly every error. Without `.*` around it a word
matches only when it is the whole message.

    .*[BadRequest].*       .*\[BadRequest\].*
    BadRequest             BadRequest.*

See: API Gateway developer guide, handle Lambda errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.selection import pattern_error
from vtl.lint.site import IntegrationSite

_WORD_CLASS = re.compile(r"(?<!\\)\[\^?([A-Za-z][A-Za-z0-9_ ]{2,})\]")
_RANGE = re.compile(r"[A-Za-z0-9]-[A-Za-z0-9]")


def check(integration: IntegrationSite) -> Iterator[Problem]:
    """The patterns that are no regular expressions, and the words in brackets."""
    for response in integration.responses or ():
        if not response.pattern:
            continue
        error = pattern_error(response.pattern)
        if error:
            yield Problem(f"the pattern {response.pattern!r} is no regular expression: {error}", place=response.place)
            continue
        found = _WORD_CLASS.search(response.pattern)
        if found and not _RANGE.search(found[1]) and len(set(found[1])) >= 3:
            message = f"the pattern {response.pattern!r} matches any text with one of the letters of {found[1]!r} in it"
            hint = f"[...] is a class of characters: escape the brackets, \\[{found[1]}\\]"
            yield Problem(message, place=response.place, hint=hint, severity=Severity.ERROR)


RULE = Rule(code="G604", name="bad-selection-pattern", severity=Severity.ERROR, check_integration=check)
