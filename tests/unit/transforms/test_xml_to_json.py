"""XML to JSON: each option of a convention, and errors with their places."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from vtl.errors import InputError, InvalidXml, LimitExceeded
from vtl.limits import Limits
from vtl.transforms import xml_to_json

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


@pytest.mark.parametrize(
    ("text", "options", "value"),
    [
        ("<a/>", {}, {"a": ""}),
        ("<a> x </a>", {}, {"a": " x "}),
        ("<a> x </a>", {"whitespace": "strip"}, {"a": "x"}),
        ("<a/>", {"empty": "null"}, {"a": None}),
        ("<a/>", {"empty": "object"}, {"a": {}}),
        ("<a b='1'>x</a>", {}, {"a": {"@b": "1", "#text": "x"}}),
        ("<a b='1'>x</a>", {"attribute_prefix": "", "text_key": "$"}, {"a": {"b": "1", "$": "x"}}),
        ("<a b='1'>x</a>", {"attribute_prefix": None}, {"a": "x"}),
        ("<a b='1'/>", {}, {"a": {"@b": "1"}}),
        ("<a>x</a>", {"text_always": True}, {"a": {"#text": "x"}}),
        ("<a><b>1</b></a>", {}, {"a": {"b": "1"}}),
        ("<a><b>1</b><b>2</b></a>", {}, {"a": {"b": ["1", "2"]}}),
        ("<a><b>1</b></a>", {"arrays": ["b"]}, {"a": {"b": ["1"]}}),
        ("<a><b>1</b></a>", {"arrays": ["a.b"]}, {"a": {"b": ["1"]}}),
        ("<a><b>1</b></a>", {"arrays": ["/b"]}, {"a": {"b": "1"}}),
        ("<a><b>1</b><c/></a>", {"arrays": ["always"]}, {"a": {"b": ["1"], "c": [""]}}),
        ("<a><b>1</b><c>x</c><b>2</b></a>", {}, {"a": {"b": ["1", "2"], "c": "x"}}),
        ("<a>t<b/>u</a>", {}, {"a": {"b": "", "#text": "tu"}}),
        ("<a>\n <b>x</b>\n</a>", {}, {"a": {"b": "x"}}),
        ("<a><![CDATA[<b>]]></a>", {}, {"a": "<b>"}),
        ("<a>&#x41;&amp;</a>", {}, {"a": "A&"}),
        (f"<a {XSI}><b xsi:nil='true'/><c xsi:nil='1'/><d xsi:nil='false'/></a>", {}, {"a": {"b": None, "c": None, "d": ""}}),
        (f"<a {XSI} xsi:nil='true' b='1'/>", {}, {"a": {"@b": "1", "#text": None}}),
        ("<p:a xmlns:p='u'><p:b/></p:a>", {}, {"a": {"b": ""}}),
        ("<p:a xmlns:p='u'><p:b/></p:a>", {"namespaces": "keep"}, {"p:a": {"@xmlns:p": "u", "p:b": ""}}),
        ("<p:a xmlns:p='u'><p:b/></p:a>", {"prefixes": {"q": "u"}}, {"q:a": {"q:b": ""}}),
        ("<a xmlns:p='u' xmlns:q='v'><p:b>1</p:b><q:b>2</q:b></a>", {}, {"a": {"p:b": "1", "q:b": "2"}}),
        ("<a xmlns:p='u' xmlns:q='v'><p:b>1</p:b><q:b>2</q:b></a>", {"namespaces": "strip"}, {"a": {"b": ["1", "2"]}}),
        (
            "<a><n>1</n><m>1.5</m><t>true</t><z>007</z></a>",
            {"types": "recognise"},
            {"a": {"n": 1, "m": 1.5, "t": True, "z": "007"}},
        ),
        ("<a><n>1</n><m>1</m></a>", {"types": "recognise", "untyped": ["m"]}, {"a": {"n": 1, "m": "1"}}),
        ("<a>1.2345678901234567890</a>", {"types": "recognise"}, {"a": Decimal("1.2345678901234567890")}),
        ("<a_x0020_b>1</a_x0020_b>", {"names": "escape"}, {"a b": "1"}),
        ("<a><b>1</b></a>", {"keep_root": False}, {"b": "1"}),
    ],
)
def test_options(text: str, options: dict[str, Any], value: Any) -> None:
    found = xml_to_json(text, **options)
    assert found == value
    assert repr(found) == repr(value)


@pytest.mark.parametrize(
    ("preset", "value"),
    [
        ("plain", {"r": {"@k": "1", "a": ["x", "y"], "b": ""}}),
        ("xmltodict", {"r": {"@k": "1", "a": ["x", "y"], "b": None}}),
        ("badgerfish", {"r": {"@k": "1", "a": [{"$": "x"}, {"$": "y"}], "b": {}}}),
        ("parker", {"a": ["x", "y"], "b": None}),
        ("jsonml", ["r", {"k": "1"}, ["a", "x"], ["a", "y"], ["b"]]),
    ],
)
def test_presets(preset: str, value: Any) -> None:
    assert xml_to_json('<r k="1"><a>x</a><a>y</a><b/></r>', convention=preset) == value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_bytes_in_any_unicode(encoding: str) -> None:
    assert xml_to_json("<a>ä€😀</a>".encode(encoding)) == {"a": "ä€😀"}


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "shift_jis", "gb18030"])
def test_bytes_in_a_declared_encoding(encoding: str) -> None:
    text = "é" if encoding in ("iso-8859-1", "windows-1252") else "日本"
    data = f'<?xml version="1.0" encoding="{encoding}"?><a>{text}</a>'.encode(encoding)
    assert xml_to_json(data) == {"a": text}


def test_a_charset_from_outside_is_believed_first() -> None:
    assert xml_to_json('<?xml version="1.0" encoding="utf-8"?><a>é</a>'.encode("latin-1"), charset="latin-1") == {"a": "é"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("<a>\n  <b>\n</a>", 3, 5), ("<a>&x;</a>", 1, 7), ("\n<!DOCTYPE a><a/>", 2, 1)],
)
def test_errors_have_their_place(text: str, line: int, column: int) -> None:
    with pytest.raises(InvalidXml) as caught:
        xml_to_json(text, name="a.xml")
    assert (caught.value.file, caught.value.line) == ("a.xml", line)
    assert abs(caught.value.column - column) <= 4


def test_limits() -> None:
    for text, limits in (
        ("<a><b><c/></b></a>", Limits(xml_depth=2)),
        ("<a b='1' c='2'/>", Limits(xml_attributes=1)),
        ("<abc/>", Limits(xml_name_length=2)),
        ("<abc/>", Limits(xml_size=3)),
    ):
        with pytest.raises(LimitExceeded):
            xml_to_json(text, limits=limits)


@pytest.mark.parametrize(
    "options",
    [
        {"convention": "none"},
        {"types": "x"},
        {"nothing": 1},
        {"arrays": [""]},
        {"indent": 99},
        {"text_key": ""},
        {"arrays": ["a..b"]},
    ],
)
def test_options_that_there_are_not(options: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        xml_to_json("<a/>", **options)


def test_only_text_and_bytes_are_xml() -> None:
    with pytest.raises(InputError):
        xml_to_json(1)  # type: ignore[arg-type]
