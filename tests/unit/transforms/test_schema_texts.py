"""Texts of simple types as JSON values and back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from vtl.errors import InvalidValue
from vtl.transforms.schema import Schema, SimpleType
from vtl.transforms.schema_reader import read_schema
from vtl.transforms.schema_texts import kind_of, text_to_value, value_to_text

_HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" xmlns="urn:t">'
_TYPES = {
    "Half": '<xs:restriction base="xs:decimal"><xs:minExclusive value="0"/>'
    '<xs:maxInclusive value="2.5"/><xs:fractionDigits value="1"/>'
    '<xs:totalDigits value="2"/></xs:restriction>',
    "Code": (
        r'<xs:restriction base="xs:string"><xs:pattern value="[a-z-[aeiou]]{2}\i?"/>'
        r'<xs:pattern value="\d+"/></xs:restriction>'
    ),
    "Short": '<xs:restriction base="xs:string"><xs:minLength value="2"/><xs:maxLength value="3"/></xs:restriction>',
    "Sizes": (
        '<xs:restriction><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType><xs:maxLength value="3"/></xs:restriction>'
    ),
    "Either": '<xs:union memberTypes="xs:int xs:boolean Short"/>',
    "Level": '<xs:restriction base="xs:int"><xs:enumeration value="1"/><xs:enumeration value="02"/></xs:restriction>',
    "Bytes": '<xs:restriction base="xs:base64Binary"><xs:length value="4"/></xs:restriction>',
    "Lazy": '<xs:restriction base="xs:string"><xs:pattern value="(a+)+b"/></xs:restriction>',
}


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Schema:
    """A schema with all the types above."""
    path: Path = tmp_path_factory.mktemp("xsd") / "t.xsd"
    body = "".join(f'<xs:simpleType name="{name}">{text}</xs:simpleType>' for name, text in _TYPES.items())
    path.write_text(f"{_HEAD}{body}</xs:schema>", encoding="utf-8")
    return read_schema(path)


def _type(schema: Schema, name: str) -> SimpleType:
    return schema.simple(f"{{urn:t}}{name}" if name in _TYPES else f"{{http://www.w3.org/2001/XMLSchema}}{name}")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("int", " 007 ", 7),
        ("long", "-9223372036854775808", -(2**63)),
        ("integer", "123456789012345678901234567890", 123456789012345678901234567890),
        ("decimal", "1.50", Decimal("1.50")),
        ("decimal", "+.5", Decimal("0.5")),
        ("boolean", "1", True),
        ("boolean", "false", False),
        ("double", "1E3", 1000.0),
        ("float", "-INF", "-INF"),
        ("double", "NaN", "NaN"),
        ("string", " a  b ", " a  b "),
        ("token", " a  b ", "a b"),
        ("date", "2026-11-25Z", "2026-11-25Z"),
        ("dateTime", "2026-11-25T10:00:00.5+01:00", "2026-11-25T10:00:00.5+01:00"),
        ("duration", "P1Y2M3DT4H5M6.7S", "P1Y2M3DT4H5M6.7S"),
        ("hexBinary", "cafe", "cafe"),
        ("base64Binary", "YWI=", "YWI="),
        ("Half", "2.5", Decimal("2.5")),
        ("Code", "bc", "bc"),
        ("Code", "bcé", "bcé"),
        ("Code", "123", "123"),
        ("Sizes", "1 2  3", [1, 2, 3]),
        ("Sizes", "", []),
        ("Either", "5", 5),
        ("Either", "true", True),
        ("Either", "abc", "abc"),
        ("Level", "2", 2),
        ("Bytes", "AAAAAA==", "AAAAAA=="),
    ],
)
def test_values(schema: Schema, name: str, text: str, value: object) -> None:
    read = text_to_value(schema, _type(schema, name), text, "$")
    assert (read, type(read)) == (value, type(value))
    again = value_to_text(schema, _type(schema, name), read, "$")
    assert text_to_value(schema, _type(schema, name), again, "$") == value


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("int", "2147483648", "out of the range of int"),
        ("int", "1.0", "is no int"),
        ("positiveInteger", "0", "out of the range"),
        ("unsignedByte", "256", "out of the range"),
        ("integer", "9" * 4_001, "more than 4,000 digits"),
        ("decimal", "1e3", "is no decimal"),
        ("boolean", "TRUE", "is no boolean"),
        ("double", "1,5", "is no double"),
        ("date", "25.11.2026", "is no date"),
        ("duration", "P", "is no duration"),
        ("hexBinary", "abc", "is no hexBinary"),
        ("language", "much too long for one", "does not fit the pattern of language"),
        ("Half", "0", "not more than 0"),
        ("Half", "2.6", "not at most 2.5"),
        ("Half", "1.55", "more than 1 digits behind the point"),
        ("Code", "ab", "does not fit the pattern of Code"),
        ("Short", "a", "too short"),
        ("Short", "abcd", "too long"),
        ("Sizes", "1 2 3 4", "too long: the length is 4"),
        ("Sizes", "1 x", r"\$\[1\]: 'x' is no int"),
        ("Either", "abcd", "fits none of the types of Either"),
        ("Level", "3", "is none of '1', '02'"),
        ("Bytes", "AAAA", "too short: the length is 3"),
    ],
)
def test_what_does_not_fit(schema: Schema, name: str, text: str, words: str) -> None:
    with pytest.raises(InvalidValue, match=words) as caught:
        text_to_value(schema, _type(schema, name), text, "$")
    assert caught.value.path.startswith("$")


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("decimal", 1e-7, "0.0000001"),
        ("decimal", Decimal("1.50E+3"), "1500"),
        ("decimal", 12345678.25, "12345678.25"),
        ("int", 5.0, "5"),
        ("int", Decimal("5"), "5"),
        ("double", float("inf"), "INF"),
        ("double", Decimal("0.1"), "0.1"),
        ("string", 5, "5"),
        ("string", True, "true"),
        ("Sizes", "1 2", "1 2"),
    ],
)
def test_json_numbers(schema: Schema, name: str, value: Any, text: str) -> None:
    assert value_to_text(schema, _type(schema, name), value, "$") == text


@pytest.mark.parametrize(
    ("name", "value"),
    [("int", True), ("int", 5.5), ("int", None), ("string", {}), ("string", []), ("Sizes", 1), ("decimal", float("nan")),
     ("decimal", Decimal("1E+999999")), ("string", "\ud800"), ("string", "\x01")],
)  # fmt: skip
def test_json_values_that_do_not_fit(schema: Schema, name: str, value: object) -> None:
    with pytest.raises(InvalidValue):
        value_to_text(schema, _type(schema, name), value, "$")


def test_a_huge_number_is_refused(schema: Schema) -> None:
    with pytest.raises(InvalidValue, match="more than 4,000 digits"):
        value_to_text(schema, _type(schema, "integer"), 2**40_000, "$")


def test_kinds(schema: Schema) -> None:
    names = ("int", "Half", "double", "boolean", "date", "Sizes", "Either")
    assert [kind_of(_type(schema, name)) for name in names] == ["integer", "decimal", "float", "boolean", "text", "array", "text"]
