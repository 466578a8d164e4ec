"""Ends of brackets, and escapes."""

from __future__ import annotations

import pytest

from vtl.jsonpath.scanner import closing_bracket, join_escapes


@pytest.mark.parametrize(
    ("text", "end"),
    [("(a)", 2), ("((a))", 4), ("(')')", 4), ("('\\')')", 6), ("(a", -1), ("('a)", -1), ("(@ =~ /)/)", 9), ("(a / b)", 6)],
)
def test_where_a_bracket_closes(text: str, end: int) -> None:
    assert closing_bracket(text, 0, "(", ")") == end


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ab", "ab"),
        ("a\\nb", "a\nb"),
        ("\\'\\\\", "'\\"),
        ("\\u0041", "A"),
        ("\\ud83d\\ude00", "😀"),
        ("\\u00", "u00"),
        ("a\\", "a\\"),
    ],
)
def test_escapes(text: str, plain: str) -> None:
    assert join_escapes(text) == plain
