"""JSON to XML: options, errors with a place, bounds."""

from __future__ import annotations

from collections import UserDict
from decimal import Decimal
from typing import Any

import pytest
import xmltodict
from lxml import etree

import vtl
from vtl.errors import ConversionError, LimitExceeded
from vtl.limits import Limits
from vtl.transforms.shapes import Shape

NIL = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            {"a": {"@x": 1, "b": [True, 2.5, Decimal("1.50"), "<&>"], "c": {}}},
            '<a x="1"><b>true</b><b>2.5</b><b>1.50</b><b>&lt;&amp;&gt;</b><c/></a>',
        ),
        ({"a": {"#text": "t", "b": "u"}}, "<a>t<b>u</b></a>"),
        ({"a": {"b": None}}, f'<a{NIL}><b xsi:nil="true"/></a>'),
        ({"a": {"@x": "1", "#text": None}}, f'<a{NIL} x="1" xsi:nil="true"/>'),
        ({"a": {"@x": None, "b": ""}}, "<a><b/></a>"),
        ({"a": {"b": []}}, "<a/>"),
        ({"a": [[1, 2], [3]]}, "<root><a><item>1</item><item>2</item></a><a><item>3</item></a></root>"),
        ({"a": [[], [[1]]]}, "<root><a/><a><item><item>1</item></item></a></root>"),
        ([1, {"b": 2}], "<root><item>1</item><item><b>2</b></item></root>"),
        ({"a": 1, "b": 2}, "<root><a>1</a><b>2</b></root>"),
        ("x", "<root>x</root>"),
        (None, f'<root{NIL} xsi:nil="true"/>'),
        ({}, "<root/>"),
        ({"@a": "1"}, '<root a="1"/>'),
        ({"a": ("x", "y")}, "<root><a>x</a><a>y</a></root>"),
        ({"a": UserDict({"b": 1})}, "<a><b>1</b></a>"),
        ({"a": {"@xmlns": "u", "@xmlns:p": "v", "p:b": {"@p:x": "1"}}}, '<a xmlns="u" xmlns:p="v"><p:b p:x="1"/></a>'),
        ({"p:a": {"@xmlns:p": "v", "p:b": "1"}}, '<p:a xmlns:p="v"><p:b>1</p:b></p:a>'),
        ({"a": {"@xml:lang": "en"}}, '<a xml:lang="en"/>'),
        ({"a": {"@xsi:type": "b"}}, f'<a{NIL} xsi:type="b"/>'),
    ],
)
def test_plain(value: Any, text: str) -> None:
    assert vtl.json_to_xml(value) == text
    etree.fromstring(text)


@pytest.mark.parametrize(
    ("value", "options", "text"),
    [
        ({"a": {"b": None}}, {"nil": "empty"}, "<a><b/></a>"),
        ({"a": {"b": None, "c": [None, 1]}}, {"nil": "omit"}, "<a><c>1</c></a>"),
        ({"a": None}, {"nil": "omit"}, "<a/>"),
        ({"a": {"b": [None]}}, {"nil": "omit"}, "<a/>"),
        ({"a": 1}, {"keep_root": False, "root": "r"}, "<r><a>1</a></r>"),
        ([1], {"root": "r", "item": "i"}, "<r><i>1</i></r>"),
        ({"a": 1}, {"declaration": True}, '<?xml version="1.0" encoding="utf-8"?>\n<a>1</a>'),
        ({"a": {"b": "<x>", "c": "<x>"}}, {"cdata": "b"}, "<a><b><![CDATA[<x>]]></b><c>&lt;x&gt;</c></a>"),
        ({"a": {"#text": "<x>", "@b": "1"}}, {"cdata": "a"}, '<a b="1"><![CDATA[<x>]]></a>'),
        ({"a b": {"1": "x"}}, {"names": "escape"}, "<a_x0020_b><_x0031_>x</_x0031_></a_x0020_b>"),
        ({"a b": {"1": "x"}}, {"names": "replace"}, "<a_b><_1>x</_1></a_b>"),
        ({"p:a": {"p:b": "x"}}, {"names": "replace"}, "<p_a><p_b>x</p_b></p_a>"),
        ({"p:a": {"q:b": "x"}}, {"prefixes": {"p": "u", "q": "v"}}, '<p:a xmlns:p="u" xmlns:q="v"><q:b>x</q:b></p:a>'),
        ({"a": {"b": "x"}}, {"prefixes": {"": "u"}}, '<a xmlns="u"><b>x</b></a>'),
        ({"a": {"@xmlns:p": "w", "p:b": "x"}}, {"prefixes": {"p": "u"}}, '<a xmlns:p="w"><p:b>x</p:b></a>'),
        ({"a": {"_x": "1", "value": "t"}}, {"attribute_prefix": "_", "text_key": "value"}, '<a x="1">t</a>'),
        (
            {"a": {"b": {"c": 1, "d": {}}, "e": "t"}},
            {"indent": 2},
            "<a>\n  <b>\n    <c>1</c>\n    <d/>\n  </b>\n  <e>t</e>\n</a>",
        ),
        ({"a": {"#text": "t", "b": {"c": 1}}}, {"indent": 2}, "<a>t<b><c>1</c></b></a>"),
        ({"a": [[1], [2]]}, {"indent": 1}, "<root>\n <a>\n  <item>1</item>\n </a>\n <a>\n  <item>2</item>\n </a>\n</root>"),
    ],
)
def test_options(value: Any, options: dict[str, Any], text: str) -> None:
    assert vtl.json_to_xml(value, **options) == text


@pytest.mark.parametrize(
    ("preset", "value", "text"),
    [
        ("badgerfish", {"a": {"@xmlns": {"$": "u", "p": "v"}, "p:b": {"$": "x"}}}, '<a xmlns="u" xmlns:p="v"><p:b>x</p:b></a>'),
        ("badgerfish", {"a": {"@xmlns": "u"}}, '<a xmlns="u"/>'),
        ("parker", [1, None, "x"], "<root><item>1</item><item/><item>x</item></root>"),
        ("jsonml", ["a", {"x": 1}, "t", ["b"], 2, True], '<a x="1">t<b/>2true</a>'),
    ],
)
def test_presets(preset: str, value: Any, text: str) -> None:
    assert vtl.json_to_xml(value, convention=preset) == text


def test_xmltodict_writes_it_alike() -> None:
    value = {"a": {"@x": "1", "b": ["1", None, {"@y": "<\"'>", "#text": "&"}], "c": {"d": "é"}}}
    mine = vtl.json_to_xml(value, convention="xmltodict")
    assert etree.canonicalize(mine) == etree.canonicalize(xmltodict.unparse(value))
    assert mine.startswith("<?xml")


def test_a_shape_orders_the_children() -> None:
    shape = Shape({"a": Shape({"b": Shape({}, order=["y", "x"])}, order=["c", "b"])})
    value = {"a": {"@k": "1", "z": 0, "b": {"x": 1, "y": [2, 3]}, "c": 4}}
    assert vtl.json_to_xml(value, schema=shape) == '<a k="1"><c>4</c><b><y>2</y><y>3</y><x>1</x></b><z>0</z></a>'


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"a": {"b": [{"c d": 1}]}}, "'c d' is no name in XML, at $.a.b[0]"),
        ({"a": {"": 1}}, "'' is no name in XML, at $.a"),
        ({"a": {1: 1}}, "the name 1 is no text, at $.a"),
        ({"a": {"p:b": 1}}, "the prefix of 'p:b' is not declared, at $.a"),
        ({"a": {"@p:b": 1}}, "the prefix of 'p:b' is not declared, at $.a"),
        ({"a": {"b": "x\x01"}}, "XML does not have the character U+0001, at $.a.b"),
        ({"a": {"b": "\ud800"}}, "XML does not have the character U+D800, at $.a.b"),
        ({"a": {"@b": [1]}}, "an array cannot be the value of an attribute or the text of an element, at $.a['@b']"),
        ({"a": {"#text": {}}}, "an object cannot be the value of an attribute or the text of an element, at $.a['#text']"),
        ({"a": {"b": {1, 2}}}, "a value of the type set is none of JSON's, at $.a.b"),
        ({"a": {"@xmlns:p": ""}}, "the prefix 'p' cannot stand for no namespace, at $.a"),
        ({"a": {"@xmlns:p": "no uri"}}, "'no uri' is no URI, and so no namespace, at $.a"),
        ({"a": {"@xmlns:xml": "u"}}, "the prefix 'xml' cannot stand for the namespace 'u', at $.a"),
        ({"a": {"@xmlns:1": "u"}}, "'1' is no prefix, at $.a"),
        ({"a": {"@xmlns:p": "u", "@xmlns:q": "u", "@p:x": 1, "@q:x": 2}}, "the attribute 'q:x' comes twice, at $.a"),
        ({"a": {"@xmlns:xsi": "u", "b": None}}, "null needs the prefix 'xsi', which stands for another namespace here, at $.a"),
        ({"a" * 1001: 1}, "is longer than 1,000 characters"),
    ],
)
def test_what_xml_cannot_hold(value: Any, message: str) -> None:
    with pytest.raises(ConversionError) as caught:
        vtl.json_to_xml(value)
    assert message in caught.value.message


def test_a_name_that_replaces_another_attribute_is_refused() -> None:
    with pytest.raises(ConversionError, match="comes twice"):
        vtl.json_to_xml({"a": {"@b c": 1, "@b_c": 2}}, names="replace")
    with pytest.raises(ConversionError, match="comes twice"):
        vtl.json_to_xml({"a": {"@p:c": 1, "@p_c": 2}}, names="replace")


def test_bounds() -> None:
    endless: dict[str, Any] = {}
    endless["a"] = endless
    for value in (endless, {"a": {"b": {"c": {"d": {}}}}}, {"a": [[[[[]]]]]}):
        with pytest.raises(LimitExceeded) as caught:
            vtl.json_to_xml(value, limits=Limits(xml_depth=3))
        assert caught.value.limit == "xml_depth"
    with pytest.raises(LimitExceeded) as caught:
        vtl.json_to_xml({"a": ["x" * 100] * 100}, limits=Limits(xml_size=1_000))
    assert caught.value.limit == "xml_size"


def test_many_kinds_of_objects_are_written_right() -> None:
    value = {"a": [{f"n{number}": str(number), f"@m{number}": "x"} for number in range(2_500)]}
    text = vtl.json_to_xml(value)
    assert vtl.xml_to_json(text) == {"root": value}
