"""From the backend's answer to the caller's: selection, content, template, parameters, overrides."""

from __future__ import annotations

from vtl.gateway.compression import answer_body
from vtl.gateway.endpoints import FUNCTION
from vtl.gateway.headers import Pairs, from_proxy, remapped, texts
from vtl.gateway.invocation import Invocation, Step
from vtl.gateway.plans import MethodPlan, ResponsePlan
from vtl.gateway.statuses import status_of
from vtl.gateway.steps.templates import rendered
from vtl.mapping.content import response_body
from vtl.mapping.failures import internal_error
from vtl.mapping.parameters import RESPONSE, Sources
from vtl.mapping.selection import DEFAULT, JSON, is_binary, response_template
from vtl.messages import HttpResponse, header


def integration_response(invocation: Invocation) -> Step:
    """Make the answer. GatewayFailure, 500, when no integration response is for it, or a body cannot be converted.

    Whether the method declares the status is not asked: unit tests of the recordings' authors say that it passes, the guide that
    it becomes a 500. The linter tells (G605).
    """
    yield from ()
    plan, answer = invocation.sole_plan, invocation.endpoint_response
    assert answer is not None
    if plan.is_proxy:
        headers, data = from_proxy(answer.headers, http=plan.type == "HTTP_PROXY"), answer.body
        if plan.type == "HTTP_PROXY" and (coding := header(answer.headers, "Content-Encoding")):
            data, left = answer_body(data, coding)
            headers += [("Content-Encoding", left)] if left and data else []
        invocation.response = HttpResponse(answer.status, _with_content_type(headers, JSON), data)
        return
    chosen = _selected(plan, _compared_text(invocation))
    invocation.selected = chosen
    if invocation.watch:
        invocation.watch.note(f"integration response {chosen.status} ({chosen.pattern or 'default'})")
    body = _content(invocation, chosen, answer)
    mapped = _mapped(invocation, chosen, answer, body) if chosen.mappings.entries else {}
    content_type = JSON
    template = response_template(chosen.templates, invocation.sent.get("accept"))
    if template is not None and template[1].text:
        body = rendered(invocation, template[1], body)
        content_type = template[0] if template[0] != DEFAULT else JSON
    elif plan.type == "MOCK":
        body = ""
    override = invocation.override("responseOverride")
    given = override.get("header")
    values = {**mapped, **{str(name): value for name, value in given.items() if value is not None}} if given else mapped
    headers = [new for name, value in values.items() for text in texts(value) if (new := remapped(name, text))]
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    # An override that is no status is ignored, as recorded.
    status = status_of(override.get("status")) or chosen.status
    invocation.response = HttpResponse(status, _with_content_type(headers, content_type), data)


def _mapped(invocation: Invocation, chosen: ResponsePlan, answer: HttpResponse, body: str | bytes) -> dict[str, object]:
    """The headers that the response's parameters name."""
    text = body if isinstance(body, str) else ""
    sources = Sources(RESPONSE, headers=answer.headers, body=text, context=invocation.context)
    sources.stage_variables = invocation.stage_variables
    sources.of_function = invocation.sole_plan.endpoint.kind == FUNCTION
    return chosen.mappings.apply(sources)["header"]


def _compared_text(invocation: Invocation) -> str | None:
    """What selection patterns are compared with: a function's error message, else the status."""
    if invocation.mock_status is not None:
        return str(invocation.mock_status)
    if invocation.sole_plan.endpoint.kind == FUNCTION:
        return invocation.error_message
    assert invocation.endpoint_response is not None
    return str(invocation.endpoint_response.status)


def _selected(plan: MethodPlan, text: str | None) -> ResponsePlan:
    """The first response whose pattern matches, else the default one."""
    for response in plan.responses:
        if response.pattern and response.takes(text):
            return response
    default = next((each for each in plan.responses if not each.pattern), None)
    if default is None:
        raise internal_error(f"No match for output mapping and no default endpoint response mapping configured, for {text!r}")
    return default


def _content(invocation: Invocation, chosen: ResponsePlan, answer: HttpResponse) -> str | bytes:
    types = invocation.deployment.binary_media_types
    return response_body(
        answer.body,
        binary=is_binary(header(answer.headers, "Content-Type"), types),
        wanted_binary=is_binary(invocation.sent.get("accept"), types),
        handling=chosen.content_handling,
    )


def _with_content_type(headers: Pairs, content_type: str) -> Pairs:
    return headers if header(headers, "Content-Type") is not None else [("Content-Type", content_type), *headers]
