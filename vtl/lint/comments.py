"""Comments of YAML and HCL beside a template: in the line where it begins, in its key's line, and alone in the lines above."""

from __future__ import annotations

import re

from vtl.source import Source

_COMMENT = re.compile(r"(?:^|\s)(?:#|//)\s*(.*\bnoqa\b.*)$")
_ALONE = re.compile(r"\s*(?:#|//)(.*)$")
_MOST_LINES = 20


def comments_beside(source: Source, offset: int) -> tuple[str, ...]:
    """The comments beside what begins at an offset of a file, those with a suppression in them. JSON has none."""
    if source.text[:1] in ("{", "["):
        return ()
    line = source.place(offset).line
    found = [match[1] for number in (line, line - 1) if number > 0 and (match := _COMMENT.search(source.line(number)))]
    for number in range(line - 2, max(0, line - 2 - _MOST_LINES), -1):
        alone = _ALONE.match(source.line(number))
        if alone is None:
            break
        if "noqa" in alone[1].lower():
            found.append(alone[1])
    return tuple(found)
