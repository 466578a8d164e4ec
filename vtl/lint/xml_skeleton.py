"""XML with unknowns in it: a word in the place of each, and then an XML parser."""

from __future__ import annotations

import re

from vtl.lint.abstract import Exploration
from vtl.lint.abstract.exploration import Run
from vtl.lint.abstract.unknown import MARK
from vtl.lint.json_skeleton import Fault, kind_of_output
from vtl.lint.validity import MOST_FAILURES, Failure
from vtl.source import Span
from vtl.transforms.safe import xml_fault

_HTML = re.compile(
    r"\s*<(?:!doctype\s+html|(?:html|head|body|div|p|h[1-6]|span|table|ul|ol|form|script|style|meta|link|br|img)[\s/>])",
    re.IGNORECASE,
)
"""What begins like HTML, which need not be well-formed."""
_EXCERPT = 50


def xml_failures(text: str, exploration: Exploration, media_type: str | None) -> tuple[Failure, ...]:
    """The distinct ways in which the output is not well-formed, at most one for each place in the template."""
    if media_type and "html" in media_type.lower():
        return ()
    broken: list[tuple[int, Run, Fault, Span]] = []
    meant = 0
    for index, run in enumerate(exploration.runs):
        if not run.complete or kind_of_output(run.text) != "xml" or _HTML.match(run.text):
            continue
        meant += 1
        shown = MARK.sub("x", run.text).lstrip()
        wrong = xml_fault(shown)
        if wrong is not None:
            offset = min(wrong.offset + len(run.text) - len(run.text.lstrip()), len(run.text) - 1)
            origin = run.origin(offset)
            if origin is not None:
                broken.append((index, run, Fault(offset, wrong.problem), _exact(text, run, offset, *origin)))
    found: dict[Span, Failure] = {}
    for _, run, fault, span in broken:
        if span in found or len(found) >= MOST_FAILURES:
            continue
        same = {index for index, _, _, other in broken if other == span}
        found[span] = Failure(fault, span, exploration.because(run, same), _excerpt(run, fault), len(same) == meant)
    return tuple(found.values())


def _exact(text: str, run: Run, offset: int, span: Span, shift: int) -> Span:
    place = span.start + shift
    if place < span.end and text[place : place + 1] == run.text[offset : offset + 1]:
        return Span(place, place + 1)
    return span


def _excerpt(run: Run, fault: Fault) -> str:
    shown = MARK.sub("x", run.text)
    return " ".join(shown[max(0, fault.offset - _EXCERPT) : fault.offset + _EXCERPT].split())
