"""`explain`: how a path was read, step by step, and where a miss happened."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vtl.errors import JsonPathError
from vtl.jsonpath.locations import location_text
from vtl.jsonpath.paths import Path
from vtl.jsonpath.steps import Hit, Run
from vtl.limits import Limits
from vtl.source import Span

_SHOWN = 3
"""Locations that a report names; the rest is counted."""


@dataclass(frozen=True, slots=True)
class StepReport:
    """One step: its place in the path, what it does, how many values it left, where the first of them stand, and its error."""

    span: Span
    what: str
    found: int
    locations: tuple[str, ...]
    error: JsonPathError | None = None


def explain(path: Path, document: object, *, limits: Limits | None = None) -> list[StepReport]:
    """The steps up to the one that fails, or all. JsonPathError for null as the document."""
    run = path.start(document, limits or Limits())
    hits: list[Hit] = [(document, None)]
    reports: list[StepReport] = []
    for link in path.links:
        step = link.step
        try:
            hits = [found for value, place in hits for found in _charged(list(link.select(value, place, run)), run)]
        except JsonPathError as error:
            reports.append(StepReport(step.span, step.describe(), 0, (), error))
            break
        places = tuple(location_text(place) for _, place in hits[:_SHOWN])
        reports.append(StepReport(step.span, step.describe(), len(hits), places))
    if path.definite and reports and not reports[-1].found and reports[-1].error is None:
        reports[-1] = replace(reports[-1], error=path.miss())
    return reports


def _charged(hits: list[Hit], run: Run) -> list[Hit]:
    run.charge(len(hits))
    return hits
