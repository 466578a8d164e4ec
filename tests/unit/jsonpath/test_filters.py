"""Filters, with Jayway's ideas of existence, equality and order."""

from __future__ import annotations

import pytest

from vtl.errors import InvalidPath, JsonPathError, PathNotFound
from vtl.jsonpath import compile, loads, read  # noqa: A004

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


@pytest.mark.parametrize(
    ("path", "column", "message"),
    [
        ("$[?(@.a = 1)]", 9, "the filter operator = is not supported here"),
        ("$[?(@.a in [1])]", 9, "the filter operator in is not supported here"),
        ("$[?(@.a =~ /x/)]", 9, "the filter operator =~ is not supported here"),
        ("$[?(@.a == [1])]", 12, "lists, objects and regular expressions in filters are not supported here"),
        ("$[?(@.a == )]", 12, "expected a path, a text in quotes, a number, true, false or null"),
        ("$[?(@.a == 1e)]", 12, "1e is not a number"),
        ("$[?(1)]", 6, "expected an operator"),
        ("$[?(@.a @.b)]", 9, "expected the end of the filter"),
        ("$[?((@.a == 1 @.b))]", 15, "expected ')'"),
    ],
)
def test_what_is_refused_and_where(path: str, column: int, message: str) -> None:
    with pytest.raises(InvalidPath) as caught:
        compile(path)
    assert (caught.value.column, caught.value.message) == (column, message)


def test_a_number_that_java_cannot_order_is_an_error() -> None:
    with pytest.raises(JsonPathError):
        read("$[?(@ < 1)]", loads("[NaN]"))
