"""Edits: applied together, never over each other, and shown as a diff."""

from __future__ import annotations

from vtl.lint.finding import Edit, Finding, Fix
from vtl.lint.fixes import applicable, apply_fixes, diff
from vtl.source import Span


def _finding(*edits: tuple[int, int, str], safe: bool = True, editable: bool = True) -> Finding:
    fix = Fix(tuple(Edit(Span(start, end), text) for start, end, text in edits), safe, "")
    return Finding("m", fix=fix, editable=editable)


def test_edits_are_applied_by_their_places_in_the_old_text() -> None:
    text, done = apply_fixes("abcdef", [_finding((4, 5, "EE")), _finding((0, 1, "")), _finding((2, 2, "-"))])
    assert text == "b-cdEEf"
    assert len(done) == 3


def test_a_fix_that_overlaps_waits() -> None:
    first, second = _finding((0, 3, "x")), _finding((2, 4, "y"), (5, 6, "z"))
    text, done = apply_fixes("abcdef", [first, second])
    assert text == "xdef"
    assert done == [first]


def test_the_same_edit_of_two_findings_is_made_once() -> None:
    text, done = apply_fixes("abc", [_finding((1, 2, "")), _finding((1, 2, ""))])
    assert text == "ac"
    assert len(done) == 2


def test_two_insertions_at_one_place_wait_for_each_other() -> None:
    text, done = apply_fixes("abc", [_finding((1, 1, "x")), _finding((1, 1, "y"))])
    assert text == "axbc"
    assert len(done) == 1


def test_unsafe_fixes_and_foreign_files_are_left_out() -> None:
    safe, unsafe, foreign = _finding((0, 1, "")), _finding((0, 1, ""), safe=False), _finding((0, 1, ""), editable=False)
    every = [safe, unsafe, foreign, Finding("without")]
    assert applicable(every, unsafe=False) == [safe]
    assert applicable(every, unsafe=True) == [safe, unsafe]


def test_a_diff_names_the_file_and_a_missing_line_end() -> None:
    shown = diff("a\nb", "a\nc", "t.vtl")
    assert shown.splitlines() == [
        "--- t.vtl",
        "+++ t.vtl",
        "@@ -1,2 +1,2 @@",
        " a",
        "-b",
        "\\ No newline at end of file",
        "+c",
        "\\ No newline at end of file",
    ]
    assert diff("a", "a", "t.vtl") == ""
