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
from vtl.variables.copies import contextual, plain, readable

REQUEST_PARTS = ("path", "header", "querystring")
"""What $context.requestOverride has from the start, as recorded."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
IDENTITY = (
    "cognitoIdentityPoolId",
    "accountId",
    "cognitoIdentityId",
    "caller",
    "sourceIp",
    "principalOrgId",
    "accessKey",
    "cognitoAuthenticationType",
    "cognitoAuthenticationProvider",
    "userArn",
    "userAgent",
    "user",
)
"""Members of $context.identity as recorded; all but sourceIp and userAgent are null when the caller did not sign the request."""


def context_map(context: Mapping[str, object] = {}) -> ContextMap:
    """The $context of one render: a deep copy in ContextMaps, with requestOverride and responseOverride to write into.

    As recorded on AWS, requestOverride starts with path, header and querystring, responseOverride with header; maps print as
    nothing and iterate as java.util.HashMap does. A ContextMap is what another template of the same request left: the values that
    it put there keep their classes, so that they print as they did.
    """
    made: ContextMap = plain(context) if isinstance(context, ContextMap) else contextual(context)
    request = _child(made, "requestOverride")
    for part in REQUEST_PARTS:
        _child(request, part)
    _child(_child(made, "responseOverride"), "header")
    return made


def _child(parent: dict[Any, Any], name: str) -> dict[Any, Any]:
    found = parent.get(name)
    if isinstance(found, dict):
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
    there: no authorizer and no API key unless given, and null for what only a signed request has. `path` is the path of the
    request without the stage, which AWS puts before it.
    """
    dice = random.Random(seed)
    api_id, resource_id, deployment_id = (_word(dice, length) for length in (10, 10, 6))
    account_id = str(dice.randrange(10**11, 10**12))
    moment = _FIRST_DAY + timedelta(milliseconds=dice.randrange(366 * 24 * 60 * 60 * 1000))
    address = f"203.0.113.{dice.randrange(1, 255)}"
    request_id = str(uuid.UUID(int=dice.getrandbits(128), version=4))
    identity: dict[str, Any] = dict.fromkeys(IDENTITY)
    identity |= {"sourceIp": source_ip or address, "userAgent": user_agent}
    extended_id = base64.urlsafe_b64encode(dice.randbytes(11)).decode()
    if api_key is not None:
        identity |= {"apiKey": api_key, "apiKeyId": _word(dice, 10)}
    # In the recorded order, which decides between keys that share a bucket of the HashMap.
    context: dict[str, Any] = {
        "resourceId": resource_id if resource_path == "/" else resource_id[:6],
        "resourcePath": resource_path,
        "httpMethod": method,
        "extendedRequestId": extended_id,
        "requestTime": log_time(moment),
        "path": f"/{stage}/{path.removeprefix('/')}",
        "accountId": account_id,
        "protocol": "HTTP/1.1",
        "stage": stage,
        "domainPrefix": api_id,
        "requestTimeEpoch": int(moment.timestamp() * 1000),
        "requestId": request_id,
        "identity": identity,
        "domainName": f"{api_id}.execute-api.{region}.amazonaws.com",
        "deploymentId": deployment_id,
        "apiId": api_id,
    }
    return context if authorizer is None else {**context, "authorizer": dict(authorizer)}


def log_time(moment: datetime) -> str:
    """A moment in the Common Log Format, `dd/MMM/yyyy:HH:mm:ss +-hhmm`, as $context.requestTime has it."""
    date = f"{moment.day:02}/{_MONTHS[moment.month - 1]}/{moment.year:04}"
    zone = "+0000" if moment.tzinfo is UTC else f"{moment:%z}"
    return f"{date}:{moment.hour:02}:{moment.minute:02}:{moment.second:02} {zone}"


def _word(dice: random.Random, length: int) -> str:
    return "".join(dice.choice(_LETTERS) for _ in range(length))
