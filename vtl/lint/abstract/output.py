"""`Output`: the text that a run prints, with the place in the template that printed each piece."""

from __future__ import annotations

from bisect import bisect_right

from vtl.source import Span

MOST_CHARACTERS = 200_000


class OutputFull(Exception):
    """The run printed more than is looked at."""


class Output:
    """Pieces of text in the order in which they are printed."""

    __slots__ = ("_starts", "pieces", "size", "spans")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.spans: list[Span] = []
        self._starts: list[int] = []
        self.size = 0

    def put(self, text: str, span: Span) -> None:
        """Print a text that comes from `span`; OutputFull beyond the bound."""
        if text:
            self.pieces.append(text)
            self.spans.append(span)
            self._starts.append(self.size)
            self.size += len(text)
            if self.size > MOST_CHARACTERS:
                raise OutputFull

    def text(self) -> str:
        """All of it."""
        return "".join(self.pieces)

    def origin(self, offset: int) -> tuple[int, Span, str] | None:
        """The piece that holds an offset: where it starts, its place in the template, its text; None for an empty output."""
        if not self._starts:
            return None
        index = max(0, bisect_right(self._starts, offset) - 1)
        return self._starts[index], self.spans[index], self.pieces[index]
