"""A map is printed as Java prints it, `{name=value}`, which is no JSON.

What $input.path finds is an object. Lists print as JSON, maps do not.

    "item": "$input.path('$').Item"        "item": $input.json('$.Item')
    "headers": $input.params().header      a loop over $input.params().header.keySet()
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.abstract.unknown import ANY, MAP, Unknown
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.source import Span


def check(subject: Subject) -> Iterator[Problem]:
    """The references that print a map, each once."""
    seen: set[Span] = set()
    for run in subject.exploration.runs:
        maps = {note.unknown.key for note in run.notes if note.kind == "map"}
        for each in run.prints:
            words = _map_words(each.value, maps)
            if words is None or each.span in seen:
                continue
            seen.add(each.span)
            hint = None
            if words.startswith("$input.path("):
                hint = (
                    f"as JSON it is {words.replace('.path(', '.json(', 1)}"
                    if words.endswith(")")
                    else "print it with $input.json(...)"
                )
            yield Problem(f"`{words[:60]}` is a map and prints as `{{name=value}}`, which is no JSON", each.span, hint)


def _map_words(value: object, maps: set[str]) -> str | None:
    if isinstance(value, dict):
        return "this" if value else None
    if not isinstance(value, Unknown):
        return None
    if value.kind == MAP and value.key.startswith("input.params()"):
        return value.words
    return value.words if value.kind == ANY and value.key in maps else None


RULE = Rule(code="J404", name="map-printed-raw", severity=Severity.WARNING, check=check)
