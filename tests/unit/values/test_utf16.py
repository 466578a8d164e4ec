"""Java's view of Python text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vtl.values import utf16

TEXTS = st.text(st.sampled_from("aé€😀\ud83d\ude00\udbff\udfff"), max_size=8)


@given(TEXTS)
def test_units_and_back(text: str) -> None:
    units = utf16.units(text)
    assert len(units) == utf16.length(text)
    assert all(ord(unit) < 0x10000 for unit in units)
    assert utf16.units(utf16.merged(units)) == units
    assert utf16.merged(utf16.merged(text)) == utf16.merged(text)


@given(TEXTS, TEXTS)
def test_joining_puts_halves_together(left: str, right: str) -> None:
    left, right = utf16.merged(left), utf16.merged(right)
    assert utf16.joined(left, right) == utf16.merged(left + right)


def test_hash_codes() -> None:
    assert utf16.hash_code("") == 0
    assert utf16.hash_code("Hello") == 69609650
    assert utf16.hash_code("😀") == 1772899


def test_latin1() -> None:
    assert utf16.is_latin1("abcÿ")
    assert not utf16.is_latin1("ā")
