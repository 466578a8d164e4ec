"""The formatter changes no output: for any template, in both dialects, by our engine and by Java's; and once is enough."""

from __future__ import annotations

import copy
import json
import re
import sys
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.differential.generator import generate
from tests.differential.oracle import Answer, Oracle, missing
from tests.properties.spacing import spaced_template
from tests.properties.strategies import ANY_TEXT, GRAMMAR_TEXTS, context, mutated_corpus
from vtl.dialect import DIALECTS
from vtl.errors import LimitExceeded, TemplateSyntaxError, VtlError
from vtl.lang.format import format_source
from vtl.limits import Limits
from vtl.runtime.template import Template
from vtl.source import Source

LIMITS = Limits(steps=100_000, output_size=1_000_000, string_length=1_000_000, range_length=100_000)
COUNT = 3_000
SEEDS = 500


def _contexts() -> list[dict[str, Any]]:
    return [{}, context() | {"a": 1, "s": "Str", "m": {"k": "v"}, "l": [1, 2], "b-c": None}]


def _formatted(text: str) -> str | None:
    """The tidied text, None for one that cannot be parsed; any other failure is one of the formatter."""
    try:
        return format_source(Source("t", text))
    except (TemplateSyntaxError, LimitExceeded):
        return None


def _rendered(text: str, dialect: str, variables: dict[str, Any]) -> str | type[VtlError]:
    try:
        return Template(text, dialect=dialect, limits=LIMITS).render(copy.deepcopy(variables))
    except VtlError as error:
        return type(error)


def _holds(text: str) -> None:
    tidied = _formatted(text)
    if tidied is None:
        return
    assert _formatted(tidied) == tidied
    if tidied != text:
        for dialect in DIALECTS:
            for variables in _contexts():
                assert _rendered(tidied, dialect, variables) == _rendered(text, dialect, variables)


@given(st.randoms(use_true_random=False))
def test_any_spacing(rng: Random) -> None:
    _holds(spaced_template(rng))


@pytest.mark.parametrize("hundred", range(SEEDS // 100))
def test_spacing_by_seed(hundred: int) -> None:
    for number in range(hundred * 100, hundred * 100 + 100):
        _holds(spaced_template(Random(number)))


@given(GRAMMAR_TEXTS)
def test_texts_from_the_grammar(text: str) -> None:
    _holds(text)


@given(ANY_TEXT)
def test_any_text(text: str) -> None:
    _holds(text)


@given(mutated_corpus())
def test_changed_files_of_the_corpus(changed: tuple[str, dict[str, Any]]) -> None:
    _holds(changed[0])


def test_there_is_much_to_tidy_in_the_spaced_templates() -> None:
    texts = [spaced_template(Random(number)) for number in range(200)]
    tidied = [_formatted(text) for text in texts]
    assert sum(each not in (None, text) for text, each in zip(texts, tidied, strict=True)) > 100


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    """The Java engine, or a skip that says what is missing."""
    reason = missing()
    if reason:
        print(f"SKIPPED: {reason}", file=sys.__stdout__)
        pytest.skip(reason)
    with Oracle() as running:
        yield running


def _told(answer: Answer) -> tuple[bool, str, str]:
    """What came of a render."""
    return answer.ok, answer.output, json.dumps(answer.overrides)


def _comparable(answer: Answer) -> bool:
    """Not when the oracle gave up, nor where a hash code is printed, which is another each time."""
    return answer.usable and not re.search(r"@[0-9a-f]{4}", f"{answer.output}{json.dumps(answer.overrides)}")


def _questions() -> Iterator[tuple[str, dict[str, Any]]]:
    for number in range(COUNT):
        text = spaced_template(Random(number))
        for variables in ({}, {"a": 1, "s": "Str", "m": {"k": "v"}, "l": [1, 2]}):
            yield text, {"context": variables}
            yield text, {"context": variables, "gateway": {}}
        case = generate(1, number, "velocity")
        yield case.template, json.loads(case.request())
        yield case.template, {**json.loads(case.request()), "gateway": {}}


@pytest.mark.oracle
def test_java_prints_the_same(oracle: Oracle) -> None:
    asked = [(text, tidied, rest) for text, rest in _questions() if (tidied := _formatted(text)) not in (None, text)]
    assert len(asked) > COUNT
    pairs = [json.dumps({**rest, "template": each}) for text, tidied, rest in asked for each in (text, tidied)]
    answers = oracle.ask(pairs)
    for (text, tidied, _), before, after in zip(asked, answers[::2], answers[1::2], strict=True):
        if _comparable(before) and _comparable(after):
            assert _told(before) == _told(after), (text, tidied)
