"""What #foreach walks over."""

from __future__ import annotations

from typing import Any

from vtl.values.call import Call
from vtl.values.iterators import FixedIterator, MapIterator, SequenceIterator, collection_iterator
from vtl.values.methods import find
from vtl.values.scalars import JavaArray, JavaIterator, JavaObject
from vtl.values.sequences import FixedSet, SubList
from vtl.values.views import MapView, Values


def iterate(call: Call, obj: Any) -> JavaIterator | None:
    """The iterator over a list, set, array, iterator, or the values of a map; None for anything else. See UberspectImpl.

    It fails with a JavaError, ConcurrentModificationException, when the collection is changed under it, where Java's does.
    """
    if isinstance(obj, JavaArray):
        return FixedIterator(obj, "org.apache.velocity.util.ArrayIterator")
    if isinstance(obj, list):
        return SequenceIterator(call, obj)
    if isinstance(obj, dict):
        return MapIterator(call, Values(obj))
    if isinstance(obj, JavaIterator):
        return obj
    if isinstance(obj, (SubList, MapView, FixedSet)):
        return collection_iterator(call, obj)
    if isinstance(obj, JavaObject):
        bound = find(obj, "iterator", ())
        found = None if bound is None else bound(call, obj, ())
        return found if isinstance(found, JavaIterator) else None
    return None
