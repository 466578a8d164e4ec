"""`Where`: the range of a file that a part of an API was written in."""

from __future__ import annotations

from typing import NamedTuple

from vtl.source import Source, Span


class Where(NamedTuple):
    """A file and a range of it; a diagnostic takes both as they are."""

    source: Source
    span: Span

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.source.name

    @property
    def line(self) -> int:
        """The line of the first character, from 1."""
        return self.source.place(self.span.start).line

    @property
    def column(self) -> int:
        """The column of the first character, from 1."""
        return self.source.place(self.span.start).column
