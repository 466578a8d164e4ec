"""A path that may find several values is printed between quotes.

`..`, `*`, slices and filters always give a list, so that the text is `["a"]` even when there is one value.

    "name": "$input.path('$..name')"       write "$input.path('$..name')[0]", or a path to one place
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.errors import JsonPathError
from vtl.jsonpath.paths import compile_path
from vtl.lint.paths import literal_path
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """The references between quotes that print what such a path finds."""
    quoted = {
        span
        for each in subject.json_runs
        for use in each.uses
        if use.where == "string" and (origin := each.run.origin(use.offset)) and (span := origin[0])
    }
    for reference in subject.references:
        found = literal_path(reference)
        if found is None or reference.span not in quoted or len(reference.parts) != 1 or found[1].name != "path":
            continue
        try:
            definite = compile_path(found[0]).definite
        except JsonPathError:
            continue
        if not definite:
            yield Problem(f"`{found[0]}` finds a list, which prints as `[...]` between the quotes", reference.span)


RULE = Rule(code="U202", name="indefinite-path-as-scalar", severity=Severity.WARNING, check=check)
