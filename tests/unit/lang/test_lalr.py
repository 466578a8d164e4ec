"""The driver over tables, on a grammar of its own."""

from __future__ import annotations

from typing import Any, NamedTuple, NoReturn

import pytest

from vtl.lang.generate import compute_tables
from vtl.lang.lalr import END_OF_INPUT, Flat, drive

TABLES = compute_tables("%declare A B\nstart: _item* B\n_item: A | pair\npair: A A B", start="start")


class Word(NamedTuple):
    """A token."""

    type: str


class Recorder:
    """Builds tuples, and remembers how high the stack was."""

    def __init__(self) -> None:
        self.heights: list[int] = []

    def shift(self, token: Word, states: int) -> None:
        self.heights.append(states)

    def build(self, name: str, children: Flat) -> object:
        return (name, *[child.type if isinstance(child, Word) else child for child in children])

    def refuse(self, token: Any, expected: frozenset[str]) -> NoReturn:
        raise LookupError(f"{token.type}: {sorted(expected)}")


def _parse(text: str) -> object:
    return drive(TABLES, [*map(Word, text), Word(END_OF_INPUT)], Recorder())


def test_rules_of_underscored_names_vanish() -> None:
    assert _parse("B") == ("start", "B")
    assert _parse("AABB") == ("start", ("pair", "A", "A", "B"), "B")


def test_what_is_refused_comes_with_what_could_stand_there() -> None:
    with pytest.raises(LookupError, match=r"\$END: \['A', 'B'\]"):
        _parse("A")
