"""What #foreach walks over, and how iterators notice that their collection was changed; outcomes from the Java engine."""

from __future__ import annotations

from typing import Any

import pytest

from vtl.errors import JavaError
from vtl.values.call import PlainCall
from vtl.values.iteration import iterate
from vtl.values.kinds import FixedList, FixedSet, JavaArray, KeySet
from vtl.values.methods import invoke
from vtl.values.text import to_text

CHANGED = "java.util.ConcurrentModificationException"


@pytest.fixture
def call() -> PlainCall:
    return PlainCall()


def walk(call: PlainCall, collection: Any, step: Any = lambda item: None) -> list[str]:
    """The texts of the elements, with a step after each, as #foreach asks for them."""
    iterator = iterate(call, collection)
    assert iterator is not None
    seen = []
    while iterator.has_next():
        item = iterator.next()
        seen.append(to_text(item))
        iterator.has_next()
        step(item)
    return seen


@pytest.mark.parametrize("value", ["text", 5, 1.5, True, None])
def test_scalars_are_no_loop(call: PlainCall, value: object) -> None:
    assert iterate(call, value) is None


def test_lists_arrays_and_sets_give_their_elements(call: PlainCall) -> None:
    assert walk(call, [1, None, "a"]) == ["1", "null", "a"]
    assert walk(call, JavaArray(["x"])) == ["x"]
    assert walk(call, FixedList([1, 2])) == ["1", "2"]
    assert walk(call, FixedSet(["a"])) == ["a"]


def test_a_map_gives_its_values(call: PlainCall) -> None:
    assert walk(call, {"a": 1, "b": [2]}) == ["1", "[2]"]


def test_an_iterator_is_walked_once(call: PlainCall) -> None:
    iterator = invoke(call, [1, 2], "iterator", ())
    assert walk(call, iterator) == ["1", "2"]
    assert walk(call, iterator) == []


def test_adding_in_the_loop_fails(call: PlainCall) -> None:
    items: list[Any] = [1, 2, 3]
    with pytest.raises(JavaError) as caught:
        walk(call, items, lambda item: invoke(call, items, "add", (1,)))
    assert caught.value.java_class == CHANGED


def test_removing_before_the_last_round_goes_unnoticed(call: PlainCall) -> None:
    items: list[Any] = [1, 2, 3]
    assert walk(call, items, lambda item: invoke(call, items, "remove", (0,)) if item == 2 else None) == ["1", "2"]


def test_removing_in_the_last_round_is_noticed(call: PlainCall) -> None:
    items: list[Any] = [1, 2, 3]
    with pytest.raises(JavaError):
        walk(call, items, lambda item: invoke(call, items, "remove", (0,)) if item == 3 else None)


def test_setting_an_element_is_no_structural_change(call: PlainCall) -> None:
    items: list[Any] = [1, 2]
    assert walk(call, items, lambda item: invoke(call, items, "set", (1, 8))) == ["1", "8"]


def test_a_new_key_in_the_last_round_goes_unnoticed(call: PlainCall) -> None:
    pairs = {"a": 1, "b": 2}
    assert walk(call, KeySet(pairs), lambda key: invoke(call, pairs, "put", ("c", 1)) if key == "b" else None) == ["a", "b"]


def test_a_new_key_before_fails(call: PlainCall) -> None:
    pairs = {"a": 1, "b": 2}
    with pytest.raises(JavaError) as caught:
        walk(call, KeySet(pairs), lambda key: invoke(call, pairs, "put", ("c", 1)))
    assert caught.value.java_class == CHANGED


def test_an_entry_writes_through(call: PlainCall) -> None:
    pairs = {"a": 1, "b": 2}
    entries = invoke(call, pairs, "entrySet", ())
    assert walk(call, entries, lambda entry: invoke(call, entry, "setValue", (7,))) == ["a=1", "b=2"]
    assert pairs == {"a": 7, "b": 7}


def test_iterators_remove_without_harm(call: PlainCall) -> None:
    pairs = {"a": 1, "b": 2, "c": 3}
    iterator = invoke(call, invoke(call, pairs, "entrySet", ()), "iterator", ())
    iterator.next()
    assert invoke(call, iterator, "remove", ()) == ""
    assert to_text(iterator.next()) == "b=2"
    assert pairs == {"b": 2, "c": 3}


def test_a_list_iterator_goes_both_ways(call: PlainCall) -> None:
    items: list[Any] = [1, 2, 3, 4, 5]
    iterator = invoke(call, items, "listIterator", (2,))
    assert [invoke(call, iterator, name, ()) for name in ("next", "previous", "nextIndex", "previousIndex")] == [3, 3, 2, 1]
    invoke(call, iterator, "set", (9,))
    invoke(call, iterator, "add", (8,))
    assert items == [1, 2, 8, 9, 4, 5]
    assert invoke(call, iterator, "next", ()) == 9


def test_a_sublist_changes_its_list_and_fails_after_other_changes(call: PlainCall) -> None:
    items: list[Any] = [1, 2, 3, 4]
    part = invoke(call, items, "subList", (1, 3))
    invoke(call, part, "add", (9,))
    invoke(call, part, "remove", (0,))
    assert (to_text(items), to_text(part)) == ("[1, 3, 9, 4]", "[3, 9]")
    invoke(call, part, "clear", ())
    assert (to_text(items), to_text(part)) == ("[1, 4]", "[]")
    invoke(call, items, "add", (5,))
    with pytest.raises(JavaError) as caught:
        invoke(call, part, "size", ())
    assert caught.value.java_class == CHANGED


def test_a_sublist_of_a_sublist_takes_its_parents_along(call: PlainCall) -> None:
    items: list[Any] = [1, 2, 3, 4]
    outer = invoke(call, items, "subList", (1, 4))
    inner = invoke(call, outer, "subList", (1, 2))
    invoke(call, inner, "add", ("x",))
    assert (to_text(items), to_text(outer), to_text(inner)) == ("[1, 2, 3, x, 4]", "[2, 3, x, 4]", "[3, x]")
