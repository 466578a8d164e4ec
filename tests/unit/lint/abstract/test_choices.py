"""Decisions: each made once in a run, and every other answer planned exactly once."""

from __future__ import annotations

from vtl.lint.abstract.choices import Chooser, Plans
from vtl.source import Span

NOWHERE = Span(0, 0)


def _answers(forced: dict[str, int], questions: dict[str, int]) -> Chooser:
    chooser = Chooser(forced)
    for key, options in questions.items():
        chooser.choose(key, tuple(f"{key}{index}" for index in range(options)), NOWHERE)
    return chooser


def test_an_answer_stays_the_same_in_a_run() -> None:
    chooser = Chooser({"b": 1})
    words = ("yes", "no")
    assert [chooser.choose(key, words, NOWHERE) for key in ("a", "b", "a", "b")] == [0, 1, 0, 1]
    assert [(choice.key, choice.words) for choice in chooser.made] == [("a", "yes"), ("b", "no")]


def test_all_combinations_come_once_and_those_with_few_deviations_first() -> None:
    plans = Plans()
    questions = {"a": 2, "b": 3, "c": 2}
    seen = []
    for forced in plans:
        chooser = _answers(forced, questions)
        seen.append(tuple(chooser.answers.values()))
        plans.learn(forced, chooser.made)
    assert len(seen) == len(set(seen)) == 12
    deviations = [sum(answer != 0 for answer in answers) for answers in seen]
    assert deviations == sorted(deviations)
