"""The path in $input.path or $input.json is not one that API Gateway reads.

The call fails, and with it the request. Paths are JSONPath in Jayway's dialect.

    $input.path('$.items[0')       the bracket is never closed
    $input.json('')                a path has at least its `$`
    $input.path('$.items.count()') there is no such function
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.errors import JsonPathError
from vtl.jsonpath.dialect import JAYWAY_2_9
from vtl.jsonpath.paths import Path, compile_path
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
            unknown = _unknown_function(compile_path(path))
        except JsonPathError as error:
            yield Problem(f"`{path}` is no JSONPath: {error.message}", call.arguments[0].span, error.hint)
        else:
            if unknown is not None:
                hint = f"the functions are {', '.join(sorted(JAYWAY_2_9.functions))}"
                yield Problem(f"`{path}` calls {unknown}(), which JSONPath does not have", call.arguments[0].span, hint)


def _unknown_function(path: Path) -> str | None:
    """The first function that does not exist: Jayway refuses it when the path is evaluated."""
    return next((each.name for each in path.functions if each.name not in JAYWAY_2_9.functions), None)


RULE = Rule(code="U201", name="bad-jsonpath", severity=Severity.ERROR, check=check)
