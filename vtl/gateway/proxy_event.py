"""AWS_PROXY: the event that a function gets.

See: "Lambda proxy integrations in API Gateway"; the order of keys and what is null are recorded.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from vtl.gateway.front import arrived
from vtl.gateway.invocation import Invocation
from vtl.mapping.selection import is_binary
from vtl.messages import header


def proxy_event(invocation: Invocation) -> dict[str, Any]:
    """The event of payload version 1.0. The path stays encoded as it was sent; slashes in front of it become one."""
    request, plan = invocation.request, invocation.sole_plan
    names = sorted(arrived(invocation), key=lambda pair: pair[0].lower())
    binary = is_binary(header(request.headers, "Content-Type"), invocation.deployment.binary_media_types)
    body = base64.b64encode(request.body).decode() if binary else request.body.decode("utf-8", "replace")
    context = {name: value for name, value in invocation.context.items() if name not in ("requestOverride", "responseOverride")}
    return {
        "resource": plan.path,
        "path": "/" + request.path.lstrip("/"),
        "httpMethod": request.method,
        "headers": dict(names) or None,
        "multiValueHeaders": several(names),
        "queryStringParameters": dict(request.query) or None,
        "multiValueQueryStringParameters": several(request.query),
        "pathParameters": invocation.path_parameters or None,
        "stageVariables": dict(invocation.stage_variables) or None,
        "requestContext": context,
        "body": body or None,
        "isBase64Encoded": binary and bool(body),
    }


def several(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]] | None:
    """All values of each name; None when there are none."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found or None
