"""Copies into a template and out of it."""

from __future__ import annotations

from collections import OrderedDict
from decimal import Decimal
from typing import Any

import pytest

from vtl.errors import InputError, LimitExceeded
from vtl.values.kinds import BigInteger, Char, ContextMap, Float, HashMap, JsonArray, KeySet, Long, key
from vtl.variables import copies
from vtl.variables.copies import contextual, plain, readable, text_keys
from vtl.variables.input import Input


def test_plain_copies_all_the_way_down() -> None:
    given = {"a": [1, {"b": (2, 3)}], "m": OrderedDict(x=1)}
    made = plain(given)
    assert made == {"a": [1, {"b": [2, 3]}], "m": {"x": 1}}
    assert type(made["m"]) is dict
    made["a"][1]["b"].append(4)
    assert given["a"][1] == {"b": (2, 3)}


def test_keys_take_the_form_of_template_values() -> None:
    assert plain({1.5: "x", 1: "z"}) == {key(1.5): "x", 1: "z"}
    assert text_keys({1: "a", None: "b"}) == {"1": "a", "null": "b"}


def test_scalars_arrays_of_json_and_objects_of_the_library_stay() -> None:
    variable = Input("{}")
    made = plain([1, 1.5, True, None, "x", Decimal("1.0"), Long(1), JsonArray([1]), variable])
    assert [type(item) for item in made] == [int, float, bool, type(None), str, Decimal, Long, JsonArray, Input]
    assert made[-1] is variable


@pytest.mark.parametrize("value", [object(), b"bytes", {1, 2}, lambda: 1, 1j])
def test_what_a_template_cannot_hold(value: object) -> None:
    with pytest.raises(InputError):
        plain({"a": [value]})


def test_context_maps_stand_in_maps_but_not_in_lists() -> None:
    made = contextual({"a": {"b": {"c": 1}}, "l": [{"d": {}}], 5: "five"})
    assert type(made) is type(made["a"]) is type(made["a"]["b"]) is ContextMap
    assert type(made["l"][0]) is type(made["l"][0]["d"]) is dict
    assert made["5"] == "five"


def test_readable_leaves_nothing_of_java() -> None:
    left: Any = ContextMap(
        {"m": HashMap({"k": JsonArray([Long(1), Float(1.5), Char("c"), BigInteger(2)])}), "n": None, "t": True}
    )
    left[key(2.5)] = KeySet({"a": 1})
    made = readable(left)
    assert made == {"m": {"k": [1, 1.5, "c", 2]}, "n": None, "t": True, "2.5": ["a"]}
    assert type(made) is type(made["m"]) is dict
    assert [type(item) for item in made["m"]["k"]] == [int, float, str, int]


def test_values_that_contain_themselves_or_grow_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "_SIZE", 200_000)
    loop: dict[str, object] = {}
    loop["me"] = loop
    with pytest.raises(LimitExceeded):
        plain(loop)
    doubled: object = 1
    for _ in range(60):
        doubled = [doubled, doubled]
    with pytest.raises(LimitExceeded):
        plain(doubled)


def test_what_a_template_left_in_several_places_is_copied_once() -> None:
    loop: dict[str, object] = {}
    loop["me"] = loop
    made = readable(loop)
    assert made["me"] is made["me"]["me"]
    doubled: object = 1
    for _ in range(60):
        doubled = [doubled, doubled]
    pair = readable(doubled)
    assert pair[0] is pair[1]


def test_a_thousand_levels_are_fine() -> None:
    deep: object = 1
    for _ in range(999):
        deep = [deep]
    for copy in (plain, readable):
        made = copy(deep)
        for _ in range(999):
            (made,) = made
        assert made == 1
