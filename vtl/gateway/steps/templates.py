"""How a step applies a mapping template: with the request's parameters and $context, which the template may leave changed."""

from __future__ import annotations

from vtl.errors import TemplateError, VtlError
from vtl.gateway.front import arrived
from vtl.gateway.invocation import Invocation
from vtl.gateway.plans import LazyTemplate
from vtl.mapping.failures import internal_error

_LONGEST = 200
"""Characters of a body that a trace shows."""


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
            path=invocation.path_parameters if template.names_parameters else None,
            querystring=invocation.querystring if template.names_parameters else None,
            header=dict(arrived(invocation)) if template.names_parameters else None,
            context=(invocation.left or invocation.context) if template.names_context else None,
            stage_variables=invocation.stage_variables,
            extras=invocation.deployment.extras,
        )
    except VtlError as error:
        if watch and isinstance(error, TemplateError):
            watch.error, watch.failed = error, template.text
        raise internal_error(f"Unable to transform: {error}") from error
    if template.changes_context:
        invocation.context, invocation.left = result.context, result.left
    if watch:
        watch.note(f"  from {excerpt(body)}")
        watch.note(f"  to   {excerpt(result.body)}")
    return result.body


def excerpt(body: str | bytes) -> str:
    """A body in one line of a trace."""
    text = body if isinstance(body, str) else body.decode("utf-8", "replace")
    line = " ".join(text[:_LONGEST].split())
    return f"{line} ... ({len(text):,} characters)" if len(text) > _LONGEST else line or "(nothing)"
