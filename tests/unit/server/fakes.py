"""A gateway without an API, and an ASGI server without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from vtl.gateway.watch import Watch
from vtl.messages import HttpRequest, HttpResponse
from vtl.server.wire import Event, Scope

Answer = Callable[[HttpRequest], HttpResponse]


@dataclass
class FakeGateway:
    """Answers with a function; has the routes that it is given, each as "GET /path"."""

    answer: Answer = lambda request: HttpResponse(200, (), f"{request.method} {request.path}".encode())
    routes: frozenset[str] = frozenset()
    requests: list[HttpRequest] = field(default_factory=list)

    async def handle_async(self, request: HttpRequest, *, watch: Watch | None = None) -> HttpResponse:
        self.requests.append(request)
        return self.answer(request)

    def has_route(self, method: str, path: str) -> bool:
        return f"{method} {path}" in self.routes


def scope_of(method: str = "GET", target: str = "/", headers: Sequence[tuple[str, str]] = (), **more: Any) -> Scope:
    path, _, query = target.partition("?")
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
        "client": ("127.0.0.1", 5000),
        **more,
    }


def talk(application: Any, scope: Scope, *events: Event) -> list[Event]:
    """What an application sends when it is sent these events."""
    sent: list[Event] = []
    queue = list(events or [{"type": "http.request", "body": b""}])

    async def receive() -> Event:
        return queue.pop(0)

    async def send(event: Event) -> None:
        sent.append(event)

    asyncio.run(application(scope, receive, send))
    return sent
