"""The shape of comments: what the formatter makes of one."""

from __future__ import annotations

import re

_LINE = re.compile(r"##(?P<text>[^\r\n]*)(?P<end>\r\n|\n|\r)?")
_BLOCK = re.compile(r"#\*(?P<text>[^$#\\]*)\*#")
_LAST_BLANKS = re.compile(r"[ \t]+(?=[\r\n])")
_BEGINS_TEXT = re.compile(r"[\w\"'(\[{<]")
_ENDS_TEXT = re.compile(r"[\w\"')\]}>.,:;!?]$")
_SIGN = re.compile(r"[$#\\!*]$")


def tidied_comment(comment: str) -> str:
    """A comment with blanks around its text and none at the ends of its lines; it comes with the line end that belongs to it.

    Rulers such as `##----` and commented-out directives such as `###if` stay; so does whatever Velocity may print something of:
    a comment that begins before its mark, and a block comment with signs inside. A sign that ends a line keeps its blanks.
    """
    line = _LINE.fullmatch(comment)
    if line:
        text = line["text"]
        if line["end"] and not _SIGN.search(text.rstrip(" \t")):
            text = text.rstrip(" \t")
        return f"##{_spaced(text)}{line['end'] or ''}"
    block = _BLOCK.fullmatch(comment)
    if block and not block["text"].startswith("*"):
        text = _LAST_BLANKS.sub("", block["text"])
        return f"#*{_spaced(text)}{' ' if _ENDS_TEXT.search(text) else ''}*#"
    if block:
        return f"#*{_LAST_BLANKS.sub('', block['text'])}*#"
    return comment


def _spaced(text: str) -> str:
    return f" {text}" if _BEGINS_TEXT.match(text) else text
