"""XML that nobody has to trust."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest

from vtl.errors import InvalidXml, LimitExceeded
from vtl.limits import Limits
from vtl.transforms.safe import PassedBound, XmlFault, feed, indent_xml, is_namespace, parse, xml_fault


@pytest.mark.parametrize(
    "text",
    [
        "<a/>",
        " <a>é&amp;&#233;</a>\n",
        '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>',
        "<!-- c --><?p q?><a><![CDATA[<]]></a>",
    ],
)
def test_what_is_well_formed(text: str) -> None:
    assert xml_fault(text.lstrip()) is None


@pytest.mark.parametrize(
    ("text", "offset", "problem"),
    [
        ("", 0, "Document is empty"),
        ("plain", 0, "Start tag expected, '<' not found"),
        ("<a/>x", 4, "Extra content at the end of the document"),
        ("<a>&nbsp;</a>", 8, "Entity 'nbsp' not defined"),
        ("<é>\n<b>é</c></é>", 11, "Opening and ending tag mismatch: b line 2 and c"),
    ],
)
def test_faults(text: str, offset: int, problem: str) -> None:
    fault = xml_fault(text)
    assert fault is not None
    assert fault.problem == problem
    assert abs(fault.offset - offset) <= 1, "libxml2 points at the character or the one before, by its version"


@pytest.mark.parametrize("before", ["", "<!-- <a/> -->", '<?xml version="1.0"?>\n<!-- - -->\n<?p?>'])
def test_a_document_type_is_refused_before_anything_is_read(before: str) -> None:
    text = f'{before}<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    assert xml_fault(text) == XmlFault(len(before), "a document type declaration (<!DOCTYPE ...>) is not taken")
    with pytest.raises(ValueError, match="document type"):
        indent_xml(text)


def test_bombs_and_depth_end_quickly() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    started = time.monotonic()
    assert xml_fault(f'<!DOCTYPE a [<!ENTITY e0 "x">{entities}]><a b="&e11;"/>') is not None
    assert xml_fault("<a>" * 100_000) is not None
    assert xml_fault("<!--" * 100_000) is not None
    assert xml_fault("<!-- -->" * 100_000 + "<a/>") is None
    assert time.monotonic() - started < 60


def test_lone_surrogates_do_not_crash() -> None:
    assert xml_fault("<a>\ud800</a>") is None


def test_indenting() -> None:
    assert indent_xml('<?xml version="1.0"?><a><b>x</b><c/></a>') == '<?xml version="1.0"?>\n<a>\n  <b>x</b>\n  <c/>\n</a>'
    assert indent_xml("<a>text<b/></a>") == "<a>text<b/></a>"
    with pytest.raises(ValueError, match="mismatch"):
        indent_xml("<a></b>")


class _Events:
    """A target that notes what it is told."""

    def __init__(self, stop_at: str = "") -> None:
        self.events: list[object] = []
        self._stop_at = stop_at

    def start(self, tag: str, attributes: Mapping[str, str], declared: Mapping[str, str]) -> None:
        if tag == self._stop_at:
            raise PassedBound
        self.events.append((tag, dict(attributes), dict(declared)))

    def end(self, tag: str) -> None:
        self.events.append(tag)

    def data(self, text: str) -> None:
        self.events.append(("text", text))

    def close(self) -> None:
        self.events.append("close")


def test_a_target_is_told_of_a_document() -> None:
    target = _Events()
    feed(b"<a xmlns:p='u' p:b='&amp;&lt;&#65;'>x<c/></a>", target, name="x", limits=Limits())
    assert target.events == [("a", {"{u}b": "&<A"}, {"p": "u"}), ("text", "x"), ("c", {}, {}), "c", "a", "close"]


def test_a_target_that_sees_a_bound_passed() -> None:
    with pytest.raises(LimitExceeded, match="deeper than 1 level") as caught:
        feed(b"<a>\n<b/></a>", _Events("b"), name="x", limits=Limits(xml_depth=1))
    assert (caught.value.line, caught.value.column) == (2, 1)


def test_a_tree_within_bounds() -> None:
    root = parse("<a>é<!--c--><b/></a>".encode("utf-16"))
    assert (root.tag, root.text, len(root)) == ("a", "é", 2)
    assert parse(b"<a>\xe9</a>", charset="iso-8859-1").text == "é"
    for text, limits in (
        ("<a><b><c/></b></a>", Limits(xml_depth=2)),
        ("<a x='1' y='2'/>", Limits(xml_attributes=1)),
        ("<a xmlns:x='u' xmlns:y='v'/>", Limits(xml_attributes=1)),
        ("<abc/>", Limits(xml_name_length=2)),
        ("<a bcd=''/>", Limits(xml_name_length=2)),
    ):
        with pytest.raises(LimitExceeded) as caught:
            parse(text, limits=limits)
        assert caught.value.line == 1
    with pytest.raises(InvalidXml, match="prefix"):
        parse("<p:a/>")
    with pytest.raises(InvalidXml, match="document type"):
        parse("<!DOCTYPE a><a/>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("urn:x", True),
        ("http://a/b?c#d", True),
        ("x", True),
        ("a b", False),
        ("<", False),
        ("\x01", False),
        ("\ud800", False),
        ("a\"b'&", False),
    ],
)
def test_names_of_namespaces(text: str, expected: bool) -> None:
    assert is_namespace(text) is expected


def test_what_is_no_xml_at_all_is_called_so() -> None:
    with pytest.raises(InvalidXml, match="not XML: there is no tag where it should begin") as caught:
        parse('<?xml version="1.0"?>plain')
    assert (caught.value.line, caught.value.column) == (1, 22)
