"""What the parser refuses that the scanners let through, and how it reads what Jayway reads over."""

from __future__ import annotations

import pytest

from vtl.errors import InvalidPath
from vtl.jsonpath.paths import compile_path
from vtl.source import Span


@pytest.mark.parametrize(
    ("path", "span", "message"),
    [
        ("$[?(1)]", (5, 7), "expected an operator"),
        ("$[?()]", (4, 6), "expected a number or a path or a text in quotes"),
        ("$[?(@.a == ! 1)]", (11, 12), "expected a number or a path or a text in quotes"),
        ("$[?(@.a =~ /[/)]", (11, 14), "'[' is no regular expression: Unclosed character class"),
    ],
)
def test_what_is_refused_and_where(path: str, span: tuple[int, int], message: str) -> None:
    with pytest.raises(InvalidPath) as caught:
        compile_path(path)
    assert (caught.value.span, caught.value.message) == (span, message)


def test_the_last_character_that_does_not_count_is_known() -> None:
    assert compile_path("$['a']x").read_as.stray == Span(6, 7)
    assert compile_path("$.a").read_as.stray is None
    assert compile_path("@.a").from_root is False
    assert compile_path("a").from_root is True
