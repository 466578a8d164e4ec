"""`explore`: all ways through a template, up to a bound, and what each printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vtl.errors import VtlError
from vtl.lang import nodes
from vtl.lint.abstract.choices import Choice, Chooser, Plans
from vtl.lint.abstract.expressions import value
from vtl.lint.abstract.output import Output, OutputFull
from vtl.lint.abstract.state import LoopLeft, Note, RunEnded, State, Write
from vtl.lint.abstract.statements import block
from vtl.lint.abstract.unknown import Marks, Unknown
from vtl.source import Span

MOST_RUNS = 250
MOST_STEPS = 400_000
"""Steps of all runs of one template together."""


@dataclass(frozen=True, slots=True)
class Print:
    """A reference that printed in a run: its value, its place, and where in the output."""

    value: Any
    span: Span
    offset: int


@dataclass(frozen=True, slots=True)
class Run:
    """One way through the template.

    `complete` is false when the run was given up or would fail; its output then says nothing about validity.
    """

    output: Output
    text: str
    choices: tuple[Choice, ...]
    writes: tuple[Write, ...]
    prints: tuple[Print, ...]
    notes: tuple[Note, ...]
    marks: Marks
    complete: bool

    def unknowns(self) -> Iterator[tuple[int, Unknown]]:
        """The unknown values in the output, each with its offset."""
        return self.marks.within(self.text)

    def origin(self, offset: int) -> tuple[Span, int] | None:
        """What in the template printed the character at an offset: its place, and how far into that piece the offset lies."""
        found = self.output.origin(offset)
        return None if found is None else (found[1], max(0, offset - found[0]))

    def printed_alone(self, offset: int) -> bool:
        """Whether the reference that printed the character at an offset printed nothing else."""
        found = self.output.origin(offset)
        return found is not None and len(found[2]) == 1

    def answers(self) -> dict[str, int]:
        """The decisions by their keys."""
        return {choice.key: choice.taken for choice in self.choices}


@dataclass(frozen=True, slots=True)
class Exploration:
    """The runs of one template; `exhausted` says whether there are no others."""

    runs: tuple[Run, ...]
    exhausted: bool

    def because(self, failing: Run, failures: set[int]) -> tuple[Choice, ...]:
        """The fewest decisions of a failing run that make every explored run with them fail too.

        `failures` are the indexes of all failing runs; none is left over when every run fails.
        """
        passing = [run.answers() for index, run in enumerate(self.runs) if index not in failures and run.complete]
        kept = list(failing.choices)
        for choice in sorted(failing.choices, key=lambda each: each.taken != 0):
            rest = [each for each in kept if each is not choice]
            if not any(all(answers.get(each.key) == each.taken for each in rest) for answers in passing):
                kept = rest
        return tuple(kept)


def explore(
    text: str, tree: nodes.Template, supplied: Mapping[str, str] | None = None, placeholders: Sequence[Span] = ()
) -> Exploration:
    """Run a template through its branches.

    `supplied` names variables that come from outside, with the kind of their value; `placeholders` are stretches of the text that
    something else will stand for, in order.
    """
    plans = Plans()
    runs: list[Run] = []
    steps = MOST_STEPS
    for forced in plans:
        if len(runs) >= MOST_RUNS or steps <= 0:
            return Exploration(tuple(runs), False)
        chooser = Chooser(forced)
        run, used = _run(State(text, chooser, supplied or {}, placeholders, value, block), tree)
        steps -= used
        runs.append(run)
        plans.learn(forced, list(run.choices))
    return Exploration(tuple(runs), True)


def _run(state: State, tree: nodes.Template) -> tuple[Run, int]:
    """One run, and the steps that it took."""
    budget = state.steps
    output = state.output
    complete = True
    try:
        block(state, tree.body)
    except RunEnded as ended:
        complete = ended.complete
    except (OutputFull, VtlError):
        complete = False
    except LoopLeft:
        complete = True
    prints = tuple(Print(*each) for each in state.printed)
    run = Run(
        output, output.text(), tuple(state.chooser.made), tuple(state.writes), prints, tuple(state.notes), state.marks, complete
    )
    return run, budget - state.steps + 1
