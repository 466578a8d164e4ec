"""From the caller's request to the integration's: body, template, parameters, headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vtl.gateway.endpoints import ADDRESS, SERVICE, full_url, path_and_host, resolved, service_url
from vtl.gateway.front import arrived
from vtl.gateway.headers import NOT_PROXIED, NOT_SENT, Pairs, check_mapped, clean, merged, texts
from vtl.gateway.invocation import Invocation, Step
from vtl.gateway.steps.templates import excerpt, rendered
from vtl.mapping.content import request_body
from vtl.mapping.failures import internal_error
from vtl.mapping.parameters import REQUEST, Mapped, Sources
from vtl.mapping.selection import is_binary, request_template
from vtl.messages import HttpRequest, header

_WITH_BODY = frozenset({"POST", "PUT", "PATCH", "DELETE"})
"""Methods with which the caller's Content-Type goes to an HTTP backend; with GET it does not, as recorded."""
_OVERRIDES = ("header", "path", "querystring")


def integration_request(invocation: Invocation) -> Step:
    """Make the request to the backend, or the document of a MOCK. GatewayFailure: 415, or 500 for what is configured wrongly."""
    yield from ()
    plan = invocation.sole_plan
    if plan.type == "MISSING":
        raise internal_error("the method has no integration")
    body: str | bytes
    if plan.is_proxy:
        body = invocation.request.body
    else:
        body = _content(invocation)
    mapped: Mapped = {"header": {}, "path": {}, "querystring": {}}
    if plan.mappings.entries:
        mapped = plan.mappings.apply(_sources(invocation, body))
    if not plan.is_proxy:
        template = request_template(plan.templates, invocation.content_type, plan.passthrough)
        if template is not None:
            body = rendered(invocation, template, body)
            mapped = _overridden(mapped, invocation.override("requestOverride"))
    invocation.body = body
    check_mapped(mapped["header"], aws=plan.type in ("AWS", "AWS_PROXY"))
    if plan.type != "MOCK":
        if plan.endpoint.kind in (ADDRESS, SERVICE):
            invocation.integration_request = _request(invocation, mapped, body)
        else:
            invocation.integration_request = _function_request(invocation, mapped, body)
    if invocation.watch and invocation.integration_request:
        request = invocation.integration_request
        invocation.watch.note(f"{request.method} {request.url}")
        for name, value in request.headers:
            invocation.watch.note(f"  {name}: {value}")
        invocation.watch.note(f"  {excerpt(request.body)}")


def _content(invocation: Invocation) -> str | bytes:
    binary = is_binary(invocation.content_type, invocation.deployment.binary_media_types)
    return request_body(invocation.request.body, binary=binary, handling=invocation.sole_plan.content_handling)


def _sources(invocation: Invocation, body: str | bytes) -> Sources:
    text = body if isinstance(body, str) else body.decode("utf-8", "replace")
    query, headers = invocation.request.query, arrived(invocation)
    variables = invocation.stage_variables
    return Sources(REQUEST, invocation.path_parameters, query, headers, text, invocation.context, variables)


def _overridden(mapped: Mapped, override: Mapping[str, Any]) -> Mapped:
    """The mapped parameters with those of $context.requestOverride: the latter win, and names in another case add up."""
    if not override:
        return mapped
    made = {}
    for place in _OVERRIDES:
        given = override.get(place)
        made[place] = (
            {**mapped[place], **{str(name): value for name, value in given.items() if value is not None}}
            if given
            else mapped[place]
        )
    return made


def _request(invocation: Invocation, mapped: Mapped, body: str | bytes) -> HttpRequest:
    plan, request = invocation.sole_plan, invocation.request
    uri = resolved(plan.endpoint, mapped["path"], invocation.stage_variables)
    added: list[tuple[str, str]] = list(request.query) if plan.type == "HTTP_PROXY" else []
    added += [(name, text) for name, value in mapped["querystring"].items() for text in texts(value)]
    url, query = full_url(uri if plan.endpoint.kind == ADDRESS else service_url(uri), added)
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    headers = clean(merged(_base_headers(invocation), mapped["header"].items()))
    sent = [pair for pair in headers if pair[0].lower() not in NOT_SENT]
    method = plan.integration.http_method.upper()
    method = request.method if method in ("", "ANY") else method
    if data or method in _WITH_BODY:
        sent.append(("Content-Length", str(len(data))))
    path, host = path_and_host(url)
    if header(sent, "Host") is None:
        sent.insert(0, ("Host", host))
    insecure = plan.integration.insecure_skip_verification
    return HttpRequest(method, path, sent, query, data, url, timeout=plan.timeout, uri=uri, insecure=insecure)


def _base_headers(invocation: Invocation) -> Pairs:
    """The headers without any mapping."""
    plan, deployment = invocation.sole_plan, invocation.deployment
    agent = ("User-Agent", f"AmazonAPIGateway_{deployment.api_id}")
    trace = ("X-Amzn-Trace-Id", invocation.trace_id)
    own = [("X-Amzn-Apigateway-Api-Id", deployment.api_id), trace]
    if plan.type == "HTTP_PROXY":
        kept = [pair for pair in invocation.headers if pair[0].lower() not in NOT_PROXIED]
        if header(kept, "User-Agent") is None:
            kept.append(agent)
        return merged(kept, own)
    headers: Pairs = [("Accept", "application/json"), agent, *(own if plan.type == "HTTP" else [trace])]
    content_type = invocation.content_type
    if content_type and invocation.request.method in _WITH_BODY:
        headers.append(("Content-Type", content_type))
    return headers


def _function_request(invocation: Invocation, mapped: Mapped, body: str | bytes) -> HttpRequest:
    """The call of a function, in the shape that the execution log shows it in; `url` is the resolved URI."""
    plan = invocation.sole_plan
    if plan.type == "AWS_PROXY" and plan.integration.http_method.upper() != "POST":
        raise internal_error("Invalid HTTP method: functions are invoked with POST")
    uri = resolved(plan.endpoint, mapped["path"], invocation.stage_variables)
    headers = merged(_base_headers(invocation), mapped["header"].items())
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return HttpRequest("POST", "/", headers, (), data, uri, timeout=plan.timeout)
