"""`x-vtl-transform`: JSON to XML or SOAP on the way to the backend, and back again. AWS has no such step; documents opt in.

The first stands behind the request template, the second before the response template. What the transform refuses never reaches
the backend: its refusal is taken for the backend's answer, so that the API's own integration responses see it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vtl.errors import VtlError
from vtl.gateway.invocation import Invocation, Step
from vtl.gateway.steps.templates import excerpt
from vtl.mapping.failures import internal_error
from vtl.messages import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from vtl.transforms.pipeline import Transform


def transform_request(invocation: Invocation) -> Step:
    """Turn the body for the backend. GatewayFailure, 500, for an `x-vtl-transform` that cannot be used."""
    yield from ()
    request = invocation.integration_request
    if invocation.sole_plan.integration.transform is None or request is None:
        return
    transform = _usable(invocation)
    try:
        body, headers = transform.request(request.body, request.headers)
    except VtlError as error:
        status, body, headers = transform.refusal(error)
        invocation.endpoint_response = HttpResponse(status, headers, body)
        invocation.is_refused = True
        return
    invocation.integration_request = _with_body(request, body, headers)
    if invocation.watch:
        invocation.watch.note(f"to the backend: {excerpt(body)}")


def transform_response(invocation: Invocation) -> Step:
    """Turn the backend's answer. What is no XML or no SOAP becomes an error that can be read, faults their statuses."""
    yield from ()
    answer = invocation.endpoint_response
    if invocation.sole_plan.integration.transform is None or answer is None or invocation.is_refused:
        return
    status, body, headers = _usable(invocation).response(answer.status, answer.body, answer.headers)
    invocation.endpoint_response = HttpResponse(status, headers, body)
    if invocation.watch:
        invocation.watch.note(f"{status}: {excerpt(body)}")


def _usable(invocation: Invocation) -> Transform:
    try:
        return invocation.sole_plan.transform
    except VtlError as error:
        raise internal_error(f"x-vtl-transform: {error.message}") from None


def _with_body(request: HttpRequest, body: bytes, headers: list[tuple[str, str]]) -> HttpRequest:
    kept = [pair for pair in headers if pair[0].lower() != "content-length"]
    return replace(request, body=body, headers=[*kept, ("Content-Length", str(len(body)))])
