"""The operators of filters: `evaluate(operator, left, right, run)`.

Numbers compare as BigDecimal, a number and a text are equal when their texts are, and what a path does not find is a value of its
own, equal to nothing. InvalidPath means "no match" to the filter around; JsonPathError ends the whole read.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from vtl.errors import InvalidPath, JsonPathError
from vtl.jsonpath.numbers import decimal_of, int_value
from vtl.jsonpath.operands import Operand, content, list_of
from vtl.jsonpath.steps import Run, elements
from vtl.values.equality import java_equals
from vtl.values.regex import JavaPattern

Operator = Callable[[Operand, Operand, Run], bool]
_JSON = ("json", "raw")
_STEPS_A_SECOND = 1_000_000


def equal(left: Operand, right: Operand, run: Run) -> bool:
    """`==`. The text of a list on the left side is no list, so it equals none on the right."""
    if left.kind in _JSON and right.kind in _JSON:
        if left.kind == "raw":
            return False
        start = monotonic()
        answer = java_equals(left.value, content(right, run))
        _charge_since(start, run)
        return answer
    return same(left, right)


def same(left: Operand, right: Operand) -> bool:
    """Equality as the elements of a list are compared. Two regular expressions are never equal."""
    if left.kind == "string" and right.kind == "number":
        return bool(left.value == str(right.value))
    if left.kind == "number" and right.kind == "string":
        number = decimal_of(right.value)
        return number is not None and bool(left.value == number)
    if left.kind != right.kind or left.kind in ("undefined", "path", "pattern"):
        return False
    return java_equals(left.value, right.value) if left.kind == "json" else bool(left.value == right.value)


def _identical(left: Operand, right: Operand, run: Run) -> bool:
    """`===`: of the same kind, and equal."""
    kinds = {"json" if side.kind == "raw" else side.kind for side in (left, right)}
    return len(kinds) == 1 and equal(left, right, run)


def _ordered(test: Callable[[Any, Any], bool]) -> Operator:
    """Numbers with numbers, texts with texts by UTF-16 units; anything else is false."""

    def compare(left: Operand, right: Operand, run: Run) -> bool:
        if left.kind != right.kind:
            return False
        if left.kind == "string":
            return test(*(side.value.encode("utf-16-be", "surrogatepass") for side in (left, right)))
        return left.kind == "number" and test(left.value, right.value)

    return compare


def _matches(left: Operand, right: Operand, run: Run) -> bool:
    """`=~`, on either side: the whole text of a text, number or boolean, or of one element of an array."""
    if (left.kind == "pattern") == (right.kind == "pattern"):
        return False
    pattern, other = (left, right) if left.kind == "pattern" else (right, left)
    if run.dialect.patterns_in_arrays and other.kind in _JSON and elements(content(other, run)) is not None:
        return any(_full_match(pattern.value, each, run) for each in list_of(other, run) or ())
    return _full_match(pattern.value, other, run)


def _full_match(pattern: JavaPattern, side: Operand, run: Run) -> bool:
    if side.kind in ("string", "number"):
        text = str(side.value)
    else:
        text = str(side.value).lower() if side.kind == "boolean" else ""
    start = monotonic()
    matched = pattern.matches(run.limits, text)
    _charge_since(start, run)
    return matched


def _charge_since(start: float, run: Run) -> None:
    """Charge for what took long: nothing but a clock tells the cost of a regular expression or of a deep comparison."""
    run.charge(int((monotonic() - start) * _STEPS_A_SECOND))


def _is_in(left: Operand, right: Operand, run: Run) -> bool:
    items = list_of(right, run)
    return items is not None and any(same(left, each) for each in items)


def _contains(left: Operand, right: Operand, run: Run) -> bool:
    if left.kind == right.kind == "string":
        return right.value in left.value
    if left.kind not in _JSON:
        return False
    items = list_of(left, run)
    return items is not None and any(same(right, each) for each in items)


def _sets(test: Callable[[list[Operand], list[Operand]], bool]) -> Operator:
    """An operator of two lists; false where one side is an object."""

    def compare(left: Operand, right: Operand, run: Run) -> bool:
        second = list_of(right, run)
        if second is None:
            return False
        first = list_of(left, run)
        if first is None:
            return False
        run.charge(len(first) * len(second) // 10)
        return test(first, second)

    return compare


def _is_subset(left: list[Operand], right: list[Operand]) -> bool:
    return all(any(same(each, other) for other in right) for each in left)


def _has_any(left: list[Operand], right: list[Operand]) -> bool:
    return any(same(each, other) for each in left for other in right)


def _size(left: Operand, right: Operand, run: Run) -> bool:
    if right.kind != "number":
        return False
    if left.kind == "string":
        return len(left.value.encode("utf-16-le", "surrogatepass")) // 2 == int_value(right.value)
    if left.kind not in _JSON:
        return False
    items = elements(content(left, run))
    return (-1 if items is None else len(items)) == int_value(right.value)


def _empty(left: Operand, right: Operand, run: Run) -> bool:
    if left.kind == "string":
        return (not left.value) == _boolean(right)
    if left.kind not in _JSON:
        return False
    value = content(left, run)
    if isinstance(value, dict) and run.dialect.empty_objects:
        raise JsonPathError("`empty` is asked of an object, on which Jayway fails with a ClassCastException")
    items = elements(value)
    return (not (value if items is None else items)) == _boolean(right)


def _exists(left: Operand, right: Operand, run: Run) -> bool:
    if "boolean" not in (left.kind, right.kind):
        raise JsonPathError("`exists` needs true or false on one side")
    return _boolean(left) == _boolean(right)


def _boolean(side: Operand) -> bool:
    if side.kind != "boolean":
        raise InvalidPath(f"true or false is expected, and this is a {side.kind}")
    return bool(side.value)


def _never(left: Operand, right: Operand, run: Run) -> bool:
    """`all`, `type`, `matches`: Jayway reads them, but what they compare with cannot be written in a path."""
    raise InvalidPath("the right side is never what this operator asks for")


OPERATORS: dict[str, Operator] = {
    "==": equal,
    "!=": lambda left, right, run: not equal(left, right, run),
    "===": _identical,
    "!==": lambda left, right, run: not _identical(left, right, run),
    "<": _ordered(lambda left, right: left < right),
    "<=": _ordered(lambda left, right: left <= right),
    ">": _ordered(lambda left, right: left > right),
    ">=": _ordered(lambda left, right: left >= right),
    "=~": _matches,
    "in": _is_in,
    "nin": lambda left, right, run: not _is_in(left, right, run),
    "contains": _contains,
    "size": _size,
    "empty": _empty,
    "exists": _exists,
    "subsetof": _sets(_is_subset),
    "anyof": _sets(_has_any),
    "noneof": _sets(lambda left, right: not _has_any(left, right)),
    "all": _never,
    "type": _never,
    "matches": _never,
}
