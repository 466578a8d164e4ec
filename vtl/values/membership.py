"""Whether a collection holds a value: Collection.contains of every kind of collection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vtl.values.call import Call
from vtl.values.comparison import cast_error
from vtl.values.equality import SCALAR_KINDS, java_equals, key
from vtl.values.failures import null_pointer
from vtl.values.kinds import java_class
from vtl.values.maps import CaseInsensitiveMap, FixedMap
from vtl.values.overloads import is_plain_int
from vtl.values.sequences import FixedList, FixedSet, SubList
from vtl.values.views import Entry, EntrySet, FixedEntry, KeySet

_FEW = 8


def sorted_key(target: dict[Any, Any], name: Any, storing: bool = False) -> Any:
    """The stored form of a key; a TreeMap throws for what is no text, unless it is empty and only read."""
    if isinstance(target, CaseInsensitiveMap) and (target or storing):
        if name is None:
            raise null_pointer('Cannot read field "value" because "s1" is null')
        if type(name) is not str:
            raise cast_error(java_class(name), "java.lang.String")
    return key(name)


def contains(call: Call, self: Any, value: Any) -> bool:
    """Collection.contains."""
    if isinstance(self, FixedSet):
        return self.has(value)
    if isinstance(self, KeySet):
        if isinstance(self.map, FixedMap) and value is None:
            raise null_pointer()
        return sorted_key(self.map, value) in self.map
    if isinstance(self, EntrySet):
        return stored_entry(self.map, value) is not None
    return any(java_equals(value, item) for item in self.map.values())


def stored_entry(target: dict[Any, Any], entry: Any) -> tuple[Any] | None:
    """The stored key of an equal entry, in a tuple; None when there is none."""
    if not isinstance(entry, (Entry, FixedEntry)):
        return None
    stored = sorted_key(target, entry.key)
    if stored not in target or not java_equals(target[stored], entry.value):
        return None
    return (stored,)


def position(root: list[Any], start: int, end: int, value: Any) -> int:
    """Where in root[start:end] the first element equal to `value` is, or -1."""
    if type(value) is str or is_plain_int(value):
        # Python's equality is wider than Java's (1 == 1.0): what it misses is not there, what it finds first may be another.
        try:
            start = root.index(value, start, end)
        except ValueError:
            return -1
        if type(root[start]) is type(value):
            return start
    for index in range(start, end):
        if java_equals(value, root[index]):
            return index
    return -1


def member_test(call: Call, collection: Any) -> Callable[[Any], bool]:
    """`collection.contains` as a function; long lists of scalars are looked up by hash."""
    if not isinstance(collection, (list, SubList)):
        return lambda value: contains(call, collection, value)
    part = collection if isinstance(collection, list) else collection.elements()
    if isinstance(collection, FixedList):

        def test(value: Any) -> bool:
            if value is None:
                raise null_pointer()
            return position(part, 0, len(part), value) >= 0

        return test
    if len(part) > _FEW and all(type(item) in SCALAR_KINDS for item in part):
        keys = set(map(key, part))
        return lambda value: key(value) in keys
    return lambda value: position(part, 0, len(part), value) >= 0
