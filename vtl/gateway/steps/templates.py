"""How a step applies a mapping template: with the request's parameters and $context, which the template may leave changed."""

from __future__ import annotations

from vtl.errors import VtlError
from vtl.gateway.invocation import Invocation
from vtl.gateway.plans import LazyTemplate
from vtl.mapping.failures import internal_error


def rendered(invocation: Invocation, template: LazyTemplate, body: str | bytes) -> str:
    """What the template makes of a body. GatewayFailure, 500, when it fails or meets bytes."""
    watch = invocation.watch
    if watch:
        watch.templates.append(template.name)
        watch.note(f"template {template.name}")
    if isinstance(body, bytes):
        raise internal_error("a template cannot be applied to a binary body")
    try:
        result = template.compiled.apply(
            body,
            path=invocation.path_parameters,
            querystring=invocation.querystring,
            header=invocation.header,
            context=invocation.context if template.names_context else {},
            stage_variables=invocation.stage_variables,
        )
    except VtlError as error:
        if watch:
            watch.error = error
        raise internal_error(f"Unable to transform: {error}") from error
    if template.names_context:
        invocation.context = result.context
    return result.body
