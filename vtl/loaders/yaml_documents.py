"""YAML with places: the events of PyYAML's C parser become nodes, whatever their tags say.

Aliases share a node instead of copying it, so a bomb of aliases costs nothing to read; merge keys are counted.
"""

from __future__ import annotations

from typing import Any, NoReturn

from vtl._lazy import require
from vtl.errors import InputError
from vtl.loaders.nodes import MAX_DEPTH, PLAIN, Host, Node

MAX_MERGED = 1_000_000
"""Entries that the merge keys of one document may copy."""

_MERGE = "<<"


def read_yaml(host: Host) -> list[Node]:
    """The documents of a stream; an empty one is left out.

    InputError, with its place, for what is not YAML or goes beyond the bounds; MissingExtra without PyYAML.
    """
    yaml = require("yaml", "loaders")
    text = str(host.text)
    try:
        return _Builder(host, yaml).stream(getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text))
    except yaml.YAMLError as error:
        raise _refused(host, error) from None


def _refused(host: Host, error: Any) -> InputError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    position = getattr(error, "position", None)
    at = mark.index if mark is not None else position if isinstance(position, int) else 0
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "a character that YAML does not allow"
    anchor = host.anchor(min(at, max(0, len(host.text) - 1)), at + 1)
    return InputError(f"not YAML: {problem}", source=anchor.source, span=anchor.span)


class _Builder:
    """The open containers on a stack, the anchors by name."""

    def __init__(self, host: Host, yaml: Any):
        self.host = host
        self.yaml = yaml
        self.anchors: dict[str, Node] = {}
        self.stack: list[Node] = []
        self.keys: list[Node | None] = []
        self.merges: list[tuple[Node, Node]] = []
        self.merged = 0
        self.roots: list[Node] = []

    def stream(self, parser: Any) -> list[Node]:
        events = self.yaml.events
        scalar, alias = events.ScalarEvent, events.AliasEvent
        mapping, sequence = events.MappingStartEvent, events.SequenceStartEvent
        ends = (events.MappingEndEvent, events.SequenceEndEvent)
        while True:
            event = parser.get_event()
            kind = type(event)
            if kind is scalar:
                node = Node(
                    self.host, event.value, event.start_mark.index, event.end_mark.index, event.style or PLAIN, event.tag or ""
                )
                self.place(node, event.anchor)
            elif kind is mapping or kind is sequence:
                self.open(event, {} if kind is mapping else [])
            elif kind in ends:
                self.close(event.end_mark.index)
            elif kind is alias:
                self.alias(event)
            elif kind is events.DocumentEndEvent:
                self.anchors.clear()
            elif event is None or kind is events.StreamEndEvent:
                return self.roots

    def open(self, event: Any, value: Any) -> None:
        node = Node(self.host, value, event.start_mark.index, event.end_mark.index, PLAIN, event.tag or "")
        if len(self.stack) >= MAX_DEPTH:
            self.refuse(node.start, f"more than {MAX_DEPTH} containers inside each other")
        self.place(node, event.anchor)
        self.stack.append(node)
        self.keys.append(None)

    def close(self, end: int) -> None:
        node = self.stack.pop()
        self.keys.pop()
        node.end = end
        while self.merges and self.merges[-1][0] is node:
            self.merge(*self.merges.pop())

    def alias(self, event: Any) -> None:
        target = self.anchors.get(event.anchor)
        if target is None:
            self.refuse(event.start_mark.index, f"the alias *{event.anchor} has no anchor before it")
        if any(open_node is target for open_node in self.stack):
            self.refuse(event.start_mark.index, f"the alias *{event.anchor} stands inside the value that it repeats")
        shared = Node(target.host, target.value, target.start, target.end, target.style, target.tag)
        self.place(shared, None)

    def place(self, node: Node, anchor: str | None) -> None:
        """Put a node where it belongs: the root, an item, a key or the value of the key before it."""
        if anchor:
            self.anchors[anchor] = node
        if not self.stack:
            self.roots.append(node)
            return
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.value.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = node
            return
        self.keys[-1] = None
        if not isinstance(key.value, str):
            return
        if key.value == _MERGE and key.style == PLAIN:
            self.merges.append((top, node))
            return
        node.key = key.start
        top.value[key.value] = node

    def merge(self, into: Node, source: Node) -> None:
        """`<<`: the keys of one mapping, or of a list of them, where they are not set; earlier ones win."""
        for item in source.value if isinstance(source.value, list) else [source]:
            if not isinstance(item.value, dict):
                continue
            self.merged += len(item.value)
            if self.merged > MAX_MERGED:
                self.refuse(into.start, f"merge keys copy more than {MAX_MERGED:,} entries")
            for name, child in item.value.items():
                into.value.setdefault(name, child)

    def refuse(self, at: int, message: str) -> NoReturn:
        anchor = self.host.anchor(at, at + 1)
        raise InputError(f"not YAML: {message}", source=anchor.source, span=anchor.span)
