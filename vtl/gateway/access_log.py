"""The access log of a stage: one line a request, in the format that the API's author wrote.

See: "Set up CloudWatch logging for REST APIs in API Gateway": a format has $context variables and no Velocity; what has no value
is a hyphen.
"""

from __future__ import annotations

import json

from vtl.gateway.invocation import Invocation
from vtl.gateway.watch import Watch
from vtl.mapping.substitution import substituted
from vtl.messages import HttpResponse


def access_log_line(format: str, watch: Watch, response: HttpResponse, ms: float) -> str:  # noqa: A002
    """The line for a request that was answered, "" when no request was watched."""
    invocation = watch.invocation
    if invocation is None:
        return ""
    context = {**_known(invocation), **invocation.context, "status": str(response.status)}
    context |= {"responseLength": str(len(response.body)), "responseLatency": str(int(ms))}
    if invocation.integration_request is not None:
        answer = invocation.endpoint_response
        context["integrationLatency"] = str(invocation.latency_ms)
        context["integrationStatus"] = str(answer.status) if answer else None
        context["integration"] = {"latency": str(invocation.latency_ms), "status": str(answer.status) if answer else None}
    if watch.failure is not None:
        text = watch.failure.error_message
        context["error"] = {"message": text, "messageString": json.dumps(text), "responseType": watch.failure.response_type}
    line = substituted(format, context=context, stage_variables=invocation.stage_variables, missing="-")
    return " ".join(line.splitlines())


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
