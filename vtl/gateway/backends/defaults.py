"""`DefaultBackends`: the real things behind a gateway, each made when it is first called."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from vtl.gateway.backends.aws import AwsRequests
from vtl.gateway.backends.aws_calls import invocation_request, invocation_result
from vtl.gateway.backends.http import AsyncHttpClient, HttpClient
from vtl.messages import HttpRequest, HttpResponse

HTTP, AWS, LAMBDA = "http", "aws", "lambda"


class DefaultBackends:
    """Clients for plain and for coroutine functions; the latter belong to an event loop."""

    def __init__(self, region: str):
        self._region = region
        self._aws = AwsRequests(region)
        self._clients: dict[bool, HttpClient] = {}
        self._async_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[bool, AsyncHttpClient]] = WeakKeyDictionary()
        self._lock = Lock()

    def plain(self, kind: str, *, insecure: bool) -> Callable[..., Any]:
        """The plain function for a kind of call."""
        client = self._client(insecure)
        if kind == HTTP:
            return client
        if kind == AWS:
            return lambda request: client(self._aws.prepared(request))

        def function(name: str, event: object) -> object:
            return invocation_result(client(self._aws.prepared(invocation_request(name, event, self._region))))

        return function

    def coroutine(self, kind: str, *, insecure: bool) -> Callable[..., Awaitable[Any]]:
        """The coroutine function for a kind of call. Signing reads files the first time, and so runs in a thread."""
        client = self._async_client(insecure)
        if kind == HTTP:
            return client

        async def aws(request: HttpRequest) -> HttpResponse:
            return await client(await asyncio.to_thread(self._aws.prepared, request))

        async def function(name: str, event: object) -> object:
            return invocation_result(await aws(invocation_request(name, event, self._region)))

        return aws if kind == AWS else function

    def _client(self, insecure: bool) -> HttpClient:
        with self._lock:
            if insecure not in self._clients:
                self._clients[insecure] = HttpClient(insecure=insecure)
            return self._clients[insecure]

    def _async_client(self, insecure: bool) -> AsyncHttpClient:
        with self._lock:
            known = self._async_clients.setdefault(asyncio.get_running_loop(), {})
            if insecure not in known:
                known[insecure] = AsyncHttpClient(insecure=insecure)
            return known[insecure]
