"""Plain variables, without Velocity."""

from __future__ import annotations

import pytest

from vtl.mapping.substitution import looked_up, shown, substituted

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


@pytest.mark.parametrize("value", [True, 1.5, None, [1, None], {"a": {"b": "c"}}, "text"])
def test_values_are_shown_as_json_or_text(value: object) -> None:
    expected = {"True": "true", "None": "null", "[1, None]": "[1,null]", "{'a': {'b': 'c'}}": '{"a":{"b":"c"}}'}
    assert shown(value) == expected.get(str(value), str(value))


def test_chains_of_names() -> None:
    assert looked_up(CONTEXT, ("b", "c")) == 2
    assert looked_up(CONTEXT, ("a", "b")) is None
    assert looked_up(CONTEXT, ()) == CONTEXT


def test_what_is_put_in_is_not_read_again() -> None:
    assert substituted("$context.a", context={"a": "$context.b", "b": "no"}) == "$context.b"
