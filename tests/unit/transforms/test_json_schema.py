"""JSON Schema as a hint for arrays, types and order."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from vtl.errors import InputError
from vtl.transforms import json_to_xml, xml_to_json

SCHEMA: dict[str, Any] = {
    "properties": {"order": {"$ref": "#/definitions/Order"}},
    "definitions": {
        "Order": {
            "properties": {
                "id": {"type": "string"},
                "line": {"type": "array", "items": {"$ref": "#/definitions/Line"}},
                "total": {"type": ["number", "null"]},
                "paid": {"type": "boolean"},
                "parent": {"$ref": "#/definitions/Order"},
            }
        },
        "Line": {"allOf": [{"properties": {"@n": {"type": "integer"}}}, {"properties": {"#text": {"type": "number"}}}]},
    },
}


def test_types_and_arrays() -> None:
    text = '<order><id>007</id><line n="1">2.50</line><total>1.10000000000000000001</total><paid>1</paid></order>'
    assert xml_to_json(text, schema=SCHEMA) == {
        "order": {
            "id": "007",
            "line": [{"@n": 1, "#text": Decimal("2.50")}],
            "total": Decimal("1.10000000000000000001"),
            "paid": True,
        }
    }


def test_recursion_and_what_is_not_known() -> None:
    text = "<order><parent><parent><total>x</total><new>1</new></parent></parent></order>"
    assert xml_to_json(text, schema=SCHEMA) == {"order": {"parent": {"parent": {"total": "x", "new": "1"}}}}


def test_order() -> None:
    value = {"order": {"paid": True, "extra": 1, "line": [{"#text": 2}], "id": "1"}}
    assert json_to_xml(value, schema=SCHEMA) == "<order><id>1</id><line>2</line><paid>true</paid><extra>1</extra></order>"


def test_without_a_root() -> None:
    schema = {"properties": {"a": {"type": "array", "items": {"type": "integer"}}}}
    assert xml_to_json("<r><a>1</a></r>", schema=schema, keep_root=False) == {"a": [1]}


@pytest.mark.parametrize("reference", ["#/nowhere", "other.json#/x", "#/properties/a"])
def test_references_that_lead_nowhere(reference: str) -> None:
    with pytest.raises(InputError):
        xml_to_json("<a/>", schema={"properties": {"a": {"$ref": reference}}})
