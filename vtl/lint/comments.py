"""Comments of YAML and HCL beside a template: in the line where it begins, in its key's line, and alone in the lines above."""

from __future__ import annotations

import re

from vtl.lint.site import FilePlace, HostComment
from vtl.source import Source

_COMMENT = re.compile(r"(?:^|\s)((?:#|//).*\bnoqa\b.*)$")
_ALONE = re.compile(r"\s*((?:#|//).*)$")
_MOST_LINES = 20


def comments_beside(source: Source, start: int, end: int = 0) -> tuple[HostComment, ...]:
    """The comments beside what stands between two offsets of a file, those with a suppression in them. JSON has none."""
    if source.text[:1] in ("{", "["):
        return ()
    line = source.place(start).line
    numbers = [number for number in (line, line - 1) if number > 0]
    found = [_comment(source, number, match) for number in numbers if (match := _COMMENT.search(source.line(number)))]
    found = [each for each in found if not start <= source.line_starts[each.place.line - 1] + each.place.column - 1 < end]
    for number in range(line - 2, max(0, line - 2 - _MOST_LINES), -1):
        alone = _ALONE.match(source.line(number))
        if alone is None:
            break
        if "noqa" in alone[1].lower():
            found.append(_comment(source, number, alone))
    return tuple(found)


def _comment(source: Source, line: int, match: re.Match[str]) -> HostComment:
    return HostComment(match[1].lstrip("#/ \t").rstrip(), FilePlace(source.name, line, match.start(1) + 1))
