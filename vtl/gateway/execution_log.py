"""The execution log of one request, line by line as AWS writes it, and `TestInvocation`, the answer of `Gateway.test_invoke`.

See: TestInvokeMethod in the API reference; the lines are recorded, and so are the cuts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from vtl.gateway.endpoints import service_url
from vtl.gateway.invocation import Invocation
from vtl.gateway.proxy_answer import FUNCTION_ERROR
from vtl.mapping.failures import GatewayFailure
from vtl.mapping.selection import media_type
from vtl.messages import HttpRequest, HttpResponse

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONGEST = 1024
_CUT = " [TRUNCATED]"


@dataclass(frozen=True, slots=True)
class TestInvocation:
    """The answer to a test of a method, with its execution log."""

    __test__ = False

    status: int
    headers: Mapping[str, str]
    multi_value_headers: Mapping[str, list[str]]
    body: str
    log: str
    latency: int


def execution_log(invocation: Invocation, failure: GatewayFailure | None, path: str) -> str:
    """The log of a request that has been answered; `path` is how the first lines name the resource."""
    request_id, moment = invocation.request_id, datetime.fromtimestamp(invocation.started, UTC)
    stamp = f"{_DAYS[moment.weekday()]} {_MONTHS[moment.month - 1]} {moment:%d %H:%M:%S} UTC {moment:%Y} : "
    lines = [f"Starting execution for request: {request_id}", *_request_lines(invocation, path), *_endpoint_lines(invocation)]
    answer = invocation.response
    if failure is not None:
        lines.append(_failure_line(invocation, failure))
    else:
        lines.append(f"Method response body after transformations: {_cut(answer.body.decode('utf-8', 'replace'))}")
        lines.append(f"Method response headers: {_braced(answer.headers)}")
        lines.append("Successfully completed execution")
    lines.append(f"Method completed with status: {answer.status}")
    return "\n".join([f"Execution log for request {request_id}", *(stamp + line for line in lines), ""])


def _request_lines(invocation: Invocation, path: str) -> list[str]:
    request = invocation.request
    return [
        f"HTTP Method: {request.method}, Resource Path: {path}",
        f"Method request path: {_braced(invocation.path_parameters.items())}",
        f"Method request query string: {_braced(request.query)}",
        f"Method request headers: {_braced(request.headers)}",
        f"Method request body before transformations: {_cut(request.body.decode('utf-8', 'replace'))}",
        *([f"Request validation succeeded for content type {invocation.validated}"] if invocation.validated else []),
    ]


def _endpoint_lines(invocation: Invocation) -> list[str]:
    """What went to the backend and what came back; a MOCK has none of it."""
    request, answer = invocation.integration_request, _endpoint_answer(invocation)
    if request is None:
        return []
    url = _address(request.url)
    lines = [
        f"Endpoint request URI: {url}",
        f"Endpoint request headers: {_braced(_masked(request))}{_CUT}",
        f"Endpoint request body after transformations: {_cut(request.body.decode('utf-8', 'replace'))}",
        f"Sending request to {url}",
    ]
    if answer is not None:
        lines += [
            f"Received response. Status: {answer.status}, Integration latency: {invocation.latency_ms} ms",
            f"Endpoint response headers: {_braced(answer.headers)}",
            f"Endpoint response body before transformations: {_cut(answer.body.decode('utf-8', 'replace'))}",
        ]
    return lines


def _endpoint_answer(invocation: Invocation) -> HttpResponse | None:
    """What came back. A function's result is told as Lambda gives it, with Lambda's own status, be it an answer or not."""
    result = invocation.function_result
    if result is None:
        return invocation.endpoint_response
    return HttpResponse(200, [("Content-Type", "application/json")], result.encode())


def _address(url: str) -> str:
    """A function is called at the address of its service; its request names it by the integration's URI alone."""
    try:
        return service_url(url) if url.startswith("arn:") else url
    except GatewayFailure:
        return url


def _masked(request: HttpRequest) -> Iterable[tuple[str, str]]:
    return ((name, "*" * 8 if name.lower() == "authorization" else value) for name, value in request.headers)


def _braced(pairs: Iterable[tuple[str, str]]) -> str:
    """As Java prints a map: the values of one name joined by a comma."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return "{" + ", ".join(f"{name}={','.join(values)}" for name, values in found.items()) + "}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + _CUT


def _failure_line(invocation: Invocation, failure: GatewayFailure) -> str:
    """Bodies that a model refuses and functions that fail have words of their own, as deployed stacks report them."""
    reason = failure.reason or failure.error_message
    if failure.response_type == "BAD_REQUEST_BODY" and failure.reason:
        return f"Request body does not match model schema for content type {media_type(invocation.content_type)}: {reason}"
    if failure.reason.startswith(FUNCTION_ERROR):
        return failure.reason
    return f"Execution failed due to {_cause(failure)}: {reason}"


def _cause(failure: GatewayFailure) -> str:
    return "configuration error" if failure.status in (500, 502) else failure.response_type.lower().replace("_", " ")
