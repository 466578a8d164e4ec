"""Between ASGI and the messages of the gateway: a request out of a scope and a body, an answer as two events.

See: https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, quote

from vtl.messages import HttpRequest, HttpResponse

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

MOST_BODY = 10 * 1024 * 1024
"""API Gateway's limit for a body. One more byte is read, so that the gateway can refuse what is larger."""

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_BREAKS = re.compile(r"[\r\n\0]+")
_FRAMING = frozenset({"content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "trailer"})
_BODILESS = frozenset({204, 304})


async def read_body(receive: Receive) -> bytes | None:
    """The body of a request, cut one byte after `MOST_BODY`; None when the client went away before its end."""
    parts: list[bytes] = []
    size = 0
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            return None
        part = event.get("body", b"")
        if size <= MOST_BODY:
            parts.append(part[: MOST_BODY + 1 - size])
        size += len(part)
        if not event.get("more_body", False):
            return parts[0] if len(parts) == 1 else b"".join(parts)


def request_of(scope: Scope, body: bytes) -> HttpRequest:
    """The request of a scope. Servers hand over header names in lower case; they are spelt here as most clients spell them."""
    client = scope.get("client")
    query = scope.get("query_string", b"")
    return HttpRequest(
        method=scope["method"],
        path=path_of(scope),
        headers=[(_spelt(name), value.decode("latin-1")) for name, value in scope["headers"]],
        query=parse_qsl(query.decode("latin-1"), keep_blank_values=True) if query else (),
        body=body,
        source_ip=client[0] if client else "",
        protocol=f"HTTP/{scope.get('http_version', '1.1')}",
    )


def path_of(scope: Scope) -> str:
    """The path as it was sent, percent-encoded, without the prefix that the application is mounted at."""
    raw = scope.get("raw_path")
    path = raw.decode("latin-1") if raw else quote(scope["path"], safe="/%:@!$&'()*+,;=~-._")
    root = quote(scope.get("root_path", ""), safe="/%:@!$&'()*+,;=~-._")
    if root and (path == root or path.startswith(f"{root}/")):
        path = path[len(root) :]
    return path or "/"


@lru_cache(maxsize=1024)
def _spelt(name: bytes) -> str:
    return "-".join(part.capitalize() for part in name.decode("latin-1").split("-"))


def head_of(response: HttpResponse) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, which cannot break out of their lines; the server alone says how the body is framed."""
    head = [
        (name.encode("latin-1"), _BREAKS.sub(" ", value).encode("latin-1", "replace"))
        for name, value in response.headers
        if name.lower() not in _FRAMING and _TOKEN.fullmatch(name)
    ]
    if response.status not in _BODILESS:
        head.append((b"content-length", str(len(response.body)).encode()))
    return head


async def send_response(send: Send, response: HttpResponse, *, bodiless: bool = False) -> None:
    """Send an answer; `bodiless` is that of a HEAD request. A status that HTTP does not have becomes 502."""
    if not 200 <= response.status <= 599:
        response = HttpResponse(502, [("Content-Type", "application/json")], b'{"message": "Internal server error"}')
    await send({"type": "http.response.start", "status": response.status, "headers": head_of(response)})
    silent = bodiless or response.status in _BODILESS
    await send({"type": "http.response.body", "body": b"" if silent else response.body})


def replaced(headers: Iterable[tuple[str, str]], name: str, change: Callable[[str], str]) -> list[tuple[str, str]]:
    """The headers with the values of one of them changed."""
    wanted = name.lower()
    return [(key, change(value) if key.lower() == wanted else value) for key, value in headers]
