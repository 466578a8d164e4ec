"""The operators of filters that look into lists, sizes and patterns; the answers are those of Jayway 2.9 unless 2.4 is named."""

from __future__ import annotations

import pytest

from vtl.errors import JsonPathError, LimitExceeded
from vtl.jsonpath import loads, read
from vtl.limits import Limits

ITEMS = loads(
    """[{"v": "a", "l": ["a", 1]}, {"v": "b", "l": []}, {"v": 1, "l": [1, 2, 3]}, {"v": "1", "l": "abc"}, {"v": null},
        {"v": true, "l": ""}, {"v": "'a'"}, {"v": [1, 2]}]"""
)


def _places(predicate: str, dialect: str = "2.9") -> list[int]:
    found = read(f"$[?({predicate})]", ITEMS, dialect=dialect)
    return [place for place, item in enumerate(ITEMS) if any(item is hit for hit in found)]


@pytest.mark.parametrize(
    ("predicate", "places"),
    [
        ("@.v in ['a', 1]", [0, 2, 3]),
        ("@.v in [null]", [4]),
        ("@.v in {}", []),
        ("@.v in 'a'", []),
        ("!(@.v in 'a')", []),
        ("@.v nin ['a']", [1, 2, 3, 4, 5, 6, 7]),
        ("@.nothing nin [1]", [0, 1, 2, 3, 4, 5, 6, 7]),
        ("@.l contains 1", [0, 2]),
        ("@.l contains 'b'", [3]),
        ("@.l size 3", [2, 3]),
        ("@.l size '3'", []),
        ("@.l empty true", [1, 5]),
        ("@.l empty 'true'", []),
        ("@.l subsetof ['a', 1, 2, 3]", [0, 1, 2]),
        ("@.l anyof [2]", [2]),
        ("@.l noneof [2]", [0, 1]),
        ("@.l all [1]", []),
        ("@.v type 1", []),
        ("@.v exists true", [5]),
        ("@.v =~ /a|true/", [0, 5]),
        ("/A/i =~ @.v", [0]),
        ("@.l =~ /a/", [0]),
        ("@.v == [1,2]", [7]),
        ("[1,2] == @.v", []),
        ("@.v =~ 'a'", []),
    ],
)
def test_what_passes(predicate: str, places: list[int]) -> None:
    assert _places(predicate) == places


def test_a_pattern_and_an_array_in_2_4() -> None:
    assert _places("@.l =~ /a/", "2.4") == []
    assert _places("@.l =~ /.*/", "2.4") == [0, 1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("predicate", ["@.o empty true", "@.l contains 1", "@.n exists 1", "@.l in [1"])
def test_what_ends_the_whole_read(predicate: str) -> None:
    with pytest.raises(JsonPathError):
        read(f"$[?({predicate})]", loads('[{"o": {}, "l": [{}], "n": 1}]'))


def test_an_empty_object_in_2_4() -> None:
    assert read("$[?(@.o empty true)].o", loads('[{"o": {}}, {"o": {"a": 1}}]'), dialect="2.4") == [{}]


def test_a_slow_regular_expression_ends_at_its_limit() -> None:
    with pytest.raises(LimitExceeded) as caught:
        read("$[?(@ =~ /(a|aa)*[xy]/)]", ["a" * 80] * 3, limits=Limits(regex_seconds=0.05))
    assert caught.value.limit == "regex_seconds"


def test_many_slow_ones_end_at_the_steps() -> None:
    with pytest.raises(LimitExceeded) as caught:
        read("$[?(@ =~ /(a|aa)*[xy]/)]", ["a" * 22] * 10_000, limits=Limits(steps=20_000))
    assert caught.value.limit == "steps"
