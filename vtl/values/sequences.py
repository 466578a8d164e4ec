"""Java's lists and sets that are not an ArrayList: sublists, and the unchangeable ones of List.of and Set.of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from vtl.errors import JavaError
from vtl.values.call import Call
from vtl.values.equality import key, unkey
from vtl.values.failures import null_pointer
from vtl.values.scalars import JavaArray, JavaObject


class FixedList(list[object]):
    """What List.of and List.copyOf give: without null, and nothing changes it. Its sublists are of the same kind."""

    __slots__ = ("is_sublist",)
    is_sublist: bool

    def __init__(self, items: Iterable[object] = (), is_sublist: bool = False):
        super().__init__(items)
        self.is_sublist = is_sublist

    @property
    def java_name(self) -> str:
        """One or two elements have a class of their own."""
        if self.is_sublist:
            return "java.util.ImmutableCollections$SubList"
        return "java.util.ImmutableCollections$" + ("List12" if 1 <= len(self) <= 2 else "ListN")


class SubList(JavaObject):
    """A live view of a part of an ArrayList, a JSONArray or an array, as List.subList gives it.

    It fails with ConcurrentModificationException once its list was changed in another way.
    """

    __slots__ = ("call", "expected", "length", "offset", "parent", "root")
    family = "list"

    def __init__(self, call: Call, parent: Sequence, start: int, end: int):
        self.call = call
        self.parent = parent
        self.root: list[object] = parent.root if isinstance(parent, SubList) else parent
        self.offset: int = start + (parent.offset if isinstance(parent, SubList) else 0)
        self.length = end - start
        self.expected = call.watch(self.root)

    @property
    def java_name(self) -> str:
        """The inner class of the list that it is a part of."""
        return "java.util.AbstractList$SubList" if isinstance(self.root, JavaArray) else "java.util.ArrayList$SubList"

    def check(self) -> None:
        """JavaError with ConcurrentModificationException when the list was changed behind the view."""
        if self.call.changes(self.root) != self.expected:
            raise concurrent_modification()

    def elements(self) -> list[object]:
        """A copy of the part."""
        self.check()
        return self.root[self.offset : self.offset + self.length]

    def size(self) -> int:
        """How many elements there are."""
        self.check()
        return self.length

    def changed(self, by: int) -> None:
        """The view itself changed the list: it, and those it is a part of, go along."""
        view: Sequence = self
        while isinstance(view, SubList):
            view.length += by
            view.expected = self.call.changes(self.root)
            view = view.parent


Sequence: TypeAlias = list[object] | SubList


def concurrent_modification() -> JavaError:
    """java.util.ConcurrentModificationException, which has no message."""
    return JavaError("java.util.ConcurrentModificationException")


def unsupported() -> JavaError:
    """java.lang.UnsupportedOperationException, which has no message."""
    return JavaError("java.lang.UnsupportedOperationException")


class FixedSet(JavaObject):
    """What Set.of and Set.copyOf give. Java shuffles its order in every run; here it is the order of insertion."""

    __slots__ = ("items",)
    family = "set"

    def __init__(self, items: Iterable[object] = ()):
        self.items = dict.fromkeys(map(key, items))

    @property
    def java_name(self) -> str:
        """One or two elements have a class of their own."""
        return "java.util.ImmutableCollections$" + ("Set12" if 1 <= len(self.items) <= 2 else "SetN")

    def elements(self) -> list[object]:
        """The elements."""
        return [unkey(stored) for stored in self.items]

    def size(self) -> int:
        """How many elements there are."""
        return len(self.items)

    def has(self, value: object) -> bool:
        """Set.contains, which refuses null."""
        if value is None:
            small = 1 <= len(self.items) <= 2
            raise null_pointer('Cannot invoke "Object.equals(Object)" because "o" is null' if small else None)
        return key(value) in self.items
