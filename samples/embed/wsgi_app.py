"""The route as a WSGI application: a plain function, no framework. `python -m wsgiref` style servers run it as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from samples.embed.route import ORDERS


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """POST /TENANT/orders."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    headers = {name[5:].replace("_", "-").title(): value for name, value in environ.items() if name.startswith("HTTP_")}
    path = {"tenant": environ["PATH_INFO"].split("/")[1]}
    answer = ORDERS.answer(body, path=path, query=dict(parse_qsl(environ.get("QUERY_STRING", ""))), headers=headers)
    start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", list(answer.headers.items()))
    return [answer.body]
