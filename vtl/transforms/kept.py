"""What each preset keeps at the least when a document goes to JSON and back: the table that the README prints and the tests
hold us to."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ELEMENTS, ATTRIBUTES, TEXT, ORDER, MIXED, ASIDES = "elements", "attributes", "text", "order", "mixed text", "comments"
ARRAYS, SINGLE, TYPES, NULL, NAMESPACES = "arrays", "arrays of one", "types", "null", "namespaces"
FEATURES = (ELEMENTS, ATTRIBUTES, TEXT, ORDER, MIXED, ASIDES, NAMESPACES, ARRAYS, SINGLE, TYPES, NULL)
"""`order` is that of differently named siblings that alternate, `comments` are processing instructions too; arrays, types and
null are those of JSON on its way through XML, arrays with two or more elements unless they are `arrays of one`."""

KEPT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "plain": frozenset({ELEMENTS, ATTRIBUTES, TEXT, ARRAYS, NULL}),
        "xmltodict": frozenset({ELEMENTS, ATTRIBUTES, ARRAYS, NAMESPACES, NULL}),
        "badgerfish": frozenset({ELEMENTS, ATTRIBUTES, TEXT, ARRAYS, NAMESPACES}),
        "parker": frozenset({ELEMENTS, ARRAYS, TYPES, NULL}),
        "jsonml": frozenset({ELEMENTS, ATTRIBUTES, TEXT, ORDER, MIXED, ASIDES, NAMESPACES, ARRAYS, SINGLE}),
    }
)
"""With the options of the preset as they are. `arrays`, a schema and `types` add arrays of one and types to any of them."""


def table() -> str:
    """The table as Markdown."""
    lines = ["| | " + " | ".join(KEPT) + " |", "|---|" + "---|" * len(KEPT)]
    lines += [f"| {each} | " + " | ".join("yes" if each in kept else "" for kept in KEPT.values()) + " |" for each in FEATURES]
    return "\n".join(lines)
