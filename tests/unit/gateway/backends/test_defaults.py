"""The real things behind a gateway, made when they are called."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.unit.gateway.backends.servers import saying, serving
from vtl.gateway.backends.defaults import DefaultBackends
from vtl.messages import HttpRequest

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def test_http_in_a_plain_call_and_in_two_event_loops() -> None:
    with serving(saying(OK)) as server:
        backends = DefaultBackends("us-east-1")
        request = HttpRequest("GET", url=server.url, timeout=5)
        assert backends.plain("http", insecure=False)(request).body == b"{}"

        async def run() -> Any:
            return await backends.coroutine("http", insecure=False)(request)

        assert [asyncio.run(run()).body for _ in range(2)] == [b"{}", b"{}"]


@pytest.mark.parametrize("asynchronous", [False, True])
def test_functions_at_the_endpoint_of_the_usual_variable(monkeypatch: pytest.MonkeyPatch, asynchronous: bool) -> None:
    with serving(saying(OK)) as server:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKID")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        monkeypatch.setenv("AWS_ENDPOINT_URL_LAMBDA", server.url)
        backends = DefaultBackends("eu-west-1")

        async def run() -> Any:
            return await backends.coroutine("lambda", insecure=False)("list:live", {"a": 1})

        result = asyncio.run(run()) if asynchronous else backends.plain("lambda", insecure=False)("list:live", {"a": 1})
    assert result == {}
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /2015-03-31/functions/list/invocations?Qualifier=live HTTP/1.1")
    assert b"/eu-west-1/lambda/aws4_request" in head
    assert body == b'{"a": 1}'
