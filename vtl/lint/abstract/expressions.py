"""Expressions in an abstract run: values, and conditions that are decided when they are unknown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vtl.errors import VtlError
from vtl.lang import nodes
from vtl.lint.abstract import references
from vtl.lint.abstract.state import RunEnded, State
from vtl.lint.abstract.unknown import ANY, JSON, LIST, NUMBER, TEXT, Unknown
from vtl.values import numbers
from vtl.values.equality import key as map_key
from vtl.values.truth import equals

_LOGIC = frozenset(["||", "&&"])
_COMPARISONS: dict[str, Callable[[object, object], bool]] = {
    "<": numbers.less,
    ">": numbers.greater,
    "<=": numbers.less_equal,
    ">=": numbers.greater_equal,
}
_ARITHMETIC: dict[str, Callable[[Any, Any, Any], Any]] = {
    "+": numbers.add,
    "-": numbers.subtract,
    "*": numbers.multiply,
    "/": numbers.divide,
    "%": numbers.modulo,
}
_TESTS_EMPTY = {("==", 0), ("<", 1), ("<=", 0)}
_TESTS_FILLED = {("!=", 0), (">", 0), (">=", 1)}
_LONGEST_RANGE = 1_000


def value(state: State, node: nodes.Expression) -> Any:
    """The value of an expression; None for nothing."""
    state.enter()
    try:
        if isinstance(node, nodes.Reference):
            return references.value_of(state, node) if node.computable else None
        if isinstance(node, nodes.StringLiteral | nodes.IntegerLiteral | nodes.FloatLiteral | nodes.BooleanLiteral):
            return node.value
        if isinstance(node, nodes.InterpolatedString):
            text = state.rendered(node.body)
            return text[:-1] if node.cut else text
        if isinstance(node, nodes.ListLiteral):
            return [_held(value(state, item)) for item in node.items]
        if isinstance(node, nodes.MapLiteral):
            return _map(state, node)
        if isinstance(node, nodes.RangeLiteral):
            return _range(state, node)
        if isinstance(node, nodes.Not):
            return not condition(state, node.operand)
        if isinstance(node, nodes.Binary):
            return _binary(state, node)
        return None
    finally:
        state.depth -= 1


def _held(item: Any) -> Any:
    return "" if item is None else item


def _map(state: State, node: nodes.MapLiteral) -> dict[Any, Any]:
    made: dict[Any, Any] = {}
    for key_node, value_node in node.entries:
        key = value(state, key_node)
        held = _held(value(state, value_node))
        made[state.text(key) if isinstance(key, Unknown) else map_key(_held(key))] = held
    return made


def _range(state: State, node: nodes.RangeLiteral) -> Any:
    start, end = value(state, node.start), value(state, node.end)
    if isinstance(start, Unknown) or isinstance(end, Unknown):
        return Unknown(f"range {state.words(node.span)}", LIST, state.words(node.span), node.span)
    if not all(isinstance(each, int) and not isinstance(each, bool) for each in (start, end)):
        return None
    step = 1 if start <= end else -1
    return list(range(start, end + step, step))[:_LONGEST_RANGE] if abs(end - start) < 10**6 else None


def _spine(node: nodes.Binary, operators: frozenset[str]) -> tuple[nodes.Expression, list[nodes.Binary]]:
    """A chain of operators of one family: its first operand, and the nodes from the left; long chains then need no recursion."""
    chain: list[nodes.Binary] = []
    current: nodes.Expression = node
    while isinstance(current, nodes.Binary) and current.operator in operators:
        chain.append(current)
        current = current.left
    chain.reverse()
    return current, chain


def _binary(state: State, node: nodes.Binary) -> Any:
    if node.operator not in _ARITHMETIC:
        return condition(state, node)
    first, chain = _spine(node, frozenset(_ARITHMETIC))
    result = value(state, first)
    for each in chain:
        state.step()
        result = _compute(state, each.operator, result, value(state, each.right), each)
    return result


def _compute(state: State, operator: str, left: Any, right: Any, node: nodes.Binary) -> Any:
    left, right = _held(left), _held(right)
    if operator == "+" and any(_is_text(each) for each in (left, right)):
        return state.text(left) + state.text(right)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        keys = [each.key if isinstance(each, Unknown) else repr(each) for each in (left, right)]
        return Unknown(f"({keys[0]} {operator} {keys[1]})", ANY if operator == "+" else NUMBER, state.words(node.span), node.span)
    try:
        return _ARITHMETIC[operator](state.call, left, right)
    except VtlError:
        raise RunEnded(complete=False) from None


def _is_text(item: Any) -> bool:
    return item.kind in (TEXT, JSON) if isinstance(item, Unknown) else isinstance(item, str)


def condition(state: State, node: nodes.Expression) -> bool:
    """Whether a condition holds; one that is unknown is decided for the whole run."""
    state.enter()
    try:
        if isinstance(node, nodes.Not):
            return not condition(state, node.operand)
        if isinstance(node, nodes.BooleanLiteral):
            return node.value
        if isinstance(node, nodes.Reference):
            return _truth(state, value(state, node), node)
        if isinstance(node, nodes.Binary):
            if node.operator in _LOGIC:
                return _logic(state, node)
            if node.operator in _ARITHMETIC:
                return False
            return _comparison(state, node)
        return False
    finally:
        state.depth -= 1


def _truth(state: State, item: Any, node: nodes.Reference) -> bool:
    """A reference is false for Boolean false alone: null is the empty text on AWS, and that is true."""
    if not isinstance(item, Unknown):
        return item is not False
    state.note("truth", item, node.span)
    held = state.decide(f"truth {item.key}", state.words(node.span), node.span)
    if not held and item.kind == ANY:
        state.settled[item.key] = False
    return held


def _logic(state: State, node: nodes.Binary) -> bool:
    first, chain = _spine(node, frozenset([node.operator]))
    result = condition(state, first)
    for each in chain:
        if result is (node.operator == "||"):
            return result
        state.step()
        result = condition(state, each.right)
    return result


def _comparison(state: State, node: nodes.Binary) -> bool:
    left, right = _held(value(state, node.left)), _held(value(state, node.right))
    operator = node.operator
    if isinstance(right, Unknown) and not isinstance(left, Unknown):
        left, right = right, left
        operator = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(operator, operator)
    if not isinstance(left, Unknown):
        if operator in ("==", "!="):
            return _known_equality(state, left, right, node) is (operator == "==")
        return _COMPARISONS[operator](left, right)
    if operator in ("==", "!="):
        return _unknown_equality(state, left, right, node) is (operator == "==")
    return _order(state, operator, left, right, node)


def _known_equality(state: State, left: Any, right: Any, node: nodes.Binary) -> bool:
    """Texts with marks in them are equal when they are the same, and else it is decided; the empty text equals none of them."""
    texts = [each for each in (left, right) if isinstance(each, str)]
    marks = [each for each in texts if next(state.marks.within(each), None)]
    if not marks or left == right:
        return equals(left, right)
    return state.decide(f"{left!r} == {right!r}", _shown(state, node), node.span)


def _shown(state: State, node: nodes.Binary) -> str:
    return state.words(node.span)


def _equality_words(state: State, node: nodes.Binary) -> str:
    """The condition as an equality, whichever way it is written, since the decision is about equality."""
    words = state.words(node.span)
    if node.operator == "!=":
        return f"{state.words(node.left.span)} == {state.words(node.right.span)}"
    return words


def _unknown_equality(state: State, left: Unknown, right: Any, node: nodes.Binary) -> bool:
    words = _equality_words(state, node)
    if left.kind == NUMBER and left.key.endswith(".length()") and right == 0:
        if node.operator == "!=":
            state.note("length", left, node.left.span)
        return _is_empty(state, left, words, node)
    if isinstance(right, Unknown):
        if left.key == right.key:
            return True
        return state.decide(f"{min(left.key, right.key)} == {max(left.key, right.key)}", words, node.span)
    return state.equal(left, right, words, node.span)


def _is_empty(state: State, length: Unknown, words: str, node: nodes.Binary) -> bool:
    owner = Unknown(length.key.removesuffix(".length()"), TEXT, length.words, length.span)
    settled = state.settled.get(owner.key)
    if settled is not None:
        return bool(settled == "")
    return state.equal(owner, "", words, node.span)


def _order(state: State, operator: str, left: Unknown, right: Any, node: nodes.Binary) -> bool:
    if left.kind == NUMBER and left.key.endswith(".length()") and isinstance(right, int):
        test = (operator, right)
        if test in _TESTS_EMPTY or test in _TESTS_FILLED:
            empty = _is_empty(state, left, f"{state.words(node.left.span)} == 0", node)
            return empty is (test in _TESTS_EMPTY)
    other = right.key if isinstance(right, Unknown) else repr(right)
    positive = operator in ("<", ">=")
    sign = "<" if positive else ">"
    holds = state.decide(f"{left.key} {sign} {other}", f"{state.words(node.span)}", node.span)
    return holds if operator in ("<", ">") else not holds
