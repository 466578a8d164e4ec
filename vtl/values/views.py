"""What a map shows of itself: its entries, and the live views keySet(), values() and entrySet()."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from vtl.values.equality import unkey
from vtl.values.maps import CaseInsensitiveMap, FixedMap, HashMap
from vtl.values.scalars import JavaObject

_PREFIXES: dict[type, str] = {HashMap: "java.util.HashMap$", CaseInsensitiveMap: "java.util.TreeMap$"}


def map_class(target: dict[Any, Any]) -> type:
    """dict, HashMap, CaseInsensitiveMap or FixedMap: what kind of Java map a dict is."""
    kind = type(target)
    if kind is dict:
        return dict
    return next((base for base in (HashMap, CaseInsensitiveMap, FixedMap) if issubclass(kind, base)), dict)


class Entry(JavaObject):
    """An entry of a map: it shows the present value, and setting it writes through."""

    __slots__ = ("last", "map", "stored")
    family = "entry"

    def __init__(self, target: dict[Any, Any], stored: object):
        self.map = target
        self.stored = stored
        self.last = target.get(stored)

    @property
    def java_name(self) -> str:
        """The node class of the map."""
        kind = map_class(self.map)
        if kind is FixedMap:
            return "java.util.KeyValueHolder"
        return "java.util.LinkedHashMap$Entry" if kind is dict else _PREFIXES[kind] + ("Node" if kind is HashMap else "Entry")

    @property
    def key(self) -> object:
        """The Java key."""
        return unkey(self.stored)

    @property
    def value(self) -> object:
        """The present value; that of an entry which was removed stays as it was."""
        self.last = self.map.get(self.stored, self.last)
        return self.last

    def replace(self, value: object) -> object:
        """Set the value; gives the previous one."""
        previous = self.value
        if self.stored in self.map:
            self.map[self.stored] = value
        self.last = value
        return previous

    def elements(self) -> Iterable[object]:
        """Key and value."""
        return (self.key, self.value)


class FixedEntry(JavaObject):
    """An entry that stands alone and does not change: of Map.entry, or of a TreeMap's firstEntry() and its like."""

    __slots__ = ("key", "name", "value")
    family = "entry"

    def __init__(self, key: object, value: object, name: str = "java.util.KeyValueHolder"):
        self.key = key
        self.value = value
        self.name = name

    @property
    def java_name(self) -> str:
        """The class that it was made with."""
        return self.name

    def elements(self) -> Iterable[object]:
        """Key and value."""
        return (self.key, self.value)


class MapView(JavaObject):
    """Base of the three views."""

    __slots__ = ("map",)
    family = "set"
    linked_name: ClassVar[str]
    tree_name: ClassVar[str]
    fixed_name: ClassVar[str]
    iterator_name: ClassVar[str]

    def __init__(self, target: dict[Any, Any]):
        self.map = target

    @property
    def java_name(self) -> str:
        """The inner class of the map."""
        kind = map_class(self.map)
        if kind is FixedMap:
            return self.fixed_name
        return "java.util.LinkedHashMap$" + self.linked_name if kind is dict else _PREFIXES[kind] + self.tree_name

    @property
    def iterator_class(self) -> str:
        """The class of its iterators."""
        kind = map_class(self.map)
        if kind is FixedMap:
            return self.fixed_name + "$1" if "Abstract" in self.fixed_name else "java.util.ImmutableCollections$MapN$MapNIterator"
        return ("java.util.LinkedHashMap$Linked" if kind is dict else _PREFIXES[kind]) + self.iterator_name

    def pick(self, stored: object) -> object:
        """The element of the view that belongs to a stored key."""
        raise NotImplementedError

    def elements(self) -> list[object]:
        """The elements as they are now."""
        return [self.pick(stored) for stored in self.map]

    def size(self) -> int:
        """How many pairs the map has."""
        return len(self.map)


class KeySet(MapView):
    """Map.keySet()."""

    __slots__ = ()
    linked_name = "LinkedKeySet"
    tree_name = "KeySet"
    fixed_name = "java.util.AbstractMap$1"
    iterator_name = "KeyIterator"

    def pick(self, stored: object) -> object:
        """The key itself."""
        return unkey(stored)


class Values(MapView):
    """Map.values(): a collection that is neither list nor set, and equals itself alone."""

    __slots__ = ()
    family = "collection"
    linked_name = "LinkedValues"
    tree_name = "Values"
    fixed_name = "java.util.AbstractMap$2"
    iterator_name = "ValueIterator"

    def is_same(self, other: object) -> bool:
        """A map keeps one object for its values."""
        return isinstance(other, Values) and other.map is self.map

    def pick(self, stored: object) -> object:
        """The value under the key."""
        return self.map[stored]


class EntrySet(MapView):
    """Map.entrySet()."""

    __slots__ = ()
    linked_name = "LinkedEntrySet"
    tree_name = "EntrySet"
    fixed_name = "java.util.ImmutableCollections$MapN$1"
    iterator_name = "EntryIterator"

    def pick(self, stored: object) -> object:
        """An entry for the key."""
        return Entry(self.map, stored)
