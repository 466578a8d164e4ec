"""Source text and places in it: `Source` (a named text with a line table) and `Span` (start and end offsets)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of character offsets in one source text."""

    start: int
    end: int


class Place(NamedTuple):
    """A line and a column, both counted from 1; a column counts characters."""

    line: int
    column: int


def _line_starts(text: str) -> tuple[int, ...]:
    """Offsets of the first character of each line; `\\n`, `\\r\\n` and a lone `\\r` end a line, as in Velocity."""
    starts = [0]
    position = 0
    while position < len(text):
        character = text[position]
        position += 1
        if character == "\r" and text[position : position + 1] == "\n":
            position += 1
        if character in "\r\n":
            starts.append(position)
    return tuple(starts)


@dataclass(frozen=True, slots=True)
class Source:
    """A named text. The line table is made when the first place is asked for: a render without errors never needs it."""

    name: str
    text: str
    _starts: list[tuple[int, ...]] = field(default_factory=list, repr=False, compare=False)

    @property
    def line_starts(self) -> tuple[int, ...]:
        """Offsets at which the lines start; at least `(0,)`."""
        if not self._starts:
            self._starts.append(_line_starts(self.text))
        return self._starts[0]

    def place(self, offset: int) -> Place:
        """The line and column of `offset`, which may lie one past the end."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return Place(line, offset - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of line `number` (from 1) without its line end; "" beyond the last line."""
        starts = self.line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")
