"""The tags of a document as they are written: what the parser does not tell, which is prefixes and places.

The parser gives names with their namespaces and no offsets. Where that is not enough (two prefixes for one namespace, an error
message for an element that passes a bound), the tags are found in the text, in the order in which the parser meets them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(
    rb"""(?s)<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?P<end>/?)(?P<name>[^\s/>!?]++)(?P<more>(?:"[^"]*+"|'[^']*+'|[^>"'])*+)>"""
)
_ATTRIBUTE = re.compile(rb"""([^\s=/]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_DECLARATION = re.compile(rb"""xmlns(:[^\s=]++)?+\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")


@dataclass(frozen=True, slots=True)
class StartTag:
    """A start tag, or the tag of an empty element: its offset in the bytes, its depth from 1, and its names with their
    prefixes."""

    offset: int
    depth: int
    name: str
    attributes: list[str]
    """The names of the attributes, declarations of namespaces among them."""


def start_tags(data: bytes) -> Iterator[StartTag]:
    """The start tags of a document (UTF-8) in order; of one that is not well-formed, those before its fault."""
    depth = 0
    for found in _TAG.finditer(data):
        name = found["name"]
        if name is None:
            continue
        if found["end"]:
            depth -= 1
            continue
        more = found["more"]
        attributes = [each[1].decode("utf-8", "replace") for each in _ATTRIBUTE.finditer(more)]
        yield StartTag(found.start(), depth + 1, name.decode("utf-8", "replace"), attributes)
        if not more.endswith(b"/"):
            depth += 1


def has_synonyms(data: bytes) -> bool:
    """Whether two prefixes may stand for one namespace; a namespace that is written with references counts as one that may."""
    prefixes: dict[bytes, bytes] = {}
    for found in _DECLARATION.finditer(data):
        namespace = found[2] or found[3] or b""
        prefix = found[1] or b""
        if b"&" in namespace or prefixes.setdefault(b" ".join(namespace.split()), prefix) != prefix:
            return True
    return False
