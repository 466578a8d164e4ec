"""A template inside a YAML block, as a loader would hand it over."""

from __future__ import annotations

from dataclasses import dataclass, field

from vtl.lint.site import HostComment, Site
from vtl.source import Place, Source, Span


@dataclass(frozen=True)
class BlockTemplate:
    """`text` stands in the file from line `line` on, each line indented by `column` - 1 blanks."""

    text: str
    file: str = "api.yaml"
    line: int = 10
    column: int = 13
    site: Site = field(default_factory=Site)
    comments: tuple[HostComment, ...] = ()
    editable: bool = False
    placeholders: tuple[Span, ...] = ()

    @property
    def kind(self) -> str:
        return self.site.kind

    def place(self, offset: int) -> Place:
        line, column = Source("", self.text).place(offset)
        return Place(self.line + line - 1, self.column + column - 1)
