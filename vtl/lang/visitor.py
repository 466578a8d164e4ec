"""Walking a tree: `children` of one node, `walk` over all below it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from vtl.lang.nodes import Node


@cache
def _child_fields(kind: Any) -> tuple[str, ...]:
    plain = {"str", "str | None", "int", "float", "bool", "Span", "tuple[str, ...]"}
    return tuple(name for name, each in kind.__dataclass_fields__.items() if each.type not in plain)


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below `node`, in source order."""
    for name in _child_fields(cast(Any, type(node))):
        yield from _nodes_in(getattr(node, name))


def _nodes_in(value: object) -> Iterator[Node]:
    if isinstance(value, tuple):
        for each in value:
            yield from _nodes_in(each)
    elif value is not None:
        yield cast(Node, value)


def walk(node: Node) -> Iterator[Node]:
    """`node` and all nodes below it, in source order, also those of interpolated strings; without recursion."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(list(children(current))))
