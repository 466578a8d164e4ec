"""XML to JSON: presets and options."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import xmltodict

import vtl
from vtl.errors import InvalidXml, LimitExceeded
from vtl.limits import Limits
from vtl.transforms.shapes import Shape

ORDER = """<o:order xmlns:o="urn:o" id="7">
  <o:line no="1">A<!-- c --></o:line>
  <o:line/>
  <note> two words </note>
</o:order>"""
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


@pytest.mark.parametrize(
    ("convention", "value"),
    [
        ("plain", {"order": {"@id": "7", "line": [{"@no": "1", "#text": "A"}, ""], "note": " two words "}}),
        (
            "xmltodict",
            {"o:order": {"@xmlns:o": "urn:o", "@id": "7", "o:line": [{"@no": "1", "#text": "A"}, None], "note": "two words"}},
        ),
        (
            "badgerfish",
            {
                "o:order": {
                    "@xmlns": {"o": "urn:o"},
                    "@id": "7",
                    "o:line": [{"@xmlns": {"o": "urn:o"}, "@no": "1", "$": "A"}, {"@xmlns": {"o": "urn:o"}}],
                    "note": {"@xmlns": {"o": "urn:o"}, "$": " two words "},
                }
            },
        ),
        ("parker", {"line": ["A", None], "note": " two words "}),
        (
            "jsonml",
            [
                "o:order",
                {"xmlns:o": "urn:o", "id": "7"},
                "\n  ",
                ["o:line", {"no": "1"}, "A", ["!--", " c "]],
                "\n  ",
                ["o:line"],
                "\n  ",
                ["note", " two words "],
                "\n",
            ],
        ),
    ],
)
def test_presets(convention: str, value: Any) -> None:
    assert vtl.xml_to_json(ORDER, convention=convention) == value
    assert vtl.xml_to_json(ORDER.encode("utf-16"), convention=convention) == value


@pytest.mark.parametrize(
    "text",
    [
        ORDER,
        "<a>1<b/>2<b>3</b>4</a>",
        "<a><b> </b><c>\n</c><d x=''/></a>",
        "<a xmlns='u' xmlns:p='u'><p:b/><b p:x='1'/></a>",
        "<a xml:lang='en'>&lt;&amp;<![CDATA[ <x> ]]></a>",
        "<a><b/><c/><b>x</b><b y='z'>t</b></a>",
    ],
)
def test_xmltodict_reads_it_alike(text: str) -> None:
    assert vtl.xml_to_json(text, convention="xmltodict") == xmltodict.parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<a/>", {"a": ""}),
        ("<a></a>", {"a": ""}),
        (f"<a {XSI} xsi:nil='true'/>", {"a": None}),
        (f"<a {XSI} xsi:nil=' 1 '> </a>", {"a": None}),
        (f"<a {XSI} xsi:nil='false'/>", {"a": ""}),
        (f"<a {XSI} xsi:nil='true' b='1'/>", {"a": {"@b": "1", "#text": None}}),
        (f"<a {XSI}><b xsi:nil='true'/><b/><b>x</b></a>", {"a": {"b": [None, "", "x"]}}),
        (f"<a {XSI} xsi:nil='true'><b/></a>", {"a": {"b": ""}}),
        ("<a> <b/> </a>", {"a": {"b": ""}}),
        ("<a>x<b/>y</a>", {"a": {"b": "", "#text": "xy"}}),
        ("<a> </a>", {"a": " "}),
        ("<a b='&#10;'>&#13;</a>", {"a": {"@b": "\n", "#text": "\r"}}),
        ("<a><return>1</return><class>2</class></a>", {"a": {"return": "1", "class": "2"}}),
    ],
)
def test_nil_empty_and_missing_differ(text: str, value: Any) -> None:
    assert vtl.xml_to_json(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<a xmlns:p='u' xmlns:q='v'><p:b/><q:b/></a>", {"a": {"p:b": "", "q:b": ""}}),
        ("<a xmlns:p='u'><b/><p:b/></a>", {"a": {"b": "", "p:b": ""}}),
        ("<a xmlns:p='u'><p:b/><c><b/></c></a>", {"a": {"b": "", "c": {"b": ""}}}),
        ("<a xmlns:p='u'><c><b>1</b></c><p:b>2</p:b><b>3</b></a>", {"a": {"c": {"b": "1"}, "p:b": "2", "b": "3"}}),
        ("<a><b xmlns='u'>1</b><b xmlns='v'>2</b></a>", {"a": {"b": "1", "ns2:b": "2"}}),
        ("<p:a xmlns:p='u' xmlns:q='v' p:x='1' q:x='2' x='3'/>", {"a": {"@p:x": "1", "@q:x": "2", "@x": "3"}}),
    ],
)
def test_prefixes_stay_where_two_namespaces_clash(text: str, value: Any) -> None:
    assert vtl.xml_to_json(text) == value


@pytest.mark.parametrize(
    ("options", "value"),
    [
        (
            {"attribute_prefix": "_", "text_key": "value"},
            {"a": {"_x": "1", "b": ["007", "true"], "c": {"_y": "2", "value": "3.50"}}},
        ),
        ({"attribute_prefix": None}, {"a": {"b": ["007", "true"], "c": "3.50"}}),
        ({"keep_root": False, "attribute_prefix": None}, {"b": ["007", "true"], "c": "3.50"}),
        ({"types": "recognise", "attribute_prefix": None}, {"a": {"b": ["007", True], "c": 3.5}}),
        ({"types": "recognise", "untyped": "c", "attribute_prefix": None}, {"a": {"b": ["007", True], "c": "3.50"}}),
        ({"types": "recognise"}, {"a": {"@x": 1, "b": ["007", True], "c": {"@y": 2, "#text": 3.5}}}),
        (
            {"types": "recognise", "untyped": ["@x", "c.@y"]},
            {"a": {"@x": "1", "b": ["007", True], "c": {"@y": "2", "#text": 3.5}}},
        ),
        ({"arrays": "c", "attribute_prefix": None}, {"a": {"b": ["007", "true"], "c": ["3.50"]}}),
        (
            {"text_always": True, "attribute_prefix": None},
            {"a": {"b": [{"#text": "007"}, {"#text": "true"}], "c": {"#text": "3.50"}}},
        ),
    ],
)
def test_options(options: dict[str, Any], value: Any) -> None:
    assert vtl.xml_to_json("<a x='1'><b>007</b><b>true</b><c y='2'>3.50</c></a>", **options) == value


def test_namespaces_kept_stripped_and_mapped() -> None:
    text = "<x:a xmlns:x='urn:a' xmlns='urn:b' x:k='1'><b/><c xmlns=''/></x:a>"
    assert vtl.xml_to_json(text, namespaces="strip") == {"a": {"@k": "1", "b": "", "c": ""}}
    assert vtl.xml_to_json(text, namespaces="keep") == {
        "x:a": {"@xmlns:x": "urn:a", "@xmlns": "urn:b", "@x:k": "1", "b": "", "c": {"@xmlns": ""}}
    }
    assert vtl.xml_to_json(text, prefixes={"m": "urn:a", "": "urn:b"}) == {"m:a": {"@m:k": "1", "b": "", "c": ""}}


def test_two_prefixes_of_one_namespace_are_kept_as_written() -> None:
    text = "<p:a xmlns:p='u' xmlns:q='u' q:x='1' y='2'><q:b p:x='3'/><p:b/></p:a>"
    value = vtl.xml_to_json(text, namespaces="keep")
    assert value == {"p:a": {"@xmlns:p": "u", "@xmlns:q": "u", "@q:x": "1", "@y": "2", "q:b": {"@p:x": "3"}, "p:b": ""}}
    assert vtl.xml_to_json(text, namespaces="keep", prefixes={"m": "u"}) == {
        "m:a": {"@m:x": "1", "@y": "2", "m:b": [{"@m:x": "3"}, ""]}
    }


def test_empty_elements_and_whitespace() -> None:
    text = "<a><b/><c> x </c></a>"
    assert vtl.xml_to_json(text, empty="null", whitespace="strip") == {"a": {"b": None, "c": "x"}}
    assert vtl.xml_to_json(text, empty="object") == {"a": {"b": {}, "c": " x "}}


def test_a_shape_says_what_text_becomes() -> None:
    shape = Shape({"a": Shape({"b": Shape(array=True, convert=Decimal), "@n": Shape(convert=int)})})
    assert vtl.xml_to_json("<a n='1'><b>1.50</b></a>", schema=shape) == {"a": {"@n": 1, "b": [Decimal("1.50")]}}


def test_errors_have_a_place_and_a_name() -> None:
    with pytest.raises(InvalidXml, match="mismatch") as caught:
        vtl.xml_to_json("<a>\n  <é>x</b>\n</a>", name="answer.xml")
    assert (caught.value.file, caught.value.line) == ("answer.xml", 2)
    assert caught.value.column in (10, 11), "libxml2 points at the character or the one before, by its version"
    assert "^" in caught.value.diagnostic.render()
    with pytest.raises(InvalidXml, match="Namespace prefix p on b is not defined") as caught:
        vtl.xml_to_json("<a>\n<p:b/></a>")
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("text", "limit", "place"),
    [
        ("<a>\n<b><c/></b></a>", {"xml_depth": 2}, (2, 4)),
        ("<a><a><a><a/></a></a></a>", {"xml_depth": 3}, (1, 10)),
        ("<a>\n <b x='1' y='2' z='3'/></a>", {"xml_attributes": 2}, (2, 2)),
        ("<a><b x='1'/><b y='1'/><c x='1' y='2'/></a>", {"xml_attributes": 1}, (1, 24)),
        ("<a xmlns:p='u' x='1'/>", {"xml_attributes": 1}, (1, 1)),
        ("<a><bcd/></a>", {"xml_name_length": 2}, (1, 4)),
        ("<a><b bcd=''/></a>", {"xml_name_length": 2}, (1, 4)),
    ],
)
@pytest.mark.parametrize("convention", ["plain", "badgerfish", "jsonml"])
def test_bounds_have_a_place(text: str, limit: dict[str, int], place: tuple[int, int], convention: str) -> None:
    with pytest.raises(LimitExceeded) as caught:
        vtl.xml_to_json(text, convention=convention, limits=Limits(**limit))
    assert caught.value.limit in limit
    assert (caught.value.line, caught.value.column) == place
    more = {name: bound + 2 for name, bound in limit.items()}
    assert vtl.xml_to_json(text, convention=convention, limits=Limits(**more))


def test_depth_beyond_the_parser_s_own() -> None:
    deep = "<a>" * 400 + "</a>" * 400
    value = vtl.xml_to_json(deep, limits=Limits(xml_depth=400))
    assert vtl.json_to_xml(value, limits=Limits(xml_depth=400)).count("<a>") == 399
