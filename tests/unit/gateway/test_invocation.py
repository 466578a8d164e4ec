"""What is known of one request."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.unit.gateway.apis import gateway_of, http, method, one
from vtl.gateway.invocation import AWS, HTTP, LAMBDA, BackendCall, Invocation
from vtl.gateway.steps import STEPS
from vtl.messages import HttpRequest, HttpResponse


def _run(invocation: Invocation, answer: Callable[[BackendCall], Any]) -> list[BackendCall]:
    calls = []
    for step in STEPS:
        run: Generator[BackendCall, Any, None] = step(invocation)
        try:
            call = next(run)
            while True:
                calls.append(call)
                call = run.send(answer(call))
        except StopIteration:
            continue
    return calls


def test_every_slot_is_filled_on_the_way() -> None:
    deployment = gateway_of(one(method(http("https://b.test/{id}")), path="/a/{id}")).deployment
    request = HttpRequest("POST", "/a/7", [("H", "1"), ("H", "2"), ("TE", "x")], [("q", "1"), ("q", "2")], b"body")
    invocation = Invocation(deployment, request, "r", "e", 0.0)
    answer = HttpResponse(201, (), b"answer")
    (call,) = _run(invocation, lambda call: answer)
    assert (call.kind, call.request, call.timeout) == (HTTP, invocation.integration_request, 29.0)
    assert invocation.route is not None
    assert invocation.sole_plan.path == "/a/{id}"
    assert invocation.path_parameters == {"id": "7"}
    assert invocation.headers == [("H", "1"), ("H", "2")]
    assert invocation.querystring == {"q": "2"}
    assert invocation.body == "body"
    assert invocation.endpoint_response is answer
    assert invocation.selected is not None
    assert invocation.response.body == b"answer"


def test_without_a_route_there_is_no_plan() -> None:
    invocation = Invocation(gateway_of(one(method())).deployment, HttpRequest("GET"), "r", "e", 0.0)
    with pytest.raises(AssertionError):
        invocation.sole_plan  # noqa: B018


def test_the_kinds_of_calls() -> None:
    assert (HTTP, AWS, LAMBDA) == ("http", "aws", "lambda")
    assert BackendCall(LAMBDA, function="f").event is None
