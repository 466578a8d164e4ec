"""What every writer of XML needs: escaped text, the text of JSON's scalars, and output in bounded pieces."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from vtl.errors import ConversionError, LimitExceeded
from vtl.limits import Limits
from vtl.values.writing import integer_text

_IMPOSSIBLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""See: XML 1.0, section 2.2."""
_CONTROLS = [character for character in map(chr, (*range(32), 0xFFFE, 0xFFFF)) if character not in "\t\n\r"]
_IN_ATTRIBUTES = re.compile('[&<>"\\t\\n\\r]')
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
CHUNK = 8_192
"""Pieces that are worth being joined."""


def escaped(text: str) -> str:
    """The text as content of an element."""
    if text.isalnum():
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def in_attribute(text: str) -> str:
    """The text as the value of an attribute, between double quotes; line ends and tabs survive the parser's normalisation."""
    if text.isalnum() or not _IN_ATTRIBUTES.search(text):
        return text
    return _IN_ATTRIBUTES.sub(lambda found: _REFERENCES[found.group()], text)


def in_cdata(text: str) -> str:
    """The text as CDATA sections; a `]]>` is divided between two of them."""
    if "\r" in text:
        return escaped(text)
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if text else ""


def scalar_text(value: object) -> str:
    """The text of a scalar as XML Schema writes its type. ConversionError for what is no scalar of JSON."""
    if isinstance(value, str):
        return value if type(value) is str else str.__str__(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return integer_text(value)
    if isinstance(value, float):
        if math.isfinite(value):
            return float.__repr__(value)
        return "NaN" if value != value else "INF" if value > 0 else "-INF"
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return format(value, "f") if isinstance(exponent, int) and -1_000 < exponent < 100 else str(value)
    if isinstance(value, (Mapping, list, tuple)):
        what = "an object" if isinstance(value, Mapping) else "an array"
        raise ConversionError(f"{what} cannot be the value of an attribute or the text of an element")
    raise ConversionError(f"a value of the type {type(value).__qualname__} is none of JSON's")


def impossible(text: str) -> str:
    """The first character that XML does not have, as `U+0001`; "" when there is none."""
    if not any(control in text for control in _CONTROLS):
        # Looking for single characters is ten times as fast as the pattern, and so is encoding, which finds halves of characters.
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            pass
        else:
            return ""
    found = _IMPOSSIBLE.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


class Output:
    """The pieces of a document, joined from time to time: memory holds the text and not its pieces.

    `pieces` may be appended to directly, `settle` is called now and then.
    """

    __slots__ = ("_done", "_limit", "_size", "pieces")

    def __init__(self, limits: Limits):
        self.pieces: list[Any] = []
        self._done: list[str] = []
        self._size = 0
        self._limit = limits.xml_size

    def settle(self, at_least: int = CHUNK) -> None:
        """Joins what there is, if it is enough. LimitExceeded beyond `xml_size`."""
        if len(self.pieces) < at_least:
            return
        size = sum(map(len, self.pieces))
        self._size += size
        if self._size > self._limit:
            raise LimitExceeded("xml_size", f"the XML is longer than {self._limit:,} characters")
        self._done.append("".join(self.pieces))
        self.pieces.clear()

    def text(self, before: str = "") -> str:
        """All of it, behind `before`."""
        self.settle(0)
        return "".join([before, *self._done])
