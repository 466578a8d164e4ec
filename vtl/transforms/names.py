"""Names in XML: which texts are names, and how others are written as one."""

from __future__ import annotations

import re

_START = (
    "A-Z_a-z\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef"
    "\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\U00010000-\\U000effff"
)
_MORE = f"{_START}\\-.0-9\\xb7\\u0300-\\u036f\\u203f\\u2040"
NCNAME = re.compile(f"[{_START}][{_MORE}]*")
"""A name without a colon. See: Namespaces in XML 1.0, section 3, and XML 1.0, section 2.3."""
_WRONG = re.compile(f"(?s)[^{_MORE}]")
_WRONG_START = re.compile(f"(?s)^[^{_START}]")
_LITERAL = re.compile(r"_(?=x)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4,6})?_")
_EMPTY = "_x_"


def escape_name(text: str) -> str:
    """A name for any text: each character that cannot stand in a name as `_x0020_`, the empty text as `_x_`. See
    `unescape_name`."""
    if not text:
        return _EMPTY
    text = _LITERAL.sub("_x005F_", text)
    return _WRONG.sub(_escape, _WRONG_START.sub(_escape, text))


def unescape_name(name: str) -> str:
    """The text that `escape_name` made the name of."""
    return _ESCAPED.sub(_unescape, name) if "_x" in name else name


def replace_name(text: str) -> str:
    """A name for any text, with `_` for what cannot stand in one; different texts may have the same name."""
    name = _WRONG.sub("_", text)
    return name if NCNAME.fullmatch(name) else f"_{name}"


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match.group()):04X}_"


def _unescape(match: re.Match[str]) -> str:
    if match.group(1) is None:
        return ""
    code = int(match.group(1), 16)
    return chr(code) if code < 0x110000 else match.group()
