"""A value that is text, or that may be missing, stands in JSON without quotes.

A text of $context, such as the request's id, is never JSON without quotes. A parameter of the request is JSON only while it
happens to be a number, and nothing at all when it is absent. What $input.path finds is printed as Java prints it: texts lose
their quotes, and a member that is missing leaves `"age": ,`. In a response, where the body is your own backend's, that is only
a remark.

    "id": $context.requestId                 "id": "$context.requestId"
    "age": $input.path('$.age')              "age": $input.json('$.age')
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.abstract.unknown import ANY, TEXT, Unknown
from vtl.lint.finding import Edit, Fix
from vtl.lint.guards import answers, present
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.source import Span
from vtl.variables.catalog import lookup

_PLAIN = re.compile(r"body(?:\.[A-Za-z_]\w*)+")
_NUMBERS = ("accountId", "Latency", "latency", "Status", "status", "Epoch", "responseLength", "connectedAt", "isCanaryRequest")


def check(subject: Subject) -> Iterator[Problem]:
    """The references that print such a value, each once."""
    seen: set[Span] = set()
    for examined in subject.json_runs:
        for use in examined.uses:
            origin = examined.run.origin(use.offset)
            if use.where != "bare" or origin is None or origin[0] in seen:
                continue
            problem = None if present(examined.run, use.unknown) else _problem(subject, use.unknown, origin[0])
            if problem is not None:
                seen.add(origin[0])
                yield problem


def _problem(subject: Subject, unknown: Unknown, span: Span) -> Problem | None:
    source = " ".join(subject.text[span.start : span.end].split())
    if unknown.kind == TEXT and unknown.key.startswith("context."):
        if not _always_text(unknown.key):
            return None
        fix = Fix((Edit(span, f'"{source}"'),), False, "Put it in quotes") if source.startswith("$") else None
        return Problem(f"`{source}` is a text, and no JSON without quotes", span, f'"{source}"', Severity.ERROR, fix)
    severity = Severity.INFO if answers(subject.site, unknown) or unknown.trail else Severity.WARNING
    if unknown.kind == TEXT and unknown.key.startswith("input.params("):
        return Problem(f"`{source}` is no JSON when the parameter is absent or no number", span, "test it, or quote it", severity)
    if unknown.kind == ANY and unknown.taint and unknown.key != "body":
        hint = f"$input.json('$.{unknown.key[5:]}')" if _PLAIN.fullmatch(unknown.key) else None
        return Problem(f"`{source}` is no JSON when it is missing or a text", span, hint, severity)
    return None


def _always_text(key: str) -> bool:
    if key == "context.error.messageString" or key.endswith(_NUMBERS):
        return False
    entry = lookup(key)
    return entry is not None and entry.type == "string" and not entry.name.endswith("*")


RULE = Rule(code="J403", name="unquoted-value", severity=Severity.WARNING, check=check, fixes="unsafe")
