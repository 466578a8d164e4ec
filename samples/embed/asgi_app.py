"""The route as an ASGI application: a plain coroutine function, no framework. Any ASGI server runs it as it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from samples.embed.route import ORDERS

Message = dict[str, Any]


async def application(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """POST /TENANT/orders; other kinds of connection are refused."""
    if scope["type"] != "http":
        raise NotImplementedError(f"only http, not {scope['type']}")
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    headers = {name.decode("latin-1").title(): value.decode("latin-1") for name, value in scope["headers"]}
    path = {"tenant": scope["path"].split("/")[1]}
    query = dict(parse_qsl(scope["query_string"].decode("ascii")))
    answer = ORDERS.answer(body, path=path, query=query, headers=headers)
    made = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": made})
    await send({"type": "http.response.body", "body": answer.body})
