"""XML to JSON by a schema, and back: what comes back is what was sent, libxml2 agrees, errors name the JSONPath."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.unit.transforms.services import CLAIMS, FEWER, LEDGER, OPERATIONS, ORDERS, libxml2, operation, values
from vtl.errors import InvalidValue
from vtl.transforms.schema import Schema
from vtl.transforms.schema_reader import read_schema
from vtl.transforms.schema_to_json import json_from_element
from vtl.transforms.schema_to_xml import element_from_json


def _answer(path: Path, name: str, xml: str) -> object:
    found = operation(path, name)
    assert found.output is not None
    return json_from_element(found.schema, found.output.body[0], etree.fromstring(xml))


def _xsd(folder: Path, body: str) -> Schema:
    head = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" xmlns="urn:t"'
        ' elementFormDefault="qualified">'
    )
    (folder / "t.xsd").write_text(f"{head}{body}</xs:schema>", encoding="utf-8")
    return read_schema(folder / "t.xsd")


@pytest.mark.parametrize(("path", "name"), OPERATIONS, ids=[name for _, name in OPERATIONS])
@FEWER
@given(data=st.data())
def test_what_goes_there_comes_back_and_libxml2_takes_it(path: Path, name: str, data: st.DataObject) -> None:
    found = operation(path, name)
    element = found.input.body[0]
    value = data.draw(values(found.schema, element))
    node = element_from_json(found.schema, element, value)
    assert json_from_element(found.schema, element, etree.fromstring(etree.tostring(node))) == value
    if path != LEDGER:  # the wrapper of an rpc request stands in no schema
        libxml2(path).assertValid(etree.fromstring(etree.tostring(node)))


def test_one_line_is_an_array_and_decimals_keep_their_digits() -> None:
    value = _answer(
        ORDERS,
        "PlaceOrder",
        '<PlaceOrderResponse xmlns="urn:example:orders" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        '<orderId>7</orderId><total currency="EUR">19.90</total><shipped xsi:nil="true"/>'
        '<line gift="1"><sku>AB-123</sku><quantity>2</quantity></line></PlaceOrderResponse>',
    )
    assert value == {
        "orderId": 7,
        "total": {"@currency": "EUR", "#text": Decimal("19.90")},
        "shipped": None,
        "line": [{"@gift": True, "sku": "AB-123", "quantity": 2}],
    }
    assert str(value["total"]["#text"]) == "19.90"  # type: ignore[index, call-overload]


def test_a_derived_type_is_named_and_an_unknown_one_refused() -> None:
    xml = (
        '<c:FileClaimResult xmlns:c="http://example.org/claims" xmlns:q="http://example.org/party" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><c:number>1</c:number>'
        '<c:handler xsi:type="q:{}"><name>N</name><register>R</register></c:handler></c:FileClaimResult>'
    )
    value = _answer(CLAIMS, "FileClaim", xml.format("Company"))
    assert value == {"number": "1", "handler": {"@xsi:type": "Company", "name": "N", "register": "R"}}
    for wrong in ("Party", "Nobody"):
        with pytest.raises(InvalidValue) as caught:
            _answer(CLAIMS, "FileClaim", xml.format(wrong))
        assert caught.value.path == "$.handler.@xsi:type"


@pytest.mark.parametrize(
    ("inside", "path", "problem"),
    [
        ("<available>1</available>", "$.sku", "is required; <available> comes instead"),
        ("<sku>AB-123</sku>", "$.available", "is required"),
        ("<sku>AB-123</sku><available>x</available>", "$.available", "'x' is no int"),
        ("<sku>AB-123</sku><available>1</available><more/>", "$.more", "the schema has no such element here"),
        ("<available>1</available><sku>AB-123</sku>", "$.sku", "is required; <available> comes instead"),
        ("<sku>AB-123</sku><available>1</available><sku>AB-123</sku>", "$.sku", "is too many, or not at this place"),
        ("<sku>AB-123</sku><available>1</available>text", "$", "text where only elements may stand: 'text'"),
        ('<sku>AB-123</sku><available a="1">1</available>', "", ""),
        ("<sku>AB-123</sku><available><b/></available>", "$.available", "a text is expected, not elements (<b>)"),
        ('<sku>AB-123</sku><available>1</available><shelf wide="1"/>', "$.shelf.@wide", "the schema has no such attribute here"),
    ],
)
def test_errors_name_the_place(inside: str, path: str, problem: str) -> None:
    xml = f'<GetStockResponse xmlns="urn:example:orders">{inside}</GetStockResponse>'
    if not path:
        assert _answer(ORDERS, "GetStock", xml) == {"sku": "AB-123", "available": 1}
        return
    with pytest.raises(InvalidValue) as caught:
        _answer(ORDERS, "GetStock", xml)
    assert (caught.value.path, caught.value.message) == (path, f"{path}: {problem}")


def test_elements_in_any_order_and_choices(tmp_path: Path) -> None:
    schema = _xsd(
        tmp_path,
        '<xs:element name="r"><xs:complexType><xs:sequence><xs:choice minOccurs="0" maxOccurs="unbounded">'
        '<xs:element name="a" type="xs:int"/><xs:sequence>'
        '<xs:element name="b" type="xs:int"/><xs:element name="c" type="xs:int"/>'
        '</xs:sequence></xs:choice><xs:any minOccurs="0" maxOccurs="unbounded" namespace="##other" processContents="lax"/>'
        "</xs:sequence></xs:complexType></xs:element>",
    )
    element = schema.elements["{urn:t}r"]
    node = etree.fromstring('<r xmlns="urn:t"><a>1</a><b>2</b><c>3</c><a>4</a><x:y xmlns:x="urn:x" k="v">t</x:y></r>')
    value = json_from_element(schema, element, node)
    assert value == {"a": [1, 4], "b": [2], "c": [3], "{urn:x}y": {"@k": "v", "#text": "t"}}
    again = element_from_json(schema, element, value)
    assert [etree.QName(child).localname for child in again] == ["a", "a", "b", "c", "y"]
    assert json_from_element(schema, element, again) == value
    with pytest.raises(InvalidValue, match="is required"):
        json_from_element(schema, element, etree.fromstring('<r xmlns="urn:t"><b>2</b></r>'))


def test_default_fixed_empty_and_mixed(tmp_path: Path) -> None:
    schema = _xsd(
        tmp_path,
        '<xs:element name="r"><xs:complexType mixed="true"><xs:sequence><xs:element name="d" type="xs:int" default="5"/>'
        '<xs:element name="f" type="xs:string" fixed="x" minOccurs="0"/><xs:element name="e"><xs:complexType/></xs:element>'
        "</xs:sequence></xs:complexType></xs:element>",
    )
    element = schema.elements["{urn:t}r"]
    assert json_from_element(schema, element, etree.fromstring('<r xmlns="urn:t">hi <d/><f/> there<e/></r>')) == {
        "#text": "hi  there",
        "d": 5,
        "f": "x",
        "e": {},
    }


def test_depth_ends_in_an_error() -> None:
    damage = operation(CLAIMS, "FileClaim").schema.elements["{http://example.org/claims}damage"]
    inner = "<what>w</what>"
    for _ in range(150):
        inner = f"<what>w</what><part>{inner}</part>"
    node = etree.fromstring(f'<damage xmlns="http://example.org/claims">{inner}</damage>')
    with pytest.raises(InvalidValue, match="more than 100 levels"):
        json_from_element(operation(CLAIMS, "FileClaim").schema, damage, node)
