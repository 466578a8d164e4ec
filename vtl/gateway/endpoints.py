"""What the URI of an integration means: a function, an action or a path of an AWS service, or an address.

See: "API Gateway integration request", the `uri` of `x-amazon-apigateway-integration`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from vtl.mapping.failures import internal_error
from vtl.mapping.uris import resolve_uri
from vtl.model import Integration

_ARN = re.compile(r"arn:([\w-]*):apigateway:([\w-]*):([^:]*):(action|path)/(.*)$", re.DOTALL)
_FUNCTION = re.compile(r"(?:^|/)functions/(.+?)/(?:response-streaming-)?invocations/?$")
_SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"
FUNCTION, SERVICE, ADDRESS = "function", "service", "address"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`kind` is "function", "service" or "address"; `uri` is what it was read from, with its variables."""

    kind: str
    uri: str


def endpoint_of(integration: Integration) -> Endpoint:
    """The kind of thing behind an integration of any type but MOCK."""
    uri = str(integration.uri)
    if integration.type.upper() in ("HTTP", "HTTP_PROXY"):
        return Endpoint(ADDRESS, uri)
    # serverless.yml names a function by its own word.
    if re.search(r"(?:^|/)functions/", uri) or ":lambda:" in uri or re.fullmatch(r"[\w-]+", uri):
        return Endpoint(FUNCTION, uri)
    return Endpoint(SERVICE, uri)


def function_name(uri: str) -> str:
    """The function of a resolved URI: its name with a version or an alias, `name:alias`. GatewayFailure when there is none."""
    found = _FUNCTION.search(uri)
    arn = found[1] if found else uri
    name = arn.partition(":function:")[2] or arn
    if not name or name.startswith(("arn:", "http")):
        raise internal_error(f"{uri!r} names no function")
    return name


def service_url(uri: str, host_suffix: str = "amazonaws.com") -> str:
    """The URL of a resolved ARN of a service: `action/Name` becomes a query parameter Action, `path/x` the path.

    GatewayFailure when the URI is no such ARN.
    """
    found = _ARN.match(uri)
    if found is None:
        raise internal_error(f"{uri!r} is no URI of an AWS service")
    region, service, kind, rest = found[2], found[3], found[4], found[5]
    suffix = f"{host_suffix}.cn" if found[1] == "aws-cn" else host_suffix
    host = f"{service}.{region}.{suffix}" if region else f"{service}.{suffix}"
    if kind == "action":
        name, _, query = rest.partition("&")
        return f"https://{host}/?Action={name}" + (f"&{query}" if query else "")
    return f"https://{host}/{rest}"


def resolved(endpoint: Endpoint, path: Mapping[str, object], stage_variables: Mapping[str, object]) -> str:
    """The URI with its variables filled in."""
    return resolve_uri(endpoint.uri, path=path, stage_variables=stage_variables)


def full_url(url: str, added: Sequence[tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
    """The URL with query parameters added to its own, and all of them as pairs.

    GatewayFailure, "Invalid endpoint address", for one without a host, as recorded.
    """
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        valid = False
    if not valid or any(each.isspace() for each in parts.netloc):
        raise internal_error("Invalid endpoint address")
    query = [*parse_qsl(parts.query, keep_blank_values=True), *added]
    # What a template made may hold halves of characters, which no URL has.
    path = quote(parts.path or "/", safe=_SAFE_IN_PATH, errors="replace")
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(query, errors="replace"), "")), query


def path_and_host(url: str) -> tuple[str, str]:
    """The path of a URL, and its host with the port."""
    parts = urlsplit(url)
    return parts.path or "/", parts.netloc
