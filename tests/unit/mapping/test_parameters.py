"""Sources and targets of parameter mappings."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vtl.mapping import GatewayFailure, map_parameters

GIVEN: dict[str, Any] = {
    "path": {"id": "7"},
    "querystring": [("q", "1"), ("q", "2"), ("one", "x")],
    "headers": [("H", "a"), ("H", "b")],
    "body": '{"a": {"b": [1, {"c": "deep"}]}, "t": true, "n": null, "s": "text", "f": 1.0}',
    "context": {"requestId": "r", "identity": {"sourceIp": "1.2.3.4"}, "n": 5, "map": {"k": "v"}},
    "stage_variables": {"v": "stage"},
}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("method.request.path.id", "7"),
        ("method.request.querystring.q", "2"),
        ("method.request.multivaluequerystring.q", ["1", "2"]),
        ("method.request.multivaluequerystring.one", "x"),
        ("method.request.header.H", "b"),
        ("method.request.header.h", None),
        ("method.request.multivalueheader.H", "a,b"),
        ("method.request.body", GIVEN["body"]),
        ("method.request.body.a.b[1].c", "deep"),
        ("method.request.body.a.b", '[1,{"c":"deep"}]'),
        ("method.request.body.t", "true"),
        ("method.request.body.f", "1.0"),
        ("method.request.body.n", None),
        ("method.request.body.none", None),
        ("method.request.body.[", None),
        ("context.requestId", "r"),
        ("context.identity.sourceIp", "1.2.3.4"),
        ("context.n", "5"),
        ("context.map", '{"k":"v"}'),
        ("context.identity.none.deeper", None),
        ("stageVariables.v", "stage"),
        ("stageVariables.none", None),
        ("'literal'", "literal"),
        ("''", ""),
        ("'", None),
        ("integration.response.header.H", None),
        ("method.request.cookie.x", None),
        ("method.request.header", None),
        ("nonsense", None),
    ],
)
def test_sources_of_a_request(source: str, value: object) -> None:
    mapped = map_parameters({"integration.request.header.to": source}, **GIVEN)
    assert mapped == {"header": {} if value is None else {"to": value}, "path": {}, "querystring": {}}


def test_targets_of_a_request() -> None:
    targets = {f"integration.request.{place}.a.b": "'x'" for place in ("header", "path", "querystring", "body")}
    assert map_parameters(targets | {"method.response.header.no": "'x'", "integration.request.header": "'x'"}) == {
        "header": {"a.b": "x"},
        "path": {"a.b": "x"},
        "querystring": {"a.b": "x"},
    }


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("integration.response.header.H", "b"),
        ("integration.response.multivalueheader.H", "a,b"),
        ("integration.response.body.s", "text"),
        ("integration.response.body", GIVEN["body"]),
        ("method.request.path.id", None),
        ("context.requestId", "r"),
    ],
)
def test_sources_of_an_answer(source: str, value: object) -> None:
    given = {**GIVEN, "path": {}, "querystring": []}
    mapped = map_parameters({"method.response.header.to": source}, side="response", **given)
    assert mapped == {"header": {} if value is None else {"to": value}}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("errorMessage.type", "NotFound"),
        ("errorMessage.trace", '{"line":1}'),
        ("errorMessage.trace.line", "1"),
        ("errorMessage.none", None),
        ("errorMessage", '{"type": "NotFound", "trace": {"line": 1}}'),
        ("other.type", None),
        ("text.errorMessage", None),
    ],
)
def test_the_json_in_the_message_of_an_error(source: str, value: object) -> None:
    message = '{"type": "NotFound", "trace": {"line": 1}}'
    body = json.dumps({"errorMessage": message, "other": message, "text": "no"})
    mapped = map_parameters({"method.response.header.to": f"integration.response.body.{source}"}, side="response", body=body)
    assert mapped == {"header": {} if value is None else {"to": value}}


@pytest.mark.parametrize("body", ['{"errorMessage": "no {"}', '{"errorMessage": 1}', '{"errorMessage": {"b": 1}}', "[1]", "{}"])
def test_messages_that_hold_no_json(body: str) -> None:
    mapping = {"method.response.header.to": "integration.response.body.errorMessage.a"}
    assert map_parameters(mapping, side="response", body=body) == {"header": {}}


def test_messages_in_requests_are_texts() -> None:
    mapping = {"integration.request.header.to": "method.request.body.errorMessage.a"}
    assert map_parameters(mapping, body='{"errorMessage": "{\\"a\\": 1}"}')["header"] == {}


def test_bodies_that_are_empty_or_no_json() -> None:
    mapping = {"integration.request.header.to": "method.request.body"}
    assert map_parameters(mapping)["header"] == {"to": "{}"}
    field = {"integration.request.header.to": "method.request.body.a"}
    assert map_parameters(field, body="<xml/>")["header"] == {}
    assert map_parameters(field, body="[1]")["header"] == {}


@pytest.mark.parametrize(
    ("side", "status", "message"), [("request", 400, "Invalid JSON in request body"), ("response", 500, None)]
)
def test_a_body_that_begins_as_an_object_and_is_none(side: str, status: int, message: str | None) -> None:
    mapping = {
        "integration.request.header.to": "method.request.body.a",
        "method.response.header.to": "integration.response.body.a",
    }
    with pytest.raises(GatewayFailure) as caught:
        map_parameters(mapping, side=side, body="\n{wrong")
    assert caught.value.status == status
    assert caught.value.body == f'{{"message": "{message or "Internal server error"}"}}'


@pytest.mark.parametrize("side", ["request", "response"])
def test_bodies_that_are_too_deep_are_no_json(side: str) -> None:
    origin, target = (
        ("method.request", "integration.request") if side == "request" else ("integration.response", "method.response")
    )
    mapping = {f"{target}.header.to": f"{origin}.body.a"}
    assert map_parameters(mapping, side=side, body="[" * 100_000)["header"] == {}
    with pytest.raises(GatewayFailure) as caught:
        map_parameters(mapping, side=side, body='{"a":' * 100_000)
    assert caught.value.status == (400 if side == "request" else 500)
