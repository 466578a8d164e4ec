"""Walking a tree: `children` of one node, `walk` over all below it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from vtl.lang.nodes import Node

_PLAIN = frozenset({"str", "str | None", "int", "float", "bool", "Span", "tuple[str, ...]"})


@cache
def _child_fields(kind: Any) -> tuple[str, ...]:
    return tuple(name for name, each in kind.__dataclass_fields__.items() if each.type not in _PLAIN)


def children(node: Node) -> list[Node]:
    """The nodes directly below `node`, in source order."""
    found: list[Any] = []
    for name in _child_fields(cast(Any, type(node))):
        value = getattr(node, name)
        if type(value) is tuple:
            for each in value:
                if type(each) is tuple:
                    found += each
                else:
                    found.append(each)
        elif value is not None:
            found.append(value)
    return found


def walk(node: Node) -> Iterator[Node]:
    """`node` and all nodes below it, in source order, also those of interpolated strings; without recursion."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        below = children(current)
        if below:
            below.reverse()
            stack += below
