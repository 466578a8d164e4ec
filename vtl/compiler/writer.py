"""Indented lines of Python, each with the place in the template that it answers for."""

from __future__ import annotations

from vtl.source import Span


class Writer:
    """Collects lines; `span` is the place of the node that is being written."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.spans: list[Span] = []
        self.depth = 0
        self.span = Span(0, 0)

    def line(self, text: str) -> None:
        """Adds one line at the present depth."""
        self.lines.append("    " * self.depth + text)
        self.spans.append(self.span)

    def insert(self, position: int, text: str, depth: int) -> None:
        """Adds a line before line `position` (from 0)."""
        self.lines.insert(position, "    " * depth + text)
        self.spans.insert(position, self.span)

    def mark(self) -> int:
        """The number of lines so far."""
        return len(self.lines)
