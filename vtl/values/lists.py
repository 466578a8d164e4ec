"""The methods of java.util.List and its classes: ArrayList, JSONArray, sublists, List.of, and Velocity's view of an array.

All work on a window: the list that holds the elements, and where in it the receiver begins and ends.
"""

from __future__ import annotations

from typing import Any

from vtl.errors import JavaError, LimitExceeded
from vtl.values.call import Call
from vtl.values.equality import java_equals
from vtl.values.failures import illegal_argument, null_pointer, out_of_bounds
from vtl.values.iterators import SequenceIterator, collection_iterator
from vtl.values.kinds import is_instance, java_class
from vtl.values.membership import member_test, position
from vtl.values.overloads import BOXES, is_convertible
from vtl.values.scalars import JavaArray
from vtl.values.sequences import FixedList, Sequence, SubList, unsupported


def window(self: Sequence) -> tuple[list[Any], int, int]:
    """The list that holds the elements, and the receiver's part of it."""
    if isinstance(self, SubList):
        self.check()
        return self.root, self.offset, self.offset + self.length
    return self, 0, len(self)


def resized(call: Call, self: Sequence, by: int) -> None:
    """Note that the receiver grew or shrank."""
    if isinstance(self, SubList):
        call.touch(self.root)
        self.changed(by)
    else:
        call.touch(self)


def items_of(collection: Any) -> list[Any]:
    """The elements of any collection, as a list of their own unless it is a list."""
    return collection if isinstance(collection, list) else list(collection.elements())


def check_growth(call: Call, size: int) -> None:
    """LimitExceeded when a list would grow beyond what the limits allow a method to make."""
    if size > call.limits.range_length:
        raise LimitExceeded("range_length", f"a list would grow to {size:,} elements; the limit is {call.limits.range_length:,}")


def is_fixed(self: Sequence) -> bool:
    """Whether elements can neither be added nor removed."""
    root = self.root if isinstance(self, SubList) else self
    return isinstance(root, (FixedList, JavaArray))


def refuse_immutable(self: Sequence) -> None:
    """UnsupportedOperationException for what List.of gave, which refuses even changes that would change nothing."""
    if isinstance(self, FixedList):
        raise unsupported()


def index_error(self: Sequence, index: int, size: int) -> JavaError:
    """What get and set throw for an index outside."""
    if isinstance(self, JavaArray):
        return JavaError("java.lang.ArrayIndexOutOfBoundsException")
    if isinstance(self, FixedList) and not self.is_sublist:
        if 1 <= size <= 2:
            return out_of_bounds(f"Index: {index} Size: {size}")
        return JavaError("java.lang.ArrayIndexOutOfBoundsException", f"Index {index} out of bounds for length {size}")
    return out_of_bounds(f"Index {index} out of bounds for length {size}")


def get(call: Call, self: Sequence, index: int) -> Any:
    """List.get."""
    if type(self) is list and 0 <= index < len(self):
        return self[index]
    size = self.length if isinstance(self, SubList) else len(self)
    if not 0 <= index < size:
        raise index_error(self, index, size)
    root, start, _ = window(self)
    return root[start + index]


def set_(call: Call, self: Sequence, index: int, value: Any) -> Any:
    """List.set; gives the element that was there."""
    refuse_immutable(self)
    size = self.length if isinstance(self, SubList) else len(self)
    if not 0 <= index < size:
        raise index_error(self, index, size)
    root, start, _ = window(self)
    previous = root[start + index]
    root[start + index] = element_of(root, value) if isinstance(root, JavaArray) else value
    return previous


def element_of(array: JavaArray, value: Any) -> Any:
    """A value as an element of an array; IllegalArgumentException when its type does not fit."""
    component = array.component
    if component in BOXES:
        if value is None:
            raise illegal_argument(None)
        if not is_convertible(component, java_class(value)):
            raise illegal_argument("argument type mismatch")
    elif value is not None and not is_instance(value, component):
        raise illegal_argument("array element type mismatch")
    return value


def size(call: Call, self: Sequence) -> int:
    """List.size."""
    return len(self) if isinstance(self, list) else self.size()


def is_empty(call: Call, self: Sequence) -> bool:
    """List.isEmpty."""
    return size(call, self) == 0


def add(call: Call, self: Any, value: Any) -> bool:
    """List.add at the end."""
    if type(self) is list:
        self.append(value)
        call.touch(self)
        return True
    if is_fixed(self):
        raise unsupported()
    root, _, end = window(self)
    root.insert(end, value)
    resized(call, self, 1)
    return True


def insert(call: Call, self: Sequence, index: int, value: Any) -> None:
    """List.add at an index."""
    if is_fixed(self):
        _check_insertion(self, index, fixed=True)
        raise unsupported()
    _check_insertion(self, index)
    root, start, _ = window(self)
    root.insert(start + index, value)
    resized(call, self, 1)


def _check_insertion(self: Sequence, index: int, fixed: bool = False) -> None:
    if fixed and not isinstance(self, SubList):
        return
    length = self.length if isinstance(self, SubList) else len(self)
    if not 0 <= index <= length:
        raise out_of_bounds(f"Index: {index}, Size: {length}")


def remove_at(call: Call, self: Sequence, index: int) -> Any:
    """List.remove at an index; gives the element."""
    if is_fixed(self):
        if isinstance(self, SubList) and not 0 <= index < self.length:
            raise index_error(self, index, self.length)
        raise unsupported()
    length = self.length if isinstance(self, SubList) else len(self)
    if not 0 <= index < length:
        raise index_error(self, index, length)
    root, start, _ = window(self)
    value = root.pop(start + index)
    resized(call, self, -1)
    return value


def remove(call: Call, self: Sequence, value: Any) -> bool:
    """List.remove of the first element that is equal."""
    refuse_immutable(self)
    index = index_of(call, self, value)
    if index < 0:
        return False
    if is_fixed(self):
        raise unsupported()
    remove_at(call, self, index)
    return True


def index_of(call: Call, self: Sequence, value: Any) -> int:
    """List.indexOf."""
    if value is None and isinstance(self, FixedList):
        raise null_pointer()
    root, start, end = window(self)
    found = position(root, start, end, value)
    return found - start if found >= 0 else -1


def last_index_of(call: Call, self: Sequence, value: Any) -> int:
    """List.lastIndexOf."""
    if value is None and isinstance(self, FixedList):
        raise null_pointer()
    root, start, end = window(self)
    for index in range(end - 1, start - 1, -1):
        if java_equals(value, root[index]):
            return index - start
    return -1


def contains(call: Call, self: Sequence, value: Any) -> bool:
    """List.contains."""
    return index_of(call, self, value) >= 0


def contains_all(call: Call, self: Sequence, others: Any) -> bool:
    """List.containsAll."""
    if others is None:
        raise null_pointer('Cannot invoke "java.util.Collection.iterator()" because "c" is null')
    return all(map(member_test(call, self), items_of(others)))


def add_all(call: Call, self: Sequence, others: Any) -> bool:
    """List.addAll at the end."""
    refuse_immutable(self)
    if others is None:
        raise null_pointer(f'Cannot invoke "java.util.Collection.{_reader(self)}()" because "c" is null')
    return insert_items(call, self, size(call, self), others)


def _reader(self: Sequence) -> str:
    if isinstance(self, list):
        return "iterator" if isinstance(self, JavaArray) else "toArray"
    return "size"


def insert_all(call: Call, self: Sequence, index: int, others: Any) -> bool:
    """List.addAll at an index."""
    refuse_immutable(self)
    length = size(call, self) if isinstance(self, list) else self.length
    if not 0 <= index <= length:
        raise out_of_bounds(f"Index: {index}, Size: {length}")
    if others is None:
        raise null_pointer(f'Cannot invoke "java.util.Collection.{_reader(self)}()" because "c" is null')
    return insert_items(call, self, index, others)


def insert_items(call: Call, self: Sequence, index: int, others: Any) -> bool:
    """Put the elements of a collection into a list at an index."""
    added = list(items_of(others))
    if not added and not isinstance(self, list):
        return False
    if is_fixed(self):
        if added:
            raise unsupported()
        return False
    root, start, _ = window(self)
    check_growth(call, len(root) + len(added))
    root[start + index : start + index] = added
    resized(call, self, len(added))
    return bool(added)


def remove_all(call: Call, self: Sequence, others: Any) -> bool:
    """List.removeAll."""
    return _keep(call, self, others, keep_found=False)


def retain_all(call: Call, self: Sequence, others: Any) -> bool:
    """List.retainAll."""
    return _keep(call, self, others, keep_found=True)


def _keep(call: Call, self: Sequence, others: Any, keep_found: bool) -> bool:
    refuse_immutable(self)
    if others is None:
        raise null_pointer()
    root, start, end = window(self)
    found = member_test(call, others)
    kept = [item for item in root[start:end] if found(item) == keep_found]
    lost = end - start - len(kept)
    if not lost:
        return False
    if is_fixed(self):
        raise unsupported()
    root[start:end] = kept
    resized(call, self, -lost)
    return True


def clear(call: Call, self: Sequence) -> None:
    """List.clear."""
    refuse_immutable(self)
    root, start, end = window(self)
    if is_fixed(self):
        if end > start:
            raise unsupported()
        return
    del root[start:end]
    resized(call, self, start - end)


def sub_list(call: Call, self: Sequence, start: int, end: int) -> Any:
    """List.subList."""
    length = self.length if isinstance(self, SubList) else len(self)
    if start < 0:
        raise out_of_bounds(f"fromIndex = {start}")
    if end > length:
        raise out_of_bounds(f"toIndex = {end}")
    if start > end:
        raise illegal_argument(f"fromIndex({start}) > toIndex({end})")
    if isinstance(self, FixedList):
        return FixedList(self[start:end], is_sublist=True)
    if isinstance(self, SubList):
        self.check()
    return SubList(call, self, start, end)


def to_array(call: Call, self: Sequence) -> JavaArray:
    """List.toArray."""
    root, start, end = window(self)
    return JavaArray(root[start:end])


def iterator(call: Call, self: Sequence) -> Any:
    """List.iterator."""
    if isinstance(self, SubList):
        self.check()
    return collection_iterator(call, self)


def list_iterator(call: Call, self: Sequence, index: int = 0) -> SequenceIterator:
    """List.listIterator."""
    length = self.length if isinstance(self, SubList) else len(self)
    if isinstance(self, SubList):
        self.check()
    if not 0 <= index <= length:
        raise out_of_bounds(_list_iterator_message(self, index, length))
    return SequenceIterator(call, self, index, two_way=True)


def _list_iterator_message(self: Sequence, index: int, length: int) -> str:
    return f"Index: {index} Size: {length}" if isinstance(self, FixedList) else f"Index: {index}, Size: {length}"
