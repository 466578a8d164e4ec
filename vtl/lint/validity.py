"""Will the output be JSON? The runs that are meant to be JSON, and the distinct ways in which they fail to be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vtl.lint.abstract import Exploration
from vtl.lint.abstract.choices import Choice
from vtl.lint.abstract.exploration import Run
from vtl.lint.json_skeleton import Fault, Skeleton, Use, filled_json, kind_of_output
from vtl.lint.site import REQUEST, RESPONSE, Site
from vtl.source import Source, Span

MOST_FAILURES = 3
"""Failures of one template that are told; the first ones say enough."""
_EXCERPT = 50
_MOCK = re.compile(r"\s*\{\s*[\"']?statusCode[\"']?\s*:")


@dataclass(frozen=True, slots=True)
class JsonRun:
    """A run whose output is meant to be JSON: where its unknowns stand, and what is wrong with it."""

    index: int
    run: Run
    uses: tuple[Use, ...]
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Failure:
    """One way in which the output is not JSON: why it comes to that, where in the template, and what the output looks like."""

    fault: Fault
    span: Span
    because: tuple[Choice, ...]
    excerpt: str
    always: bool

    def when(self, source: Source) -> str:
        """The decisions in words, with their lines: " when `$a` is false (line 3)"; "" when it always fails."""
        if not self.because:
            return ""
        said = [f"{choice.words} (line {source.place(choice.span.start).line})" for choice in self.because[:3]]
        more = " and more" if len(self.because) > 3 else ""
        return " when " + " and ".join(said) + more


def json_runs(exploration: Exploration, site: Site) -> tuple[JsonRun, ...]:
    """The finished runs that look like JSON. What a MOCK integration reads is left out: its reader forgives nearly everything."""
    found = []
    for index, run in enumerate(exploration.runs):
        if run.complete and kind_of_output(run.text) == "json" and not _for_mock(run, site):
            skeleton = Skeleton(run.text, run.marks.by_mark.get)
            found.append(JsonRun(index, run, tuple(skeleton.uses), skeleton.fault))
    return tuple(found)


def _for_mock(run: Run, site: Site) -> bool:
    if site.direction == RESPONSE:
        return False
    if site.direction == REQUEST and site.integration_type is not None:
        return site.integration_type == "MOCK"
    return _MOCK.match(run.text) is not None


def failures(text: str, exploration: Exploration, runs: tuple[JsonRun, ...]) -> tuple[Failure, ...]:
    """The distinct failures of the runs, at most one for each place in the template."""
    broken = [each for each in runs if each.fault is not None]
    found: dict[tuple[Span, str], Failure] = {}
    for each in broken:
        assert each.fault is not None
        span = _span(text, each)
        mark = (span, each.fault.kind)
        if mark in found or len(found) >= MOST_FAILURES:
            continue
        same = {other.index for other in broken if other.fault and (_span(text, other), other.fault.kind) == mark}
        because = exploration.because(each.run, same)
        found[mark] = Failure(each.fault, span, because, _excerpt(each), len(same) == len(runs))
    return tuple(found.values())


def _span(text: str, broken: JsonRun) -> Span:
    """What in the template made the output there; exact to the character where it copied its own text."""
    assert broken.fault is not None
    offset = min(broken.fault.offset, max(0, len(broken.run.text) - 1))
    origin = broken.run.origin(offset)
    if origin is None:
        return Span(0, min(1, len(text)))
    span, shift = origin
    copied = text[span.start + shift : span.start + shift + 1]
    if copied and copied == broken.run.text[offset] and span.start + shift < span.end:
        return Span(span.start + shift, span.start + shift + 1)
    return span


def _excerpt(broken: JsonRun) -> str:
    """The output around the fault on one line, with examples for what is unknown."""
    assert broken.fault is not None
    text, offset = broken.run.text, broken.fault.offset
    before = filled_json(text[:offset], [use for use in broken.uses if use.offset < offset])
    after = filled_json(
        text[offset:], [Use(use.offset - offset, use.unknown, use.where) for use in broken.uses if use.offset >= offset]
    )
    start = "..." if len(before) > _EXCERPT else ""
    end = "..." if len(after) > _EXCERPT else ""
    return " ".join(f"{start}{before[-_EXCERPT:]}{after[:_EXCERPT]}{end}".split())
