"""What ArrayList and JSONArray have of their own, the static methods of List, and sorting."""

from __future__ import annotations

from functools import cmp_to_key
from typing import Any

from vtl.errors import JavaError
from vtl.values.call import Call
from vtl.values.comparison import compare_to
from vtl.values.failures import null_pointer
from vtl.values.kinds import java_class
from vtl.values.lists import check_growth, insert_items, is_fixed, items_of, refuse_immutable, window
from vtl.values.scalars import JsonArray
from vtl.values.sequences import FixedList, Sequence

JSON_ARRAY = "net.minidev.json.JSONArray"


def sort(call: Call, self: Sequence, comparator: None) -> None:
    """List.sort(null): the natural order; elements that do not compare raise ClassCastException."""
    refuse_immutable(self)
    root, start, end = window(self)
    root[start:end] = natural_order(root[start:end])
    if isinstance(self, list) and not is_fixed(self):
        call.touch(self)


def natural_order(items: list[Any]) -> list[Any]:
    """The elements sorted by compareTo. A null fails as Java words it, by the step of the sort that meets it."""
    nulls = [index for index, item in enumerate(items) if item is None]
    if nulls and nulls[0] > 0:
        natural_order(items[: nulls[0]])
        place = "a[runHi]" if nulls[0] < _first_run(items, nulls[0]) else "pivot"
        raise null_pointer(f'Cannot invoke "java.lang.Comparable.compareTo(Object)" because "{place}" is null')
    return sorted(items, key=cmp_to_key(compare_to))


def _first_run(items: list[Any], end: int) -> int:
    """Where Java's sort stops to look for a run at the start; beyond `end` when it looks at that element too."""
    if end == 1:
        return 2
    descending = compare_to(items[1], items[0]) < 0
    for index in range(2, end):
        if (compare_to(items[index], items[index - 1]) < 0) != descending:
            return index
    return end + 1


def clone(call: Call, self: list[Any]) -> list[Any]:
    """ArrayList.clone: an array of the same class."""
    check_growth(call, len(self))
    return JsonArray(self) if isinstance(self, JsonArray) else list(self)


def ensure_capacity(call: Call, self: list[Any], capacity: int) -> None:
    """ArrayList.ensureCapacity: counts as a change when the array has to grow."""
    check_growth(call, capacity)
    if capacity > max(10, len(self)):
        call.touch(self)


def trim_to_size(call: Call, self: list[Any]) -> None:
    """ArrayList.trimToSize: counts as a change."""
    call.touch(self)


def of(call: Call, self: Any, *items: Any) -> FixedList:
    """List.of; null is refused."""
    if any(item is None for item in items):
        raise null_pointer()
    return FixedList(items)


def of_array(call: Call, self: Any, items: list[Any] | None) -> FixedList:
    """List.of(E...)."""
    if items is None:
        raise null_pointer()
    return of(call, self, *items)


def copy_of(call: Call, self: Any, others: Any) -> FixedList:
    """List.copyOf."""
    if others is None:
        raise null_pointer('Cannot invoke "java.util.Collection.toArray()" because "coll" is null')
    return of(call, self, *items_of(others))


def merge(call: Call, self: JsonArray, other: Any) -> None:
    """JSONArray.merge: append another JSONArray; json-smart fails on anything else."""
    if other is None:
        return
    if not isinstance(other, JsonArray):
        actual = java_class(other)
        raise JavaError(
            "java.lang.ClassCastException",
            f"class {actual} cannot be cast to class {JSON_ARRAY} ({actual} is in module java.base of loader 'bootstrap'; "
            f"{JSON_ARRAY} is in unnamed module of loader 'app')",
        )
    insert_items(call, self, len(self), other)
