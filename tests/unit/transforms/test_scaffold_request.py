"""Request templates: what they render is what the library makes of the same JSON, and the Java engine renders the same."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.differential.oracle import Oracle, missing
from tests.unit.transforms.services import CLAIMS, FEWER, LEDGER, NASTY, OPERATIONS, ORDERS, libxml2, operation, values
from vtl.errors import InputError
from vtl.mapping import MappingTemplate
from vtl.transforms.operation_messages import read_request
from vtl.transforms.scaffold import sample_request
from vtl.transforms.scaffold_request import request_template
from vtl.transforms.soap import unwrap
from vtl.transforms.wsdl import read_wsdl
from vtl.values.json import to_json

TEMPLATES = {name: MappingTemplate(request_template(operation(path, name)), name=name) for path, name in OPERATIONS}
NASTY_ORDERS: list[dict[str, Any]] = [
    {"customer": {"@id": 7, "name": NASTY, "email": NASTY}, "lines": {"line": []}, "discount": None},
    {
        "customer": {"@id": -1, "name": "", "phone": "", "birthday": None},
        "lines": {
            "line": [
                {"sku": "AB-123", "quantity": 1, "price": {"@currency": NASTY, "#text": 0.0005}, "note": [NASTY, ""]},
            ]
        },
        "discount": 12345678.25,
        "tags": [],
        "weight": 1e300,
        "channel": "shop",
    },
    {
        "customer": {"@id": 1, "name": "$request #set($x = 1) ${y}", "email": "$1 \\ \\1"},
        "lines": {"line": [{"sku": "AB-123", "quantity": 3}]},
        "discount": "0012.50",
    },
]


def _checked(path: Path, name: str, xml: str) -> object:
    """The value of a rendered request, which both our reader and libxml2 take."""
    assert xml.startswith("<?xml ")
    if path != LEDGER:
        libxml2(path).assertValid(etree.fromstring(etree.tostring(unwrap(xml.encode()).body[0])))
    return read_request(operation(path, name), xml.encode())


@pytest.mark.parametrize(("path", "name"), OPERATIONS, ids=[name for _, name in OPERATIONS])
@FEWER
@given(data=st.data())
def test_a_template_makes_what_the_library_makes(path: Path, name: str, data: st.DataObject) -> None:
    found = operation(path, name)
    value = data.draw(values(found.schema, found.input.body[0]))
    assert _checked(path, name, TEMPLATES[name].apply(to_json(value)).body) == value


@pytest.mark.parametrize(("path", "name"), OPERATIONS, ids=[name for _, name in OPERATIONS])
def test_a_sample_fits(path: Path, name: str) -> None:
    value = sample_request(operation(path, name))
    assert _checked(path, name, TEMPLATES[name].apply(to_json(value)).body) == value


@pytest.mark.parametrize("order", NASTY_ORDERS)
def test_hard_values(order: dict[str, Any]) -> None:
    xml = TEMPLATES["PlaceOrder"].apply(json.dumps(order)).body
    value = _checked(ORDERS, "PlaceOrder", xml)
    assert isinstance(value, dict)
    assert value["customer"] == order["customer"]
    assert value["lines"].get("line", []) == [_exact(line) for line in order["lines"]["line"]]
    assert value["discount"] == (None if order["discount"] is None else Decimal(str(order["discount"])))
    assert str(value["discount"]) in ("None", "12345678.25", "12.50")


def _exact(line: dict[str, Any]) -> dict[str, Any]:
    price = line.get("price")
    return {**line, "price": {**price, "#text": Decimal(str(price["#text"]))}} if price else line


def test_what_xml_cannot_hold_is_replaced_and_nothing_gets_in_as_markup() -> None:
    order = {"customer": {"@id": "1\" x='", "name": "a\x00\x1f\ufffe\ud800b"}, "discount": "<!-- 1E5 -->", "lines": {}}
    xml = TEMPLATES["PlaceOrder"].apply(json.dumps(order)).body
    customer, _, discount = unwrap(xml.encode("utf-8")).body[0]
    assert (customer.get("id"), customer[0].text, discount.text) == ("1\" x='", "a\ufffd\ufffd\ufffd\ufffdb", "<!-- 1E5 -->")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1e7", "10000000"),
        ("1.25e-7", "0.000000125"),
        ("-1.25E+2", "-125.0"),
        ("1.0E7", "10000000"),
        ("123456.789e20", "12345678900000000000000000"),
        ("0", "0"),
        ("12345678901234567890.1234567890", "12345678901234567890.1234567890"),
        ('"1.500"', "1.500"),
        ("100.0", "100.0"),
        ("5e-4", "0.0005"),
        ("1e99", "1" + "0" * 99),
    ],
)
def test_decimals_have_no_exponent(number: str, text: str) -> None:
    body = f'{{"account": "a", "bookings": {{"booking": [{{"text": "t", "amount": {number}}}]}}}}'
    assert f"<amount>{text}</amount>" in TEMPLATES["Book"].apply(body).body


def test_the_header_of_a_request_comes_from_the_body() -> None:
    body = {"soap:Header": {"Context": {"tenant": "t"}}, "policy": "p", "claimant": {"@xsi:type": "Person", "name": "n"}}
    body["damage"] = [{"what": "w"}]
    xml = TEMPLATES["FileClaim"].apply(json.dumps(body)).body
    assert read_request(operation(CLAIMS, "FileClaim"), xml.encode()) == body
    assert unwrap(xml.encode()).headers[0][0].text == "t"


@pytest.mark.parametrize("body", ["", "{}", "[]", "1", '"x"', "null", "no json", '{"customer": 1, "lines": [1, {"line": 2}]}'])
def test_a_body_of_another_shape_still_makes_xml(body: str) -> None:
    for template in TEMPLATES.values():
        assert unwrap(template.apply(body).body.encode()).body


def test_a_price_without_its_text_prints_nothing_old() -> None:
    order = {"lines": {"line": [{"sku": "AB-123", "price": {"@currency": "EUR"}}]}}
    assert '<o:price currency="EUR"></o:price>' in TEMPLATES["PlaceOrder"].apply(json.dumps(order)).body


def test_what_no_template_can_do_is_refused(tmp_path: Path) -> None:
    text = LEDGER.read_text(encoding="utf-8")
    for old, new, words in (
        ("<xsd:sequence><xsd:element name=\"booking\" type=\"t:Booking\" minOccurs=\"0\" maxOccurs=\"50\"/>",
         '<xsd:sequence maxOccurs="9"><xsd:element name="a" type="xsd:int"/>'
         '<xsd:element name="b" type="xsd:int"/>', "repeated sequence"),
        ('<xsd:complexType name="Bookings">', '<xsd:complexType name="Bookings" mixed="true">', "mixed"),
        ("<xsd:sequence><xsd:element name=\"booking\" type=\"t:Booking\" minOccurs=\"0\" maxOccurs=\"50\"/>",
         '<xsd:sequence><xsd:any processContents="skip"/>', "xs:any"),
    ):  # fmt: skip
        changed = text.replace(old, new)
        assert changed != text
        (tmp_path / "x.wsdl").write_text(changed, encoding="utf-8")
        with pytest.raises(InputError, match=words):
            request_template(read_wsdl(tmp_path / "x.wsdl").operation("Book"))


@pytest.mark.oracle
def test_the_java_engine_renders_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    if reason := missing():
        pytest.skip(reason)
    cases = [(name, to_json(sample_request(operation(path, name)))) for path, name in OPERATIONS]
    cases += [("PlaceOrder", json.dumps(order)) for order in NASTY_ORDERS]
    cases += [(name, body) for name in TEMPLATES for body in ("", "[]", '"x"', '{"customer": 1, "lines": [1, {"line": 2}]}')]
    requests = [
        json.dumps({"id": name, "template": TEMPLATES[name].source.text, "gateway": {"body": body}}) for name, body in cases
    ]
    with Oracle() as oracle:
        answers = oracle.ask(requests)
    for (name, body), answer in zip(cases, answers, strict=True):
        assert answer.ok, answer.error
        assert answer.output == TEMPLATES[name].apply(body).body
