"""The API as a WSGI application: a plain function around `Gateway.handle`, for any WSGI server."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, quote

import vtl
from samples.embed.orders_api import GATEWAY


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Any method and path of the API."""
    response = GATEWAY.handle(request_of(environ))
    known = response.status in set(HTTPStatus)
    start_response(f"{response.status} {HTTPStatus(response.status).phrase if known else 'Unknown'}", list(response.headers))
    return [response.body]


def request_of(environ: dict[str, Any]) -> vtl.HttpRequest:
    """The gateway takes a path as it was on the wire; WSGI decodes it, so that a %2F cannot be told from a slash."""
    headers = [(name[5:].replace("_", "-").title(), value) for name, value in environ.items() if name.startswith("HTTP_")]
    if environ.get("CONTENT_TYPE"):
        headers.append(("Content-Type", environ["CONTENT_TYPE"]))
    return vtl.HttpRequest(
        environ["REQUEST_METHOD"],
        quote(environ["PATH_INFO"].encode("latin-1")),
        headers,
        parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True),
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)),
        source_ip=environ.get("REMOTE_ADDR", ""),
    )
