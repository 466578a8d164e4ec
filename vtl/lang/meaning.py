"""What of a template decides what it renders: `meaning` makes two templates comparable that only differ in what is not output."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, cast

from vtl.lang import nodes
from vtl.lang.printed import printed
from vtl.lang.visitor import walk

_SOURCE_TEXTS = frozenset({"literal", "null_text"})
"""What a node keeps of its source text; it matters where that may be printed."""
_EXPRESSIONS = nodes.Reference | nodes.Binary | nodes.RangeLiteral


def meaning(template: nodes.Template) -> list[tuple[Any, ...]]:
    """The tree in the order of its text, without spans: equal for two templates that render alike over every context.

    Each node is its class, its own values (with their classes: 1 is not 1.0) and the number of nodes in each of its fields, which
    together say how the nodes belong together. Source texts that never print are left out.
    """
    shown = {id(each.node) for each in printed(template)}
    return [_entry(node, id(node) in shown) for node in walk(template)]


def _entry(node: nodes.Node, shown: bool) -> tuple[Any, ...]:
    entry: list[Any] = [type(node)]
    for each in fields(cast(Any, node)):
        if each.name == "span" or (each.name in _SOURCE_TEXTS and isinstance(node, _EXPRESSIONS) and not shown):
            continue
        value = getattr(node, each.name)
        if isinstance(value, tuple):
            own = [item for item in value if isinstance(item, str)]
            entry.append((len(value), *own))
        else:
            entry.append(repr(value) if isinstance(value, str | int | float | None) else 1)
    return tuple(entry)
