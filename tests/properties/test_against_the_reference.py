"""The compiled engine prints what the plain evaluator prints, and fails where it fails."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.differential.cases import to_value
from tests.differential.generator import generate
from tests.properties.strategies import ANY_TEXT, CORPUS, GRAMMAR_TEXTS, context, mutated_corpus
from tests.reference import evaluator
from vtl.dialect import DIALECTS, VELOCITY, Dialect
from vtl.errors import LimitExceeded, VtlError
from vtl.limits import Limits
from vtl.runtime.template import Template

LIMITS = Limits(steps=100_000, output_size=1_000_000, string_length=1_000_000, range_length=100_000)
BOTH = st.sampled_from(sorted(DIALECTS)).map(DIALECTS.__getitem__)
SEEDS = 400


def _same(text: str, variables: dict[str, Any], dialect: Dialect) -> None:
    other = copy.deepcopy(variables)
    try:
        expected: str | None = evaluator.render(text, other, dialect, LIMITS)
    except VtlError:
        expected = None
    try:
        got: str | None = Template(text, dialect=dialect.name, limits=LIMITS).render(variables)
    except LimitExceeded as error:
        if error.limit in ("steps", "output_size", "string_length"):  # bounds that the plain evaluator does not have
            return
        got = None
    except VtlError:
        got = None
    assert got == expected


@given(GRAMMAR_TEXTS, BOTH)
def test_texts_from_the_grammar(text: str, dialect: Dialect) -> None:
    _same(text, context(), dialect)


@given(ANY_TEXT, BOTH)
def test_any_text(text: str, dialect: Dialect) -> None:
    _same(text, context(), dialect)


@given(mutated_corpus(), BOTH)
def test_changed_files_of_the_corpus(changed: tuple[str, dict[str, Any]], dialect: Dialect) -> None:
    _same(*changed, dialect)


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=lambda dialect: dialect.name)
@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_the_corpus(case: Any, dialect: Dialect) -> None:
    _same(case.template, copy.deepcopy(dict(case.context)), dialect)


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_the_reference_itself_prints_what_the_corpus_says(case: Any) -> None:
    if "error" in case.header:
        with pytest.raises(VtlError):
            evaluator.render(case.template, copy.deepcopy(dict(case.context)), VELOCITY)
    else:
        assert evaluator.render(case.template, copy.deepcopy(dict(case.context)), VELOCITY) == case.output


@pytest.mark.parametrize("hundred", range(SEEDS // 100))
def test_generated_templates(hundred: int) -> None:
    for number in range(hundred * 100, hundred * 100 + 100):
        for dialect in DIALECTS.values():
            case = generate(7, number, "velocity")
            variables = to_value(case.context)
            assert isinstance(variables, dict)
            _same(case.template, variables, dialect)
