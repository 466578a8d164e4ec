"""$context: the tree that a template sees, and a plausible one for those who have no request of AWS at hand.

See: API Gateway mapping template and access logging variable reference, "$context variables".
"""

from __future__ import annotations

import base64
import random
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from vtl.values.kinds import ContextMap
from vtl.variables.copies import contextual, readable

REQUEST_PARTS = ("path", "header", "querystring")
"""What $context.requestOverride has from the start, as recorded."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNSIGNED = (
    "accessKey",
    "accountId",
    "caller",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "user",
    "userArn",
)
"""Members of $context.identity that are there, but null, when the caller did not sign the request."""


def context_map(context: Mapping[str, object] = {}) -> ContextMap:
    """The $context of one render: a deep copy in ContextMaps, with requestOverride and responseOverride to write into.

    As recorded on AWS, requestOverride starts with path, header and querystring, responseOverride with header; maps print as
    nothing and iterate as java.util.HashMap does.
    """
    made = contextual(context)
    request = _child(made, "requestOverride")
    for part in REQUEST_PARTS:
        _child(request, part)
    _child(_child(made, "responseOverride"), "header")
    return made


def _child(parent: ContextMap, name: str) -> ContextMap:
    found = parent.get(name)
    if isinstance(found, ContextMap):
        return found
    parent[name] = made = ContextMap()
    return made


def context_after(context: ContextMap) -> dict[str, Any]:
    """The $context after a render, as plain dicts, lists and scalars."""
    after: dict[str, Any] = readable(context)
    return after


def default_context(
    seed: int = 0,
    *,
    method: str = "POST",
    resource_path: str = "/",
    path: str = "/",
    stage: str = "test",
    region: str = "us-east-1",
    user_agent: str = "curl/8.5.0",
    source_ip: str | None = None,
    api_key: str | None = None,
    authorizer: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """A complete $context of a REST request that nobody signed, in the shapes of AWS; the same seed gives the same.

    It has the members that were recorded for such a request, so that a template which walks through them sees what it would see
    there: no authorizer unless one is given, no API key in `identity` unless one is given, and null for what only a signed
    request has. `path` is the path of the request without the stage, which AWS puts before it.
    """
    dice = random.Random(seed)
    api_id = _word(dice, 10)
    account = str(dice.randrange(10**11, 10**12))
    moment = _FIRST_DAY + timedelta(milliseconds=dice.randrange(366 * 24 * 60 * 60 * 1000))
    request_id = str(uuid.UUID(int=dice.getrandbits(128), version=4))
    extended_id = base64.urlsafe_b64encode(dice.randbytes(11)).decode()
    resource_id = _word(dice, 6)
    root_id = _word(dice, 10)
    address = f"203.0.113.{dice.randrange(1, 255)}"
    identity: dict[str, Any] = {**dict.fromkeys(_UNSIGNED), "sourceIp": source_ip or address, "userAgent": user_agent}
    deployment_id = _word(dice, 6)
    if api_key is not None:
        identity |= {"apiKey": api_key, "apiKeyId": _word(dice, 10)}
    context: dict[str, Any] = {
        "accountId": account,
        "apiId": api_id,
        "deploymentId": deployment_id,
        "domainName": f"{api_id}.execute-api.{region}.amazonaws.com",
        "domainPrefix": api_id,
        "extendedRequestId": extended_id,
        "httpMethod": method,
        "identity": identity,
        "path": f"/{stage}{path}" if path.startswith("/") else f"/{stage}/{path}",
        "protocol": "HTTP/1.1",
        "requestId": request_id,
        "requestTime": log_time(moment),
        "requestTimeEpoch": int(moment.timestamp() * 1000),
        "resourceId": root_id if resource_path == "/" else resource_id,
        "resourcePath": resource_path,
        "stage": stage,
    }
    if authorizer is not None:
        context["authorizer"] = dict(authorizer)
    return context


def log_time(moment: datetime) -> str:
    """A moment in the Common Log Format, `dd/MMM/yyyy:HH:mm:ss +-hhmm`, as $context.requestTime has it."""
    return f"{moment:%d}/{_MONTHS[moment.month - 1]}/{moment:%Y:%H:%M:%S %z}"


def _word(dice: random.Random, length: int) -> str:
    return "".join(dice.choice(_LETTERS) for _ in range(length))
