"""An XML schema as a hint for every convention."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import vtl
from vtl.errors import InputError
from vtl.transforms.schema import Schema
from vtl.transforms.schema_reader import read_schema

XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o" xmlns="urn:o"
    elementFormDefault="qualified">
  <xs:complexType name="Node">
    <xs:sequence>
      <xs:element name="id" type="xs:int"/>
      <xs:element name="line" maxOccurs="unbounded" minOccurs="0">
        <xs:complexType><xs:simpleContent><xs:extension base="xs:decimal">
          <xs:attribute name="paid" type="xs:boolean"/>
        </xs:extension></xs:simpleContent></xs:complexType>
      </xs:element>
      <xs:choice maxOccurs="2"><xs:element name="code" type="xs:string"/><xs:element name="days" type="Days"/></xs:choice>
      <xs:element name="part" type="Node" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>
  <xs:complexType name="Special"><xs:complexContent><xs:extension base="Node"><xs:sequence>
    <xs:element name="more" type="xs:boolean"/>
  </xs:sequence></xs:extension></xs:complexContent></xs:complexType>
  <xs:simpleType name="Days"><xs:list itemType="xs:int"/></xs:simpleType>
  <xs:element name="order" type="Node"/>
</xs:schema>"""
TEXT = """<o:order xmlns:o="urn:o"><o:id>7</o:id><o:line paid="1">2.50</o:line><o:code>007</o:code>
<o:part><o:id>x</o:id><o:days>1 2</o:days><o:more>true</o:more></o:part></o:order>"""


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Schema:
    path: Path = tmp_path_factory.mktemp("xsd") / "order.xsd"
    path.write_text(XSD, encoding="utf-8")
    return read_schema(path)


@pytest.mark.parametrize("options", [{}, {"namespaces": "strip"}, {"prefixes": {"": "urn:o"}}])
def test_arrays_types_and_inheritance(schema: Schema, options: Any) -> None:
    part = {"id": "x", "days": ["1 2"], "more": True}
    assert vtl.xml_to_json(TEXT, schema=schema, **options) == {
        "order": {"id": 7, "line": [{"@paid": True, "#text": Decimal("2.50")}], "code": ["007"], "part": part}
    }


def test_prefixes_are_looked_through(schema: Schema) -> None:
    value = vtl.xml_to_json(TEXT, schema=schema, convention="badgerfish")["o:order"]
    assert value["o:id"]["$"] == 7
    assert value["o:line"][0]["@paid"] is True


def test_order(schema: Schema) -> None:
    value = {"order": {"part": {"more": False, "id": 1}, "code": "c", "@x": 1, "line": [2], "id": 3}}
    text = vtl.json_to_xml(value, schema=schema)
    assert text == '<order x="1"><id>3</id><line>2</line><code>c</code><part><id>1</id><more>false</more></part></order>'


def test_what_the_schema_does_not_know_stays(schema: Schema) -> None:
    assert vtl.xml_to_json("<other><id>7</id></other>", schema=schema) == {"other": {"id": "7"}}
    assert vtl.xml_to_json("<order y='1'><z>2</z></order>", schema=schema) == {"order": {"@y": "1", "z": "2"}}
    with pytest.raises(InputError, match="not str"):
        vtl.xml_to_json("<a/>", schema="order.xsd")  # type: ignore[arg-type]
