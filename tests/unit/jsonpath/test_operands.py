"""What is compared: a document's values and the elements of lists."""

from __future__ import annotations

from decimal import Decimal

import pytest

from vtl.errors import InvalidPath, JsonPathError
from vtl.jsonpath.operands import Operand, content, list_of, operand
from vtl.jsonpath.steps import Run
from vtl.limits import Limits
from vtl.values.kinds import KeySet


def _run() -> Run:
    return Run.over({}, Limits())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, Operand("null", None)),
        (True, Operand("boolean", True)),
        ("a", Operand("string", "a")),
        (7, Operand("number", Decimal(7))),
        (1.0, Operand("number", Decimal("1.0"))),
        (1e20, Operand("number", Decimal("1.0E20"))),
        (Decimal("1.50"), Operand("number", Decimal("1.50"))),
        ([1], Operand("json", [1])),
        ({}, Operand("json", {})),
    ],
)
def test_values(value: object, expected: Operand) -> None:
    assert operand(value) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), KeySet({"a": 1})], ids=["nan", "infinity", "a key set"])
def test_what_java_compares_with_nothing(value: object) -> None:
    with pytest.raises(JsonPathError):
        operand(value)


def test_the_elements_of_a_list() -> None:
    texts = Operand("raw", """['a', "b", c, 1, true, null, '$.x', "{'a': 1}", "'q'"]""")
    assert list_of(texts, _run()) == [
        Operand("string", "a"),
        Operand("string", "b"),
        Operand("string", "c"),
        Operand("number", Decimal(1)),
        Operand("boolean", True),
        Operand("null", None),
        Operand("path", "$.x"),
        Operand("raw", "{'a': 1}"),
        Operand("string", "q"),
    ]


def test_an_object_is_no_list_and_a_text_is_an_error() -> None:
    assert list_of(Operand("raw", "{}"), _run()) is None
    with pytest.raises(InvalidPath):
        list_of(Operand("string", "abc"), _run())
    with pytest.raises(JsonPathError):
        list_of(Operand("json", [[1]]), _run())
    with pytest.raises(JsonPathError):
        content(Operand("raw", "[1"), _run())
