"""Lambda proxy events (payload format 1.0, and the 2.0 of HTTP APIs) as requests."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from typing import Any

from vtl.cli.raw_numbers import plain, text_of
from vtl.cli.render_request import Body, RenderRequest
from vtl.cli.request_files import parameters
from vtl.errors import InputError

_MARKS = frozenset(
    {
        "httpMethod",
        "isBase64Encoded",
        "multiValueHeaders",
        "multiValueQueryStringParameters",
        "pathParameters",
        "queryStringParameters",
        "rawPath",
        "requestContext",
    }
)


def looks_like_event(document: Mapping[str, Any]) -> bool:
    """Whether the object has a key that only a Lambda proxy event has."""
    return not _MARKS.isdisjoint(document)


def read_event(document: Mapping[str, Any]) -> RenderRequest:
    """The request that made API Gateway send this event; its requestContext is what a template sees as $context.

    Keys as recorded on AWS: absent parameters are null, a repeated value stands in full in the multiValue maps and with its last
    value in the plain ones. InputError for a value of the wrong shape or a body that is not base64 although it says so.
    """
    query = _values(document, "queryStringParameters", "multiValueQueryStringParameters")
    headers = _values(document, "headers", "multiValueHeaders")
    return RenderRequest(
        body=_body(document),
        path=parameters(document.get("pathParameters"), "pathParameters"),
        query=query,
        headers=headers,
        context=_context(document),
        stage_variables=parameters(document.get("stageVariables"), "stageVariables"),
    )


def _values(document: Mapping[str, Any], single: str, multiple: str) -> dict[str, str]:
    return parameters(document.get(multiple), multiple) | parameters(document.get(single), single)


def _body(document: Mapping[str, Any]) -> Body | None:
    body = document.get("body")
    if body is None:
        return None
    if not isinstance(body, str):
        raise InputError("its body is no text", hint="in a Lambda proxy event the body is a text, whatever it holds")
    if document.get("isBase64Encoded") is not True:
        return body
    try:
        return b64decode(body, validate=True)
    except (Base64Error, ValueError):
        raise InputError("its body is not base64, although isBase64Encoded says so") from None


def _context(document: Mapping[str, Any]) -> dict[str, object]:
    given = document.get("requestContext")
    if given is not None and not isinstance(given, dict):
        raise InputError("its requestContext is no object")
    context: dict[str, object] = plain(given or {})
    http = context.pop("http", None)
    known = {"httpMethod": document.get("httpMethod"), "resourcePath": document.get("resource")}
    if isinstance(http, dict):
        known = {
            "httpMethod": http.get("method"),
            "resourcePath": _route_path(document.get("routeKey")),
            "path": http.get("path"),
        }
        identity = {name: http[name] for name in ("sourceIp", "userAgent") if name in http}
        context["identity"] = identity
        for name, ours in (("time", "requestTime"), ("timeEpoch", "requestTimeEpoch")):
            if name in context:
                context[ours] = context.pop(name)
    if "path" not in context and isinstance(document.get("path"), str):
        stage = context.get("stage")
        known["path"] = f"/{stage}{document['path']}" if stage else document["path"]
    return {name: text_of(value) for name, value in known.items() if value} | context


def _route_path(route: object) -> str:
    """`GET /pets/{id}` → `/pets/{id}`."""
    return route.partition(" ")[2] if isinstance(route, str) else ""
