"""The integration itself: MOCK, a function, a service of AWS, an HTTP address."""

from __future__ import annotations

import json
import time
from dataclasses import replace

from vtl.errors import BackendError, BackendTimeout, FunctionError
from vtl.gateway.endpoints import ADDRESS, FUNCTION, function_name
from vtl.gateway.invocation import AWS, HTTP, LAMBDA, BackendCall, Invocation, Step
from vtl.gateway.mock_status import mock_status
from vtl.gateway.proxy_answer import failed, proxy_answer
from vtl.gateway.proxy_event import proxy_event
from vtl.gateway.steps.templates import excerpt
from vtl.mapping.failures import GatewayFailure
from vtl.mapping.selection import is_binary
from vtl.messages import HttpResponse, header

_EMPTY = HttpResponse(200, [("Content-Type", "application/json")], b"")


def integration(invocation: Invocation) -> Step:
    """Call what stands behind the method. GatewayFailure: 504 when it cannot be reached or is too slow, 502 for a function that
    fails behind AWS_PROXY."""
    plan = invocation.sole_plan
    if invocation.is_refused:
        return
    if plan.type == "MOCK":
        invocation.endpoint_response = _mock(invocation)
        return
    started = time.perf_counter()
    try:
        if plan.endpoint.kind == FUNCTION:
            yield from _function(invocation)
        else:
            request = invocation.integration_request
            kind = HTTP if plan.endpoint.kind == ADDRESS else AWS
            invocation.endpoint_response = yield BackendCall(kind, request, timeout=plan.timeout)
    except BackendTimeout as error:
        raise GatewayFailure("INTEGRATION_TIMEOUT", reason=error.message) from None
    except BackendError as error:
        raise GatewayFailure("INTEGRATION_FAILURE", reason=error.message) from None
    finally:
        invocation.latency_ms = int((time.perf_counter() - started) * 1000)
    if invocation.watch and invocation.endpoint_response:
        answer = invocation.endpoint_response
        invocation.watch.note(
            f"{answer.status}, {header(answer.headers, 'Content-Type') or 'no Content-Type'}: {excerpt(answer.body)}"
        )


def _mock(invocation: Invocation) -> HttpResponse:
    """A MOCK has no backend: its request document names the status that patterns are compared with, and is not seen again."""
    body = invocation.body if isinstance(invocation.body, str) else invocation.body.decode("utf-8", "replace")
    passed = not invocation.sole_plan.templates and not body.strip()
    invocation.mock_status = 200 if passed else mock_status(body)
    return HttpResponse(invocation.mock_status)


def _function(invocation: Invocation) -> Step:
    plan, request = invocation.sole_plan, invocation.integration_request
    assert request is not None
    name = function_name(request.url)
    if invocation.watch:
        invocation.watch.note(f"function {name}")
    if plan.type == "AWS_PROXY":
        try:
            event = proxy_event(invocation)
            if invocation.watch:
                invocation.integration_request = replace(request, body=json.dumps(event).encode())
            result = yield BackendCall(LAMBDA, function=name, event=event, timeout=plan.timeout)
            invocation.function_result = _marshalled(result)
        except FunctionError as error:
            invocation.function_result = json.dumps(error.payload, default=str)
            raise failed(invocation.function_result) from None
        accept = header(invocation.request.headers, "Accept")
        invocation.endpoint_response = proxy_answer(result, decodes=is_binary(accept, invocation.deployment.binary_media_types))
        return
    call = BackendCall(LAMBDA, request, name, _event(request.body), plan.timeout)
    headers = [("Content-Type", "application/json")]
    try:
        result = yield call
        text = _marshalled(result)
    except FunctionError as error:
        result = error.payload
        text = json.dumps(result, default=str)
        headers.append(("X-Amz-Function-Error", "Unhandled"))
    if (header(request.headers, "X-Amz-Invocation-Type") or "").lower() == "event":
        invocation.endpoint_response = _EMPTY
        return
    invocation.error_message = _error_message(result)
    invocation.endpoint_response = HttpResponse(200, headers, text.encode())


def _marshalled(result: object) -> str:
    """A function's result as the Lambda runtime writes it. FunctionError for what JSON cannot hold, as there."""
    try:
        return json.dumps(result)
    except (TypeError, ValueError, RecursionError) as error:
        message = f"Unable to marshal response: {error}"
        failed = {"errorMessage": message, "errorType": "Runtime.MarshalError", "requestId": "", "stackTrace": []}
        raise FunctionError(failed) from None


def _event(body: bytes) -> object:
    """A function's event is JSON. GatewayFailure, 400, for a body that is none: with this message Lambda refuses it."""
    try:
        return json.loads(body.strip() or b"{}")
    except (ValueError, RecursionError) as error:
        raise GatewayFailure("BAD_REQUEST_BODY", f"Could not parse request body into json: {error}") from None


def _error_message(result: object) -> str | None:
    found = result.get("errorMessage") if isinstance(result, dict) else None
    return found if isinstance(found, str) or found is None else json.dumps(found)
