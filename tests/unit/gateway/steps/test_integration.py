"""What is asked of backends, and what their failures become."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.gateway.apis import FAILED, Remembering, ask, function, gateway_of, http, method, mock, one
from vtl.errors import BackendError, BackendTimeout
from vtl.messages import HttpResponse, header

INTERNAL = b'{"message": "Internal server error"}'


@pytest.mark.parametrize(
    ("integration", "body", "status"),
    [
        ({"type": "mock", "responses": {"default": {"statusCode": "201"}}}, b"", 201),
        ({"type": "mock", "responses": {"default": {"statusCode": "201"}}}, b'{"statusCode": 404}', 201),
        ({"type": "mock", "responses": {"default": {"statusCode": "201"}}}, b"no document", 500),
        (mock("{statusCode: 404,}"), b"", 200),
        (mock('{"statusCode": "404"}'), b"", 500),
        (mock(""), b"", 500),
    ],
)
def test_mocks(integration: dict[str, Any], body: bytes, status: int) -> None:
    backend = Remembering()
    assert ask(gateway_of(one(method(integration)), backend), body=body).status == status
    assert backend.requests + backend.events == []


def test_the_status_of_a_mock_is_compared_with_patterns() -> None:
    integration = mock("{\"statusCode\": $input.params('s')}")
    integration["responses"]["4\\d\\d"] = {"statusCode": "418"}
    gateway = gateway_of(one(method(integration)))
    assert [ask(gateway, query=[("s", text)]).status for text in ("200", "404", "-1", "4.5")] == [200, 418, 200, 500]


@pytest.mark.parametrize("kind", ["aws", "aws_proxy"])
@pytest.mark.parametrize(
    ("error", "message"),
    [
        (BackendError("down"), b'{"message": "Network error communicating with endpoint"}'),
        (BackendTimeout("slow"), b'{"message": "Endpoint request timed out"}'),
    ],
)
def test_functions_that_cannot_be_reached(kind: str, error: Exception, message: bytes) -> None:
    answer = ask(gateway_of(one(method(function(kind))), Remembering(error=error)))
    assert (answer.status, answer.body) == (504, message)
    assert header(answer.headers, "x-amzn-ErrorType") == "InternalServerErrorException"


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (TimeoutError(), 504, b'{"message": "Endpoint request timed out"}'),
        (ConnectionRefusedError("no"), 504, b'{"message": "Network error communicating with endpoint"}'),
    ],
)
def test_other_exceptions_of_http_backends(error: Exception, status: int, message: bytes) -> None:
    answer = ask(gateway_of(one(method(http())), Remembering(error=error)))
    assert (answer.status, answer.body) == (status, message)


@pytest.mark.parametrize("answer", [None, {"status": 200}, HttpResponse(200, (), "text")])  # type: ignore[arg-type]
def test_what_is_no_answer(answer: Any) -> None:
    got = ask(gateway_of(one(method(http())), Remembering(answer)))
    assert (got.status, got.body) == (504, b'{"message": "Network error communicating with endpoint"}')


def test_an_exception_of_a_function_is_its_failure() -> None:
    from vtl.errors import PathNotFound

    for error in (ValueError("own"), TimeoutError("own"), PathNotFound("own")):
        assert ask(gateway_of(one(method(function())), Remembering(error=error))).status == 502
        answer = ask(gateway_of(one(method(function("aws", responses={"ow.": {"statusCode": "418"}}))), Remembering(error=error)))
        assert answer.status == 418
        assert json.loads(answer.body)["errorType"] == type(error).__name__


def _circle() -> list[Any]:
    circle: list[Any] = []
    circle.append(circle)
    return circle


@pytest.mark.parametrize("result", [object(), {1, 2}, b"x", Decimal(1), {"a": object()}, {(1,): 2}, _circle()], ids=range(7))
def test_a_result_that_json_cannot_hold_is_a_failure_as_in_lambdas_runtime(result: Any) -> None:
    pattern = {"Unable to marshal response: (\\n|.)+": {"statusCode": "418"}}
    answer = ask(gateway_of(one(method(function("aws", responses=pattern))), Remembering(result=result)))
    assert answer.status == 418
    assert json.loads(answer.body)["errorType"] == "Runtime.MarshalError"
    proxied = ask(gateway_of(one(method(function())), Remembering(result={"statusCode": 200, "body": result})))
    assert (proxied.status, proxied.body) == (502, INTERNAL)


@pytest.mark.parametrize(("value", "body"), [("Event", b""), ("event", b""), ("RequestResponse", b'{"x": 1}')])
def test_functions_may_be_called_and_not_waited_for(value: str, body: bytes) -> None:
    mapping = {"integration.request.header.X-Amz-Invocation-Type": f"'{value}'"}
    backend = Remembering(result={"x": 1})
    answer = ask(gateway_of(one(method(function("aws", requestParameters=mapping))), backend))
    assert (answer.status, answer.body) == (200, body)
    assert len(backend.events) == 1


def test_a_failure_of_an_event_is_seen_by_nobody() -> None:
    mapping = {"integration.request.header.X-Amz-Invocation-Type": "'Event'"}
    responses = {".+": {"statusCode": "418"}, "default": {"statusCode": "202"}}
    integration = function("aws", requestParameters=mapping, responses=responses)
    assert ask(gateway_of(one(method(integration)), Remembering(error=FAILED))).status == 202


@pytest.mark.parametrize(
    ("payload", "status"),
    [
        ({"errorMessage": "Bad: 1"}, 418),
        ({"errorMessage": {"code": 1}}, 419),
        ({"errorMessage": None}, 200),
        ("text", 200),
        (None, 200),
    ],
)
def test_failures_are_told_apart_by_their_message(payload: Any, status: int) -> None:
    from vtl.errors import FunctionError

    responses = {"Bad:.*": {"statusCode": "418"}, '\\{"code": 1\\}': {"statusCode": "419"}, "default": {"statusCode": "200"}}
    backend = Remembering(error=FunctionError(payload))
    answer = ask(gateway_of(one(method(function("aws", responses=responses))), backend))
    assert (answer.status, json.loads(answer.body)) == (status, payload)


@pytest.mark.parametrize(
    "uri", ["arn:aws:s3:::bucket", "nothing", "", "arn:aws:apigateway:us-east-1:lambda:path/2015/functions//invocations"]
)
@pytest.mark.parametrize("kind", ["aws", "aws_proxy"])
def test_what_is_no_uri_of_aws_is_an_error_of_the_configuration(uri: str, kind: str) -> None:
    backend = Remembering(result={})
    answer = ask(gateway_of(one(method({**function(kind), "uri": uri})), backend))
    assert (answer.status, answer.body) == (500, INTERNAL)
    assert backend.requests + backend.events == []


def test_deep_events_are_refused() -> None:
    answer = ask(gateway_of(one(method(function("aws")))), body=b"[" * 100_000)
    assert answer.status == 400
