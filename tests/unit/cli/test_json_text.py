"""Where a text stops being JSON, and JSON indented."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtl.cli.json_text import Fault, indent_json, json_fault


@pytest.mark.parametrize(
    ("text", "offset", "problem"),
    [
        ("", 0, "there is nothing"),
        (" \n", 2, "there is nothing"),
        ('{"a": 1,}', 7, "a comma before `}`"),
        ("[1,]", 2, "a comma before `]`"),
        ("[1 2]", 3, "a comma or `]` is missing"),
        ('{"a": 1 "b"}', 8, "a comma or `}` is missing"),
        ('{"a": }', 6, "a value is missing"),
        ('{"a": , "b": 1}', 6, "a value is missing"),
        ("[,1]", 1, "a value is missing"),
        ('{"a" 1}', 5, "a colon is missing"),
        ("{a: 1}", 1, "a name in double quotes is missing"),
        ('{"a": 1, b}', 9, "a name in double quotes is missing"),
        ('["x\ny"]', 3, "a line end or control character (U+000A) inside a text"),
        ('["\\q"]', 2, "JSON has no escape `\\q`"),
        ('["\\u12"]', 2, "JSON has no escape `\\u`"),
        ('"abc', 0, "the text that starts here has no closing quote"),
        ("[NaN]", 1, "this is no JSON value (a text needs double quotes)"),
        ("[01]", 1, "this is no JSON value (a text needs double quotes)"),
        ("[1.]", 1, "this is no JSON value (a text needs double quotes)"),
        ("[Ada]", 1, "this is no JSON value (a text needs double quotes)"),
        ("['a']", 1, "this is no JSON value (a text needs double quotes)"),
        ("[1]]", 3, "there is more after the end of the JSON"),
        ("{} {}", 3, "there is more after the end of the JSON"),
        ('{"a":1', 6, "`}` is missing at the end"),
        ("{", 1, "`}` is missing at the end"),
        ('{"a":1]', 6, "a comma or `}` is missing"),
        ("[[", 2, "a value is missing"),
        ("[" * 100_000, 100_000, "a value is missing"),
    ],
)
def test_faults(text: str, offset: int, problem: str) -> None:
    assert json_fault(text) == Fault(offset, problem)


@pytest.mark.parametrize("text", ["1", " null ", '"x"', "[]", "{}", '{"a": [1.5e-3, {"b": "\\u00e9\\n"}]}', "9" * 10_000])
def test_what_is_json(text: str) -> None:
    assert json_fault(text) is None


def test_depth_does_not_matter() -> None:
    assert json_fault("[" * 100_000 + "]" * 100_000) is None


def _strictly_json(text: str) -> bool:
    def refuse(word: str) -> None:
        raise ValueError(word)

    try:
        json.loads(text, parse_constant=refuse)
    except ValueError:
        return False
    return True


@given(st.text(alphabet='{}[]:,"\\ \n01.eE-+truefalsnabu', max_size=14))
def test_it_agrees_with_the_standard_library(text: str) -> None:
    assert (json_fault(text) is None) == _strictly_json(text)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_VALUES, st.integers(min_value=0))
def test_a_character_cut_out_is_noticed_as_the_standard_library_does(value: object, place: int) -> None:
    text = json.dumps(value)
    assert json_fault(text) is None
    cut = text[: place % len(text)] + text[place % len(text) + 1 :]
    assert (json_fault(cut) is None) == _strictly_json(cut)


@given(_VALUES)
def test_indenting_changes_no_value(value: object) -> None:
    text = json.dumps(value)
    indented = indent_json(text)
    assert json.loads(indented) == json.loads(text)
    assert indented == json.dumps(value, indent=2)


def test_indenting_keeps_the_spelling_of_numbers_and_repeated_names() -> None:
    assert indent_json('{"a":1.50,"a":1E5,"e":{ },"l":[ ]}') == '{\n  "a": 1.50,\n  "a": 1E5,\n  "e": {},\n  "l": []\n}'
