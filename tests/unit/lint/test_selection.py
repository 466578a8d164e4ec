"""Selection patterns against the statuses that they are compared with."""

from __future__ import annotations

import pytest

from vtl.lint.selection import is_status_pattern, matches_a_status, pattern_error


@pytest.mark.parametrize(
    ("pattern", "expected"), [("4\\d{2}", True), (".*", True), ("200", True), (".*Bad.*", False), ("20", False)]
)
def test_patterns_are_compared_with_the_whole_status(pattern: str, expected: bool) -> None:
    assert matches_a_status(pattern) is expected


def test_what_is_no_regular_expression_is_told_and_matches_for_all_we_know() -> None:
    assert "(" in pattern_error("(4..") or pattern_error("(4..")
    assert matches_a_status("(4..")
    assert pattern_error("4..") == ""


def test_patterns_for_statuses_have_no_words() -> None:
    assert is_status_pattern("4\\d{2}")
    assert is_status_pattern("[45]..")
    assert not is_status_pattern(".*Error.*")
    assert not is_status_pattern("")
