"""Parameters that have to be there, bodies that a model has to take."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.gateway.apis import ask, gateway_of, method, mock
from vtl.messages import HttpResponse

PARAMETERS = [
    {"name": "q", "in": "query", "required": True, "schema": {"type": "string"}},
    {"name": "X-H", "in": "header", "required": True, "schema": {"type": "string"}},
    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
    {"name": "o", "in": "query", "schema": {"type": "string"}},
]
SCHEMAS: dict[str, Any] = {
    "M": {"type": "object", "required": ["a"], "properties": {"a": {"type": "number"}, "o": {"$ref": "#/components/schemas/O"}}},
    "O": {
        "oneOf": [
            {"type": "null"},
            {"type": "object", "required": ["m"], "properties": {"m": {"$ref": "#/components/schemas/M"}}},
        ]
    },
    "P": {"type": "string", "pattern": "^(a+)+$"},
    "N": {"$ref": "https://apigateway.amazonaws.com/restapis/abc/models/M"},
    "B": {"type": "string", "format": "byte"},
}


def _ask(path: str = "/a/1", body: bytes = b"", *, model: str | None = None, params: bool = False, **more: Any) -> HttpResponse:
    operation = method(mock(), **{"x-amazon-apigateway-request-validator": "v", "parameters": PARAMETERS if params else []})
    if model:
        operation["requestBody"] = {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}}
    document = {
        "paths": {"/a/{id}": {"post": operation}},
        "components": {"schemas": SCHEMAS},
        "x-amazon-apigateway-request-validators": {"v": {"validateRequestBody": True, "validateRequestParameters": True}},
    }
    return ask(gateway_of(document), path, body=body, **more)


def _message(answer: HttpResponse) -> str:
    assert answer.status == 400
    return str(json.loads(answer.body)["message"])


def test_missing_parameters_are_listed_headers_first() -> None:
    assert _message(_ask(params=True)) == "Missing required request parameters: [X-H, q]"
    assert _message(_ask(params=True, headers=[("x-h", "1")], query=[("q", "")])) == "Missing required request parameters: [q]"
    assert _ask(params=True, headers=[("x-h", "1")], query=[("q", "1")]).status == 200


@pytest.mark.parametrize(
    ("model", "body", "status"),
    [
        ("M", b'{"a": 1}', 200),
        ("M", b'{"a": "1"}', 400),
        ("M", b"", 400),
        ("M", b"{", 400),
        ("M", b'{"a": 1, "o": null}', 200),
        ("M", b'{"a": 1, "o": {"m": {"a": 1}}}', 200),
        ("M", b'{"a": 1, "o": {"m": {}}}', 400),
        ("N", b'{"a": 1}', 200),
        ("N", b"{}", 400),
        ("B", b'"not base64"', 200),
        ("P", b'"aaa"', 200),
        ("P", b'"b"', 400),
        ("P", b'"' + b"a" * 40 + b'!"', 400),
        ("M", b"[" * 100_000, 400),
        ("M", b'{"a": ' + b"1" * 10_000 + b"}", 400),
    ],
)
def test_bodies(model: str, body: bytes, status: int) -> None:
    answer = _ask(body=body, model=model)
    assert answer.status == status
    assert status == 200 or answer.body == b'{"message": "Invalid request body"}'


def test_a_body_of_another_type_has_no_model() -> None:
    body = b'{"statusCode": 200}'
    assert _ask(body=body, model="M").status == 400
    assert _ask(body=body, model="M", headers=[("Content-Type", "application/xml")]).status == 200


def test_parameters_are_checked_before_the_body() -> None:
    assert _message(_ask(params=True, body=b"{", model="M")).startswith("Missing")
