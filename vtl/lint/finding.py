"""`Finding`: a diagnostic of a rule, at its place in the user's file, with the fix that it may have."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from vtl.diagnostics import Diagnostic
from vtl.lint.site import FilePlace, Site
from vtl.source import Place, Span

UNREADABLE = "P000"
"""The code of what is wrong with a file before any rule looks at it."""
_CODE = re.compile(r"[A-Z]\d{3}")


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of a span of the template."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that remove a finding. A safe one changes nothing that was right before; others need a look."""

    edits: tuple[Edit, ...]
    safe: bool
    message: str


@dataclass(frozen=True, slots=True)
class Finding(Diagnostic):
    """One finding. `source` and `span` are the template's; `start` and `end` lie in the file that holds it.

    `editable` tells whether a fix can be written into that file.
    """

    rule: str = ""
    start: FilePlace | None = None
    end: Place | None = None
    fix: Fix | None = None
    site: Site | None = None
    editable: bool = False

    @classmethod
    def of(cls, diagnostic: Diagnostic) -> Finding:
        """A diagnostic that no rule made, such as that of a file that cannot be read."""
        if isinstance(diagnostic, Finding):
            return diagnostic
        start = FilePlace(diagnostic.file, diagnostic.line, diagnostic.column) if diagnostic.file else None
        source, span = diagnostic.source, diagnostic.span
        code = diagnostic.code if _CODE.fullmatch(diagnostic.code) else UNREADABLE
        return cls(diagnostic.message, source, span, diagnostic.severity, code, diagnostic.hint, start=start)

    @property
    def file(self) -> str:
        """The file of the user, "" without one."""
        return self.start.file if self.start else ""

    @property
    def line(self) -> int:
        """The line in that file, from 1; 0 without a place."""
        return self.start.line if self.start else 0

    @property
    def column(self) -> int:
        """The column in that file, from 1; 0 without a place."""
        return self.start.column if self.start else 0

    @property
    def fingerprint(self) -> str:
        """What stays the same while the lines around it move: file, code and the text of its line."""
        text = ""
        if self.source and self.span:
            text = " ".join(self.source.line(self.source.place(self.span.start).line).split())
        return hashlib.sha256("\0".join([self.file, self.code, text or self.message]).encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def order(self) -> tuple[str, int, int, str]:
        """By file, place and code."""
        return (self.file, self.line, self.column, self.code)
