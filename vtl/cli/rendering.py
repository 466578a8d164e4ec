"""One render from the command line, without the terminal: a template, a request and wishes go in, an `Outcome` comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from vtl.cli.assignments import merged
from vtl.cli.checks import Finding, check_output, choose_check
from vtl.cli.missing import Silence, silent_references
from vtl.cli.render_request import RenderRequest
from vtl.cli.urls import header
from vtl.runtime.trace import Trace
from vtl.source import Source

OVERRIDES = ("requestOverride", "responseOverride")


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds that a render took."""

    compile: float
    render: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a render made, what it found on its way, and how long it took."""

    source: Source
    output: str
    trace: Trace
    missing: list[Silence]
    timing: Timing
    overrides: Mapping[str, Any] = field(default_factory=dict)
    finding: Finding | None = None


def render_mapping(
    text: str, name: str, request: RenderRequest, *, response: bool, check: str, seed: int, extras: bool = False
) -> Outcome:
    """Apply a mapping template as API Gateway does. `check` is "json", "xml", "auto" or "none"; VtlError when it fails.

    A response template sees the backend's answer as its body; parameters, $context and stage variables are those of the request.
    """
    from vtl.mapping import MappingTemplate

    started = perf_counter()
    template = MappingTemplate(text, name=name)
    compiled = perf_counter()
    trace = Trace()
    result = template.apply(
        (request.answer if response else request.body) or "",
        path=request.path,
        querystring=request.query,
        header=request.headers,
        context=complete_context(request, seed),
        stage_variables=request.stage_variables,
        variables=request.variables,
        extras=extras,
        trace=trace,
    )
    timing = _timing(started, compiled)
    after = result.context
    kind = check
    if check == "auto":
        kind = choose_check(result.body, template=name, headers=request.headers, context=after, response=response)
    overrides = {part: after[part] for part in OVERRIDES if part in after}
    missing = silent_references(template.template.tree, trace)
    return Outcome(template.source, result.body, trace, missing, timing, overrides, check_output(result.body, kind))


def render_plain(text: str, name: str, variables: Mapping[str, object], *, check: str) -> Outcome:
    """Render a template as plain Velocity 1.7 does. `check` "auto" goes by the template's name alone; VtlError when it fails."""
    from vtl.runtime.template import Template

    started = perf_counter()
    template = Template(text, name=name, dialect="velocity")
    compiled = perf_counter()
    trace = Trace()
    output = template.render(dict(variables), trace=trace)
    timing = _timing(started, compiled)
    kind = check
    if check == "auto":
        kind = choose_check("", template=name, headers={}, context={}, response=False)
    missing = silent_references(template.tree, trace)
    return Outcome(template.source, output, trace, missing, timing, finding=check_output(output, kind))


def complete_context(request: RenderRequest, seed: int) -> dict[str, object]:
    """A whole $context: what the request tells, over plausible values that `seed` fixes."""
    from vtl.variables.context import default_context

    known = request.context
    stage = _text(known, "stage") or "test"
    resource = _text(known, "resourcePath")
    path = _text(known, "path").removeprefix(f"/{stage}") or _filled(resource, request.path) or "/"
    made = default_context(
        seed,
        method=_text(known, "httpMethod") or ("POST" if request.body else "GET"),
        resource_path=resource or path,
        path=path,
        stage=stage,
        user_agent=header(request.headers, "user-agent") or "curl/8.5.0",
    )
    return merged(made, known)


def _filled(resource: str, values: Mapping[str, str]) -> str:
    """`/pets/{id}/{proxy+}` with the values of its parameters; one without a value stays, as in AWS's own test calls."""
    return re.sub(r"\{([^{}+]+)\+?\}", lambda found: values.get(found[1], found[0]), resource)


def _text(context: Mapping[str, object], name: str) -> str:
    value = context.get(name)
    return value if isinstance(value, str) else ""


def _timing(started: float, compiled: float) -> Timing:
    return Timing(round((compiled - started) * 1000, 3), round((perf_counter() - compiled) * 1000, 3))
