"""JSON to XML by a schema: the schema's order, and errors that name the JSONPath."""

from __future__ import annotations

import copy
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from tests.unit.transforms.services import CLAIMS, ORDERS, operation
from vtl.errors import InvalidValue
from vtl.transforms.schema_to_xml import element_from_json

ORDER: dict[str, Any] = {
    "discount": None,
    "weight": 1e-5,
    "tags": ["a", "b"],
    "lines": {
        "line": [
            {
                "quantity": 2,
                "sku": "AB-123",
                "price": {"@currency": "EUR", "#text": Decimal("1.50")},
                "@gift": True,
                "note": ["<&]]>"],
            },
            {"sku": "CD-555", "quantity": "7", "note": None},
        ]
    },
    "customer": {"phone": "1", "name": "Ada", "@id": 7, "birthday": None},
}


def _order(value: object) -> str:
    found = operation(ORDERS, "PlaceOrder")
    return etree.tostring(element_from_json(found.schema, found.input.body[0], value), encoding="unicode")


def test_the_order_is_that_of_the_schema() -> None:
    assert _order(ORDER) == (
        '<o:PlaceOrder xmlns:o="urn:example:orders" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        '<o:customer id="7"><o:name>Ada</o:name><o:phone>1</o:phone><o:birthday xsi:nil="true"/></o:customer>'
        '<o:lines><o:line gift="true"><o:sku>AB-123</o:sku><o:quantity>2</o:quantity><o:price currency="EUR">1.50</o:price>'
        "<o:note>&lt;&amp;]]&gt;</o:note></o:line><o:line><o:sku>CD-555</o:sku><o:quantity>7</o:quantity></o:line></o:lines>"
        '<o:discount xsi:nil="true"/><o:tags>a b</o:tags><o:weight>1e-05</o:weight></o:PlaceOrder>'
    )


@pytest.mark.parametrize(
    ("change", "path", "problem"),
    [
        (lambda order: order["customer"].pop("name"), "$.customer.name", "is required"),
        (lambda order: order["customer"].update(email="x"), "$.customer", "only one of 'email', 'phone' may be given"),
        (lambda order: order["customer"].pop("phone"), "$.customer", "one of 'email', 'phone' is required"),
        (lambda order: order.update(chanel="web"), "$.chanel", "the schema has no such member here"),
        (lambda order: order.update({"a b": 1}), "$['a b']", "the schema has no such member here"),
        (lambda order: order.update(channel="net"), "$.channel", "'net' is none of 'web', 'shop', 'phone'"),
        (lambda order: order["lines"]["line"][1].update(sku="ab"), "$.lines.line[1].sku", "'ab' does not fit the pattern of Sku"),
        (
            lambda order: order["lines"]["line"][1].update(quantity=0),
            "$.lines.line[1].quantity",
            "0 is out of the range of positiveInteger",
        ),
        (lambda order: order["lines"]["line"][0]["price"].pop("@currency"), "$.lines.line[0].price.@currency", "is required"),
        (lambda order: order["lines"]["line"][0]["price"].pop("#text"), "$.lines.line[0].price.#text", "is required"),
        (lambda order: order.update(customer=[1]), "$.customer", "one value is expected, not an array"),
        (lambda order: order.update(customer=3), "$.customer", "an object is expected, not a number"),
        (lambda order: order["customer"].update(name="\x00"), "$.customer.name", "the character U+0000 cannot stand in XML"),
        (lambda order: order.pop("lines"), "$.lines", "is required"),
        (lambda order: order.update(lines=None), "$.lines", "null, but the element is not nillable"),
        (lambda order: order["customer"].update(name=None), "$.customer.name", "null, but the element is not nillable"),
        (lambda order: order["customer"].update({"@xsi:type": "Other"}), "$.customer.@xsi:type", "'Other' is none of 'Customer'"),
        (lambda order: order.pop("discount"), "$.discount", "is required"),
    ],
)
def test_errors_name_the_place(change: Callable[[dict[str, Any]], object], path: str, problem: str) -> None:
    order = copy.deepcopy(ORDER)
    change(order)
    with pytest.raises(InvalidValue) as caught:
        _order(order)
    assert (caught.value.path, caught.value.message) == (path, f"{path}: {problem}")


def test_a_misspelled_member_is_met_with_a_proposal() -> None:
    with pytest.raises(InvalidValue) as caught:
        _order({**ORDER, "chanel": "web"})
    assert caught.value.hint == "did you mean 'channel'?"


def test_inheritance_needs_a_name_where_the_type_is_abstract() -> None:
    found = operation(CLAIMS, "FileClaim")
    claim: dict[str, Any] = {"policy": "p", "claimant": {"name": "n"}, "damage": [{"what": "w"}]}
    with pytest.raises(InvalidValue, match="one of 'Person', 'Company'") as caught:
        element_from_json(found.schema, found.input.body[0], claim)
    assert caught.value.path == "$.claimant.@xsi:type"
    claim["claimant"]["@xsi:type"] = "{http://example.org/party}Person"
    node = element_from_json(found.schema, found.input.body[0], claim)
    kind = node[1].get("{http://www.w3.org/2001/XMLSchema-instance}type")
    assert kind == "p:Person"
    assert node[1].nsmap["p"] == "http://example.org/party"


def test_depth_ends_in_an_error() -> None:
    found = operation(CLAIMS, "FileClaim")
    damage: dict[str, Any] = {"what": "w"}
    for _ in range(5_000):
        damage = {"what": "w", "part": [damage]}
    with pytest.raises(InvalidValue, match="more than 100 levels"):
        element_from_json(found.schema, found.schema.elements["{http://example.org/claims}damage"], damage)
