"""What a URL and a client's headers tell of a request, for the forms that record what a client sent (curl, HAR)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlsplit

from vtl.cli.render_request import Body, RenderRequest
from vtl.errors import InputError
from vtl.messages import NOT_SEEN

_GATEWAY_HOST = re.compile(r"(?P<api>[a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?", re.ASCII)


def client_request(
    method: str, url: str, headers: Iterable[tuple[str, str]], body: Body | None, *, answer: Body | None = None
) -> RenderRequest:
    """The request as API Gateway's templates see it. InputError for a URL that is none.

    Query values are decoded (AWS recording), of repeated names the last counts. In an address of API Gateway itself the first
    segment of the path is the stage.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise InputError(f"its URL {url!r} cannot be read: {error}") from None
    seen = visible_headers(headers)
    context: dict[str, object] = {"httpMethod": method.upper(), "path": parts.path or "/"}
    if host:
        context |= {"domainName": host, "domainPrefix": host.partition(".")[0]}
    if gateway := _GATEWAY_HOST.fullmatch(host):
        stage, _, rest = parts.path.lstrip("/").partition("/")
        context |= {"apiId": gateway["api"], "stage": stage, "resourcePath": f"/{rest}"}
    if agent := next((value for name, value in seen.items() if name.lower() == "user-agent"), ""):
        context["identity"] = {"userAgent": agent}
    return RenderRequest(body=body, answer=answer, query=query_values(parts.query), headers=seen, context=context)


def query_values(query: str) -> dict[str, str]:
    """The decoded values of a query string; of a repeated name the last one."""
    try:
        return dict(parse_qsl(query, keep_blank_values=True))
    except ValueError as error:
        raise InputError(f"its query string cannot be read: {error}") from None


def visible_headers(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The headers that reach a template, by name. Of repeated ones the last counts; cookies are joined, as HTTP/2 splits them."""
    found: dict[str, tuple[str, str]] = {}
    for name, value in headers:
        key = name.lower()
        if key in NOT_SEEN or key.startswith(":"):
            continue
        if key == "cookie" and key in found:
            value = f"{found[key][1]}; {value}"
        found[key] = (name, value)
    return dict(found.values())


def header(headers: Mapping[str, str], name: str) -> str | None:
    """The value of the header of that name in any case, or None."""
    return next((value for key, value in headers.items() if key.lower() == name.lower()), None)
