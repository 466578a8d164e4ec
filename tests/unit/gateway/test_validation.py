"""Parameters that have to be there, bodies that a model has to take."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.gateway.apis import ask, gateway_of, method, mock
from vtl.gateway import validation
from vtl.gateway.validation import BodyModels, missing_parameters
from vtl.limits import Limits
from vtl.mapping.failures import GatewayFailure
from vtl.messages import HttpResponse
from vtl.model import Model

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


def _check(schema: Any, body: bytes) -> None:
    BodyModels([Model("M", schema=schema), Model("Own/~Name", schema={"type": "string"})]).check(
        body, "application/json", {"application/json": "M"}
    )


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"$ref": "#/definitions/Error"}, b'{"message": "x"}', b'{"message": 1}'),
        ({"$ref": "#/components/schemas/Error"}, b'{"message": "x"}', b"[]"),
        ({"$ref": "https://apigateway.amazonaws.com/restapis/x/models/Own%2F~Name"}, b'"x"', b"1"),
        ({"type": "array", "items": {"$ref": "#/definitions/M"}}, b"[[], [[]]]", b"[[1]]"),
        ({"patternProperties": {"^a.$": {"type": "number"}}}, b'{"ab": 1, "b": "x"}', b'{"ab": "x"}'),
        (
            {"additionalProperties": False, "properties": {"a": {}}, "patternProperties": {"^x": {}}},
            b'{"a": 1, "xy": 2}',
            b'{"b": 1}',
        ),
        ({"additionalProperties": {"type": "number"}, "properties": {"a": {}}}, b'{"a": "x", "b": 1}', b'{"b": "x"}'),
        ({"type": "string", "pattern": "\\p{Alpha}{2}"}, b'"ab"', b'"1"'),
        ({"type": "number", "maximum": 5, "exclusiveMaximum": True}, b"4", b"5"),
        ({"enum": [1, "a", None]}, b"null", b"2"),
        ({"id": "http://x/", "$schema": "http://json-schema.org/draft-07/schema#", "type": "object"}, b"{}", b"[]"),
        ({}, b"1", b" "),
        ({"type": "object"}, b"", b"[]"),
        ({}, b"0.5", b"NaN"),
        ({}, b"1e5", b"1e999"),
        ({}, b'"\xc3\xa9"', b'"\xff"'),
    ],
    ids=range(16),
)
def test_schemas(schema: Any, good: bytes, bad: bytes) -> None:
    _check(schema, good)
    with pytest.raises(GatewayFailure) as caught:
        _check(schema, bad)
    assert (caught.value.response_type, caught.value.status) == ("BAD_REQUEST_BODY", 400)
    assert caught.value.reason


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/definitions/Nowhere"},
        {"$ref": "http://127.0.0.1:9/schema.json"},
        {"$ref": "file:///etc/passwd"},
        {"type": "nonsense"},
        {"required": 5},
        {"properties": ["a"]},
        {"type": "string", "pattern": "("},
        {"patternProperties": {"(": {}}},
        "text",
        functools.reduce(lambda inner, _: {"items": inner}, range(300), {}),
    ],
    ids=range(10),
)
def test_a_model_that_is_no_schema_is_the_authors_mistake(schema: Any) -> None:
    with pytest.raises(GatewayFailure) as caught:
        _check(schema, b'"x"' if isinstance(schema, dict) and "pattern" in schema else b'{"a": 1}')
    assert (caught.value.response_type, caught.value.status) == ("API_CONFIGURATION_ERROR", 500)


@pytest.mark.parametrize("schema", [{"$ref": "#/definitions/M"}, {"allOf": [{"$ref": "#/definitions/M"}]}])
def test_a_model_that_is_only_itself_takes_nothing(schema: Any) -> None:
    with pytest.raises(GatewayFailure):
        _check(schema, b"{}")


def test_patterns_without_an_end_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "_LIMITS", Limits(regex_seconds=0.05))
    long = b'"' + b"a" * 60 + b'"'
    for schema, body in (
        ({"pattern": "(a|aa)+b"}, long),
        ({"patternProperties": {"(a|aa)+b": {}}}, b"{" + long + b": 1}"),
        ({"patternProperties": {"(a|aa)+b": {}}, "additionalProperties": False}, b"{" + long + b": 1}"),
    ):
        with pytest.raises(GatewayFailure) as caught:
            _check(schema, body)
        assert caught.value.status == 400


@pytest.mark.parametrize(
    ("content_type", "checked"),
    [(None, True), ("application/json; charset=utf-8", True), ("APPLICATION/JSON", True), ("text/plain", False)],
)
def test_models_are_by_media_type(content_type: str | None, checked: bool) -> None:
    models = BodyModels([Model("M", schema={"type": "object"})])
    named = {"application/json": "M", "text/css": "Gone"}
    if checked:
        with pytest.raises(GatewayFailure):
            models.check(b"[]", content_type, named)
    else:
        models.check(b"[]", content_type, named)
    models.check(b"[]", "text/css", named)
    with pytest.raises(GatewayFailure):
        models.check(b"[]", "text/plain", {**named, "$default": "M"})


@pytest.mark.parametrize(
    ("header", "path", "query", "missing"),
    [
        ({}, {}, {}, ["H", "p", "q"]),
        ({"h": "1"}, {"p": "1"}, {"q": "1"}, []),
        ({"H": " "}, {"p": ""}, {"q": "\t"}, ["H", "p", "q"]),
        ({"H": "1"}, {"P": "1"}, {"Q": "1"}, ["p", "q"]),
    ],
)
def test_parameters(header: dict[str, str], path: dict[str, str], query: dict[str, str], missing: list[str]) -> None:
    required = [("header", "H"), ("path", "p"), ("querystring", "q")]
    assert missing_parameters(required, header, path, query) == missing


def test_no_reference_leads_out_of_the_api(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"type": "string"}', encoding="utf-8")
    with pytest.raises(GatewayFailure) as caught:
        _check({"$ref": other.as_uri()}, b'"x"')
    assert caught.value.status == 500


WRITTEN_OUT = {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/components/schemas/M"}}}


@pytest.mark.parametrize(
    ("body", "status"), [(b'{"a": {"a": 1}}', 200), (b'{"a": {"a": "no"}}', 400), (b"{}", 400), (b"", 400), (b"no", 400)]
)
def test_a_schema_that_stands_in_the_operation_is_a_model_too(body: bytes, status: int) -> None:
    operation = method(mock(), **{"x-amazon-apigateway-request-validator": "v"})
    operation["requestBody"] = {"content": {"application/json": {"schema": WRITTEN_OUT}}}
    validators = {"v": {"validateRequestBody": True}}
    document = {
        "paths": {"/a": {"post": operation}},
        "components": {"schemas": SCHEMAS},
        "x-amazon-apigateway-request-validators": validators,
    }
    assert ask(gateway_of(document), "/a", body=body).status == status
