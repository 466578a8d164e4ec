"""This project's engine on a case, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tests.differential.cases import Case, to_value
from vtl.errors import LimitExceeded, VtlError
from vtl.limits import Limits
from vtl.mapping.template import MappingTemplate
from vtl.runtime.template import Template
from vtl.values import kinds
from vtl.values.text import to_text

LIMITS = Limits(steps=300_000, output_size=4 << 20, string_length=1 << 21, range_length=1 << 20)
"""Bounds of the test: smaller than the usual ones, so that a template which explodes ends soon."""
VELOCITYS_OWN = {"macro_depth", "json_depth", "nesting"}
"""Limits where Velocity, too, ends with an error: its own bound of calls, or a full stack."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case: `phase` is "" for a render, else "parse" or "render"; "bound" when a bound of the test was met, which
    says nothing; "crash" for an exception that is no VtlError."""

    ok: bool
    output: str = ""
    overrides: object = None
    phase: str = ""
    error: str = ""


def run(case: Case) -> Outcome:
    """Renders the case."""
    phase = "parse"
    try:
        render = _plain(case) if case.gateway is None else _hosted(case)
        phase = "render"
        return render()
    except LimitExceeded as error:
        own = error.limit in VELOCITYS_OWN
        return Outcome(False, phase=phase if own else "bound", error=f"{error.limit}: {error.message}")
    except VtlError as error:
        return Outcome(False, phase=phase, error=error.message)
    except Exception as error:  # whatever else it is, it is a fault of the engine
        return Outcome(False, phase="crash", error=f"{type(error).__name__}: {error}")


def _plain(case: Case) -> Callable[[], Outcome]:
    template = Template(case.template, name="template", limits=LIMITS)
    return lambda: Outcome(True, template.render(_mapping(to_value(case.context))))


def _hosted(case: Case) -> Callable[[], Outcome]:
    gateway = case.gateway
    assert gateway is not None
    template = MappingTemplate(case.template, name="template", limits=LIMITS)

    def apply() -> Outcome:
        params = _mapping(gateway.get("params", {}))
        result = template.apply(
            str(gateway.get("body", "")),
            path=_mapping(params.get("path", {})),
            querystring=_mapping(params.get("querystring", {})),
            header=_mapping(params.get("header", {})),
            context=_mapping(to_value(gateway.get("context", {}))),
            stage_variables=_mapping(gateway.get("stageVariables", {})),
            variables=_mapping(to_value(case.context)),
        )
        names = ("requestOverride", "responseOverride")
        return Outcome(True, result.body, {name: plain(result.context.get(name)) for name in names})

    return apply


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, Mapping)
    return value


def plain(value: object) -> object:
    """A value as the oracle writes it into JSON: maps, lists and numbers as such, all else as text."""
    if isinstance(value, dict):
        return {to_text(kinds.unkey(key)): plain(item) for key, item in value.items()}
    if isinstance(value, kinds.JavaArray):
        return to_text(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, (float, Decimal)):
        text = to_text(value)
        return text if text in ("NaN", "Infinity", "-Infinity") else json.loads(text)
    return to_text(value)
