"""Filters, with Jayway's ideas of existence, equality and order."""

from __future__ import annotations

from decimal import Decimal

import pytest

from vtl.errors import InvalidPath, JsonPathError, LimitExceeded, PathNotFound
from vtl.jsonpath import loads, read
from vtl.jsonpath.operands import Operand, operand
from vtl.jsonpath.operators import OPERATORS
from vtl.jsonpath.steps import Run
from vtl.limits import Limits

ITEMS = loads(
    '[{"v":1},{"v":1.0},{"v":"1"},{"v":null},{"v":true},{"v":[1]},{"w":1},{"v":"a","w":{"x":2}},'
    '{"v":9007199254740993},{"v":9007199254740992}]'
)


def _places(predicate: str) -> list[int]:
    found = read(f"$[?({predicate})]", ITEMS)
    return [place for place, item in enumerate(ITEMS) if any(item is hit for hit in found)]


@pytest.mark.parametrize(
    ("predicate", "places"),
    [
        ("@.v", [0, 1, 2, 3, 4, 5, 7, 8, 9]),
        ("!@.v", [6]),
        ("@.w.x", [7]),
        ("@.v == 1", [0, 1, 2]),
        ("@.v == '1'", [0, 1, 2]),
        ("@.v == 1.0", [0, 1]),
        ("1 == @.v", [0, 1, 2]),
        ("@.v != 1", [3, 4, 5, 6, 7, 8, 9]),
        ("@.v == null", [3]),
        ("@.v == true", [4]),
        ("@.v == @.w", []),
        ("@.v == 9007199254740993", [8]),
        ("@.v > 1", [8, 9]),
        ("@.v >= 1", [0, 1, 8, 9]),
        ("@.v < 'b'", [2, 7]),
        ("@.v === 1", [0, 1]),
        ("@.v !== '1'", [0, 1, 3, 4, 5, 6, 7, 8, 9]),
        ("@.v == $[0].v", [0, 1, 2]),
        ("@.v == 'a' && @.w", [7]),
        ("@.v == 'a' || @.w", [6, 7]),
        ("@.w && (@.v == 'a' || @.w == 1)", [6, 7]),
        ("!(@.v)", [6]),
        ("@['v'] == \"a\"", [7]),
        ("@.v==1e0", [0, 1, 2]),
        ("@.v[0] == 1", [5]),
        ("@.v.length() == 1", [5]),
    ],
)
def test_what_passes(predicate: str, places: list[int]) -> None:
    assert _places(predicate) == places


def test_on_an_object_the_filter_tests_the_object_itself() -> None:
    document = loads('{"m": {"p": 1, "q": 2}, "s": "text"}')
    assert read("$.m[?(@.p)].q", document) == [2]
    assert read("$.m[?(@.x)].q", document) == []
    with pytest.raises(InvalidPath):
        read("$.s[?(@.p)]", document)
    with pytest.raises(PathNotFound):
        read("$.nothing[?(@.p)]", document)


def test_filters_inside_filters() -> None:
    document = loads('[{"l": [{"k": 1}]}, {"l": [{"k": 2}]}, {"l": "text"}]')
    assert read("$[?(@.l[?(@.k == 2)])].l", document) == [[{"k": 1}], [{"k": 2}]]
    assert read("$..[?(@.k == 2)]", document) == [{"k": 2}]


def test_a_number_that_java_cannot_order_is_an_error() -> None:
    with pytest.raises(JsonPathError):
        read("$[?(@ < 1)]", loads("[NaN]"))


VALUES = loads('[0, 1, 1.0, 10, 0.1, 9007199254740993, 9007199254740992, 1e3, -0.0, 2e-3, true, null, [1], {}, "1", "a", ""]')


@pytest.mark.parametrize("operator", ["==", "!=", "<", "<=", ">", ">="])
@pytest.mark.parametrize("literal", ["0", "1", "1.0", "10", "0.1", "9007199254740993", "1e3", "0.002", "'1'", "'a'", "''"])
def test_the_short_way_says_what_the_general_way_says(operator: str, literal: str) -> None:
    side = Operand("string", literal[1:-1]) if "'" in literal else Operand("number", Decimal(literal))
    run = Run.over(VALUES, Limits())
    for value in VALUES:
        short = read(f"$[?(@.v {operator} {literal})]", [{"v": value}])
        assert bool(short) == OPERATORS[operator](operand(value), side, run), value


def test_comparing_costs_steps() -> None:
    with pytest.raises(LimitExceeded) as caught:
        read("$[?(@.a == 1 || @.b == 1 || @.c == 1)]", [{}] * 400, limits=Limits(steps=1_000))
    assert caught.value.limit == "steps"
