"""The path in $input.path or $input.json is not one that API Gateway reads.

The call fails, and with it the request. Paths are JSONPath in Jayway's dialect.

    $input.path('$.items[0')       the bracket is never closed
    $input.json('')                a path has at least its `$`
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.errors import JsonPathError
from vtl.jsonpath import compile as compile_path
from vtl.lint.paths import literal_path
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """The written-out paths that Jayway refuses."""
    for reference in subject.references:
        found = literal_path(reference)
        if found is None:
            continue
        path, call = found
        try:
            compile_path(path)
        except JsonPathError as error:
            yield Problem(f"`{path}` is no JSONPath: {error.message}", call.arguments[0].span, error.hint)


RULE = Rule(code="U201", name="bad-jsonpath", severity=Severity.ERROR, check=check)
