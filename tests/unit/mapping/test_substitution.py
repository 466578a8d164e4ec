"""Plain variables, without Velocity."""

from __future__ import annotations

import pytest

from vtl.mapping.substitution import substituted

CONTEXT = {"a": "1", "b": {"c": 2, "n": None, "l": [1, "x"]}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$context.a ${context.a} $context.b.c.", "1 1 2."),
        ("$context.b.l $context.b.n $context.none", '[1,"x"] - -'),
        ("$stageVariables.v $method.request.header.X $input.body #set", "s h $input.body #set"),
        ("${context.a", "1"),
        ("$context.a}", "1}"),
        ("$context", "$context"),
    ],
)
def test_variables(text: str, expected: str) -> None:
    made = substituted(
        text,
        context=CONTEXT,
        stage_variables={"v": "s"},
        request=lambda names: "h" if names[0] == "header" else None,
        missing="-",
    )
    assert made == expected
