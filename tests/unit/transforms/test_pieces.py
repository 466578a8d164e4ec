"""Pieces of text: the same text, however many they are, in time that grows with the text alone."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vtl
from vtl.transforms.pieces import Text, added, joined


@given(st.lists(st.text(max_size=3) | st.integers(1, 3000).map("x".__mul__), max_size=60))
def test_pieces_make_the_text(pieces: list[str]) -> None:
    text: Text = ""
    for piece in pieces:
        text = added(text, piece)
    assert joined(text) == "".join(pieces)


def test_many_pieces_are_joined_from_time_to_time() -> None:
    text: Text = ""
    for number in range(100_000):
        text = added(text, str(number % 10))
    assert isinstance(text, list)
    assert len(text) < 10_000
    assert joined(text) == "0123456789" * 10_000


@pytest.mark.parametrize("piece", ["&amp;", "&#38;", "<![CDATA[&]]>"])
@pytest.mark.parametrize("convention", ["plain", "jsonml"])
def test_a_long_text_of_small_pieces_takes_no_quadratic_time(piece: str, convention: str) -> None:
    """A million and a half pieces; copying the text for each one would be more than a thousand GB."""
    document = "<a>" + ("&amp;" * 4 + piece) * 300_000 + "</a>"
    start = process_time()
    value = vtl.xml_to_json(document, convention=convention)
    assert process_time() - start < 5
    assert (value[1] if convention == "jsonml" else value["a"]) == "&" * 1_500_000
