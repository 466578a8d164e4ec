"""Bounds on numbers, lists and nesting: they end in LimitExceeded, never in RecursionError or a hang."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from vtl.errors import LimitExceeded
from vtl.limits import Limits
from vtl.values import numbers, writing
from vtl.values.call import PlainCall
from vtl.values.json import to_json
from vtl.values.kinds import EntrySet, JsonArray
from vtl.values.methods import invoke
from vtl.values.text import to_text
from vtl.values.truth import java_equals, java_hash


def nested(depth: int, seed: Any = None) -> list[Any]:
    """A list so deep."""
    made = [seed]
    for _ in range(depth - 1):
        made = [made]
    return made


def doubled(times: int) -> list[Any]:
    """A list whose text has two to that power as many elements."""
    made: list[Any] = [1]
    for _ in range(times):
        made = [made, made]
    return made


@pytest.mark.parametrize("work", [to_text, to_json, java_hash, lambda value: java_equals(value, nested(5000))])
def test_deep_values_raise(work: Callable[[Any], object]) -> None:
    with pytest.raises(LimitExceeded) as caught:
        work(nested(5000))
    assert caught.value.limit == "json_depth"


def test_values_of_the_permitted_depth_work() -> None:
    value = nested(900)
    assert to_text(value) == "[" * 900 + "null" + "]" * 900
    assert to_json(value) == to_text(value)
    assert java_equals(value, nested(900))
    assert java_hash(value) == java_hash(nested(900))


def test_texts_that_double_raise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_SIZE", 200_000)
    for work in (to_text, to_json):
        with pytest.raises(LimitExceeded) as caught:
            work(doubled(40))
        assert caught.value.limit == "string_length"


def test_equality_and_hash_see_a_part_once() -> None:
    assert java_equals(doubled(60), doubled(60))
    assert java_hash(doubled(60)) == java_hash(doubled(60))


def test_a_collection_that_holds_itself_prints_as_in_java() -> None:
    items: list[Any] = [1]
    items.append(items)
    pairs: dict[str, Any] = {}
    pairs["me"] = pairs
    assert (to_text(items), to_text(pairs)) == ("[1, (this Collection)]", "{me=(this Map)}")


def test_longer_circles_raise() -> None:
    items: list[Any] = []
    items.append([items])
    array = JsonArray()
    array.append(array)
    pairs: dict[str, Any] = {}
    pairs["entries"] = EntrySet(pairs)
    for value in (items, array, pairs):
        with pytest.raises(LimitExceeded):
            to_text(value)
    with pytest.raises(LimitExceeded):
        java_hash(items)


def test_integers_beyond_the_interpreters_digits_work() -> None:
    call = PlainCall()
    big = 10**9000
    assert to_text(big) == "1" + "0" * 9000
    assert to_json([big]) == f"[{to_text(big)}]"
    assert len(invoke(call, big, "toString", (2,))) == big.bit_length()


LARGE = 10**9000


@pytest.mark.parametrize(
    ("receiver", "method", "arguments"),
    [
        (LARGE, "pow", (1000,)),
        (LARGE, "multiply", (LARGE,)),
        (LARGE, "shiftLeft", (2**31 - 1,)),
        (LARGE, "setBit", (2**31 - 1,)),
        (LARGE, "modPow", (LARGE, LARGE)),
        (LARGE, "nextProbablePrime", ()),
        (Decimal("1E+1000000"), "toPlainString", ()),
        (Decimal("1E+1000000"), "add", (Decimal(1),)),
        (Decimal("1E+1000000"), "toBigInteger", ()),
        (Decimal(1), "setScale", (2**31 - 1,)),
        (Decimal("1.1"), "pow", (999999,)),
        (Decimal("1.1"), "divide", (Decimal(3), 10**9, 0)),
        (Decimal("1E+200000"), "remainder", (Decimal(3),)),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, (int, tuple)) else str(value),
)
def test_numbers_stay_within_their_digits(receiver: object, method: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(LimitExceeded) as caught:
        invoke(PlainCall(), receiver, method, arguments)
    assert caught.value.limit == "integer_digits"


def test_operators_stay_within_their_digits() -> None:
    with pytest.raises(LimitExceeded):
        numbers.multiply(PlainCall(Limits(integer_digits=20)), 10**15, 10**15)


def test_a_list_does_not_double_forever() -> None:
    call = PlainCall(Limits(range_length=100))
    items: list[Any] = [1]
    with pytest.raises(LimitExceeded) as caught:
        for _ in range(10):
            invoke(call, items, "addAll", (items,))
    assert caught.value.limit == "range_length"
