"""JSON with unknowns in it: what can be filled in, what cannot, and where the unknowns stand."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtl.lint.abstract.unknown import ANY, JSON, TEXT, Marks, Unknown
from vtl.lint.json_skeleton import COMMA, Skeleton, filled_json, kind_of_output
from vtl.source import Span

NOWHERE = Span(0, 0)
MARKS = Marks()
HOLE = MARKS.of(Unknown("x", ANY, "$x", NOWHERE))
TWO = MARKS.of(Unknown("y", TEXT, "$y", NOWHERE))
DOCUMENT = MARKS.of(Unknown("json($)", JSON, "$input.json('$')", NOWHERE))
FIRST = MARKS.of(Unknown("l[0]", ANY, "$l[0]", NOWHERE, trail=((5, 0),)))
SECOND = MARKS.of(Unknown("l[1]", ANY, "$l[1]", NOWHERE, trail=((5, 1),)))


def _skeleton(text: str) -> Skeleton:
    return Skeleton(text, MARKS.by_mark.get)


@pytest.mark.parametrize(
    "text",
    [
        f'{{"a": {HOLE}}}',
        f'{{"a": "{HOLE}-{TWO}"}}',
        f'{{"{HOLE}": 1}}',
        f"{{{HOLE}: 1}}",
        f"[{HOLE}, {HOLE}.{TWO}, -{HOLE}, 1{HOLE}, {HOLE}e5]",
        f"[1 {HOLE}]",
        f"{{{HOLE}}}",
        f"{HOLE}",
        f"[{FIRST}, {SECOND}]",
        DOCUMENT,
        f'{{"a": {DOCUMENT}}}',
        f'{{"a": "\\{HOLE}"}}',
        "",
        " \n ",
    ],
)
def test_some_filling_makes_json(text: str) -> None:
    assert _skeleton(text).fault is None


@pytest.mark.parametrize(
    ("text", "offset", "problem"),
    [
        (f'{{"a": {HOLE},}}', 7, "a comma before `}`"),
        (f"[{HOLE},,{HOLE}]", 3, "two commas in a row"),
        (f"[,{HOLE}]", 1, "a value is missing"),
        (f"{{,{HOLE}: 1}}", 1, "a comma without a member before it"),
        (f"[{FIRST} {SECOND}]", 3, "a comma is missing between the elements of the loop"),
        (f'{{"a": "{DOCUMENT}"}}', 7, "is JSON already"),
        (f'{{"a" {HOLE}}}', 5, "a colon is missing"),
        (f'{{"a": x{HOLE}}}', 6, "needs double quotes"),
        (f'{{"a": "{HOLE}', 6, "has no closing quote"),
        (f'{{"a": "{HOLE}"', 0, "never closed"),
        (f'{{"a": [{HOLE}}}', 8, "`}` where `]` should close"),
        (f'{{"a": {HOLE}}} {{}}', 9, "more after the end"),
        ("{'a': 1}", 1, "a name in double quotes is missing"),
        ('{"a": tru}', 6, "`tru` is no JSON value"),
        ('{"a": "\\x"}', 7, "JSON has no escape"),
        ('{"a": "\n"}', 7, "U+000A"),
        ("[\u00a0]", 1, "is no JSON value"),
        ('{"a": }', 6, "a value is missing"),
        ('{"a": 1 "b": 2}', 8, "a comma or `}` is missing"),
    ],
)
def test_no_filling_makes_json(text: str, offset: int, problem: str) -> None:
    fault = _skeleton(text).fault
    assert fault is not None
    assert (fault.offset, problem in fault.problem) == (offset, True), fault
    assert (fault.kind == COMMA) is (("comma" in problem and "missing" not in problem) or text.startswith("[,"))


def test_where_the_unknowns_stand() -> None:
    uses = _skeleton(f'{{"{TWO}": "a{HOLE}", "b": {HOLE}, "c": 1{TWO}}}').uses
    assert [(use.unknown.key, use.where) for use in uses] == [("y", "name"), ("x", "string"), ("x", "bare"), ("y", "part")]


def test_examples_fit_where_they_stand() -> None:
    text = f'{{"a": "{HOLE}", "b": {HOLE}, "c": {DOCUMENT}}}'
    assert filled_json(text, _skeleton(text).uses) == '{"a": "x", "b": 1, "c": {...}}'


def test_kinds_of_output() -> None:
    kinds = [kind_of_output(text) for text in ("", " {", "[1", "<a/>", HOLE, "Action=x", '"a": 1}', '"a"')]
    assert kinds == ["empty", "json", "json", "xml", "unknown", "other", "json", "other"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_all_json_is_taken(value: object, indent: int | None, ascii_only: bool) -> None:
    assert _skeleton(json.dumps(value, indent=indent, ensure_ascii=ascii_only).replace("\u007f", "")).fault is None


@given(st.text(alphabet='{}[],:"\\ 1atrue\n-.', max_size=12))
def test_what_is_no_json_is_refused_as_python_does(text: str) -> None:
    try:
        json.loads(text)
    except ValueError:
        expected = bool(text.strip(" \n"))
    else:
        expected = False
    assert (_skeleton(text).fault is not None) is expected
