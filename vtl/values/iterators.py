"""Java's iterators, which notice when their collection is changed under them."""

from __future__ import annotations

from typing import Any

from vtl.errors import JavaError
from vtl.values.call import Call
from vtl.values.equality import unkey
from vtl.values.maps import CaseInsensitiveMap, FixedMap
from vtl.values.scalars import JavaArray, JavaIterator
from vtl.values.sequences import FixedList, FixedSet, Sequence, SubList, concurrent_modification, unsupported
from vtl.values.views import MapView, map_class


def no_such_element() -> JavaError:
    """java.util.NoSuchElementException, which has no message here."""
    return JavaError("java.util.NoSuchElementException")


def illegal_state() -> JavaError:
    """java.lang.IllegalStateException, which has no message here."""
    return JavaError("java.lang.IllegalStateException")


class SequenceIterator(JavaIterator):
    """List.iterator() and List.listIterator() of every list; `two_way` tells them apart."""

    __slots__ = ("call", "cursor", "expected", "last", "list", "root", "two_way")

    def __init__(self, call: Call, sequence: Sequence, cursor: int = 0, two_way: bool = False):
        self.call = call
        self.list = sequence
        self.root = sequence.root if isinstance(sequence, SubList) else sequence
        self.cursor = cursor
        self.last = -1
        self.two_way = two_way
        self.expected = call.watch(self.root)

    @property
    def java_name(self) -> str:
        """The inner class of the list; a sublist has one class for both kinds."""
        if isinstance(self.root, FixedList):
            return "java.util.ImmutableCollections$ListItr"
        owner = "AbstractList" if isinstance(self.root, JavaArray) else "ArrayList"
        if isinstance(self.list, SubList):
            return f"java.util.{owner}$SubList$1"
        return f"java.util.{owner}${'ListItr' if self.two_way else 'Itr'}"

    def bounds(self) -> tuple[int, int]:
        """Where the list lies in its root: offset and length."""
        return (self.list.offset, self.list.length) if isinstance(self.list, SubList) else (0, len(self.list))

    def check(self) -> None:
        """JavaError with ConcurrentModificationException when the list was changed in another way."""
        if self.call.changes(self.root) != self.expected:
            raise concurrent_modification()

    def has_next(self) -> bool:
        """Whether the cursor is elsewhere than at the end; beyond it counts as elsewhere, as in Java."""
        return self.cursor != self.bounds()[1]

    def next(self) -> object:
        """See `JavaIterator.next`."""
        self.check()
        offset, length = self.bounds()
        if self.cursor >= length:
            raise no_such_element()
        self.last = self.cursor
        self.cursor += 1
        return self.root[offset + self.last]

    def previous(self) -> object:
        """The element before the cursor, which moves back."""
        self.check()
        if self.cursor <= 0:
            raise no_such_element()
        self.cursor -= 1
        self.last = self.cursor
        return self.root[self.bounds()[0] + self.last]

    def remove(self) -> None:
        """See `JavaIterator.remove`."""
        self._writable(resize=True)
        del self.root[self.bounds()[0] + self.last]
        self.cursor = self.last
        self._resized(-1)

    def replace(self, value: object) -> None:
        """ListIterator.set."""
        self._writable(resize=False)
        self.root[self.bounds()[0] + self.last] = value

    def insert(self, value: object) -> None:
        """ListIterator.add: put in at the cursor, which moves behind it."""
        if isinstance(self.root, (FixedList, JavaArray)):
            raise unsupported()
        self.check()
        self.root.insert(self.bounds()[0] + self.cursor, value)
        self.cursor += 1
        self._resized(1)

    def _writable(self, resize: bool) -> None:
        if isinstance(self.root, FixedList):
            raise unsupported()
        if self.last < 0:
            raise illegal_state()
        if resize and isinstance(self.root, JavaArray):
            raise unsupported()
        self.check()

    def _resized(self, by: int) -> None:
        self.last = -1
        self.call.touch(self.root)
        self.expected = self.call.changes(self.root)
        if isinstance(self.list, SubList):
            self.list.changed(by)


class MapIterator(JavaIterator):
    """An iterator of a map's view; as in Java, the next key is chosen when the one before it is given."""

    __slots__ = ("call", "current", "expected", "index", "keys", "view")

    def __init__(self, call: Call, view: MapView):
        self.call = call
        self.view = view
        self.keys = list(view.map)
        self.index = 0
        self.current = False
        self.expected = call.watch(view.map)

    @property
    def java_name(self) -> str:
        """The inner class of the map."""
        return self.view.iterator_class

    def has_next(self) -> bool:
        """See `JavaIterator.has_next`."""
        return self.index < len(self.keys)

    def next(self) -> object:
        """See `JavaIterator.next`."""
        if self.index >= len(self.keys) and map_class(self.view.map) is CaseInsensitiveMap:
            raise no_such_element()
        if self.call.changes(self.view.map) != self.expected:
            raise concurrent_modification()
        if self.index >= len(self.keys):
            raise no_such_element()
        self.index += 1
        self.current = True
        return self.view.pick(self.keys[self.index - 1])

    def remove(self) -> None:
        """See `JavaIterator.remove`."""
        if isinstance(self.view.map, FixedMap):
            raise unsupported()
        if not self.current:
            raise illegal_state()
        if self.call.changes(self.view.map) != self.expected:
            raise concurrent_modification()
        self.current = False
        del self.view.map[self.keys[self.index - 1]]
        self.call.touch(self.view.map)
        self.expected = self.call.changes(self.view.map)


class FixedIterator(JavaIterator):
    """An iterator over what does not change in size: an unchangeable set, or an array under #foreach."""

    __slots__ = ("index", "items", "name")

    def __init__(self, items: list[object], name: str):
        self.items = items
        self.index = 0
        self.name = name

    @property
    def java_name(self) -> str:
        """The class that it was made with."""
        return self.name

    def has_next(self) -> bool:
        """See `JavaIterator.has_next`."""
        return self.index < len(self.items)

    def next(self) -> object:
        """See `JavaIterator.next`."""
        if self.index >= len(self.items):
            raise no_such_element()
        self.index += 1
        return self.items[self.index - 1]

    def remove(self) -> None:
        """Always refused."""
        raise unsupported()


def set_iterator(items: FixedSet) -> FixedIterator:
    """The iterator of what Set.of gives."""
    small = 1 <= len(items.items) <= 2
    name = "java.util.ImmutableCollections$" + ("Set12$1" if small else "SetN$SetNIterator")
    return FixedIterator([unkey(stored) for stored in items.items], name)


def collection_iterator(call: Call, obj: Any) -> JavaIterator:
    """Collection.iterator() of a list, a set or a view of a map."""
    if isinstance(obj, (list, SubList)):
        if isinstance(obj, SubList):
            obj.check()
        return SequenceIterator(call, obj)
    if isinstance(obj, MapView):
        return MapIterator(call, obj)
    if isinstance(obj, FixedSet):
        return set_iterator(obj)
    raise TypeError(f"{type(obj).__qualname__} is no Java collection")
