"""From a `GatewayFailure` to what the caller sees, through the API's own gateway responses.

See: "Gateway responses for REST APIs in API Gateway". What a type has not set comes from its family, DEFAULT_4XX or DEFAULT_5XX,
when it is not set at all, and else from what AWS has by itself; recorded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from vtl.gateway.headers import Pairs
from vtl.gateway.invocation import Invocation
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
    context = {**invocation.context, "error": _error(failure)}
    content_type, body = _body(setting, invocation, failure, context)
    mapped = _headers(setting, invocation, context)
    names = {name.lower() for name, _ in mapped}
    headers = [pair for pair in [*errors, ("Content-Type", content_type)] if pair[0].lower() not in names] + mapped
    status = setting.status_code
    return HttpResponse(int(status) if status and status.isdigit() else failure.status, headers, body.encode("utf-8", "replace"))


def _setting(invocation: Invocation, failure: GatewayFailure) -> GatewayResponse | None:
    known = invocation.deployment.gateway_responses
    if failure.response_type == _UNCHANGED:
        return None
    return known.get(failure.response_type) or known.get(failure.kind.family)


def _error(failure: GatewayFailure) -> Mapping[str, Any]:
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
        expression = compile_source(f"method.request.{'.'.join(names)}", REQUEST)
        return expression(sources) if expression else None

    content_type, template = chosen
    variables = invocation.stage_variables
    return content_type, substituted(str(template), context=context, stage_variables=variables, request=parameter)


def _headers(setting: GatewayResponse, invocation: Invocation, context: Mapping[str, Any]) -> Pairs:
    sources = _sources(invocation, context)
    found: Pairs = []
    for target, source in setting.response_parameters.items():
        if target.startswith(_HEADER):
            expression = compile_source(str(source), REQUEST)
            value = expression(sources) if expression else None
            if value is not None:
                found.append((target.removeprefix(_HEADER), str(value)))
    return found


def _sources(invocation: Invocation, context: Mapping[str, Any]) -> Sources:
    body = invocation.request.body.decode("utf-8", "replace")
    request = invocation.request
    return Sources(REQUEST, invocation.path_parameters, request.query, request.headers, body, context, invocation.stage_variables)
