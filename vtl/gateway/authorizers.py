"""Authorizers: what a function or a token says about a caller.

See: "Use API Gateway Lambda authorizers", "Control access to REST APIs using Amazon Cognito user pools as an authorizer".
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fnmatch import translate
from typing import Any

from vtl.errors import VtlError
from vtl.gateway.front import arrived
from vtl.gateway.invocation import Invocation
from vtl.gateway.proxy_event import several
from vtl.limits import Limits
from vtl.mapping.failures import GatewayFailure
from vtl.mapping.substitution import looked_up
from vtl.messages import header
from vtl.model import Authorizer
from vtl.values.text import to_text

Authorize = Callable[[Mapping[str, Any]], Mapping[str, Any] | None]
"""Takes the event of a Lambda authorizer and gives its result: principalId, policyDocument, context, usageIdentifierKey."""

TOKEN, REQUEST, COGNITO, JWT = "TOKEN", "REQUEST", "COGNITO_USER_POOLS", "JWT"
_HEADER = "method.request.header."
_QUERY = "method.request.querystring."
_LIMITS = Limits()


def method_arn(invocation: Invocation) -> str:
    """The ARN that policies speak of: `arn:aws:execute-api:region:account:api/stage/METHOD/path`."""
    deployment, request = invocation.deployment, invocation.request
    scope = f"{deployment.region}:{deployment.account_id}:{deployment.api_id}"
    return f"arn:aws:execute-api:{scope}/{deployment.stage}/{request.method}/{request.path.lstrip('/')}"


def token_of(invocation: Invocation, authorizer: Authorizer) -> str:
    """The caller's token. GatewayFailure, 401, without one, or with one that the validation expression does not take."""
    source = authorizer.identity_source[0] if authorizer.identity_source else f"{_HEADER}Authorization"
    token = header(invocation.request.headers, source.removeprefix(_HEADER))
    if not token:
        raise GatewayFailure("UNAUTHORIZED", reason="the caller sent no token")
    pattern = authorizer.identity_validation_expression
    if pattern and not _matches(pattern, token):
        raise GatewayFailure("UNAUTHORIZED", reason="the token does not match the authorizer's validation expression")
    return token


def _matches(pattern: str, text: str) -> bool:
    from vtl.values.regex import compile as compile_pattern

    try:
        return compile_pattern(pattern).matches(_LIMITS, text)
    except VtlError as error:
        raise GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR", reason=error.message) from None


def authorizer_event(invocation: Invocation, authorizer: Authorizer) -> dict[str, Any]:
    """The event of a TOKEN or REQUEST authorizer. GatewayFailure, 401, when an identity source is missing."""
    if authorizer.type.upper() == TOKEN:
        token = token_of(invocation, authorizer)
        return {"type": TOKEN, "methodArn": method_arn(invocation), "authorizationToken": token}
    for source in authorizer.identity_source:
        if not _identity(invocation, source):
            raise GatewayFailure("UNAUTHORIZED", reason=f"{source} is missing")
    headers = arrived(invocation)
    request = invocation.request
    return {
        "type": REQUEST,
        "methodArn": method_arn(invocation),
        "resource": invocation.sole_plan.path,
        "path": request.path,
        "httpMethod": request.method,
        "headers": dict(headers),
        "multiValueHeaders": several(headers) or {},
        "queryStringParameters": dict(request.query),
        "multiValueQueryStringParameters": several(request.query) or {},
        "pathParameters": invocation.path_parameters,
        "stageVariables": dict(invocation.stage_variables),
        "requestContext": invocation.context,
    }


def _identity(invocation: Invocation, source: str) -> object:
    """What an identity source holds. GatewayFailure, 500, for what is no such source."""
    if source.startswith(_HEADER):
        return header(invocation.request.headers, source.removeprefix(_HEADER))
    if source.startswith(_QUERY):
        return invocation.querystring.get(source.removeprefix(_QUERY))
    if source.startswith("stageVariables."):
        return invocation.stage_variables.get(source.removeprefix("stageVariables."))
    if source.startswith("context."):
        return looked_up(invocation.context, tuple(source.split(".")[1:]))
    raise GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR", reason=f"{source!r} is no identity source")


def claims_of(token: str) -> dict[str, Any]:
    """The claims of a JWT, decoded and not verified: locally nobody has the keys. GatewayFailure, 401, for what is no JWT."""
    parts = token.removeprefix("Bearer ").strip().split(".")
    try:
        if len(parts) != 3:
            raise ValueError
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        if not isinstance(claims, dict):
            raise ValueError
    except (ValueError, RecursionError):
        raise GatewayFailure("UNAUTHORIZED", reason="the token is no JWT") from None
    return claims


def check_scopes(claims: Mapping[str, Any], wanted: Sequence[str]) -> None:
    """GatewayFailure, 401, when a method wants scopes and the token has none of them."""
    has = claims.get("scope")
    if wanted and not set(wanted) & set(has.split() if isinstance(has, str) else ()):
        raise GatewayFailure("UNAUTHORIZED", reason=f"the token has none of the scopes {', '.join(wanted)}")


def take_result(invocation: Invocation, result: object) -> dict[str, Any]:
    """$context.authorizer from the result of a Lambda authorizer. GatewayFailure: 403 when its policy denies, 500 when it is no
    result."""
    if not isinstance(result, Mapping) or not isinstance(result.get("policyDocument"), Mapping):
        raise GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR", reason="the authorizer gave no policyDocument")
    if not isinstance(result.get("principalId"), str):
        raise GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR", reason="the authorizer gave no principalId")
    if not _allows(result["policyDocument"], method_arn(invocation)):
        raise GatewayFailure(
            "ACCESS_DENIED",
            "User is not authorized to access this resource with an explicit deny"
            if _denies(result["policyDocument"], method_arn(invocation))
            else None,
        )
    extra = result.get("context")
    found = {str(name): _scalar(value) for name, value in extra.items()} if isinstance(extra, Mapping) else {}
    found["principalId"] = result["principalId"]
    if result.get("usageIdentifierKey"):
        found["usageIdentifierKey"] = result["usageIdentifierKey"]
    return found


def _scalar(value: object) -> object:
    """Values are texts to templates, as the guide says. GatewayFailure, 500, for objects and lists, which may not be there."""
    if value is None or isinstance(value, str | bool | int | float | Decimal):
        return value if value is None else to_text(value)
    raise GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR", reason="the authorizer's context holds more than texts and numbers")


def _allows(policy: Mapping[str, Any], arn: str) -> bool:
    return _has(policy, "Allow", arn) and not _denies(policy, arn)


def _denies(policy: Mapping[str, Any], arn: str) -> bool:
    return _has(policy, "Deny", arn)


def _has(policy: Mapping[str, Any], effect: str, arn: str) -> bool:
    statements = policy.get("Statement")
    for statement in statements if isinstance(statements, list | tuple) else [statements]:
        if isinstance(statement, Mapping) and statement.get("Effect") == effect:
            actions, resources = (_listed(statement.get(name)) for name in ("Action", "Resource"))
            if any(_like(each.lower(), "execute-api:invoke") for each in actions) and any(_like(each, arn) for each in resources):
                return True
    return False


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)] if value is not None else []


def _like(pattern: str, text: str) -> bool:
    """IAM's wildcards: `*` for any text, `?` for one character, and nothing else."""
    return re.fullmatch(translate(pattern.replace("[", "[[]")), text) is not None


def authorizer_named(authorizers: Mapping[str, Authorizer], name: str | None) -> Authorizer:
    """The authorizer of a method. GatewayFailure, 500, when the document has none of that name."""
    found = authorizers.get(name or "")
    if found is None:
        raise GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR", reason=f"there is no authorizer {name!r}")
    return found
