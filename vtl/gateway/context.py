"""$context of a request: the members that AWS sets, in the recorded order, which decides how a template iterates over them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from vtl.variables.context import IDENTITY, log_time

if TYPE_CHECKING:
    from vtl.gateway.invocation import Invocation


def request_context(invocation: Invocation) -> dict[str, Any]:
    """The tree for a request that was routed."""
    deployment, request, plan = invocation.deployment, invocation.request, invocation.sole_plan
    # Locally the Host keeps its port, so that a URL which a template makes of it leads back here.
    domain = invocation.sent.get("host") or deployment.domain
    identity: dict[str, Any] = dict.fromkeys(IDENTITY)
    identity["sourceIp"] = request.source_ip or "127.0.0.1"
    identity["userAgent"] = invocation.sent.get("user-agent")
    if invocation.is_test:
        identity |= {"sourceIp": "test-invoke-source-ip", "accountId": deployment.account_id}
        identity |= {"userAgent": identity["userAgent"] or "vtl"}
    return {
        "resourceId": plan.resource_id,
        "resourcePath": plan.path,
        "httpMethod": request.method,
        "extendedRequestId": invocation.extended_id,
        "requestTime": log_time(datetime.fromtimestamp(invocation.started, UTC)),
        "path": plan.path if invocation.is_test else f"/{deployment.stage}{request.path}",
        "accountId": deployment.account_id,
        "protocol": request.protocol,
        "stage": "test-invoke-stage" if invocation.is_test else deployment.stage,
        "domainPrefix": domain.partition(".")[0],
        "requestTimeEpoch": int(invocation.started * 1000),
        "requestId": invocation.request_id,
        "identity": identity,
        "domainName": domain,
        "deploymentId": deployment.deployment_id,
        "apiId": deployment.api_id,
    }
