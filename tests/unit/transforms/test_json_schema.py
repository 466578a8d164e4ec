"""A JSON Schema as a hint."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import vtl


def _convert(text: str, types: Any) -> Any:
    schema = {"properties": {"a": {"type": types}}}
    return vtl.xml_to_json(f"<a>{text}</a>", schema=schema)["a"]


@pytest.mark.parametrize(
    ("text", "types", "value"),
    [
        ("007", "integer", 7),
        (" 5 ", "integer", 5),
        ("5.0", "integer", "5.0"),
        ("1.50", "number", 1.5),
        ("1e3", "number", 1000.0),
        ("12345.678901234567890", "number", Decimal("12345.678901234567890")),
        ("x", "number", "x"),
        ("1", "boolean", True),
        ("false", "boolean", False),
        ("no", "boolean", "no"),
        ("", ["integer", "null"], None),
        ("", "integer", ""),
        ("007", "string", "007"),
        ("7", ["string", "integer"], 7),
        ("", ["string", "null"], ""),
        ("1", [5, "integer"], 1),
    ],
)
def test_types(text: str, types: Any, value: Any) -> None:
    found = _convert(text, types)
    assert found == value
    assert type(found) is type(value)


LINES = {"type": "array", "items": {"properties": {"#text": {"type": "integer"}, "@n": {"type": "integer"}}}}


@pytest.mark.parametrize(
    "order",
    [
        {"properties": {"line": LINES}},
        {"$ref": "#/definitions/order"},
        {"allOf": [{"type": "object"}, {"$ref": "#/definitions/order"}]},
        {"anyOf": [{"properties": {"other": {}}}, {"oneOf": [{"properties": {"line": LINES}}]}]},
        {"additionalProperties": LINES},
        {"properties": {"line": {"$ref": "#/definitions/a~1b%20c/0"}}},
    ],
)
def test_arrays_and_what_leads_to_them(order: dict[str, Any]) -> None:
    schema = {"properties": {"order": order}, "definitions": {"order": {"properties": {"line": LINES}}, "a/b c": [LINES]}}
    text = "<order><line n='1'>5</line></order>"
    assert vtl.xml_to_json(text, schema=schema) == {"order": {"line": [{"@n": 1, "#text": 5}]}}


@pytest.mark.parametrize("reference", ["#/nowhere", "#/definitions/x/y", "other.json#/a", "#anchor", "#/definitions/l/9"])
def test_references_that_lead_nowhere_say_nothing(reference: str) -> None:
    schema = {"properties": {"a": {"$ref": reference}}, "definitions": {"x": 1, "l": []}}
    assert vtl.xml_to_json("<a>1</a>", schema=schema) == {"a": "1"}


def test_schemas_that_hold_themselves_end() -> None:
    schema = {"$ref": "#", "allOf": [{"$ref": "#"}], "properties": {"a": {"$ref": "#"}, "b": {"type": "integer"}}}
    assert vtl.xml_to_json("<a><a><b>1</b></a></a>", schema=schema) == {"a": {"a": {"b": 1}}}


def test_a_schema_of_the_content_where_the_root_has_no_name() -> None:
    schema = {"properties": {"b": {"type": "array", "items": {"type": "string"}}, "c": {}}}
    value = vtl.xml_to_json("<a><b>1</b><c>2</c></a>", schema=schema, convention="parker")
    assert value == {"b": ["1"], "c": 2}
    assert vtl.xml_to_json("<a><b>1</b></a>", schema=schema, keep_root=False) == {"b": ["1"]}


def test_exceptions_by_path_win_and_attributes_have_types() -> None:
    schema = {"properties": {"a": {"properties": {"b": {"type": "integer"}, "@c": {"type": "boolean"}}}}}
    assert vtl.xml_to_json("<a c='true'><b>1</b></a>", schema=schema, untyped="b") == {"a": {"@c": True, "b": "1"}}


def test_elements_come_in_the_order_of_the_schema() -> None:
    schema = {"properties": {"o": {"$ref": "#/$defs/o"}}, "$defs": {"o": {"properties": {"id": {}, "line": {}, "paid": {}}}}}
    value = {"o": {"paid": True, "extra": 1, "line": [{"#text": 2}], "@k": 3, "id": "1"}}
    assert vtl.json_to_xml(value, schema=schema) == ('<o k="3"><id>1</id><line>2</line><paid>true</paid><extra>1</extra></o>')
