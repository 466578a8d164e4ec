"""Templates that must fail, with the words, the place and the carets that they fail with."""

from __future__ import annotations

import pytest

from tests.corpus.error_files import ErrorCase, error_cases
from tests.differential.oracle import Oracle, missing
from vtl.errors import LimitExceeded, RenderError, TemplateSyntaxError

CASES = error_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_an_error_is_shown_as_its_file_says(case: ErrorCase) -> None:
    phase, error = case.fail()
    assert error.diagnostic.render() == case.shown
    assert phase == case.phase
    assert isinstance(error, TemplateSyntaxError if phase == "parse" else RenderError | LimitExceeded)
    assert error.line >= 1
    assert error.column >= 1
    assert error.file == "template.vtl"


def test_there_are_enough() -> None:
    assert len(CASES) >= 80


@pytest.mark.oracle
def test_velocity_fails_in_the_same_phase() -> None:
    if missing():
        pytest.skip(missing())
    with Oracle() as oracle:
        answers = oracle.ask([case.request for case in CASES])
    phases = {case.path.stem: (answer.phase, case.phase) for case, answer in zip(CASES, answers, strict=True)}
    assert {
        name: pair
        for name, pair in phases.items()
        if pair not in (("parse", "parse"), ("init", "parse"), ("init", "render"), ("render", "render"))
    } == {}
