"""Decisions of a run: each unknown condition and loop is decided once, and `plans` tries every other way in turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from vtl.source import Span

Forced = dict[str, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision: what was asked, which answer was taken (an index into `options`), and where.

    `words` says it for a message, such as ``#if($x) is false``.
    """

    key: str
    taken: int
    options: int
    words: str
    span: Span


class Chooser:
    """Gives the answers of one run: the forced ones, else the first option, and remembers all of them."""

    __slots__ = ("answers", "forced", "made")

    def __init__(self, forced: Forced):
        self.forced = forced
        self.answers: dict[str, int] = {}
        self.made: list[Choice] = []

    def choose(self, key: str, words: tuple[str, ...], span: Span) -> int:
        """The index of the answer to `key`; `words` has one text for each possible answer."""
        if key in self.answers:
            return self.answers[key]
        taken = self.forced.get(key, 0)
        self.answers[key] = taken
        self.made.append(Choice(key, taken, len(words), words[taken], span))
        return taken


class Plans:
    """Which answers to force in which run: first none, then each single deviation, then pairs, and so on."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: deque[Forced] = deque([{}])

    def __iter__(self) -> Iterator[Forced]:
        while self._waiting:
            yield self._waiting.popleft()

    def learn(self, forced: Forced, made: list[Choice]) -> None:
        """Plan the deviations from a run made with `forced`; only those after the last forced one, so that none repeats."""
        last = max((index for index, choice in enumerate(made) if choice.key in forced), default=-1)
        for choice in made[last + 1 :]:
            self._waiting.extend({**forced, choice.key: other} for other in range(1, choice.options))
