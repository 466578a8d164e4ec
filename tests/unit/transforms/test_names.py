"""Names in XML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vtl.transforms.names import NCNAME, escape_name, replace_name, unescape_name


@pytest.mark.parametrize(
    ("text", "escaped", "replaced"),
    [
        ("a", "a", "a"),
        ("a b", "a_x0020_b", "a_b"),
        ("1", "_x0031_", "_1"),
        ("", "_x_", "_"),
        ("_x0020_", "_x005F_x0020_", "_x0020_"),
        ("-a", "_x002D_a", "_-a"),
        ("a:b", "a_x003A_b", "a_b"),
        ("😀!", "😀_x0021_", "😀_"),
        ("\U000f0000", "_xF0000_", "_"),
    ],
)
def test_names_for_any_text(text: str, escaped: str, replaced: str) -> None:
    assert escape_name(text) == escaped
    assert replace_name(text) == replaced


@given(st.text(st.sampled_from(tuple("_x0aF 1:-é"))) | st.text())
def test_escaped_names_are_names_and_come_back(text: str) -> None:
    assert NCNAME.fullmatch(escape_name(text))
    assert NCNAME.fullmatch(replace_name(text))
    assert unescape_name(escape_name(text)) == text


def test_what_looks_like_an_escape_and_is_beyond_unicode_stays() -> None:
    assert unescape_name("_xFFFFFF_") == "_xFFFFFF_"
