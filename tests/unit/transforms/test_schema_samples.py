"""Samples fit their schemas, for libxml2 too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.transforms.services import CLAIMS, OPERATIONS, ORDERS, libxml2, operation, service
from vtl.errors import InvalidValue
from vtl.transforms.schema_reader import read_schema
from vtl.transforms.schema_samples import sample
from vtl.transforms.schema_to_json import json_from_element
from vtl.transforms.schema_to_xml import element_from_json

_HEAD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" xmlns="urn:t" elementFormDefault="qualified">'
)


def _sample(folder: Path, body: str) -> object:
    (folder / "t.xsd").write_text(f"{_HEAD}{body}</xs:schema>", encoding="utf-8")
    schema = read_schema(folder / "t.xsd")
    element = schema.elements["{urn:t}r"]
    value = sample(schema, element)
    libxml = __import__("lxml.etree", fromlist=["x"]).XMLSchema(file=str(folder / "t.xsd"))
    libxml.assertValid(element_from_json(schema, element, value))
    return value


@pytest.mark.parametrize("path", [ORDERS, CLAIMS], ids=lambda path: path.stem)
def test_every_element_has_a_sample_that_libxml2_takes(path: Path) -> None:
    schema = service(path).schema
    assert schema.elements
    for element in schema.elements.values():
        value = sample(schema, element)
        node = element_from_json(schema, element, value)
        libxml2(path).assertValid(node)
        assert json_from_element(schema, element, node) == value
        assert sample(schema, element) == value


@pytest.mark.parametrize(("path", "name"), OPERATIONS, ids=[name for _, name in OPERATIONS])
def test_every_message_has_a_sample(path: Path, name: str) -> None:
    found = operation(path, name)
    assert found.output is not None
    for element in (*found.input.body, *found.input.headers, *found.output.body, *(item.element for item in found.faults)):
        node = element_from_json(found.schema, element, sample(found.schema, element))
        assert json_from_element(found.schema, element, node) == sample(found.schema, element)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ('<xs:restriction base="xs:string"><xs:length value="7"/></xs:restriction>', "rrrrrrr"),
        ('<xs:restriction base="xs:string"><xs:enumeration value="q"/></xs:restriction>', "q"),
        ('<xs:restriction base="xs:int"><xs:minInclusive value="500"/><xs:maxInclusive value="700"/></xs:restriction>', 1000),
        ('<xs:restriction base="xs:int"><xs:minExclusive value="5000"/><xs:maxExclusive value="5002"/></xs:restriction>', 5001),
        ('<xs:restriction base="xs:hexBinary"><xs:length value="5"/></xs:restriction>', "0000000000"),
        ('<xs:restriction base="xs:base64Binary"><xs:minLength value="20"/></xs:restriction>', "00" * 20),
        ('<xs:union memberTypes="xs:date xs:int"/>', "2026-01-31"),
        ('<xs:restriction base="xs:anyURI"/>', "https://example.com/"),
    ],
)
def test_simple_types(kind: str, value: object, tmp_path: Path) -> None:
    found = _sample(tmp_path, f'<xs:element name="r"><xs:simpleType>{kind}</xs:simpleType></xs:element>')
    assert found == (500 if value == 1000 else value)


def test_the_least_number_and_identifiers(tmp_path: Path) -> None:
    value = _sample(
        tmp_path,
        '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="a" type="I" minOccurs="3" maxOccurs="5"/>'
        '<xs:element name="again" type="R"/></xs:sequence></xs:complexType></xs:element>'
        '<xs:complexType name="I"><xs:attribute name="id" type="xs:ID" use="required"/></xs:complexType>'
        '<xs:complexType name="R"><xs:choice><xs:element name="r" type="R"/>'
        '<xs:element name="end" type="xs:int"/></xs:choice></xs:complexType>',
    )
    assert value == {"a": [{"@id": "id1"}, {"@id": "id2"}, {"@id": "id3"}], "again": {"end": 1}}


def test_what_has_no_sample(tmp_path: Path) -> None:
    for body in (
        '<xs:element name="r"><xs:simpleType><xs:restriction base="A">'
        '<xs:pattern value="b"/></xs:restriction></xs:simpleType></xs:element>'
        '<xs:simpleType name="A"><xs:restriction base="xs:string"><xs:pattern value="a"/></xs:restriction></xs:simpleType>',
        '<xs:element name="r"><xs:complexType><xs:sequence>'
        '<xs:any processContents="skip"/></xs:sequence></xs:complexType></xs:element>',
        '<xs:element name="r" type="A"/><xs:complexType name="A" abstract="true"/>',
        '<xs:element name="r" type="A"/><xs:complexType name="A"><xs:sequence>'
        '<xs:element name="a" type="A"/></xs:sequence></xs:complexType>',
    ):
        with pytest.raises(InvalidValue):
            _sample(tmp_path, body)
