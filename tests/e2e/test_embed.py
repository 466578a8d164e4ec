"""samples/embed: the library inside a WSGI and an ASGI function."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

from samples.embed import asgi_app, wsgi_app
from samples.embed.route import ORDERS, Route

ORDER = {"id": "A-1", "customer": {"name": "Mira"}, "lines": [{"sku": 'q-"77"', "quantity": 3}, {"sku": "z-1", "quantity": 1}]}

Client = Callable[[bytes], tuple[int, dict[str, str], bytes]]


def _over_wsgi(body: bytes) -> tuple[int, dict[str, str], bytes]:
    environ: dict[str, Any] = {"REQUEST_METHOD": "POST", "SCRIPT_NAME": "", "PATH_INFO": "/acme/orders", "QUERY_STRING": "dry=1"}
    environ |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    setup_testing_defaults(environ)
    started: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _error: object = None) -> Callable[[bytes], object]:
        started.extend((int(status.split()[0]), {name.lower(): value for name, value in headers}))
        return lambda data: None

    answer = validator(wsgi_app.application)(environ, start_response)
    content = b"".join(answer)
    answer.close()  # type: ignore[attr-defined]
    return started[0], started[1], content


def _over_asgi(body: bytes) -> tuple[int, dict[str, str], bytes]:
    incoming = [
        {"type": "http.request", "body": body[:5], "more_body": True},
        {"type": "http.request", "body": body[5:], "more_body": False},
    ]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return incoming.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/acme/orders", "query_string": b"dry=1", "headers": [(b"accept", b"*/*")]}
    asyncio.run(asgi_app.application(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, sent[1]["body"]


@pytest.mark.parametrize("client", [_over_wsgi, _over_asgi])
def test_an_order_goes_through_both_templates(client: Client) -> None:
    status, headers, body = client(json.dumps(ORDER).encode())
    assert (status, headers["location"]) == (201, "/orders/A-1")
    assert headers["content-type"] == "application/json"
    assert json.loads(body) == {"id": "A-1", "state": "stored"}


@pytest.mark.parametrize("client", [_over_wsgi, _over_asgi])
def test_a_refusal_of_the_backend_becomes_the_status_that_the_template_sets(client: Client) -> None:
    status, _, body = client(json.dumps(ORDER | {"lines": []}).encode())
    assert status == 409
    assert json.loads(body) == {"error": "order A-1 has no lines"}


@pytest.mark.parametrize("client", [_over_wsgi, _over_asgi])
def test_a_failing_template_is_an_internal_error(client: Client) -> None:
    status, _, body = client(json.dumps(ORDER | {"note": "short"}).encode())
    assert status == 500
    assert json.loads(body) == {"message": "Internal server error"}


def test_the_backend_sees_what_the_request_template_made() -> None:
    seen: list[Any] = []

    def backend(body: str, headers: Any) -> str:
        seen.extend((json.loads(body), dict(headers)))
        return '{"stored": true, "number": 7}'

    route = Route(ORDERS.request, ORDERS.response, backend, {"table": "t"})
    answer = route.answer(json.dumps(ORDER).encode(), path={"tenant": "acme"}, query={}, headers={})
    assert answer.status == 201
    assert seen[0] == {"number": "A-1", "tenant": "acme", "customer": {"name": "Mira"}, "lines": ORDER["lines"], "table": "t"}
    assert seen[1] == {"x-order": "A-1"}
