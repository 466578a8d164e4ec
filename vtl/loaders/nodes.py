"""The tree of a JSON or YAML document: `Node`, whose scalars know where they stand and are decoded into a `Text` when asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from vtl.loaders.origin import Origin, Run, Text, file_text, joined
from vtl.model.place import Where
from vtl.source import Source

MAX_DEPTH = 200
"""Containers inside each other; deeper documents are refused, so that whoever walks a tree may recurse."""

MAX_DATA_NODES = 100_000
"""Nodes that one `Node.data()` copies; a document of aliases to aliases would unfold without end."""

PLAIN, SINGLE, DOUBLE, LITERAL, FOLDED, JSON, MADE = "", "'", '"', "|", ">", "json", "made"
"""How a scalar is written; MADE: a loader computed it."""

Piece: TypeAlias = tuple[int, str, bool]


class Host:
    """A text that a document was read from: a file's, or a string that another document holds."""

    __slots__ = ("text",)

    def __init__(self, text: Text):
        self.text = text

    @classmethod
    def of(cls, source: Source) -> Host:
        """The host for a whole file."""
        return cls(file_text(source))

    def anchor(self, start: int, end: int) -> Where:
        """The range of the file for a range of this text."""
        return self.text.origin.anchor(start, end)

    def build(self, pieces: list[Piece], at: int) -> Text:
        """The text of pieces: offset, value, whether it stands there letter by letter. `at` is the place of an empty text."""
        return joined((self._piece(*piece) for piece in pieces), self.anchor(at, at + 1))

    def _piece(self, offset: int, value: str, verbatim: bool) -> Text:
        if verbatim:
            return self.text.piece(offset, offset + len(value))
        source, place = self.text.origin.locate(offset)
        return Text(value, Origin([Run(0, source, place, 0)]))


class Node:
    """One value of a document. `value` is a dict, a list or the scalar's characters; `start` and `end` are offsets in the host.

    `tag` is an explicit YAML tag ("" without one); `key` is the offset of the key that it stands under, -1 without one;
    `others` are the values that it may have instead.
    """

    __slots__ = ("end", "host", "key", "made", "others", "start", "style", "tag", "value")

    def __init__(self, host: Host, value: Any, start: int, end: int, style: str = PLAIN, tag: str = ""):
        self.host = host
        self.value = value
        self.start = start
        self.end = end
        self.style = style
        self.tag = tag
        self.key = -1
        self.made: Text | None = None
        self.others: tuple[Node, ...] = ()

    @property
    def is_map(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        """Whether it is a sequence."""
        return isinstance(self.value, list)

    @property
    def is_scalar(self) -> bool:
        """Whether it is a string, number, boolean or null."""
        return isinstance(self.value, str)

    @property
    def is_null(self) -> bool:
        """Whether it is null, in the spellings of YAML 1.1."""
        return self.style == PLAIN and self.value in ("", "~", "null", "Null", "NULL") and self.tag in ("", "!!null")

    @property
    def text(self) -> Text:
        """The scalar as a string with its origin; a container or null gives ""."""
        if self.made is None:
            self.made = scalar_text(self)
        return self.made

    @property
    def anchor(self) -> Where:
        """The place of the value; of a computed one, that of its first character."""
        return self.host.anchor(self.start, max(self.end, self.start + 1)) if self.style != MADE else self.text.origin.anchor(0)

    @property
    def key_anchor(self) -> Where:
        """The place of the key that it stands under, or of the value."""
        return self.anchor if self.key < 0 else self.host.anchor(self.key, self.key + 1)

    def items(self) -> Iterator[tuple[str, Node]]:
        """Keys and values of a mapping; nothing for anything else."""
        return iter(self.value.items()) if isinstance(self.value, dict) else iter(())

    def children(self) -> list[Node]:
        """The values of a mapping or a sequence."""
        if isinstance(self.value, dict):
            return list(self.value.values())
        return self.value if isinstance(self.value, list) else []

    def get(self, name: str) -> Node | None:
        """The value under a key of a mapping."""
        return self.value.get(name) if isinstance(self.value, dict) else None

    def data(self) -> Any:
        """The value as plain Python data, for a schema or a policy; None for whatever aliases unfold beyond bounds."""
        return _data(self, [MAX_DATA_NODES], 0)

    def replaced(self, value: Any) -> Node:
        """The same place with another container."""
        node = Node(self.host, value, self.start, self.end, self.style)
        node.key = self.key
        return node


def made(text: Text, near: Node | None = None) -> Node:
    """A computed string as a node."""
    node = Node(Host(text), str(text), 0, len(text), MADE)
    node.made = text
    if near is not None and near.key >= 0:
        node.host, node.key = near.host, near.key
        node.start = node.end = near.start
    return node


def _data(node: Node, budget: list[int], depth: int) -> Any:
    budget[0] -= 1
    if budget[0] < 0 or depth > MAX_DEPTH:
        return None
    if isinstance(node.value, dict):
        return {key: _data(child, budget, depth + 1) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [_data(child, budget, depth + 1) for child in node.value]
    return str(node.text) if node.style not in (PLAIN,) else plain_value(node.value)


def plain_value(value: str) -> Any:
    """What a plain scalar means: null, a boolean, a number or the text itself."""
    if value in ("", "~", "null", "Null", "NULL"):
        return None
    if value in ("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"):
        return True
    if value in ("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"):
        return False
    if value[0] in "0123456789-+." and len(value) < 400:
        for kind in (int, float):
            try:
                return kind(value)
            except ValueError:
                continue
    return value


def scalar_text(node: Node) -> Text:
    """The text of a scalar, decoded from its host again, piece by piece."""
    from vtl.loaders.scalars import decode

    if not isinstance(node.value, str) or node.is_null:
        return joined([], node.anchor)
    return decode(node)
