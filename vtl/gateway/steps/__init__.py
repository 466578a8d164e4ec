"""The steps of a request, one to a function, in THE order: whoever wants to know what happens when reads this tuple."""

from __future__ import annotations

from vtl.gateway.steps.access import api_key, authorizer, resource_policy
from vtl.gateway.steps.integration import integration
from vtl.gateway.steps.integration_request import integration_request
from vtl.gateway.steps.integration_response import integration_response
from vtl.gateway.steps.method_response import method_response
from vtl.gateway.steps.routing import routing
from vtl.gateway.steps.transform import transform_request, transform_response
from vtl.gateway.steps.validation import validation

STEPS = (
    routing,
    resource_policy,
    authorizer,
    api_key,
    validation,
    integration_request,
    transform_request,
    integration,
    transform_response,
    integration_response,
    method_response,
)
