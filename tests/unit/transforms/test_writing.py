"""Escaped text, the text of scalars, and output in bounded pieces."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from vtl.errors import ConversionError, LimitExceeded
from vtl.limits import Limits
from vtl.transforms.writing import CHUNK, Output, escaped, impossible, in_attribute, in_cdata, scalar_text

TEXTS = ["", "a", "&<>\"'", "]]>", "a]]>]]>b", "\t\n", "\r\n", "é😀", " x "]


@pytest.mark.parametrize("text", TEXTS)
def test_written_text_is_read_as_it_was(text: str) -> None:
    document = f'<a b="{in_attribute(text)}" c="{in_attribute(text)}"><d>{escaped(text)}</d><e>{in_cdata(text)}</e></a>'
    root = etree.fromstring(document)
    assert (root.get("b"), root[0].text or "", root[1].text or "") == (text, text, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x", "x"),
        (True, "true"),
        (False, "false"),
        (-5, "-5"),
        (1.5, "1.5"),
        (1e300, "1e+300"),
        (float("inf"), "INF"),
        (float("-inf"), "-INF"),
        (float("nan"), "NaN"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+5"), "100000"),
        (Decimal("1E+500"), "1E+500"),
        (Decimal("NaN"), "NaN"),
    ],
)
def test_scalars_as_xml_schema_writes_them(value: object, text: str) -> None:
    assert scalar_text(value) == text


def test_integers_of_any_length() -> None:
    assert scalar_text(10**5000) == "1" + "0" * 5000


def test_other_values_are_none_of_json() -> None:
    with pytest.raises(ConversionError, match="type set"):
        scalar_text({1})


@pytest.mark.parametrize(
    ("text", "found"),
    [("", ""), ("a\t\n\ré😀", ""), ("a\x01", "U+0001"), ("\ufffe", "U+FFFE"), ("é\ud800", "U+D800"), ("\x7f", "")],
)
def test_characters_that_xml_does_not_have(text: str, found: str) -> None:
    assert impossible(text) == found


def test_output_is_joined_from_time_to_time_and_bounded() -> None:
    output = Output(Limits(xml_size=CHUNK + 5))
    output.pieces += ["a"] * CHUNK
    output.settle()
    assert output.pieces == []
    output.pieces.append("b")
    output.settle()
    assert output.pieces == ["b"]
    assert output.text("<") == "<" + "a" * CHUNK + "b"
    output.pieces.append("cccccc")
    with pytest.raises(LimitExceeded) as caught:
        output.text()
    assert caught.value.limit == "xml_size"
