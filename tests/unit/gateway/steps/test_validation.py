"""The step asks what the method's validator says, and nothing more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.gateway.apis import Remembering, ask, gateway_of, http, method
from vtl.messages import HttpResponse, header

VALIDATORS = {
    "all": {"validateRequestBody": True, "validateRequestParameters": True},
    "body": {"validateRequestBody": True, "validateRequestParameters": False},
    "params": {"validateRequestBody": False, "validateRequestParameters": True},
    "none": {"validateRequestBody": False, "validateRequestParameters": False},
}


def _ask(validator: str | None, *, verb: str = "POST", body: bytes = b"[]", **more: Any) -> tuple[HttpResponse, Remembering]:
    operation = method(http(), parameters=[{"name": "q", "in": "query", "required": True, "schema": {"type": "string"}}])
    operation["requestBody"] = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/M"}}}}
    if validator:
        operation["x-amazon-apigateway-request-validator"] = validator
    document = {
        "paths": {"/a": {verb.lower(): operation}},
        "components": {"schemas": {"M": {"type": "object", "required": ["a"]}}},
        "x-amazon-apigateway-request-validators": VALIDATORS,
        **more,
    }
    backend = Remembering()
    return ask(gateway_of(document, backend), verb=verb, body=body), backend


@pytest.mark.parametrize(
    ("validator", "message"),
    [
        ("all", b"Missing required request parameters: [q]"),
        ("params", b"Missing required request parameters: [q]"),
        ("body", b"Invalid request body"),
        ("none", None),
        ("unknown", None),
        (None, None),
    ],
)
def test_what_a_validator_checks(validator: str | None, message: bytes | None) -> None:
    answer, backend = _ask(validator)
    if message is None:
        assert answer.status == 200
    else:
        assert (answer.status, answer.body) == (400, b'{"message": "' + message + b'"}')
        assert header(answer.headers, "x-amzn-ErrorType") == "BadRequestException"
    assert len(backend.requests) == (message is None)


def test_a_get_without_a_body_is_checked_too() -> None:
    answer, _ = _ask("body", verb="GET", body=b"")
    assert answer.body == b'{"message": "Invalid request body"}'


def test_a_gateway_response_shows_why() -> None:
    template = '{"m": $context.error.messageString, "v": "$context.error.validationErrorString"}'
    responses = {"BAD_REQUEST_BODY": {"responseTemplates": {"application/json": template}}}
    answer, _ = _ask("body", **{"x-amazon-apigateway-gateway-responses": responses})
    assert answer.body.startswith(b'{"m": "Invalid request body", "v": "[[] is not of type ')
