"""`Token`, and `refuse`, with which the scanners and the parser say what is wrong with a path."""

from __future__ import annotations

from typing import Any, NamedTuple, NoReturn

from vtl.errors import InvalidPath
from vtl.source import Source, Span

NESTING = 40
"""How deep filters, parentheses, `!` and function arguments may stand inside each other. What stands behind a function counts as
inside it: it goes on from its result."""


class Token(NamedTuple):
    """One token: its terminal in grammar.lark, where it stands, and what it says (a name, a text, a number)."""

    type: str
    start: int
    end: int
    value: Any = None


def refuse(source: Source, span: Span, message: str, hint: str | None = None) -> NoReturn:
    """Raise InvalidPath with a place in the path."""
    raise InvalidPath(message, source=source, span=span, hint=hint)
