"""`Gateway.test_invoke` and its log, as recorded."""

from __future__ import annotations

import json
import re

import pytest

from tests.unit.gateway.apis import FAILED, FUNCTION, Remembering, function, gateway_of, http, method, mock, one
from vtl.errors import BackendError, BackendTimeout, InputError
from vtl.gateway.execution_log import TestInvocation
from vtl.messages import HttpResponse

_STAMP = re.compile(r"^Thu Jan 01 00:00:01 UTC 1970 : ")


def _lines(result: TestInvocation) -> list[str]:
    first, *rest = result.log.split("\n")
    assert all(_STAMP.match(line) for line in rest[:-1])
    return [first, *(_STAMP.sub("", line) for line in rest)]


def test_a_mock_has_no_endpoint_lines() -> None:
    document = one(method(mock(responseTemplates={"application/json": "$input.params('id')"})), path="/pets/{id}")
    result = gateway_of(document, clock=lambda: 1.0).test_invoke("/pets/{id}", "POST", "/pets/1?a=b&a=c", {"X": "y"}, "body")
    assert (result.status, result.body, dict(result.headers)) == (200, "1", {"Content-Type": "application/json"})
    first, started, *rest = _lines(result)
    assert first.startswith("Execution log for request ")
    assert started.startswith("Starting execution for request: ")
    assert rest == [
        "HTTP Method: POST, Resource Path: /pets/1",
        "Method request path: {id=1}",
        "Method request query string: {a=b,c}",
        "Method request headers: {X=y}",
        "Method request body before transformations: body",
        "Method response body after transformations: 1",
        "Method response headers: {Content-Type=application/json}",
        "Successfully completed execution",
        "Method completed with status: 200",
        "",
    ]


@pytest.mark.parametrize(("path", "parameters"), [(None, "{id={id}}"), ("/other", "{}")])
def test_a_path_that_does_not_fit_still_runs(path: str | None, parameters: str) -> None:
    result = gateway_of(one(method(), path="/pets/{id}"), clock=lambda: 1.0).test_invoke("/pets/{id}", "POST", path)
    assert _lines(result)[3] == f"Method request path: {parameters}"
    assert result.status == 200


def test_what_went_to_the_backend_and_came_back() -> None:
    backend = Remembering(HttpResponse(200, [("A", "b")], b"answer"))
    result = gateway_of(one(method(http())), backend, clock=lambda: 1.0).test_invoke("/a", "POST", body="x" * 2000)
    lines = _lines(result)
    assert lines[6] == f"Method request body before transformations: {'x' * 1024} [TRUNCATED]"
    assert lines[7] == "Endpoint request URI: https://backend.test/"
    assert lines[8].startswith("Endpoint request headers: {Host=backend.test")
    assert lines[8].endswith(" [TRUNCATED]")
    assert re.match(r"Received response. Status: 200, Integration latency: \d+ ms", lines[11])
    assert lines[12:14] == ["Endpoint response headers: {A=b}", "Endpoint response body before transformations: answer"]


def test_a_failure_ends_the_log() -> None:
    result = gateway_of(one(method(http("https:///"))), clock=lambda: 1.0).test_invoke("/a", "POST")
    assert result.status == 500
    assert dict(result.headers) == {"x-amzn-ErrorType": "InternalServerErrorException"}
    assert _lines(result)[-3:] == [
        "Execution failed due to configuration error: Invalid endpoint address",
        "Method completed with status: 500",
        "",
    ]


def test_authorizers_and_keys_are_not_asked_and_stage_variables_may_be_given() -> None:
    scheme = {"type": "apiKey", "name": "x-api-key", "in": "header"}
    operation = method(mock(responseTemplates={"application/json": "$stageVariables.v"}), security=[{"k": []}])
    document = one(operation, components={"securitySchemes": {"k": scheme}})
    gateway = gateway_of(document, api_keys={"a": "b"}, stage_variables={"v": "own"})
    assert gateway.test_invoke("/a", "POST").body == "own"
    assert gateway.test_invoke("/a", "POST", stage_variables={"v": "given"}).body == "given"


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        (
            FUNCTION,
            "https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:fn/invocations",
        ),
        ("arn:aws:lambda:us-east-1:1:function:fn", "arn:aws:lambda:us-east-1:1:function:fn"),
    ],
)
def test_functions_are_called_at_the_address_of_their_service(uri: str, address: str) -> None:
    result = gateway_of(one(method(function("aws", uri=uri))), Remembering(result=1), clock=lambda: 1.0).test_invoke("/a", "POST")
    lines = _lines(result)
    assert lines[7] == f"Endpoint request URI: {address}"
    assert lines[10] == f"Sending request to {address}"


def test_the_event_of_a_function_is_what_was_sent() -> None:
    backend = Remembering(result={})
    result = gateway_of(one(method(function())), backend, clock=lambda: 1.0).test_invoke("/a", "POST", body="text")
    line = _lines(result)[9]
    event = '{"resource": "/a", "path": "/a", "httpMethod": "POST", "headers": null, "multiValueHeaders": null, '
    assert line.startswith(f"Endpoint request body after transformations: {event}")
    assert backend.events[0]["body"] == "text"


@pytest.mark.parametrize(
    ("backend", "logged", "ends", "status"),
    [
        (
            Remembering(result={"body": "x", "statusCode": 201}),
            '{"body": "x", "statusCode": 201}',
            "Successfully completed execution",
            201,
        ),
        (
            Remembering(result=[1]),
            "[1]",
            "Execution failed due to configuration error: Malformed Lambda proxy response: the function's result is no object",
            502,
        ),
        (
            Remembering(error=FAILED),
            json.dumps(FAILED.payload),
            f"Lambda execution failed with status 200 due to customer function error: {json.dumps(FAILED.payload)}",
            502,
        ),
    ],
)
def test_the_result_of_a_function_is_what_came_back(backend: Remembering, logged: str, ends: str, status: int) -> None:
    lines = _lines(gateway_of(one(method(function())), backend, clock=lambda: 1.0).test_invoke("/a", "POST"))
    assert lines[11].startswith("Received response. Status: 200, Integration latency: ")
    assert lines[12:14] == [
        "Endpoint response headers: {Content-Type=application/json}",
        f"Endpoint response body before transformations: {logged}",
    ]
    assert lines[-3] == ends
    assert lines[-2] == f"Method completed with status: {status}"


VALIDATED = {
    "x-amazon-apigateway-request-validators": {"all": {"validateRequestBody": True, "validateRequestParameters": True}},
    "x-amazon-apigateway-request-validator": "all",
    "components": {"schemas": {"M": {"type": "object", "required": ["a"]}}},
}


def test_a_body_is_json_whatever_its_header_says() -> None:
    content = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/M"}}}}
    integration = mock(responseTemplates={"application/json": "json", "text/plain": "text"}) | {"passthroughBehavior": "never"}
    gateway = gateway_of(one(method(integration, requestBody=content), **VALIDATED), clock=lambda: 1.0)
    taken = gateway.test_invoke("/a", "POST", headers={"Content-Type": "text/plain"}, body='{"a": 1}')
    assert (taken.status, taken.body) == (200, "json")
    assert _lines(taken)[7] == "Request validation succeeded for content type application/json"
    refused = gateway.test_invoke("/a", "POST", headers={"Content-Type": "text/plain"}, body="{}")
    assert (refused.status, refused.body) == (400, '{"message": "Invalid request body"}')
    assert "Request validation succeeded" not in refused.log
    refusal = "Request body does not match model schema for content type application/json: ['a' is a required property]"
    assert _lines(refused)[-3] == refusal


def test_without_a_model_no_line_tells_of_validation() -> None:
    assert "Request validation" not in gateway_of(one(method(), **VALIDATED)).test_invoke("/a", "POST").log


def test_a_method_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="no method GET /a"):
        gateway_of(one(method())).test_invoke("/a", "GET")


@pytest.mark.parametrize(
    ("error", "line", "status"),
    [
        (BackendError("no route to host"), "integration failure: no route to host", 504),
        (BackendTimeout("no answer after 29 seconds"), "integration timeout: no answer after 29 seconds", 504),
        (InputError("no such file"), "configuration error: no such file", 500),
    ],
)
def test_failures_of_backends(error: Exception, line: str, status: int) -> None:
    result = gateway_of(one(method(http())), Remembering(error=error), clock=lambda: 1.0).test_invoke("/a", "POST")
    assert _lines(result)[-3:] == [f"Execution failed due to {line}", f"Method completed with status: {status}", ""]
    assert not [each for each in _lines(result) if each.startswith("Received response")]


def test_what_a_template_does_wrong_has_its_place() -> None:
    integration = http(requestTemplates={"application/json": "\n$input.path('$[')"})
    log = gateway_of(one(method(integration))).test_invoke("/a", "POST").log
    assert "Execution failed due to configuration error: Unable to transform: " in log
    assert ":2:" in log


def test_credentials_are_not_shown() -> None:
    integration = http(requestParameters={"integration.request.header.Authorization": "'secret'"})
    log = gateway_of(one(method(integration))).test_invoke("/a", "POST").log
    assert "secret" not in log
    assert "Authorization=********" in log


def test_every_line_but_the_first_begins_with_the_time() -> None:
    log = gateway_of(one(method()), clock=lambda: 1_700_000_000.0).test_invoke("/a", "POST").log
    first, *rest = log.splitlines()
    assert first.startswith("Execution log for request ")
    assert all(line.startswith("Tue Nov 14 22:13:20 UTC 2023 : ") for line in rest)
    assert log.endswith("\n")


def test_method_and_body_in_other_forms() -> None:
    gateway = gateway_of(
        {"paths": {"/a": {"x-amazon-apigateway-any-method": method(mock(responseTemplates={"application/json": "$input.body"}))}}}
    )
    result = gateway.test_invoke("/a", "delete", "/a", [("H", "1"), ("H", "2")], b"\xff")
    assert result.status == 200
    assert "HTTP Method: DELETE, Resource Path: /a" in result.log
    assert "Method request headers: {H=1,2}" in result.log
    assert result.latency >= 0
