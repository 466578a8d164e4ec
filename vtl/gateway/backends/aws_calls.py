"""Calls of AWS services as their protocols have them, made from what an integration asks for. No call is made here.

An `action/Name` URI reaches this module as a URL with a query parameter Action, as the recorded requests have it. A service that
speaks JSON gets a POST with X-Amz-Target instead; one that speaks the query protocol gets the Version that it insists on.
See: "Amazon API Gateway REST API, integration uri"; Smithy's specifications of AWS JSON and AWS query.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from vtl.errors import BackendError, FunctionError
from vtl.messages import HttpRequest, HttpResponse, header

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Service:
    """What botocore knows of a service: its name there, its protocols, what a JSON call needs, and the types of inputs.

    `types` goes from an action's name to the types of its parameters, such as {"DelaySeconds": "integer"}.
    """

    name: str
    signing_name: str
    protocols: tuple[str, ...]
    target_prefix: str = ""
    json_version: str = "1.0"
    api_version: str = ""
    types: Callable[[str], Mapping[str, str]] = field(default=lambda _action: {}, compare=False)


def shaped(request: HttpRequest, service: Service) -> HttpRequest:
    """The request with its action as the service's protocol has it; one without an action as it is."""
    query = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    action = dict(query).get("Action")
    if action is None:
        return request
    if request.body.strip() and (header(request.headers, "Content-Type") or "").startswith(_FORM):
        # Whoever writes a form means the query protocol, which SQS takes though botocore has forgotten it. A service reads
        # either the query or the form: all goes into the latter.
        added = [*query, *_version(query, service)]
        body = urlencode(added).encode() + b"&" + request.body.strip()
        return replace(request, method="POST", url=_without_query(request.url), body=body, query=())
    if "json" in service.protocols:
        body = request.body if request.body.strip() else _json_body(query, service.types(action))
        own = {
            "X-Amz-Target": f"{service.target_prefix}.{action}",
            "Content-Type": f"application/x-amz-json-{service.json_version}",
        }
        return replace(request, method="POST", url=_without_query(request.url), headers=_with(request, own), body=body, query=())
    if "query" not in service.protocols:
        return request
    query += _version(query, service)
    headers = request.headers
    if request.body.strip():
        query += _scalars(request.body)
        request = replace(request, body=b"")
        headers = [pair for pair in headers if pair[0].lower() not in ("content-type", "content-length")]
    return replace(request, url=f"{_without_query(request.url)}?{urlencode(query)}", headers=headers, query=query)


def _without_query(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", ""))


def _version(query: list[tuple[str, str]], service: Service) -> list[tuple[str, str]]:
    return [] if "Version" in dict(query) else [("Version", service.api_version)]


def _with(request: HttpRequest, own: Mapping[str, str]) -> list[tuple[str, str]]:
    """The request's headers, those of `own` in the place of what had their names."""
    lowered = {name.lower() for name in own} | {"content-length"}
    return [*(pair for pair in request.headers if pair[0].lower() not in lowered), *own.items()]


def _json_body(query: list[tuple[str, str]], types: Mapping[str, str]) -> bytes:
    """The query's parameters as an object, each of the type that the action's input has for it."""
    return json.dumps({name: _typed(value, types.get(name, "string")) for name, value in query if name != "Action"}).encode()


def _typed(value: str, kind: str) -> object:
    if kind == "string":
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _scalars(body: bytes) -> list[tuple[str, str]]:
    """The scalars of a JSON object as parameters of a query."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return []
    if not isinstance(document, dict):
        return []
    return [
        (str(name), json.dumps(value) if isinstance(value, bool) else str(value))
        for name, value in document.items()
        if isinstance(value, str | int | float)
    ]


def moved(request: HttpRequest, endpoint: str, *, before: str = "") -> HttpRequest:
    """The request at another endpoint, its path behind that of the endpoint and behind `before`, such as an S3 bucket."""
    there, here = urlsplit(endpoint), urlsplit(request.url)
    path = f"{there.path.rstrip('/')}{'/' + before if before else ''}{here.path or '/'}"
    url = urlunsplit((there.scheme, there.netloc, path, here.query, ""))
    return replace(request, url=url, headers=[pair for pair in request.headers if pair[0].lower() != "host"])


def invocation_request(function: str, event: object, region: str, *, timeout: float | None = None, url: str = "") -> HttpRequest:
    """The Invoke call of a function, at AWS or at another runtime's address. BackendError for an event that is no JSON."""
    name, _, qualifier = function.partition(":")
    query = f"?Qualifier={quote(qualifier, safe='')}" if qualifier else ""
    base = url.rstrip("/") if url else f"https://lambda.{region}.amazonaws.com"
    address = f"{base}/2015-03-31/functions/{quote(name, safe='')}/invocations{query}"
    try:
        body = json.dumps(event).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise BackendError(f"the function's event is no JSON: {error}") from None
    return HttpRequest("POST", urlsplit(address).path, [("Content-Type", "application/json")], (), body, address, timeout=timeout)


def invocation_result(answer: HttpResponse) -> object:
    """The result in an answer to Invoke. FunctionError when the function failed, BackendError when it was not reached."""
    try:
        result: object = json.loads(answer.body) if answer.body.strip() else None
    except (ValueError, RecursionError):
        raise BackendError(f"the function's answer is no JSON: {answer.body[:80]!r}") from None
    if answer.status >= 300:
        detail = result.get("Message") or result.get("message") if isinstance(result, Mapping) else None
        raise BackendError(f"the function could not be invoked: {detail or answer.status}")
    if header(answer.headers, "X-Amz-Function-Error"):
        raise FunctionError(result)
    return result
