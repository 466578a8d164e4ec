"""`refusals`: what API Gateway says to an integration that it does not take, which no request would ever reach there.

See: PutIntegration in the API reference; the messages are recorded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vtl.model import Integration

_ARN = re.compile(r"arn:[\w-]+:")
_SERVICE = re.compile(r"arn:[\w-]+:apigateway:[^:]*:[^:]+:(?:path|action)/")
_PROXIED = re.compile(
    r"arn:[\w-]+:apigateway:[^:]*:(?:lambda:path/.*/?functions/.+/(?:response-streaming-)?invocations|firehose:action/)"
)
_UNKNOWN = re.compile(r"\$?\{")
"""A stage variable, or what another tool fills in before AWS sees it."""


_TYPES = ("MOCK", "HTTP", "HTTP_PROXY", "AWS", "AWS_PROXY")
_METHOD_HINT = "httpMethod is the method of the request to the backend; functions take POST alone"
_ADDRESS_HINT = "https://host/path"
_RESOURCE_HINT = (
    "arn:aws:apigateway:REGION:SERVICE:action/NAME or :path/PATH; for a function"
    " arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION_ARN/invocations"
)


class Refusal(NamedTuple):
    """The message of the error, and what would be taken."""

    message: str
    hint: str


def refusals(integration: Integration) -> Iterator[Refusal]:
    """The errors of an integration; of a type or a URI of which a part is not known yet nothing is said."""
    kind, uri = integration.type.upper(), integration.uri
    if kind not in _TYPES:
        if not _is_unknown(integration.type):
            said = f"there is no type {str(integration.type)!r}" if kind else "it has no type"
            yield Refusal(said, f"type is one of {', '.join(_TYPES)}")
        return
    if kind == "MOCK":
        return
    if not integration.http_method:
        yield Refusal("Enumeration value for HttpMethod must be non-empty", _METHOD_HINT)
    message = _address(uri) if kind.startswith("HTTP") else _resource(uri, proxy=kind == "AWS_PROXY")
    if message is not None and not _is_unknown(uri):
        yield Refusal(message, _ADDRESS_HINT if kind.startswith("HTTP") else _RESOURCE_HINT)


def _is_unknown(text: str) -> bool:
    return bool(getattr(text, "placeholders", None)) or _UNKNOWN.search(text) is not None


def _address(uri: str) -> str | None:
    return None if uri.startswith(("http://", "https://")) else "Invalid HTTP endpoint specified for URI"


def _resource(uri: str, *, proxy: bool) -> str | None:
    if not _ARN.match(uri):
        return "Invalid ARN specified in the request"
    if not _SERVICE.match(uri):
        return "AWS ARN for integration must contain path or action"
    if proxy and not _PROXIED.match(uri):
        return "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations."
    return None
