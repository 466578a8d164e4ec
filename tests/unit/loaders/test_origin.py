"""Origins: pieces of strings keep the places of their characters."""

from __future__ import annotations

import pytest

from tests.unit.loaders.places import places
from vtl.loaders.origin import Placeholder, Text, file_text, joined, pinned, word_for
from vtl.source import Source

SOURCE = Source("f", "abc\ndef\nghi")
OTHER = Source("g", "0123456789")


def test_a_slice_of_a_slice_stands_where_it_stood() -> None:
    piece = file_text(SOURCE).piece(2, 9).piece(2, 6)
    assert (piece, places(piece)) == ("def\n", [(2, 1), (2, 2), (2, 3), (2, 4)])


def test_joined_pieces_of_two_files_keep_their_files() -> None:
    text = joined([file_text(SOURCE).piece(4, 6), pinned("--", file_text(SOURCE).origin.anchor(8)), file_text(OTHER).piece(3, 5)])
    assert text == "de--34"
    assert [(text.origin.anchor(at).file, text.origin.anchor(at).column) for at in range(6)] == [
        ("f", 1),
        ("f", 2),
        ("f", 1),
        ("f", 1),
        ("g", 4),
        ("g", 5),
    ]


def test_one_past_the_end_has_a_place() -> None:
    assert file_text(SOURCE).piece(0, 3).origin.locate(3) == (SOURCE, 3)


def test_an_anchor_over_two_files_is_one_character_wide() -> None:
    text = joined([file_text(SOURCE).piece(4, 6), file_text(OTHER).piece(3, 5)])
    assert text.origin.anchor(1, 4).span == (5, 6)
    assert text.origin.anchor(0, 2).span == (4, 6)


def test_placeholders_move_with_their_text_and_are_cut_with_it() -> None:
    text = Text("a-word-b", file_text(SOURCE).origin, [Placeholder(2, 6, "x")])
    assert joined([file_text(OTHER).piece(0, 3), text]).placeholders == (Placeholder(5, 9, "x"),)
    assert text.piece(4, 8).placeholders == (Placeholder(0, 2, "x"),)
    assert text.piece(0, 2).placeholders == ()


def test_nothing_joined_needs_a_place() -> None:
    where = file_text(SOURCE).origin.anchor(5)
    assert joined([], where).origin.locate(0) == (SOURCE, 5)
    assert joined([file_text(SOURCE).piece(7, 7)]).origin.locate(0) == (SOURCE, 7)
    with pytest.raises(ValueError, match="nothing to join"):
        joined([])


def test_only_a_string_that_is_one_stand_in_is_unknown() -> None:
    where = file_text(SOURCE).origin.anchor(0)
    assert pinned("word", where, "var.x").is_unknown
    assert not pinned("word", where).is_unknown
    assert not joined([pinned("word", where, "var.x"), pinned("!", where)]).is_unknown


@pytest.mark.parametrize(
    ("expression", "word"),
    [("var.table_name", "var-table-name"), ("AWS::Region", "AWS-Region"), ("${}", "placeholder"), ("é.x", "x")],
)
def test_a_stand_in_is_a_word(expression: str, word: str) -> None:
    assert word_for(expression) == word
