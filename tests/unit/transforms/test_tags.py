"""Tags as they are written."""

from __future__ import annotations

import pytest

from vtl.transforms.tags import StartTag, has_synonyms, start_tags


def test_start_tags_in_order() -> None:
    text = b"<?xml version='1.0'?><!-- <no/> --><p:a x='>' y=\"<\"\n p:z = '1'><b/><![CDATA[<no>]]><?go <no> ?><c></c ></p:a>"
    tags = list(start_tags(text))
    assert [(tag.name, tag.depth, tag.attributes) for tag in tags] == [
        ("p:a", 1, ["x", "y", "p:z"]),
        ("b", 2, []),
        ("c", 2, []),
    ]
    assert tags[0] == StartTag(text.index(b"<p:a"), 1, "p:a", ["x", "y", "p:z"])


@pytest.mark.parametrize("each", [b"<!--", b"<![CDATA[", b"<?p ", b"<a b='", b'<a b="', b"<a ", b"<", b"<a b='1' "])
def test_what_does_not_end_is_scanned_in_bounded_time(each: bytes) -> None:
    assert list(start_tags(each * 3_000)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"<a xmlns='u' xmlns:p='v'/>", False),
        (b"<a xmlns:p='u'><b xmlns:p='u'/></a>", False),
        (b"<a xmlns='u' xmlns:p='u'/>", True),
        (b"<a xmlns:p='u'><b xmlns:q = \"u\"/></a>", True),
        (b"<a xmlns:p='&#117;'/>", True),
        (b"<a xmlns=''><b xmlns=''/></a>", False),
    ],
)
def test_synonyms(text: bytes, expected: bool) -> None:
    assert has_synonyms(text) is expected
