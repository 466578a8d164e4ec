"""JSON to XML: each option of a convention, and what XML cannot hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from vtl.errors import ConversionError, LimitExceeded
from vtl.limits import Limits
from vtl.transforms import json_to_xml

NIL = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


@pytest.mark.parametrize(
    ("value", "options", "text"),
    [
        ({"a": "x"}, {}, "<a>x</a>"),
        ({"a": ""}, {}, "<a/>"),
        ({"a": {}}, {}, "<a/>"),
        ({"a": None}, {}, f'<a {NIL} xsi:nil="true"/>'),
        ({"a": {"b": None}}, {"nil": "empty"}, "<a><b/></a>"),
        ({"a": {"b": None, "c": "1"}}, {"nil": "omit"}, "<a><c>1</c></a>"),
        ({"a": {"@b": "1", "#text": "x"}}, {}, '<a b="1">x</a>'),
        ({"a": {"@b": None, "#text": "x"}}, {}, "<a>x</a>"),
        ({"a": {"b": ["1", "2"]}}, {}, "<a><b>1</b><b>2</b></a>"),
        ({"a": {"b": []}}, {}, "<a/>"),
        ({"a": {"b": [["1"], ["2", "3"]]}}, {}, "<a><b><item>1</item></b><b><item>2</item><item>3</item></b></a>"),
        ([1, 2], {}, "<root>1</root>"),
        ({"a": [1, True, 2.5, Decimal("1.10"), False]}, {"root": "r"}, None),
        ({"a": 1, "b": 2}, {}, "<root><a>1</a><b>2</b></root>"),
        ("x", {}, "<root>x</root>"),
        ({"a": "<&>]]>\r"}, {}, "<a>&lt;&amp;&gt;]]&gt;&#13;</a>"),
        ({"a": {"@b": '"<\n\t'}}, {}, '<a b="&quot;&lt;&#10;&#9;"/>'),
        ({"a": "<x>]]>"}, {"cdata": ["a"]}, "<a><![CDATA[<x>]]]]><![CDATA[>]]></a>"),
        ({"a b": "1"}, {"names": "escape"}, "<a_x0020_b>1</a_x0020_b>"),
        ({"a b": "1"}, {"names": "replace"}, "<a_b>1</a_b>"),
        ({"p:a": {"@xmlns:p": "u", "p:b": "1"}}, {}, '<p:a xmlns:p="u"><p:b>1</p:b></p:a>'),
        ({"p:a": {"b": "1"}}, {"prefixes": {"p": "u", "": "d"}}, '<p:a xmlns="d" xmlns:p="u"><b>1</b></p:a>'),
        ({"a": {"b": {"c": "1"}, "d": "2"}}, {"indent": 1}, "<a>\n <b>\n  <c>1</c>\n </b>\n <d>2</d>\n</a>"),
        ({"a": {"#text": "t", "b": "1"}}, {"indent": 1}, "<a>t<b>1</b></a>"),
        ({"a": "1"}, {"declaration": True}, '<?xml version="1.0" encoding="utf-8"?>\n<a>1</a>'),
        ({"a": float("inf")}, {}, "<a>INF</a>"),
        ({"a": 10**20}, {}, "<a>100000000000000000000</a>"),
    ],
)
def test_options(value: Any, options: dict[str, Any], text: str | None) -> None:
    if text is None:
        assert "<a>1</a><a>true</a><a>2.5</a><a>1.10</a><a>false</a>" in json_to_xml(value, **options)
    elif value == [1, 2]:
        assert json_to_xml(value, **options) == "<root><item>1</item><item>2</item></root>"
    else:
        assert json_to_xml(value, **options) == text


@pytest.mark.parametrize(
    ("value", "convention", "place"),
    [
        ({"a": {"b c": 1}}, "plain", "$.a"),
        ({"a": {"p:b": 1}}, "plain", "$.a"),
        ({"a": {"b": "\x01"}}, "plain", "$.a.b"),
        ({"a": {"b": object()}}, "plain", "$.a"),
        ({"a": {1: "x"}}, "plain", "$.a"),
        ({"a": {"@xmlns:p": ""}}, "plain", "$.a"),
        ({"a": {"@xmlns:xmlns": "u"}}, "plain", "$.a"),
        ({"a": {"@xmlns:p": "u", "@xmlns:q": "u", "@p:x": "1", "@q:x": "2"}}, "plain", "$.a"),
        (["a", ["b c"]], "jsonml", "$[1]"),
        (["a", ["p:b"]], "jsonml", "$[1]"),
        (["a", ["!", "--"]], "jsonml", "$[1]"),
        (["a", ["?", "xml", ""]], "jsonml", "$[1]"),
        (["a", "x", {"late": 1}], "jsonml", "$"),
        ([], "jsonml", "$"),
        (["", ["a"], ["b"]], "jsonml", "$"),
        ("x", "jsonml", "$"),
    ],
)
def test_what_xml_cannot_hold_is_refused_with_its_place(value: Any, convention: str, place: str) -> None:
    with pytest.raises(ConversionError) as caught:
        json_to_xml(value, convention=convention)
    assert f"at {place}" in str(caught.value)


def test_limits() -> None:
    deep: Any = "x"
    for _ in range(2_000):
        deep = {"a": deep}
    for value, limits in ((deep, Limits()), ({"a": "x" * 100}, Limits(xml_size=50)), ({"abc": 1}, Limits(xml_name_length=2))):
        with pytest.raises((LimitExceeded, ConversionError)):
            json_to_xml(value, limits=limits)


def test_a_value_in_itself_ends() -> None:
    value: dict[str, Any] = {}
    value["a"] = value
    with pytest.raises(LimitExceeded):
        json_to_xml(value)
