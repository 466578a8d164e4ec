"""Methods, operators and texts against what the Java engine was recorded to do (see record.py)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.unit.values.samples import is_hosted, values
from vtl.errors import JavaError, LimitExceeded
from vtl.values import numbers
from vtl.values.access import get_index, get_property, set_index
from vtl.values.equality import java_hash
from vtl.values.kinds import java_class, simple_name, single
from vtl.values.methods import invoke
from vtl.values.text import to_text
from vtl.values.truth import equals

DATA = Path(__file__).parent / "data"
_BOUNDED = "beyond the limits"
METHOD_FILES = sorted(path.stem for path in DATA.glob("methods_*.jsonl"))


def recorded(name: str) -> list[list[Any]]:
    """The rows of a data file, without its provenance."""
    header, *rows = [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    assert header["engine"].startswith("Apache Velocity 1.7")
    return rows


def _class(value: Any, null: str = "") -> str:
    return null if value is None else java_class(value)


def _shown(value: Any) -> str:
    return "" if value is None else to_text(value)


def _called(receiver: str, method: str, arguments: list[str]) -> str:
    made = values()
    null = "java.lang.String" if is_hosted((receiver, *arguments)) else ""
    try:
        result = invoke(made["call"], made[receiver], method, tuple(made[name] for name in arguments))
        return f"{_shown(result)}|{_class(result, null)}|{to_text(made[receiver])}"
    except JavaError as error:
        return f"!{error.message}"
    except LimitExceeded:
        return _BOUNDED


@pytest.mark.parametrize("name", METHOD_FILES)
def test_methods_answer_as_in_java(name: str) -> None:
    wrong = {}
    for receiver, method, arguments, expected in recorded(name):
        found = _called(receiver, method, arguments)
        # Java says "Class: null" for an exception without a message when no method stands around it.
        if found not in (expected, re.sub(": null$", "", expected), _BOUNDED):
            wrong[receiver, method, tuple(arguments)] = (found, expected)
    assert not wrong


def _operated(left: Any, right: Any, call: Any) -> str:
    try:
        return _results(left, right, call)
    except JavaError as error:
        return f"!{error.message}"


def _results(left: Any, right: Any, call: Any) -> str:
    results = [operate(call, left, right) for operate in (numbers.add, numbers.subtract, numbers.multiply, numbers.divide)]
    shown = "".join(f"{_shown(result)}:{'' if result is None else simple_name(result)};" for result in results)
    compared = (equals, numbers.less, numbers.greater, numbers.less_equal, numbers.greater_equal)
    return shown + "".join("T" if compare(left, right) else "F" for compare in compared)


def test_operators_answer_as_in_velocity() -> None:
    wrong = {}
    for left, right, expected in recorded("operators"):
        made = values()
        found = _operated(made[left], made[right], made["call"])
        if type(made[left]) is str or type(made[right]) is str:  # `+` puts texts together, which is not done here
            found, expected = (text.rpartition(";")[2] for text in (found, expected))
        if found != expected:
            wrong[left, right] = (found, expected)
    assert not wrong


def test_modulo_answers_as_in_velocity() -> None:
    wrong = {}
    for left, right, expected in recorded("modulo"):
        made = values()
        try:
            result = numbers.modulo(made["call"], made[left], made[right])
            found = f"{_shown(result)}|{'' if result is None else simple_name(result)}"
        except JavaError as error:
            found = f"!{error.message}"
        if found != expected:
            wrong[left, right] = (found, expected)
    assert not wrong


def test_doubles_and_floats_print_as_in_java() -> None:
    for value, double, single_text in recorded("doubles"):
        assert to_text(value) == double
        assert to_text(single(value)) == single_text


def _read(read: Callable[[], Any]) -> str:
    try:
        found = read()
        return f"{_shown(found)}|{_class(found)}"
    except JavaError as error:
        return f"!{error.message}"


def test_properties_are_found_as_in_velocity() -> None:
    wrong = {}
    for name, each, expected in recorded("properties"):
        made = values()
        found = _read(partial(get_property, made["call"], made[name], each))
        if found != expected:
            wrong[name, each] = (found, expected)
    assert not wrong


def _indexed(made: dict[str, Any], target: str, index: str, value: str) -> str:
    if not value:
        return _read(partial(get_index, made["call"], made[target], made[index]))
    try:
        set_index(made["call"], made[target], made[index], made[value])
        return to_text(made[target])
    except JavaError as error:
        return f"!{error.message}"


def test_indexes_reach_what_they_reach_in_velocity() -> None:
    wrong = {}
    for target, index, value, expected in recorded("indexes"):
        found = _indexed(values(), target, index, value)
        # Velocity wraps what is thrown behind an index and names no cause that could be compared.
        if found != expected and not (found.startswith("!") and expected.startswith("!")):
            wrong[target, index, value] = (found, expected)
    assert not wrong


def test_texts_hashes_and_classes_are_those_of_java() -> None:
    made = values()
    for name, expected in recorded("texts"):
        value = made[name]
        assert f"{to_text(value)}|{java_hash(value)}|{java_class(value)}" == expected, name
