"""`## noqa: CODE` and `#* noqa: CODE *#`: findings that the author has seen and keeps.

A comment speaks for its own line; one that stands alone on its line speaks for the next. `noqa-file` speaks for the template,
and so does a comment of the host document beside it. `##` swallows its line end, which changes the output; `#* *#` does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from vtl.lang import nodes
from vtl.lint.finding import Finding
from vtl.lint.site import FilePlace, HostComment
from vtl.lint.subject import Subject
from vtl.source import Source, Span

_NOQA = re.compile(r"\bnoqa(?P<file>-file)?\b(?:\s*:\s*(?P<codes>[A-Za-z][\w-]*(?:[\s,]+[A-Za-z]+[0-9]+)*))?", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z][\w-]*")


@dataclass(slots=True)
class Suppression:
    """One comment: the codes that it names (none: every code), the line it speaks for (None: the template), and which it used.

    `span` is its place in the template, or `place` the one in the host document.
    """

    codes: tuple[str, ...]
    line: int | None
    span: Span | None = None
    place: FilePlace | None = None
    used: set[str] = field(default_factory=set)

    def covers(self, code: str, line: int | None) -> bool:
        """Whether a finding of that code in that line of the template is meant."""
        if self.line is not None and self.line != line:
            return False
        return not self.codes or any(code.startswith(each) for each in self.codes)

    def note(self, code: str) -> None:
        """Remember that it was of use."""
        self.used |= {each for each in self.codes if code.startswith(each)} or {""}

    def note_all(self) -> None:
        """Nobody can tell whether it would be of use."""
        self.used |= {*self.codes, ""}

    @property
    def unused(self) -> tuple[str, ...]:
        """The codes that suppressed nothing; ("",) for a comment without codes that suppressed nothing."""
        if not self.codes:
            return () if self.used else ("",)
        return tuple(each for each in self.codes if each not in self.used)


def read_comment(text: str, line: int | None, span: Span | None = None, place: FilePlace | None = None) -> Suppression | None:
    """The suppression that a comment's text holds, or None."""
    found = _NOQA.search(text)
    if found is None:
        return None
    codes = tuple(each.upper() for each in _CODE.findall(found["codes"] or ""))
    return Suppression(codes, None if found["file"] else line, span, place)


def suppressions(subject: Subject) -> list[Suppression]:
    """Those in a template."""
    source = subject.source
    found = []
    for node in subject.nodes:
        if isinstance(node, nodes.LineComment | nodes.BlockComment):
            made = read_comment(source.text[node.span.start : node.span.end], _line_meant(source, node.span), node.span)
            if made is not None:
                found.append(made)
    return found


def beside(comments: Iterable[HostComment]) -> list[Suppression]:
    """Those of a host's comments, which speak for all of the template."""
    made = (read_comment(comment.text, None, place=comment.place) for comment in comments)
    return [each for each in made if each is not None]


def _line_meant(source: Source, span: Span) -> int:
    place = source.place(span.start)
    last = source.place(max(span.start, span.end - 1)).line
    alone = not source.line(place.line)[: place.column - 1].strip()
    rest = source.text[span.end : source.line_starts[last] if last < len(source.line_starts) else len(source.text)]
    if alone and (source.text[span.end - 1 : span.end] in "\r\n" or not rest.strip()):
        return last + 1
    return place.line


def apply(findings: Iterable[Finding], known: list[Suppression]) -> list[Finding]:
    """The findings that no suppression covers; the others mark theirs as used."""
    kept = []
    for finding in findings:
        line = finding.source.place(finding.span.start).line if finding.source and finding.span else None
        covering = [each for each in known if each.covers(finding.code, line)]
        for each in covering:
            each.note(finding.code)
        if not covering:
            kept.append(finding)
    return kept
