"""The last step: what AWS adds to every answer."""

from __future__ import annotations

from vtl.gateway.compression import compressed
from vtl.gateway.headers import without
from vtl.gateway.invocation import Invocation, Step
from vtl.messages import HttpResponse

_TRACED = frozenset({"HTTP", "AWS", "AWS_PROXY"})


def method_response(invocation: Invocation) -> Step:
    """Add the trace id, which MOCK and HTTP_PROXY do not have, as recorded; compress where the API does."""
    yield from ()
    minimum = invocation.deployment.api.minimum_compression_size
    if minimum is not None:
        invocation.response = compressed(invocation.response, invocation.sent.get("accept-encoding"), minimum)
    if invocation.sole_plan.type in _TRACED:
        answer = invocation.response
        trace = ("X-Amzn-Trace-Id", invocation.trace_id)
        headers = [*without(answer.headers, [trace]), trace]
        invocation.response = HttpResponse(answer.status, headers, answer.body)
