"""JsonML: errors, bounds and what it does beside keeping everything."""

from __future__ import annotations

from typing import Any

import pytest

import vtl
from vtl.errors import ConversionError, LimitExceeded
from vtl.limits import Limits


def _write(value: Any, **options: Any) -> str:
    return vtl.json_to_xml(value, convention="jsonml", **options)


def test_documents_with_something_outside_of_the_root() -> None:
    text = "<!--a--><?p q?><r/><?e?><!---->"
    value = ["#document", ["!--", "a"], ["?p", "q"], ["r"], ["?e"], ["!--", ""]]
    assert vtl.xml_to_json(text, convention="jsonml") == value
    assert _write(value) == text
    assert _write(["#document", ["r"]]) == "<r/>"


def test_options() -> None:
    text = "<p:a xmlns:p='u'>\n <b> 1 </b>x</p:a>"
    assert vtl.xml_to_json(text, convention="jsonml", whitespace="strip", types="recognise") == [
        "p:a",
        {"xmlns:p": "u"},
        ["b", 1],
        "x",
    ]
    assert vtl.xml_to_json(text, convention="jsonml", whitespace="strip", namespaces="strip") == ["a", ["b", "1"], "x"]
    assert vtl.xml_to_json(text, convention="jsonml", whitespace="strip", prefixes={"m": "u"}) == ["m:a", ["b", "1"], "x"]
    assert _write(["m:a", ["b", "<"]], prefixes={"m": "u"}, cdata="b") == '<m:a xmlns:m="u"><b><![CDATA[<]]></b></m:a>'
    assert _write(["m:a", {"xmlns:m": "v"}], prefixes={"m": "u"}) == '<m:a xmlns:m="v"/>'
    assert _write(["a", ["b", "x", ["c"]], ["d", ["!--", "e"]]], indent=1) == "<a>\n <b>x<c/></b>\n <d>\n  <!--e-->\n </d>\n</a>"
    assert _write(["#document", ["!--", "x"], ["a"]], indent=1) == "<!--x-->\n<a/>"
    assert _write(["a b"], names="escape") == "<a_x0020_b/>"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({}, "an element is a list"),
        ([], "an element is a list"),
        ([1], "an element is a list"),
        (["a", []], "an element is a list that starts with its name, at $"),
        (["a", ["b", None]], "null has no place in the content of an element, at $[1]"),
        (["a", "x", {"b": 1}], "an object has no place"),
        (["a", {"b": []}], "an array cannot be the value of an attribute or the text of an element, at $"),
        (["a b"], "'a b' is no name in XML"),
        (["a", {1: "x"}], "the name 1 is no text"),
        (["xsi:a"], "the prefix of 'xsi:a' is not declared"),
        (["a", ["!--", "x--y"]], "a comment cannot hold '--'"),
        (["a", ["!--", "x-"]], "a comment cannot hold '--' or end with '-'"),
        (["a", ["!--", "x\r"]], "cannot hold U+000D"),
        (["a", ["!--", "x", "y"]], "holds one text"),
        (["a", ["!--", 1]], "holds one text"),
        (["a", ["?xml", "x"]], "cannot be the target"),
        (["a", ["?p q"]], "cannot be the target"),
        (["a", ["?p", "x?>"]], "cannot hold '?>'"),
        (["a", ["?p", " x"]], "start with a blank"),
        (["#document"], "a document has one root"),
        (["#document", ["a"], ["b"]], "a document has one root"),
        (["#document", "x", ["a"]], "an element is a list"),
        (["a", ["#document", ["b"]]], "'#document' is no name"),
        (["a", "\x01"], "U+0001, at $[1]"),
        (["a", {1, 2}], "type set"),
    ],
)
def test_values_that_are_none_in_jsonml(value: Any, message: str) -> None:
    with pytest.raises(ConversionError) as caught:
        _write(value)
    assert message in caught.value.message


def test_bounds() -> None:
    endless: list[Any] = ["a"]
    endless.append(endless)
    with pytest.raises(LimitExceeded):
        _write(endless)
    assert _write(["a", ["b"]], limits=Limits(xml_depth=2)) == "<a><b/></a>"
    with pytest.raises(LimitExceeded):
        _write(["a", ["b", ["c"]]], limits=Limits(xml_depth=2))
