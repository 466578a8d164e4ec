"""The methods of java.lang.Object, Class and Comparable, and of iterators."""

from __future__ import annotations

from typing import Any

from vtl.errors import JavaError
from vtl.values.call import Call
from vtl.values.comparison import compare_to
from vtl.values.equality import java_equals, java_hash
from vtl.values.iterators import SequenceIterator
from vtl.values.kinds import java_class, simple_class_name
from vtl.values.scalars import JavaClass, JavaIterator
from vtl.values.sequences import FixedList, unsupported
from vtl.values.text import to_text


def equals(call: Call, self: Any, other: Any) -> bool:
    """Object.equals."""
    return java_equals(self, other)


def hash_code(call: Call, self: Any) -> int:
    """Object.hashCode."""
    return java_hash(self)


def to_string(call: Call, self: Any) -> str:
    """Object.toString."""
    return to_text(self)


def get_class(call: Call, self: Any) -> JavaClass | None:
    """Object.getClass, where the run allows it."""
    return JavaClass(java_class(self)) if call.class_access else None


def wait(call: Call, self: Any, *timeout: Any) -> None:
    """wait, notify and notifyAll: the thread never owns the object's monitor."""
    if timeout and timeout[0] < 0:
        name = "timeout" if len(timeout) == 1 else "timeoutMillis"
        raise JavaError("java.lang.IllegalArgumentException", f"{name} value is negative")
    if len(timeout) > 1 and not 0 <= timeout[1] <= 999999:
        raise JavaError("java.lang.IllegalArgumentException", "nanosecond timeout value out of range")
    raise JavaError("java.lang.IllegalMonitorStateException", "current thread is not owner")


def compare(call: Call, self: Any, other: Any) -> int:
    """Comparable.compareTo."""
    return compare_to(self, other)


def class_name(call: Call, self: JavaClass) -> str:
    """Class.getName."""
    return self.name


def class_simple_name(call: Call, self: JavaClass) -> str:
    """Class.getSimpleName."""
    return simple_class_name(self.name)


def has_next(call: Call, self: JavaIterator) -> bool:
    """Iterator.hasNext."""
    return self.has_next()


def next_(call: Call, self: JavaIterator) -> Any:
    """Iterator.next."""
    return self.next()


def remove(call: Call, self: JavaIterator) -> None:
    """Iterator.remove."""
    self.remove()


def _two_way(self: SequenceIterator) -> SequenceIterator:
    """What List.of gives refuses to go back unless listIterator() asked for it."""
    if isinstance(self.root, FixedList) and not self.two_way:
        raise unsupported()
    return self


def has_previous(call: Call, self: SequenceIterator) -> bool:
    """ListIterator.hasPrevious."""
    return _two_way(self).cursor != 0


def previous(call: Call, self: SequenceIterator) -> Any:
    """ListIterator.previous."""
    return _two_way(self).previous()


def next_index(call: Call, self: SequenceIterator) -> int:
    """ListIterator.nextIndex."""
    return _two_way(self).cursor


def previous_index(call: Call, self: SequenceIterator) -> int:
    """ListIterator.previousIndex."""
    return _two_way(self).cursor - 1


def replace(call: Call, self: SequenceIterator, value: Any) -> None:
    """ListIterator.set."""
    self.replace(value)


def insert(call: Call, self: SequenceIterator, value: Any) -> None:
    """ListIterator.add."""
    self.insert(value)
