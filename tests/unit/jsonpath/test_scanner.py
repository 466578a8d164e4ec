"""Paths to tokens, and what is refused on the way, with its place and a hint."""

from __future__ import annotations

import pytest

from tests.unit.jsonpath.samples import written
from vtl.errors import InvalidPath
from vtl.jsonpath import compile  # noqa: A004
from vtl.jsonpath.paths import compile_path


@pytest.mark.parametrize(
    ("path", "tokens"),
    [
        ("$.a", "ROOT:$ DOT NAME:a"),
        ("a", "ROOT:$ NAME:a"),
        (".a", "ROOT:$ SCAN NAME:a"),
        ("$..a.*", "ROOT:$ SCAN NAME:a DOT STAR"),
        ("$.a]b", "ROOT:$ DOT NAME:a]b"),
        ("$['a']x", "ROOT:$ LBRACKET QUOTED:a RBRACKET STRAY"),
        ("$.a[", "ROOT:$ DOT NAME:a STRAY"),
        ("$.a  ", "ROOT:$ DOT NAME:a"),
        ("$.f().x", "ROOT:$ DOT BARE_FUNCTION:f NAME:) DOT NAME:x"),
        ("$.f()", "ROOT:$ DOT BARE_FUNCTION:f"),
    ],
)
def test_tokens(path: str, tokens: str) -> None:
    assert written(path) == tokens


@pytest.mark.parametrize(
    ("path", "span", "message"),
    [
        ("", (0, 1), "a path must not be empty"),
        ("$.", (1, 2), "a path must not end with '.'"),
        ("$.a..", (4, 5), "a path must not end with '.'"),
        ("$x", (1, 2), "expected '.' or '['"),
        ("$ .a", (1, 2), "expected '.' or '['"),
        ("$. a", (2, 3), "a name with blanks must stand in brackets"),
        ("$.a b", (3, 4), "a name with blanks must stand in brackets"),
        (" $.a", (0, 1), "a name with blanks must stand in brackets"),
        ("$...a", (3, 4), "'.' is not valid here"),
        ("$.a.sum(", (4, 8), "the arguments of sum( have no end"),
        ("$.sum(1]", (2, 6), "the arguments of sum( have no end"),
        ("$.sum($a)", (7, 8), "expected '.' or '['"),
    ],
)
def test_what_is_no_path_and_where(path: str, span: tuple[int, int], message: str) -> None:
    with pytest.raises(InvalidPath) as caught:
        compile_path(path)
    assert (caught.value.span, caught.value.message) == (span, message)


def test_the_error_draws_a_caret_into_the_path() -> None:
    with pytest.raises(InvalidPath) as caught:
        compile("$.order[id]")
    assert caught.value.diagnostic.render() == (
        "<path>:1:8: error: expected a quoted name, a number, '*' or '?(' in brackets\n"
        "   |\n"
        " 1 | $.order[id]\n"
        "   |        ^^^^\n"
        "  hint: a name in brackets needs quotes: ['id']"
    )


@pytest.mark.parametrize(
    "path", ["$" + ".f(1)" * 41, "$[?(" + "!" * 50 + "@.a)]", "$[?(" + "(" * 5_000 + "@.a" + ")" * 5_000 + ")]"]
)
def test_what_stands_too_deep_is_refused(path: str) -> None:
    with pytest.raises(InvalidPath, match="stand more than 40 levels inside each other"):
        compile_path(path)


def test_filters_may_stand_as_deep_as_that() -> None:
    assert compile_path("$" + "[?(@.a" * 39 + ")]" * 39)
