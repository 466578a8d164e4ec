"""An exception as the Lambda runtime tells it."""

from __future__ import annotations

import asyncio
import json
import sys

import pytest

from tests.unit.gateway.apis import FUNCTION, api_of, ask, function, http, method, one
from vtl.gateway import Gateway
from vtl.gateway.failed_functions import payload_of
from vtl.messages import HttpRequest


def _handler() -> None:
    raise KeyError("none")


def test_the_payload_of_an_exception() -> None:
    try:
        _handler()
    except KeyError as error:
        payload = payload_of(error)
    assert list(payload) == ["errorMessage", "errorType", "requestId", "stackTrace"]
    assert (payload["errorMessage"], payload["errorType"]) == ("'none'", "KeyError")
    *_, frame = payload["stackTrace"]
    assert "in _handler\n    raise KeyError" in frame


def test_an_exception_that_was_never_raised_has_no_trace() -> None:
    assert payload_of(ValueError("x"))["stackTrace"] == []


def test_the_stack_begins_in_the_function() -> None:
    def failing(_name: str, _event: object) -> object:
        return _handler()

    async def later(name: str, event: object) -> object:
        return await asyncio.to_thread(failing, name, event)

    for backend in (failing, later):
        gateway = Gateway(api_of(one(method(function("aws")))), backends={"lambda": backend})
        for answer in (ask(gateway), asyncio.run(gateway.handle_async(HttpRequest("POST", "/a", body=b"{}")))):
            stack = json.loads(answer.body)["stackTrace"]
            assert f", in {backend.__name__}" in stack[0]
            assert ", in _handler" in stack[-1]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (3, "with error: exit status 3"),
        ("no", "with error: exit status 1"),
        (0, "without providing a reason"),
        (None, "without providing a reason"),
    ],
)
def test_a_function_that_ends_its_process_has_failed(code: int | str | None, words: str) -> None:
    def leaving(_name: str, _event: object) -> object:
        sys.exit(code)

    async def later(_name: str, _event: object) -> object:
        sys.exit(code)

    for backend in (leaving, later):
        gateway = Gateway(api_of(one(method(function("aws")))), backends={"lambda": backend})
        for answer in (ask(gateway), asyncio.run(gateway.handle_async(HttpRequest("POST", "/a", body=b"{}")))):
            told = json.loads(answer.body)
            assert (answer.status, told["errorType"]) == (200, "Runtime.ExitError")
            assert told["errorMessage"].endswith(f" Error: Runtime exited {words}")


def test_other_backends_policies_and_authorizers_that_leave_are_failures() -> None:
    def leaving(*_: object) -> bool:
        sys.exit(3)

    gateway = Gateway(api_of(one(method(http()))), backends={"http": leaving})
    assert ask(gateway).status == 504
    assert ask(Gateway(api_of(one(method())), policy=leaving)).status == 500
    scheme = {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "custom"}
    scheme |= {"x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri": FUNCTION}}  # type: ignore[dict-item]
    document = {**one(method(security=[{"a": []}])), "components": {"securitySchemes": {"a": scheme}}}
    gateway = Gateway(api_of(document), authorize=leaving)
    assert ask(gateway, headers=[("Authorization", "x")]).status == 500
