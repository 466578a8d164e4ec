"""`refusal`: what API Gateway says to an integration that it does not take, which no request would ever reach there.

See: PutIntegration in the API reference; the messages are recorded.
"""

from __future__ import annotations

import re

from vtl.model import Integration

_ARN = re.compile(r"arn:[\w-]+:")
_SERVICE = re.compile(r"arn:[\w-]+:apigateway:[^:]*:[^:]+:(?:path|action)/")
_PROXIED = re.compile(
    r"arn:[\w-]+:apigateway:[^:]*:(?:lambda:path/.*/?functions/.+/(?:response-streaming-)?invocations|firehose:action/)"
)
_UNKNOWN = re.compile(r"\$?\{")
"""A stage variable, or what another tool fills in before AWS sees it."""


def refusal(integration: Integration) -> str | None:
    """The message of the error, None for an integration that is taken, or of whose URI a part is not known yet."""
    kind, uri = integration.type.upper(), integration.uri
    if kind not in ("HTTP", "HTTP_PROXY", "AWS", "AWS_PROXY"):
        return None
    if not integration.http_method:
        return "Enumeration value for HttpMethod must be non-empty"
    message = _address(uri) if kind.startswith("HTTP") else _resource(uri, proxy=kind == "AWS_PROXY")
    return None if message is None or getattr(uri, "placeholders", None) or _UNKNOWN.search(uri) else message


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
