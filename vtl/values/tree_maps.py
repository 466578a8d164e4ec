"""The methods that java.util.TreeMap and its keySet() have besides those of every map and set: they know their neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any

from vtl.values.call import Call
from vtl.values.iterators import no_such_element
from vtl.values.map_methods import key_set, remove
from vtl.values.maps import CaseInsensitiveMap, fold, utf16_order
from vtl.values.membership import sorted_key
from vtl.values.signatures import Method, declare
from vtl.values.views import FixedEntry, KeySet

Find = Callable[[CaseInsensitiveMap], Any]


def _neighbour(target: CaseInsensitiveMap, name: Any, below: bool, equal: bool) -> Any:
    """The nearest key below or above `name`, or one that is equal to it; None when there is none."""
    stored = sorted_key(target, name)
    keys = target.ordered()
    if not keys:
        return None
    folded = [utf16_order(fold(one)) for one in keys]
    wanted = utf16_order(fold(stored))
    if below:
        index = (bisect_right if equal else bisect_left)(folded, wanted) - 1
    else:
        index = (bisect_left if equal else bisect_right)(folded, wanted)
    return keys[index] if 0 <= index < len(keys) else None


def _first(target: CaseInsensitiveMap) -> Any:
    return target.ordered()[0] if target else None


def _last(target: CaseInsensitiveMap) -> Any:
    return target.ordered()[-1] if target else None


def _entry(target: CaseInsensitiveMap, name: Any) -> FixedEntry | None:
    """An entry of its own for a key of the map; None for null."""
    return None if name is None else FixedEntry(name, target[name], "java.util.AbstractMap$SimpleImmutableEntry")


def _existing(find: Find) -> Callable[[Call, Any], Any]:
    """firstKey() and last() and their like, which throw for an empty map."""

    def run(call: Call, self: Any) -> Any:
        found = find(_map_of(self))
        if found is None:
            raise no_such_element()
        return found

    return run


def _map_of(self: Any) -> CaseInsensitiveMap:
    target: Any = self.map if isinstance(self, KeySet) else self
    found: CaseInsensitiveMap = target
    return found


def _end_entry(find: Find) -> Callable[[Call, CaseInsensitiveMap], Any]:
    return lambda call, self: _entry(self, find(self))


def _poll_entry(find: Find) -> Callable[[Call, CaseInsensitiveMap], Any]:
    def run(call: Call, self: CaseInsensitiveMap) -> Any:
        found = _entry(self, find(self))
        if found is not None:
            remove(call, self, found.key)
        return found

    return run


def _poll(find: Find) -> Callable[[Call, KeySet], Any]:
    def run(call: Call, self: KeySet) -> Any:
        found = find(_map_of(self))
        if found is not None:
            remove(call, self.map, found)
        return found

    return run


def _near_key(below: bool, equal: bool) -> Callable[[Call, Any, Any], Any]:
    return lambda call, self, name: _neighbour(_map_of(self), name, below, equal)


def _near_entry(below: bool, equal: bool) -> Callable[[Call, CaseInsensitiveMap, Any], Any]:
    return lambda call, self, name: _entry(self, _neighbour(self, name, below, equal))


METHODS: tuple[Method, ...] = (
    *declare(
        "java.util.SortedMap",
        ("Object firstKey()", _existing(_first)),
        ("Object lastKey()", _existing(_last)),
    ),
    *declare(
        "java.util.NavigableMap",
        ("Set navigableKeySet()", key_set),
        ("Map$Entry firstEntry()", _end_entry(_first)),
        ("Map$Entry lastEntry()", _end_entry(_last)),
        ("Map$Entry pollFirstEntry()", _poll_entry(_first)),
        ("Map$Entry pollLastEntry()", _poll_entry(_last)),
        ("Object lowerKey(Object)", _near_key(below=True, equal=False)),
        ("Object floorKey(Object)", _near_key(below=True, equal=True)),
        ("Object ceilingKey(Object)", _near_key(below=False, equal=True)),
        ("Object higherKey(Object)", _near_key(below=False, equal=False)),
        ("Map$Entry lowerEntry(Object)", _near_entry(below=True, equal=False)),
        ("Map$Entry floorEntry(Object)", _near_entry(below=True, equal=True)),
        ("Map$Entry ceilingEntry(Object)", _near_entry(below=False, equal=True)),
        ("Map$Entry higherEntry(Object)", _near_entry(below=False, equal=False)),
    ),
    *declare(
        "java.util.SortedSet",
        ("Object first()", _existing(_first)),
        ("Object last()", _existing(_last)),
    ),
    *declare(
        "java.util.NavigableSet",
        ("Object pollFirst()", _poll(_first)),
        ("Object pollLast()", _poll(_last)),
        ("Object lower(Object)", _near_key(below=True, equal=False)),
        ("Object floor(Object)", _near_key(below=True, equal=True)),
        ("Object ceiling(Object)", _near_key(below=False, equal=True)),
        ("Object higher(Object)", _near_key(below=False, equal=False)),
    ),
)
