"""`Cursor`: the text of a path, how far it has been read, and the tokens that were found; what all its scanners share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, NoReturn

from vtl.jsonpath.brackets import join_escapes, skip_blanks
from vtl.jsonpath.dialect import JsonPathDialect
from vtl.jsonpath.tokens import NESTING, Token, refuse
from vtl.source import Source, Span


class Cursor(ABC):
    """A place in the text of a path, which ends at `end`; `depth` counts what is around it, and the functions before it."""

    def __init__(
        self, source: Source, dialect: JsonPathDialect, tokens: list[Token], start: int, end: int | None = None, depth: int = 0
    ):
        self.source = source
        self.dialect = dialect
        self.tokens = tokens
        self.text = source.text
        self.position = start
        self.end = len(source.text) if end is None else end
        self.depth = depth
        self.check_depth(depth, start)

    @abstractmethod
    def subpath(self, start: int, end: int, depth: int) -> None:
        """Append the tokens of a path that stands between two offsets, in a filter."""

    def check_depth(self, depth: int, position: int) -> None:
        """InvalidPath for what stands too deep."""
        if depth > NESTING:
            self.fail(f"filters, parentheses and functions stand more than {NESTING} levels inside each other", position)

    def at(self, mark: str) -> bool:
        """Whether `mark` comes next."""
        return self.text.startswith(mark, self.position, self.end)

    def character(self, position: int) -> str:
        """The character at a position, "" from the end on."""
        return self.text[position] if position < self.end else ""

    def ends(self) -> bool:
        """Whether nothing comes any more."""
        return self.position >= self.end

    def skip_blanks(self) -> None:
        """Go on to what is no blank."""
        self.position = skip_blanks(self.text, self.position, self.end)

    def emit(self, kind: str, length: int, value: Any = None) -> None:
        """A token that stands at the position; the position moves behind it."""
        self.tokens.append(Token(kind, self.position, self.position + length, value))
        self.position += length

    def add(self, kind: str, start: int, end: int, value: Any = None) -> None:
        """A token that stands elsewhere; the position stays."""
        self.tokens.append(Token(kind, start, end, value))

    def unescaped(self, raw: str, start: int) -> str:
        """The raw text of a literal that starts at `start`, its escapes resolved."""
        try:
            return join_escapes(raw)
        except ValueError:
            self.fail("\\u needs four hexadecimal digits", start, start + len(raw))

    def fail(self, message: str, start: int | None = None, end: int | None = None, hint: str | None = None) -> NoReturn:
        """Raise InvalidPath with a place, the position unless one is given."""
        start = self.position if start is None else start
        refuse(self.source, Span(start, start + 1 if end is None else end), message, hint)
