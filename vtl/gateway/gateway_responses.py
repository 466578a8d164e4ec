"""From a `GatewayFailure` to what the caller sees, through the API's own gateway responses.

See: "Gateway responses for REST APIs in API Gateway". What a type has not set comes from its family, DEFAULT_4XX or DEFAULT_5XX,
when it is not set at all, and else from what AWS has by itself; recorded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from vtl.errors import VtlError
from vtl.gateway.headers import Pairs, texts
from vtl.gateway.invocation import Invocation
from vtl.gateway.statuses import status_of
from vtl.mapping.failures import GatewayFailure
from vtl.mapping.parameters import REQUEST, Sources, compile_source
from vtl.mapping.selection import JSON, response_template
from vtl.mapping.substitution import substituted
from vtl.messages import HttpResponse, header
from vtl.model import GatewayResponse

_HEADER = "gatewayresponse.header."
_UNCHANGED = "REQUEST_TOO_LARGE"
"""The type whose answer cannot be customised."""


def gateway_response(invocation: Invocation, failure: GatewayFailure) -> HttpResponse:
    """The answer to a request that failed."""
    setting = _setting(invocation, failure)
    errors: Pairs = [("x-amzn-ErrorType", failure.kind.error_type)]
    if setting is None:
        return HttpResponse(failure.status, [*errors, ("Content-Type", JSON)], failure.body.encode())
    context = {**invocation.context, "error": error_of(failure)}
    content_type, body = _body(setting, invocation, failure, context)
    mapped = _headers(setting, invocation, context)
    names = {name.lower() for name, _ in mapped}
    headers = [pair for pair in [*errors, ("Content-Type", content_type)] if pair[0].lower() not in names] + mapped
    status = status_of(setting.status_code) or failure.status
    return HttpResponse(status, headers, body.encode("utf-8", "replace"))


def _setting(invocation: Invocation, failure: GatewayFailure) -> GatewayResponse | None:
    known = invocation.deployment.gateway_responses
    if failure.response_type == _UNCHANGED:
        return None
    return known.get(failure.response_type) or known.get(failure.kind.family)


def error_of(failure: GatewayFailure) -> Mapping[str, Any]:
    """$context.error. The execution log's reason is shown where AWS shows it: to failed validations alone."""
    shown = failure.reason if failure.response_type.startswith("BAD_REQUEST") else None
    return {
        "message": failure.error_message,
        "messageString": json.dumps(failure.error_message),
        "responseType": failure.response_type,
        "validationErrorString": shown,
    }


def _body(
    setting: GatewayResponse, invocation: Invocation, failure: GatewayFailure, context: Mapping[str, Any]
) -> tuple[str, str]:
    chosen = response_template(setting.response_templates, header(invocation.request.headers, "Accept"))
    if chosen is None:
        return JSON, failure.body
    sources = _sources(invocation, context)

    def parameter(names: tuple[str, ...]) -> object:
        return _value(f"method.request.{'.'.join(names)}", sources)

    content_type, template = chosen
    variables = invocation.stage_variables
    return content_type, substituted(str(template), context=context, stage_variables=variables, request=parameter)


def _headers(setting: GatewayResponse, invocation: Invocation, context: Mapping[str, Any]) -> Pairs:
    sources = _sources(invocation, context)
    found: Pairs = []
    for target, source in setting.response_parameters.items():
        if target.startswith(_HEADER):
            value = _value(str(source), sources)
            if value is not None:
                found.extend((target.removeprefix(_HEADER), text) for text in texts(value))
    return found


def _value(source: str, sources: Sources) -> object:
    """What a source gives; None as well when it looks into a body that is not the JSON that it begins as, or too much of it."""
    expression = compile_source(source, REQUEST)
    try:
        return expression(sources) if expression else None
    except VtlError:
        return None


def _sources(invocation: Invocation, context: Mapping[str, Any]) -> Sources:
    body = invocation.request.body.decode("utf-8", "replace")
    request = invocation.request
    return Sources(REQUEST, invocation.path_parameters, request.query, request.headers, body, context, invocation.stage_variables)
