"""Ends of brackets and quotes, and escapes."""

from __future__ import annotations

import pytest

from vtl.jsonpath.brackets import closing_bracket, closing_quote, join_escapes, skip_blanks


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("(a)", 2),
        ("((a))", 4),
        ("(')')", 4),
        ("('\\')')", 6),
        ("(a", -1),
        ("('a)", -1),
        ("(@ =~ /)/)", 9),
        ("(a / b)", -1),
        ("('a''b)')", 6),
        ("[(])]", 2),
    ],
)
def test_where_a_bracket_closes(text: str, end: int) -> None:
    assert closing_bracket(text, 0, len(text), patterns=True) == end


def test_nothing_behind_the_given_end_counts() -> None:
    assert closing_bracket("(a)", 0, 2) == -1
    assert closing_quote("'a'", 0, 2) == -1
    assert skip_blanks("   x", 0, 2) == 2


def test_slashes_are_only_skipped_where_patterns_may_stand() -> None:
    assert closing_bracket("(/)/)", 0, 5) == 2


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ab", "ab"),
        ("a\\nb", "a\nb"),
        ("\\'\\\\", "'\\"),
        ("\\u0041", "A"),
        ("\\ud83d\\ude00", "😀"),
        ("\\u00", ""),
        ("\\q", "q"),
    ],
)
def test_escapes(text: str, plain: str) -> None:
    assert join_escapes(text) == plain


def test_four_characters_that_are_no_digits_are_an_error() -> None:
    with pytest.raises(ValueError, match="12zz"):
        join_escapes("\\u12zz")
