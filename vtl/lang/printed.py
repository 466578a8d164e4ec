"""Which parts of a template may print their own source text, so that even a blank in them is output.

Velocity prints the source of a reference without a value, of a call whose macro does not exist, of `#literal()`; and a `+` with a
String puts the source of an operand that is null into the sum (ASTReference.render, RuntimeMacro, ASTAddNode.handleSpecial).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vtl.lang import nodes
from vtl.lang.visitor import children, walk

_ARITHMETIC = frozenset("+-*/%")
_VERBATIM = nodes.MacroCall | nodes.Literal | nodes.Evaluate
"""Printed whole, with everything in them: by one dialect, or when no such macro exists."""


class Printed(NamedTuple):
    """A node whose source text may be printed, and the outermost arithmetic around it, or the node itself."""

    node: nodes.Node
    around: nodes.Node


class _Value(NamedTuple):
    """What an expression may give."""

    maybe_text: bool
    surely_text: bool
    maybe_null: bool


def printed(template: nodes.Template) -> Iterator[Printed]:
    """The nodes whose source text may be printed in one of the dialects, in source order.

    Not among them are the references of #if, #set, #foreach and of arguments: they have a value or none, but never print.
    """
    sums = _sums(template)
    stack: list[tuple[nodes.Node, bool, nodes.Node | None]] = [(template.body, False, None)]
    while stack:
        node, shown, around = stack.pop()
        verbatim = isinstance(node, _VERBATIM)
        if shown or verbatim:
            yield Printed(node, around or node)
        below = children(node)
        shows: tuple[bool, ...]
        if isinstance(node, nodes.Binary) and node.operator in _ARITHMETIC:
            around = around or node
            shows = _shown_operands(node, sums)
        else:
            around = None
            shows = tuple([isinstance(node, nodes.Block) and _prints(each) for each in below])
        everything = verbatim or (shown and not isinstance(node, nodes.Reference | nodes.Binary | nodes.RangeLiteral))
        stack += [(each, everything or show, around) for each, show in zip(below, shows, strict=True)][::-1]


def _prints(statement: nodes.Node) -> bool:
    """Whether a statement is a reference that prints its source when it has no value (escaped, it always does)."""
    if not isinstance(statement, nodes.Reference):
        return False
    return not statement.quiet or statement.escaped or not statement.computable


def _shown_operands(node: nodes.Binary, sums: dict[int, _Value]) -> tuple[bool, bool]:
    """Whether the left and the right operand may be null beside a String."""
    if node.operator != "+":
        return False, False
    left, right = _value(node.left, sums), _value(node.right, sums)
    return left.maybe_null and right.maybe_text, right.maybe_null and left.maybe_text


def _sums(template: nodes.Template) -> dict[int, _Value]:
    """What each operation gives, by the id of its node; inner ones first, for a sum may be thousands of terms long."""
    sums: dict[int, _Value] = {}
    for node in reversed([each for each in walk(template) if isinstance(each, nodes.Binary)]):
        if node.operator == "+":
            left, right = _value(node.left, sums), _value(node.right, sums)
            surely = left.surely_text or right.surely_text
            sums[id(node)] = _Value(left.maybe_text or right.maybe_text, surely, not surely)
        else:
            sums[id(node)] = _Value(False, False, node.operator in _ARITHMETIC)
    return sums


def _value(node: nodes.Node, sums: dict[int, _Value]) -> _Value:
    if isinstance(node, nodes.Binary):
        return sums[id(node)]
    if isinstance(node, nodes.Reference):
        return _Value(True, False, True)
    if isinstance(node, nodes.StringLiteral | nodes.InterpolatedString):
        return _Value(True, True, False)
    return _Value(False, False, isinstance(node, nodes.RangeLiteral))
