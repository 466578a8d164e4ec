"""XML that nobody has to trust."""

from __future__ import annotations

import time

import pytest

from vtl.transforms.safe import XmlFault, indent_xml, xml_fault


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
