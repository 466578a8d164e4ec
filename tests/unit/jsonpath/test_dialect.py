"""The twelve places where Jayway 2.4 and 2.9 part; both answers are theirs."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from vtl.errors import InputError, JsonPathError
from vtl.jsonpath import loads, read
from vtl.jsonpath.dialect import JAYWAY_2_4, JAYWAY_2_9, dialect_named

TEXT = """{"a": 1, "l": [1, 2], "o": {}, "a,b": 7, "i": [{"s": ["abc"]}, {"s": "ABC"}, {"s": {}}],
           "d": [{"n": "x"}, {"n": "y"}], "k": {"e": 100}}"""


def _answer(path: str, dialect: str) -> Any:
    try:
        return read(path, loads(TEXT), dialect=dialect)
    except JsonPathError:
        return "error"


@pytest.mark.parametrize(
    ("switch", "path", "in_2_9", "in_2_4"),
    [
        ("blanks_before", "  $.a", "error", 1),
        ("commas_in_names", "$['a,b']", 7, "error"),
        ("strict_calls", "$.l.length(", "error", 2),
        ("scientific_numbers", "$[?(@.k.e == 1e2)].a", [1], "error"),
        ("pattern_flags", "$.i[?(@.s =~ /a.c/sx)]", [{"s": ["abc"]}], "error"),
        ("patterns_in_arrays", "$.i[?(@.s =~ /abc/i)].s", [["abc"], "ABC"], ["ABC"]),
        ("empty_objects", "$.i[?(@.s empty true)].s", "error", [{}]),
        ("functions", "$.l.first()", 1, "error"),
        ("operators", "$.i[?(@.s anyof ['abc'])].s", [["abc"]], "error"),
        ("list_arguments", "$.sum($.l)", 3.0, "error"),
        ("inverted_scans", "$..l.length()", 2, [2]),
        ("indexed_scans", "$..[1].n", ["y"], ["x", "y"]),
    ],
)
def test_a_switch(switch: str, path: str, in_2_9: object, in_2_4: object) -> None:
    assert _answer(path, "2.9") == in_2_9
    assert _answer(path, "2.4") == in_2_4
    assert getattr(JAYWAY_2_9, switch) != getattr(JAYWAY_2_4, switch)


def test_each_switch_has_a_case() -> None:
    assert len(fields(JAYWAY_2_9)) == 13


def test_dialects_have_names() -> None:
    assert dialect_named("2.4") is JAYWAY_2_4
    with pytest.raises(InputError):
        dialect_named("3")
