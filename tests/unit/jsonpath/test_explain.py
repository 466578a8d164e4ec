"""How a path was read, and where it misses."""

from __future__ import annotations

from vtl.errors import JsonPathError, PathNotFound
from vtl.jsonpath import loads
from vtl.jsonpath.explain import explain
from vtl.jsonpath.paths import compile_path

DOCUMENT = loads('{"a": [{"x": 1}, {"x": 2}, {"x": 3}, {"x": 4}, {"y": 5}]}')


def test_each_step_says_what_it_left() -> None:
    reports = explain(compile_path("$.a[*].x"), DOCUMENT)
    assert [(report.what, report.found) for report in reports] == [
        ("the member 'a'", 1),
        ("all members or elements", 5),
        ("the member 'x'", 4),
    ]
    assert reports[2].locations == ("$['a'][0]['x']", "$['a'][1]['x']", "$['a'][2]['x']")
    assert [tuple(report.span) for report in reports] == [(2, 3), (3, 6), (7, 8)]


def test_a_miss_ends_it() -> None:
    reports = explain(compile_path("$.b.c.d"), DOCUMENT)
    assert len(reports) == 1
    assert isinstance(reports[0].error, PathNotFound)
    last = explain(compile_path("$.a[9]"), DOCUMENT)[-1]
    assert isinstance(last.error, PathNotFound)
    assert last.error.span == (3, 6)


def test_other_errors_end_it_as_well() -> None:
    reports = explain(compile_path("$.a.sum()"), DOCUMENT)
    assert isinstance(reports[-1].error, JsonPathError)
