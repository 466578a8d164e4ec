"""The variables in URIs."""

from __future__ import annotations

import pytest

from vtl.mapping import resolve_uri


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("https://a/{p}/{p}?q={p}", "https://a/x/x?q=x"),
        ("https://${stageVariables.s}/{none}", "https://y/{none}"),
        ("https://a/${stageVariables.none}", "https://a/"),
        ("https://a/${p}", "https://a/${p}"),
        ("https://a/${stageVariables.s\\}", "https://a/${stageVariables.s\\}"),
        ("https://a/{s}", "https://a/{s}"),
        ("https://a/{", "https://a/{"),
        ("https://a", "https://a"),
        ("${stageVariables.braces}", "{p}".replace("{p}", "x")),
    ],
)
def test_variables(uri: str, expected: str) -> None:
    assert resolve_uri(uri, path={"p": "x"}, stage_variables={"s": "y", "braces": "{p}"}) == expected


def test_values_that_are_no_text() -> None:
    assert (
        resolve_uri("{a}/{b}/${stageVariables.c}", path={"a": True, "b": 1.5}, stage_variables={"c": False}) == "true/1.5/false"
    )
