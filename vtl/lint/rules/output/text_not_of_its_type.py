"""A response template makes something else than its media type says.

    application/xml      {"message": "$input.path('$.message')"}        the client is told that this is XML

Only responses are looked at: the media type of a request template is the sender's, not that of what it makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.json_skeleton import kind_of_output
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import RESPONSE
from vtl.lint.subject import Subject
from vtl.source import Span

_JSON = re.compile(r"[^/]+/(?:[^;]+\+)?json", re.IGNORECASE)
_XML = re.compile(r"(?:application|text)/(?:[^;]+\+)?xml", re.IGNORECASE)
_HTML = re.compile(r"text/html", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Problem]:
    """One problem, when every finished run makes the other format."""
    media_type = subject.site.media_type
    if subject.site.direction != RESPONSE or not media_type:
        return
    kinds = {kind_of_output(run.text) for run in subject.exploration.runs if run.complete} - {"empty", "unknown"}
    wanted = "json" if _JSON.match(media_type) else "xml" if _XML.match(media_type) or _HTML.match(media_type) else ""
    other = {"json": "xml", "xml": "json"}.get(wanted)
    if other and kinds == {other}:
        start = len(subject.text) - len(subject.text.lstrip())
        yield Problem(f"the output is {other.upper()}, but goes out as {media_type}", Span(start, start + 1))


RULE = Rule(code="J405", name="text-not-of-its-type", severity=Severity.WARNING, check=check)
