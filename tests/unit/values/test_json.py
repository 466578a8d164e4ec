"""JSON as json-smart writes it; expectations printed by json-smart 2.2 through Velocity."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from vtl.errors import JavaError
from vtl.values.json import array_text, to_json
from vtl.values.kinds import CaseInsensitiveMap, Char, Float, JavaArray, JsonArray, Key, Long
from vtl.values.text import to_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        ("", '""'),
        ("a/b", '"a/b"'),
        ('"\\\b\f\n\r\t', '"\\"\\\\\\b\\f\\n\\r\\t"'),
        ("\x00\x1f\x7f\x9f\xa0\u1fff\u2028\u20ff\u2100", '"\\u0000\\u001F\\u007F\\u009F\xa0\u1fff\\u2028\\u20FF\u2100"'),
        (1.0e22, "1.0E22"),
        (math.inf, "null"),
        (math.nan, "NaN"),
        (Float(1.5), "1.5"),
        (Long(1), "1"),
        (Decimal("1.50"), "1.50"),
        ({"a/": [1, {"b": None}]}, '{"a/":[1,{"b":null}]}'),
        ({1: 2, Key(1.5): 3}, '{"1":2,"1.5":3}'),
        (CaseInsensitiveMap({"b": 1, "A": 2}), '{"A":2,"b":1}'),
        ([Char("a")], "[{}]"),
        (JavaArray(["x"], "java.lang.String"), '["x"]'),
        ([], "[]"),
        ({}, "{}"),
    ],
)
def test_to_json(value: object, text: str) -> None:
    assert to_json(value) == text


def test_a_json_array_escapes_the_slash() -> None:
    assert array_text(["a/b", {"k/": "v/"}]) == '["a\\/b",{"k\\/":"v\\/"}]'


def test_a_json_array_prints_as_json_wherever_it_stands() -> None:
    array = JsonArray([1, "x/y", ["a"], {"k": None}])
    assert to_text(array) == '[1,"x\\/y",["a"],{"k":null}]'
    assert to_text([array, "x/y"]) == f"[{to_text(array)}, x/y]"
    assert to_text({"p": array}) == f"{{p={to_text(array)}}}"


def test_a_null_key_fails() -> None:
    with pytest.raises(JavaError) as caught:
        to_json({None: 1})
    assert caught.value.java_class == "java.lang.NullPointerException"


def test_arrays_of_primitives_fail() -> None:
    with pytest.raises(JavaError) as caught:
        to_json([JavaArray([Char("a")], "char")])
    assert caught.value.java_message is not None and caught.value.java_message.startswith("class [C cannot be cast")
