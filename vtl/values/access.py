"""`$a.b` and `$a[b]`, read and written: what Velocity tries, in its order.

A property `.name` is `getName()` or `getname()`, then a map's key and nothing more, then `get("name")`, then `isName()`. An index
is `get(...)`, a negative one counts from the end. See UberspectImpl and ASTIndex of Velocity 1.7.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from vtl.errors import JavaError
from vtl.values.call import Call
from vtl.values.kinds import java_class
from vtl.values.maps import CaseInsensitiveMap
from vtl.values.methods import ClassKey, class_key, find, overloads
from vtl.values.scalars import MAX_INT, MIN_INT, JavaArray, JavaClass

_CLASS_NAMES = frozenset(["class", "Class"])
Reader = Callable[[Call, Any], Any]


def get_property(call: Call, obj: Any, name: str) -> Any:
    """`obj.name`; None when nothing resolves."""
    kind = type(obj)
    if kind is dict:
        if name in _CLASS_NAMES and call.class_access:
            return JavaClass("java.util.LinkedHashMap")
        return obj.get(name)
    if obj is None:
        return None
    if name in _CLASS_NAMES and call.class_access:
        return JavaClass(java_class(obj))
    if isinstance(obj, dict):
        return obj.get(name)
    return _reader(class_key(obj), name)(call, obj)


def _flipped(name: str) -> str:
    """The name with its first letter in the other case."""
    first = name[:1]
    return (first.upper() if first.islower() else first.lower()) + name[1:]


@lru_cache(maxsize=8192)
def _reader(key: ClassKey, name: str) -> Reader:
    """How a class answers for a property."""
    for spelling in (name, _flipped(name)):
        group = overloads(key, "get" + spelling) if "get" + spelling != "getClass" else None
        bound = None if group is None else group.find(())
        if bound is not None:
            return _without_arguments(bound)
    group = overloads(key, "get")
    bound = None if group is None else group.find((name,))
    if bound is not None:
        return _with_name(bound, name)
    for spelling in (name, _flipped(name)):
        group = overloads(key, "is" + spelling)
        method = None if group is None else group.choose(())
        if group is not None and method is not None and method.returns in ("boolean", "java.lang.Boolean"):
            found = group.find(())
            if found is not None:
                return _without_arguments(found)
    return lambda call, obj: None


def _without_arguments(bound: Callable[[Any, Any, tuple[Any, ...]], Any]) -> Reader:
    return lambda call, obj: bound(call, obj, ())


def _with_name(bound: Callable[[Any, Any, tuple[Any, ...]], Any], name: str) -> Reader:
    def read(call: Call, obj: Any) -> Any:
        try:
            return bound(call, obj, (name,))
        except JavaError as error:
            if error.java_class == "java.lang.IllegalArgumentException" and error.java_message == "wrong number of arguments":
                return None
            raise

    return read


def get_index(call: Call, obj: Any, key: Any) -> Any:
    """`obj[key]`, which is `obj.get(key)`; a negative Integer counts from the end. None when nothing resolves."""
    kind = type(obj)
    if kind is list and type(key) is int and 0 <= key < len(obj):
        return obj[key]
    if kind is dict and type(key) is str:
        return obj.get(key)
    if obj is None:
        return None
    key = _from_end(call, obj, key)
    bound = find(obj, "get", (key,))
    return None if bound is None else bound(call, obj, (key,))


def _from_end(call: Call, obj: Any, key: Any) -> Any:
    """A negative Integer as the index that it means."""
    if type(key) is not int or not MIN_INT <= key < 0:
        return key
    bound = find(obj, "size", ())
    if bound is None:
        message = f"A 'size()' method required for negative value {key} does not exist for class '{java_class(obj)}'"
        raise JavaError("org.apache.velocity.exception.VelocityException", message)
    return bound(call, obj, ()) + key


def set_property(call: Call, obj: Any, name: str, value: Any) -> bool:
    """`#set($obj.name = value)`: `setName(value)`, then a map's put; False when nothing resolves."""
    if isinstance(obj, dict):
        _put(call, obj, name, value)
        return True
    if obj is None:
        return False
    for method in ("set" + name, "set" + _flipped(name)):
        bound = find(obj, method, (value,)) if not isinstance(obj, JavaArray) else None
        if bound is not None:
            bound(call, obj, (value,))
            return True
    bound = find(obj, "put", (name, value)) if not isinstance(obj, JavaArray) else None
    if bound is None:
        return False
    bound(call, obj, (name, value))
    return True


def _put(call: Call, target: dict[Any, Any], name: str, value: Any) -> None:
    if type(target) is dict or isinstance(target, CaseInsensitiveMap):
        if name not in target:
            call.touch(target)
        target[name] = value
        return
    bound = find(target, "put", (name, value))
    if bound is not None:
        bound(call, target, (name, value))


def set_index(call: Call, obj: Any, key: Any, value: Any) -> bool:
    """`#set($obj[key] = value)`: `set(key, value)`, then `put(key, value)`; False when nothing resolves."""
    kind = type(obj)
    if kind is list and type(key) is int and 0 <= key < len(obj):
        obj[key] = value
        return True
    if obj is None:
        return False
    key = _from_end(call, obj, key)
    for method in ("set", "put"):
        bound = find(obj, method, (key, value))
        if bound is not None:
            bound(call, obj, (key, value))
            return True
    return False


__all__ = ["MAX_INT", "get_index", "get_property", "set_index", "set_property"]
