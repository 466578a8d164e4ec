"""Warnings before the first request."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.gateway.apis import api_of, http, method, mock, ok, one
from vtl.diagnostics import Severity
from vtl.gateway import Gateway

VALIDATORS = {"x-amazon-apigateway-request-validators": {"all": {"validateRequestBody": True}}}


def remarks_of(document: dict[str, Any]) -> list[str]:
    found = Gateway(api_of(document)).remarks()
    assert all(each.severity is Severity.WARNING for each in found)
    return [each.message for each in found]


def with_model(schema: object, name: str = "M") -> dict[str, Any]:
    body = {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}
    operation = method(requestBody=body, **{"x-amazon-apigateway-request-validator": "all"})
    return {**VALIDATORS, **one(operation), "components": {"schemas": {"M": schema}}}


def test_an_api_in_order_has_none() -> None:
    assert remarks_of(one(method())) == []
    assert remarks_of(with_model({"type": "object", "properties": {"x": {"$ref": "#/components/schemas/M"}}})) == []


def test_a_method_without_an_integration() -> None:
    (message,) = remarks_of(one({"responses": {}}))
    assert message.endswith("has no integration: every request is answered 500")


def test_a_validator_that_is_not_there() -> None:
    (message,) = remarks_of(one(method(**{"x-amazon-apigateway-request-validator": "nope"})))
    assert "there is no request validator 'nope'" in message


@pytest.mark.parametrize("schema", [{"type": "objekt"}, {"properties": 5}, "text"])
def test_a_model_that_is_no_schema(schema: object) -> None:
    (message,) = remarks_of(with_model(schema))
    assert message.startswith("the model M is no schema")


def test_a_model_that_is_not_there() -> None:
    (message,) = remarks_of(with_model({}, "Other"))
    assert "there is no model 'Other'" in message


def test_mappings_that_are_none() -> None:
    parameters = {"integration.request.header.a": "method.request.cookie.b", "integration.request.header.c": "'fine'"}
    integration = http(requestParameters=parameters, responses={"default": ok(responseParameters={"z": "'1'"})})
    first, second = remarks_of(one(method(integration)))
    assert "'method.request.cookie.b' to 'integration.request.header.a'" in first
    assert "to 'z'" in second
    fine = {"method.response.header.x": "integration.response.body.a"}
    assert remarks_of(one(method(mock(responseParameters=fine)))) == []
