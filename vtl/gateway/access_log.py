"""The access log of a stage: one line a request, in the format that the API's author wrote.

See: "Set up CloudWatch logging for REST APIs in API Gateway": a format has $context variables and no Velocity; what has no value
is a hyphen.
"""

from __future__ import annotations

from vtl.gateway.gateway_responses import error_of
from vtl.gateway.invocation import Invocation
from vtl.gateway.watch import Watch
from vtl.mapping.failures import GatewayFailure
from vtl.mapping.substitution import substituted
from vtl.messages import HttpResponse, header


def access_log_line(format: str, watch: Watch, response: HttpResponse, ms: float) -> str:  # noqa: A002
    """The line for a request that was answered, "" when no request was watched."""
    invocation = watch.invocation
    if invocation is None:
        return ""
    context = {**_known(invocation), **invocation.context, "status": str(response.status)}
    context |= {"responseLength": str(len(response.body)), "responseLatency": str(int(ms))}
    if invocation.integration_request is not None:
        context |= _integration(invocation, watch.failure)
    if watch.failure is not None:
        context["error"] = error_of(watch.failure)
    line = substituted(format, context=context, stage_variables=invocation.stage_variables, missing="-")
    return " ".join(line.splitlines())


def _integration(invocation: Invocation, failure: GatewayFailure | None) -> dict[str, object]:
    """What the integration did, under its old names and its new ones. Behind AWS_PROXY the status is what the function names;
    Lambda's own, which answered, is 200."""
    answer, latency = invocation.endpoint_response, str(invocation.latency_ms)
    status = str(answer.status) if answer else None
    own = "200" if answer and invocation.sole_plan.type == "AWS_PROXY" else status
    error = failure.reason or failure.error_message if failure and answer is None else None
    request_id = header(answer.headers, "x-amzn-RequestId") if answer else None
    details = {"latency": latency, "status": status, "integrationStatus": own, "error": error, "requestId": request_id}
    return {
        "integration": details,
        "integrationLatency": latency,
        "integrationStatus": own,
        "integrationErrorMessage": error,
        "awsEndpointRequestId": request_id,
    }


def _known(invocation: Invocation) -> dict[str, object]:
    """What is known of a request that no method took."""
    deployment, request = invocation.deployment, invocation.request
    return {
        "requestId": invocation.request_id,
        "extendedRequestId": invocation.extended_id,
        "httpMethod": request.method,
        "path": f"/{deployment.stage}{request.path}",
        "protocol": request.protocol,
        "stage": deployment.stage,
        "apiId": deployment.api_id,
        "accountId": deployment.account_id,
        "identity": {"sourceIp": request.source_ip or None},
    }
