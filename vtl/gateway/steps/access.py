"""Who may call: the resource policy, the authorizer and the API key."""

from __future__ import annotations

from typing import Any

from vtl.errors import BackendError, FunctionError
from vtl.gateway.authorizers import (
    COGNITO,
    JWT,
    Authorize,
    authorizer_event,
    authorizer_named,
    check_scopes,
    claims_of,
    take_result,
    token_of,
)
from vtl.gateway.endpoints import function_name
from vtl.gateway.failed_functions import payload_of
from vtl.gateway.invocation import LAMBDA, BackendCall, Invocation, Step
from vtl.mapping.failures import GatewayFailure, internal_error
from vtl.mapping.uris import resolve_uri
from vtl.messages import header
from vtl.model import Authorizer

_KEY = "x-api-key"


def resource_policy(invocation: Invocation) -> Step:
    """Ask the policy that the gateway was given; without one everybody may call.

    GatewayFailure: 403 when it says no, 500 when it raises.
    """
    yield from ()
    policy = invocation.deployment.policy
    if policy is None:
        return
    try:
        allowed = policy(invocation.context)
    except GatewayFailure:
        raise
    except (Exception, SystemExit) as error:
        raise internal_error(f"the resource policy failed: {type(error).__name__}: {error}") from error
    if not allowed:
        raise GatewayFailure("ACCESS_DENIED")


def authorizer(invocation: Invocation) -> Step:
    """Ask the method's authorizer, and keep what it says in $context.authorizer.

    GatewayFailure: 401 without credentials, 403 when they are refused, 500 when the authorizer fails. AWS_IAM lets everybody
    pass: locally nobody has the keys that a signature could be checked with.
    """
    method, deployment = invocation.sole_plan.method, invocation.deployment
    if method.authorization_type.upper() in ("NONE", "AWS_IAM", "") or not deployment.authorize or invocation.is_test:
        return
    found = authorizer_named(deployment.authorizers, method.authorizer)
    if found.type.upper() in (COGNITO, JWT) and _own(invocation, found) is None:
        claims = claims_of(token_of(invocation, found))
        check_scopes(claims, method.authorization_scopes)
        invocation.context["authorizer"] = {"claims": claims}
        return
    event = authorizer_event(invocation, found)
    try:
        result = yield from _result(invocation, found, event)
    except (FunctionError, BackendError) as error:
        if isinstance(error, FunctionError) and _message(error.payload) == "Unauthorized":
            raise GatewayFailure("UNAUTHORIZED") from None
        raise GatewayFailure("AUTHORIZER_FAILURE", reason=error.message) from None
    invocation.context["authorizer"] = take_result(invocation, result)


def _result(invocation: Invocation, found: Authorizer, event: dict[str, Any]) -> Any:
    call = _own(invocation, found)
    if call is not None:
        try:
            return call(event)
        except (BackendError, FunctionError):
            raise
        except (Exception, SystemExit) as error:
            raise FunctionError(payload_of(error)) from error
    uri = resolve_uri(str(found.uri), path={}, stage_variables=invocation.stage_variables)
    return (yield BackendCall(LAMBDA, function=function_name(uri), event=event))


def _own(invocation: Invocation, found: Authorizer) -> Authorize | None:
    """The function that speaks for an authorizer here."""
    deployment = invocation.deployment
    every = deployment.authorize if callable(deployment.authorize) else None
    return deployment.authorizer_calls.get(found.name, every)


def _message(payload: object) -> object:
    return payload.get("errorMessage") if isinstance(payload, dict) else None


def api_key(invocation: Invocation) -> Step:
    """Look the caller's API key up among those that the gateway was given; without any, every caller passes.

    GatewayFailure, 403 "Forbidden", for a key that is missing or unknown. The key may come from the authorizer.
    """
    yield from ()
    keys = invocation.deployment.api_keys
    if not invocation.sole_plan.method.api_key_required or keys is None or invocation.is_test:
        return
    if invocation.deployment.api.api_key_source.upper() == "AUTHORIZER":
        key = (invocation.context.get("authorizer") or {}).get("usageIdentifierKey")
    else:
        key = header(invocation.request.headers, _KEY)
    if not isinstance(key, str) or key not in keys:
        raise GatewayFailure("INVALID_API_KEY")
    invocation.context["identity"] |= {"apiKey": key, "apiKeyId": keys[key]}
