"""The state of a generator while it writes one template: its dice, its names, and notes of what it has written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import TypeVar

from tests.differential.cases import Tree

T = TypeVar("T")


class Pen:
    """Dice and notes for one template.

    `wild` from 0 to 1 scales whatever tends to make a template fail; `budget` is what may still be written.
    """

    def __init__(self, rng: Random, dialect: str, wild: float, budget: int):
        self.rng = rng
        self.dialect = dialect
        self.wild = wild
        self.budget = budget
        self.depth = 0
        self.deepest = 0
        self.loops = 0
        self.marks: set[str] = set()
        self.macros: list[tuple[str, tuple[str, ...]]] = []
        self.locals: list[str] = []

    @property
    def hosted(self) -> bool:
        """Whether the template is for API Gateway."""
        return self.dialect == "apigateway"

    def chance(self, probability: float) -> bool:
        """True with that probability."""
        return self.rng.random() < probability

    def hazard(self, probability: float) -> bool:
        """True with that probability in a wild template, less often in a tame one."""
        return self.rng.random() < probability * self.wild

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[int(self.rng.random() * len(choices))]

    def number(self, low: int, high: int) -> int:
        """An integer from low to high, both included."""
        return low + int(self.rng.random() * (high - low + 1))

    def weighted(self, table: Sequence[tuple[float, T]]) -> T:
        """One of a table's second columns, as likely as its first column says."""
        point = self.rng.random() * sum(weight for weight, _ in table)
        for weight, choice in table:
            point -= weight
            if point < 0:
                return choice
        return table[-1][1]

    def mark(self, *notes: str) -> None:
        """Notes what is being written, for the counts."""
        self.marks.update(notes)

    @contextmanager
    def nested(self) -> Iterator[None]:
        """One block deeper."""
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        try:
            yield
        finally:
            self.depth -= 1


Writer = Callable[[Pen], Tree]
