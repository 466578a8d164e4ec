"""The methods of java.util.Collection and Set for what is no list: the views of maps, and the sets of Set.of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vtl.errors import JavaError
from vtl.values.call import Call
from vtl.values.equality import java_equals, key
from vtl.values.failures import illegal_argument, null_pointer
from vtl.values.iterators import collection_iterator
from vtl.values.kinds import is_instance, java_class
from vtl.values.lists import items_of
from vtl.values.maps import FixedMap
from vtl.values.membership import contains, member_test, sorted_key, stored_entry
from vtl.values.scalars import JavaArray
from vtl.values.sequences import FixedList, FixedSet, SubList, unsupported
from vtl.values.text import to_text
from vtl.values.views import EntrySet, KeySet, MapView


def is_immutable(self: Any) -> bool:
    """Whether the collection refuses every change at once."""
    return isinstance(self, FixedSet)


def size(call: Call, self: Any) -> int:
    """Collection.size."""
    return int(self.size())


def is_empty(call: Call, self: Any) -> bool:
    """Collection.isEmpty."""
    return size(call, self) == 0


def contains_all(call: Call, self: Any, others: Any) -> bool:
    """Collection.containsAll."""
    if others is None:
        raise null_pointer('Cannot invoke "java.util.Collection.iterator()" because "c" is null')
    return all(contains(call, self, item) for item in items_of(others))


def add(call: Call, self: Any, value: Any) -> bool:
    """Collection.add: a view takes nothing in."""
    raise unsupported()


def add_all(call: Call, self: Any, others: Any) -> bool:
    """Collection.addAll: refused unless there is nothing to add."""
    if is_immutable(self):
        raise unsupported()
    if others is None:
        raise null_pointer('Cannot invoke "java.util.Collection.iterator()" because "c" is null')
    if items_of(others):
        raise unsupported()
    return False


def _delete(call: Call, self: MapView, stored: Any) -> None:
    if isinstance(self.map, FixedMap):
        raise unsupported()
    del self.map[stored]
    call.touch(self.map)


def remove(call: Call, self: Any, value: Any) -> bool:
    """Collection.remove; goes through to the map."""
    if is_immutable(self):
        raise unsupported()
    if isinstance(self, KeySet):
        stored = sorted_key(self.map, value)
        found: Any = (stored,) if stored in self.map else None
    elif isinstance(self, EntrySet):
        found = stored_entry(self.map, value)
    else:
        found = next(((stored,) for stored in self.map if java_equals(value, self.map[stored])), None)
    if found is None:
        return False
    _delete(call, self, found[0])
    return True


def _keep(call: Call, self: Any, others: Any, keep_found: bool) -> bool:
    if is_immutable(self):
        raise unsupported()
    if others is None:
        raise null_pointer()
    found = member_test(call, others)
    lost = [stored for stored in self.map if found(self.pick(stored)) != keep_found]
    for stored in lost:
        _delete(call, self, stored)
    return bool(lost)


def remove_all(call: Call, self: Any, others: Any) -> bool:
    """Collection.removeAll; a set larger than the other collection removes one by one."""
    if others is not None and isinstance(self, (KeySet, EntrySet)):
        items = items_of(others)
        if self.size() > len(items):
            return sum(remove(call, self, item) for item in list(items)) > 0
    return _keep(call, self, others, keep_found=False)


def retain_all(call: Call, self: Any, others: Any) -> bool:
    """Collection.retainAll."""
    return _keep(call, self, others, keep_found=True)


def clear(call: Call, self: Any) -> None:
    """Collection.clear; clears the map."""
    if is_immutable(self) or isinstance(self.map, FixedMap):
        raise unsupported()
    self.map.clear()
    call.touch(self.map)


def to_array(call: Call, self: Any) -> JavaArray:
    """Collection.toArray."""
    return JavaArray(self.elements())


def to_typed_array(call: Call, self: Any, target: JavaArray | None) -> JavaArray:
    """Collection.toArray(T[]): into the given array when it is long enough, else into a new one of its type."""
    if target is None:
        raise null_pointer('Cannot read the array length because "a" is null')
    items = items_of(self)
    component = target.component
    wrong = [item for item in items if item is not None and not is_instance(item, component)]
    if wrong:
        raise _store_error(self, wrong[0], component)
    if len(target) < len(items):
        return JavaArray(items, component)
    target[: len(items)] = items
    if len(target) > len(items):
        target[len(items)] = None
    return target


def _store_error(self: Any, item: Any, component: str) -> JavaError:
    """ArrayStoreException, in the words of the way in which the collection copies its elements."""
    message = java_class(item)
    if isinstance(self, SubList) or (isinstance(self, list) and not isinstance(self, JavaArray) and not _is_pair(self)):
        message = (
            "arraycopy: element type mismatch: can not cast one of the elements of java.lang.Object[] to the type of the "
            f"destination array, {component}"
        )
    return JavaError("java.lang.ArrayStoreException", message)


def _is_pair(self: Any) -> bool:
    """Whether List.of made it with one or two elements, for which it has a class of its own."""
    return isinstance(self, FixedList) and self.java_name.endswith("List12")


def to_generated_array(call: Call, self: Any, generator: None) -> JavaArray:
    """Collection.toArray(IntFunction), which only null can be given to."""
    raise null_pointer('Cannot invoke "java.util.function.IntFunction.apply(int)" because "generator" is null')


def iterator(call: Call, self: Any) -> Any:
    """Collection.iterator."""
    return collection_iterator(call, self)


def for_each(call: Call, self: Any, action: None) -> None:
    """forEach: only null can be given to it."""
    raise null_pointer()


def change_each(call: Call, self: Any, action: None) -> None:
    """removeIf and replaceAll: only null can be given to them."""
    if isinstance(self, (FixedList, FixedSet)):
        raise unsupported()
    raise null_pointer()


def set_of(call: Call, self: Any, *items: Any) -> FixedSet:
    """Set.of; null and duplicates are refused, whichever comes first."""
    made = FixedSet()
    for item in items:
        if item is None:
            raise _null_element(items)
        if key(item) in made.items:
            raise illegal_argument(f"duplicate element: {to_text(item)}")
        made.items[key(item)] = None
    return made


def _null_element(items: Sequence[Any]) -> JavaError:
    """The NullPointerException of a null among elements; two are compared, three or more hashed."""
    if len(items) > 2:
        return null_pointer('Cannot invoke "Object.hashCode()" because "pe" is null')
    compared = len(items) == 2 and items[1] is not None
    return null_pointer('Cannot invoke "Object.equals(Object)" because "e0" is null' if compared else None)


def set_of_array(call: Call, self: Any, items: list[Any] | None) -> FixedSet:
    """Set.of(E...)."""
    if items is None:
        raise null_pointer()
    return set_of(call, self, *items)


def set_copy(call: Call, self: Any, others: Any) -> FixedSet:
    """Set.copyOf: duplicates fall together."""
    if isinstance(others, FixedSet):
        return others
    if others is None:
        raise null_pointer('Cannot invoke "java.util.Collection.size()" because "c" is null')
    made = FixedSet(items_of(others))
    if None in made.items:
        raise _null_element(sorted(made.elements(), key=lambda item: item is not None))
    return made
