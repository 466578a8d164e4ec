"""Ten faults, planted one at a time into the engine: the differential test finds each of them within a few thousand cases."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.differential.campaign import campaign
from tests.differential.compare import differences
from tests.differential.oracle import Oracle, missing
from vtl.compiler import emitter, expressions, macros, statements
from vtl.lang import patterns, terms
from vtl.runtime.support import NAMES
from vtl.values import maps, numbers, regex, text

pytestmark = pytest.mark.oracle
CASES = 4000
Plant = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    """The Java engine, or a skip that says what is missing."""
    reason = missing()
    if reason:
        print(f"SKIPPED: {reason}", file=sys.__stdout__)
        pytest.skip(reason)
    with Oracle() as running:
        yield running


def empty_string_is_false(patch: pytest.MonkeyPatch) -> None:
    """`#if($e)` takes "" for false."""
    truth = expressions._truth

    def faulty(e: Any, operand: Any) -> str:
        operand = e.atom(operand)
        return f'({truth(e, operand)}) and {operand.code} != ""'

    patch.setattr(expressions, "_truth", faulty)


def line_end_after_end_stays(patch: pytest.MonkeyPatch) -> None:
    """#end keeps the line end after it."""
    line_end = re.escape(patterns._LINE_END)
    for state, pattern in patterns.BY_STATE.items():
        kept = re.sub(rf"(\(\?P<END>.*?){line_end}", lambda match: match[1], pattern.pattern, count=1)
        patch.setitem(patterns.BY_STATE, state, re.compile(kept))


def division_rounds_down(patch: pytest.MonkeyPatch) -> None:
    """`-7 / 2` is -4."""

    def faulty(call: Any, left: Any, right: Any) -> Any:
        if type(left) is int and type(right) is int and right:
            return left // right
        return numbers.divide(call, left, right)

    patch.setitem(NAMES, "divide", faulty)


def arguments_by_value(patch: pytest.MonkeyPatch) -> None:
    """A macro's arguments are evaluated once, before it starts."""

    def faulty(facts: Any, tree: Any) -> frozenset[tuple[str, int]]:
        return frozenset((macro.name, index) for macro in facts.macros.values() for index in range(len(macro.parameters)))

    patch.setattr(macros, "passed_by_value", faulty)


def count_from_zero(patch: pytest.MonkeyPatch) -> None:
    """$velocityCount starts at 0."""
    assign = emitter.Emitter.assign

    def faulty(self: Any, name: str, code: str) -> None:
        assign(self, name, f"{code} - 1" if name == "velocityCount" else code)

    patch.setattr(emitter.Emitter, "assign", faulty)


def maps_in_order_of_insertion(patch: pytest.MonkeyPatch) -> None:
    """A HashMap iterates as a LinkedHashMap does."""
    patch.setattr(maps.HashMap, "ordered", lambda self: list(dict.__iter__(self)))


def doubles_as_python_prints_them(patch: pytest.MonkeyPatch) -> None:
    """A Double prints with Python's exponent."""
    patch.setitem(text.SCALARS, float, repr)


def split_keeps_an_empty_end(patch: pytest.MonkeyPatch) -> None:
    """split() leaves one empty string at the end."""
    array = regex.array_of_strings
    patch.setattr(regex, "array_of_strings", lambda parts: array([*parts, ""] if parts and parts[-1] else parts))


def null_is_assigned(patch: pytest.MonkeyPatch) -> None:
    """`#set($a = $undefined)` forgets what $a was."""

    def faulty(e: Any, node: Any) -> None:
        statements._emit_target(e, node, e.atom(expressions.value(e, node.value)).code)

    patch.setattr(statements, "_emit_set", faulty)


def doubled_quotes_stay(patch: pytest.MonkeyPatch) -> None:
    """Two quotes in a string stay two."""
    patch.setattr(terms, "_single_quotes", lambda characters: characters)


FAULTS: tuple[Plant, ...] = (
    empty_string_is_false,
    line_end_after_end_stays,
    division_rounds_down,
    arguments_by_value,
    count_from_zero,
    maps_in_order_of_insertion,
    doubles_as_python_prints_them,
    split_keeps_an_empty_end,
    null_is_assigned,
    doubled_quotes_stay,
)


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_found(oracle: Oracle, plant: Plant) -> None:
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        result = campaign(oracle, count=CASES, seed=1, dialect="velocity", enough=1)
    assert result.found
    cases = [found.case for found in result.found]
    assert differences(oracle, cases) == [], "the engine is wrong without the fault, too"
