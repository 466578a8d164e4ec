"""Texts for patterns: each one matches its pattern, or there is none."""

from __future__ import annotations

import re

import pytest

from vtl.transforms.text_samples import text_for_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"[A-Z]{2}-\d{3}",
        r"(?:a|b)+x?[^a-z]",
        r"\+?\d{1,3}( \d+)*",
        r"[\d\-]{4}",
        r"(|x)y",
        "é+",
        "[^\x00-\x7f]",
        r"\w{5}\.\s",
        "",
        "a{0}b",
    ],
)
def test_a_text_matches(pattern: str) -> None:
    text = text_for_pattern(pattern)
    assert text is not None
    assert re.fullmatch(pattern, text)


@pytest.mark.parametrize(
    "pattern", ["[", "(a", "a)", r"\p{L}", "(?=a)", "a{99999}", "(" * 20_000, "(" * 5_000 + ")" * 5_000, "a{x}"]
)
def test_what_is_not_read_has_none(pattern: str) -> None:
    assert text_for_pattern(pattern) is None
