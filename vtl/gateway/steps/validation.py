"""Request validation, where the method has a validator."""

from __future__ import annotations

from vtl.gateway.front import arrived
from vtl.gateway.invocation import Invocation, Step
from vtl.gateway.validation import missing_parameters
from vtl.mapping.failures import GatewayFailure
from vtl.mapping.selection import media_type


def validation(invocation: Invocation) -> Step:
    """Check parameters, then the body. GatewayFailure, 400, with the recorded messages."""
    yield from ()
    asked = invocation.sole_plan.validation
    if asked.parameters:
        headers = dict(arrived(invocation))
        missing = missing_parameters(asked.parameters, headers, invocation.path_parameters, invocation.querystring)
        if missing:
            raise GatewayFailure("BAD_REQUEST_PARAMETERS", f"Missing required request parameters: [{', '.join(missing)}]")
    if asked.models is not None:
        models = invocation.sole_plan.method.request_models
        if asked.models.check(invocation.request.body, invocation.content_type, models):
            invocation.validated = media_type(invocation.content_type)
