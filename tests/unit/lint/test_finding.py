"""Findings of rules and of files, and what stays the same while they move."""

from __future__ import annotations

from vtl.diagnostics import Diagnostic
from vtl.lint.finding import Finding
from vtl.lint.site import FilePlace
from vtl.source import Place, Source, Span


def _finding(text: str, offset: int, code: str = "U204") -> Finding:
    source = Source("t.vtl", text)
    line, column = source.place(offset)
    start = FilePlace("t.vtl", line, column)
    return Finding("message", source, Span(offset, offset + 1), code=code, start=start, end=Place(line, column + 1))


def test_a_fingerprint_survives_a_move_and_tells_codes_and_lines_apart() -> None:
    moved = _finding("\n\n  a = 1", 4)
    assert _finding("a =  1", 0).fingerprint == moved.fingerprint
    assert _finding("a = 1", 0, "J401").fingerprint != moved.fingerprint
    assert _finding("a = 2", 0).fingerprint != moved.fingerprint


def test_findings_are_ordered_by_file_and_place() -> None:
    first, second = _finding("ab", 0), _finding("ab", 1)
    assert sorted([second, first], key=lambda each: each.order) == [first, second]


def test_a_diagnostic_that_no_rule_made_becomes_a_finding() -> None:
    made = Finding.of(Diagnostic("cannot read", Source("x.vtl", "")))
    assert (made.file, made.line, made.code, made.rule) == ("x.vtl", 0, "P000", "")
    assert Finding.of(made) is made
    assert Finding.of(Diagnostic("nothing")).file == ""
