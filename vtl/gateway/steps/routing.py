"""The first step: which method takes the request, and what everybody behind it needs to know of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vtl.gateway.compression import MOST_BODY, request_body
from vtl.gateway.headers import seen
from vtl.gateway.invocation import Invocation, Step
from vtl.mapping.failures import GatewayFailure


def routing(invocation: Invocation) -> Step:
    """Find resource and method. GatewayFailure: 403 "Missing Authentication Token" without one, 413 for a body too large, 415 for
    one whose coding is not known to an API with compression."""
    yield from ()
    _override_method(invocation)
    request, deployment = invocation.request, invocation.deployment
    route = invocation.route or deployment.routes.match(request.method, request.path)
    own = invocation.own_stage_variables
    invocation.stage_variables = deployment.stage_variables if own is None else own
    if route is None:
        raise GatewayFailure("MISSING_AUTHENTICATION_TOKEN", reason=f"no method {request.method} {request.path}")
    invocation.route = route
    invocation.plan = deployment.plans[route.resource, route.method]
    invocation.path_parameters = route.path_parameters
    invocation.headers = seen(request.headers)
    invocation.querystring = dict(request.query)
    if invocation.watch:
        invocation.watch.note(" ".join((f"{route.method} {route.resource}", *_parameters(route.path_parameters))))
    if len(request.body) > MOST_BODY:
        raise GatewayFailure("REQUEST_TOO_LARGE")
    coding = invocation.sent.get("content-encoding")
    if coding and deployment.api.minimum_compression_size is not None:
        invocation.request = replace(request, body=request_body(request.body, coding))
        invocation.headers = [pair for pair in invocation.headers if pair[0].lower() != "content-encoding"]


def _override_method(invocation: Invocation) -> None:
    """X-HTTP-Method-Override changes the method, as the guide's important notes say."""
    wanted = invocation.sent.get("x-http-method-override")
    if wanted and wanted.isalpha():
        invocation.request = replace(invocation.request, method=wanted.upper())


def _parameters(parameters: dict[str, str]) -> Iterator[str]:
    return (f"{name}={value}" for name, value in parameters.items())
