"""What is wrong, where, and how it is shown: `Diagnostic`, `Severity`, and the only place that draws carets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vtl.source import Source, Span

_TAB = "    "
_EXCERPT_WIDTH = 160


class Severity(Enum):
    """How bad a diagnostic is; the value is the word that is printed."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a message, its place in a source (if it has one), and what may help.

    `code` is a rule's or an error's short name ("" for none); `hint` is a sentence for the user or None.
    """

    message: str
    source: Source | None = None
    span: Span | None = None
    severity: Severity = Severity.ERROR
    code: str = ""
    hint: str | None = None

    @property
    def file(self) -> str:
        """The name of the source, "" when the finding belongs to none."""
        return self.source.name if self.source else ""

    @property
    def line(self) -> int:
        """The line of the first character, from 1; 0 without a place."""
        return self.source.place(self.span.start).line if self.source and self.span else 0

    @property
    def column(self) -> int:
        """The column of the first character, from 1; 0 without a place."""
        return self.source.place(self.span.start).column if self.source and self.span else 0

    @property
    def location(self) -> str:
        """`file:line:column`, or as much of it as is known."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def headline(self) -> str:
        """One line: place, severity, code and message."""
        code = f"[{self.code}]" if self.code else ""
        prefix = f"{self.location}: " if self.location else ""
        return f"{prefix}{self.severity.value}{code}: {self.message}"

    def render(self) -> str:
        """The headline, the excerpt with carets, and the hint, without a final line end."""
        parts = [self.headline(), *self._excerpt()]
        if self.hint:
            parts.append(f"  hint: {self.hint}")
        return "\n".join(parts)

    def _excerpt(self) -> list[str]:
        if not self.source or not self.span:
            return []
        place = self.source.place(self.span.start)
        line = self.source.line(place.line)
        end = self.source.place(max(self.span.end, self.span.start + 1) - 1)
        last = end.column if end.line == place.line else len(line)
        width = max(1, last - place.column + 1)
        cut = max(0, place.column - 1 - _EXCERPT_WIDTH // 2)
        before, marked = line[cut : place.column - 1], line[place.column - 1 : place.column - 1 + width]
        shown = line[cut : cut + _EXCERPT_WIDTH].replace("\t", _TAB)
        number = str(self.line)
        pad = " " * len(number)
        carets = " " * len(before.replace("\t", _TAB)) + "^" * max(1, len(marked.replace("\t", _TAB)))
        return [f" {pad} |", f" {number} | {shown}", f" {pad} | {carets[: _EXCERPT_WIDTH + 1]}"]
