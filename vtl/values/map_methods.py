"""The methods of java.util.Map and its classes, and of Map.Entry."""

from __future__ import annotations

from typing import Any

from vtl.errors import JavaError
from vtl.values.call import Call
from vtl.values.equality import java_equals, key, unkey
from vtl.values.failures import illegal_argument, null_pointer
from vtl.values.maps import CaseInsensitiveMap, FixedMap, HashMap
from vtl.values.membership import sorted_key
from vtl.values.sequences import FixedSet, unsupported
from vtl.values.text import to_text
from vtl.values.views import Entry, EntrySet, FixedEntry, KeySet, Values

Map = dict[Any, Any]


def _stored(target: Map, name: Any) -> Any:
    """The form of a key in this map; maps of Map.of refuse null, sorted maps what is no text."""
    if type(target) is dict:
        return key(name)
    if name is None and isinstance(target, FixedMap):
        raise null_element(target)
    return sorted_key(target, name)


def null_element(target: FixedMap) -> JavaError:
    """What a map of Map.of throws when it is asked for null."""
    return null_pointer('Cannot invoke "Object.equals(Object)" because "o" is null' if len(target) == 1 else None)


def get(call: Call, self: Map, name: Any) -> Any:
    """Map.get."""
    if type(self) is dict and type(name) is str:
        return self.get(name)
    return self.get(_stored(self, name))


def get_or_default(call: Call, self: Map, name: Any, default: Any) -> Any:
    """Map.getOrDefault: a null that is stored is given as it is."""
    return self.get(_stored(self, name), default)


def contains_key(call: Call, self: Map, name: Any) -> bool:
    """Map.containsKey."""
    return _stored(self, name) in self


def contains_value(call: Call, self: Map, value: Any) -> bool:
    """Map.containsValue."""
    if value is None and isinstance(self, FixedMap):
        raise null_element(self)
    return any(java_equals(value, item) for item in self.values())


def put(call: Call, self: Map, name: Any, value: Any) -> Any:
    """Map.put; gives the previous value."""
    if isinstance(self, FixedMap):
        raise unsupported()
    stored = name if type(name) is str else sorted_key(self, name, storing=True)
    if stored in self:
        previous = self[stored]
        self[stored] = value
        return previous
    call.touch(self)
    self[stored] = value
    return None


def put_all(call: Call, self: Map, others: Any) -> None:
    """Map.putAll."""
    if isinstance(self, FixedMap):
        raise unsupported()
    if others is None:
        parameter = "map" if isinstance(self, CaseInsensitiveMap) else "m"
        raise null_pointer(f'Cannot invoke "java.util.Map.size()" because "{parameter}" is null')
    if isinstance(self, HashMap):
        self.expect(len(others))
    for stored, value in list(others.items()):
        put(call, self, unkey(stored), value)


def put_if_absent(call: Call, self: Map, name: Any, value: Any) -> Any:
    """Map.putIfAbsent: a null counts as absent."""
    if isinstance(self, FixedMap):
        raise unsupported()
    previous = self.get(_stored(self, name))
    if previous is None:
        put(call, self, name, value)
    return previous


def remove(call: Call, self: Map, name: Any) -> Any:
    """Map.remove; gives the value."""
    if isinstance(self, FixedMap):
        raise unsupported()
    stored = _stored(self, name)
    if stored not in self:
        return None
    call.touch(self)
    return self.pop(stored)


def remove_pair(call: Call, self: Map, name: Any, value: Any) -> bool:
    """Map.remove of a key with that value only."""
    if isinstance(self, FixedMap):
        raise unsupported()
    stored = _stored(self, name)
    if stored not in self or not java_equals(value, self[stored]):
        return False
    call.touch(self)
    del self[stored]
    return True


def replace(call: Call, self: Map, name: Any, value: Any) -> Any:
    """Map.replace of a key that is there; gives the previous value."""
    if isinstance(self, FixedMap):
        raise unsupported()
    stored = _stored(self, name)
    return put(call, self, name, value) if stored in self else None


def replace_pair(call: Call, self: Map, name: Any, old: Any, value: Any) -> bool:
    """Map.replace of a key with that value only."""
    if isinstance(self, FixedMap):
        raise unsupported()
    stored = _stored(self, name)
    if stored not in self or not java_equals(old, self[stored]):
        return False
    self[stored] = value
    return True


def clear(call: Call, self: Map) -> None:
    """Map.clear."""
    if isinstance(self, FixedMap):
        raise unsupported()
    call.touch(self)
    self.clear()


def size(call: Call, self: Map) -> int:
    """Map.size."""
    return len(self)


def is_empty(call: Call, self: Map) -> bool:
    """Map.isEmpty."""
    return not self


def key_set(call: Call, self: Map) -> KeySet:
    """Map.keySet."""
    return KeySet(self)


def values(call: Call, self: Map) -> Values:
    """Map.values."""
    return Values(self)


def entry_set(call: Call, self: Map) -> EntrySet | FixedSet:
    """Map.entrySet; a map of one pair that Map.of made gives a set of its own."""
    if isinstance(self, FixedMap) and len(self) == 1:
        return FixedSet(FixedEntry(unkey(stored), value) for stored, value in self.items())
    return EntrySet(self)


def clone(call: Call, self: Map) -> Map:
    """The clone() of HashMap, LinkedHashMap and TreeMap."""
    if isinstance(self, CaseInsensitiveMap):
        return CaseInsensitiveMap(self)
    return type(self).copy_of(self) if isinstance(self, HashMap) else dict(self)


def of(call: Call, self: Any, *pairs: Any) -> FixedMap:
    """Map.of; null and duplicate keys are refused."""
    made = FixedMap()
    for name, value in zip(pairs[::2], pairs[1::2], strict=True):
        if name is None or value is None:
            raise null_pointer()
        if key(name) in made:
            raise illegal_argument(f"duplicate key: {to_text(name)}")
        made[key(name)] = value
    return made


def of_entries(call: Call, self: Any, entries: Any) -> FixedMap:
    """Map.ofEntries."""
    if entries is None:
        raise null_pointer('Cannot read the array length because "entries" is null')
    made = FixedMap()
    for entry in entries:
        if entry is None or entry.key is None or entry.value is None:
            raise null_pointer()
        if key(entry.key) in made and len(entries) > 1:
            raise illegal_argument(f"duplicate key: {to_text(entry.key)}")
        made[key(entry.key)] = entry.value
    return made


def copy_of(call: Call, self: Any, other: Any) -> FixedMap:
    """Map.copyOf."""
    if other is None:
        raise null_pointer('Cannot invoke "java.util.Map.entrySet()" because "map" is null')
    if isinstance(other, FixedMap):
        return other
    if any(stored is None or value is None for stored, value in other.items()):
        raise null_pointer()
    return FixedMap(other)


def entry(call: Call, self: Any, name: Any, value: Any) -> FixedEntry:
    """Map.entry; null is refused."""
    if name is None or value is None:
        raise null_pointer()
    return FixedEntry(name, value)


def entry_copy(call: Call, self: Any, other: Entry | FixedEntry | None) -> FixedEntry:
    """Map.Entry.copyOf."""
    if other is None:
        raise null_pointer()
    return other if isinstance(other, FixedEntry) and _is_holder(other) else entry(call, self, other.key, other.value)


def need_action(call: Call, self: Map, action: None) -> None:
    """forEach, which only null can be given to."""
    raise null_pointer()


def need_function(call: Call, self: Map, *arguments: Any) -> Any:
    """Methods that take a function, which only null can be given to."""
    if isinstance(self, FixedMap):
        raise unsupported()
    raise null_pointer()


def entry_key(call: Call, self: Entry | FixedEntry) -> Any:
    """Map.Entry.getKey."""
    return self.key


def entry_value(call: Call, self: Entry | FixedEntry) -> Any:
    """Map.Entry.getValue."""
    return self.value


def set_entry_value(call: Call, self: Entry | FixedEntry, value: Any) -> Any:
    """Map.Entry.setValue; gives the previous value."""
    if isinstance(self, FixedEntry) or isinstance(self.map, FixedMap):
        raise JavaError("java.lang.UnsupportedOperationException", "not supported" if _is_holder(self) else None)
    return self.replace(value)


def _is_holder(self: Entry | FixedEntry) -> bool:
    return self.java_name == "java.util.KeyValueHolder"
