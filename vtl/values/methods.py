"""The allow-list: every Java method that a template can reach, and the only door to them.

Tables say which methods a class declares; a class shows its own methods and those of all public classes and interfaces above it
(see ClassMap of Velocity 1.7). Streams, methods that take functions, and reflection are not on the list: a call to one stays
unresolved, as does any name that is not here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias

from vtl.values.call import Call
from vtl.values.effort import Invoker, metered
from vtl.values.hierarchy import lineage
from vtl.values.hosted import Hosted
from vtl.values.kinds import CLASS_NAMES, java_class
from vtl.values.overloads import BOXES, Bound, Overloads, bind, is_plain_int
from vtl.values.scalars import MAX_INT, MIN_INT, JavaArray
from vtl.values.signatures import Method
from vtl.values.tables import declared

ClassKey: TypeAlias = Any
"""What names a class: its Java name, or the Python class of an object that the library supplies."""

_WRAPPER = "org.apache.velocity.util.ArrayListWrapper"


def class_key(value: object) -> ClassKey:
    """The class of a value as this module names classes."""
    return type(value) if isinstance(value, Hosted) else java_class(value)


@lru_cache(maxsize=8192)
def overloads(key: ClassKey, name: str) -> Overloads | None:
    """The methods of that name that a class shows; None when there is none."""
    found: list[Method] = []
    seen: set[tuple[str, ...]] = set()
    for method in _candidates(key, name):
        signature = tuple(BOXES.get(parameter, parameter) for parameter in method.parameters)
        if signature not in seen:
            seen.add(signature)
            found.append(method)
    return Overloads(found) if found else None


def _candidates(key: ClassKey, name: str) -> list[Method]:
    """All methods of that name on a class and above it, the nearest first."""
    found: list[Method] = []
    if isinstance(key, type) and issubclass(key, Hosted):
        for parameters, function in key.java_methods.get(name, ()):
            returns = "void" if name in key.void_methods else "boolean" if name in key.boolean_methods else "java.lang.Object"
            found.append(Method(key.java_name, name, parameters, function, returns))
    for owner in lineage(_java_name(key)):
        found += declared(owner).get(name, ())
    return found


def _java_name(key: ClassKey) -> str:
    return key.java_name if isinstance(key, type) and issubclass(key, Hosted) else str(key)


def find(value: object, name: str, arguments: tuple[Any, ...]) -> Bound | None:
    """The overload that a call would reach; None when it is unresolved. An array also has the methods of a fixed list."""
    group = overloads(class_key(value), name)
    bound = None if group is None else group.find(arguments)
    if bound is None and isinstance(value, JavaArray):
        group = overloads(_WRAPPER, name)
        bound = None if group is None else group.find(arguments)
    return bound


def invoke(call: Call, obj: object, name: str, args: tuple[Any, ...]) -> Any:
    """Call a method: its result, "" when it gives nothing; None also when it is unresolved. What it throws is a JavaError."""
    if obj is None:
        return None
    return table(name)[type(obj)](call, obj, args)


@lru_cache(maxsize=8192)
def table(name: str) -> dict[type, Invoker]:
    """For one method name, what to call for a value of an exact Python type: `table(name)[type(obj)](call, obj, args)`."""
    return _Table(name)


class _Table(dict[type, Invoker]):
    """A table that learns a type when it is first asked for it."""

    __slots__ = ("name",)

    def __init__(self, name: str):
        super().__init__()
        self.name = name

    def __missing__(self, kind: type) -> Invoker:
        key: ClassKey | None = kind if issubclass(kind, Hosted) else CLASS_NAMES.get(kind)
        if kind is int:
            self[kind] = _by_size(self.name)
            return self[kind]
        invoker = metered(_by_value(self.name) if key is None else _by_class(key, self.name), kind, self.name)
        self[kind] = invoker
        return invoker


def _nothing(call: Call, obj: Any, args: tuple[Any, ...]) -> None:
    return None


def _by_value(name: str) -> Invoker:
    """For types whose Java class depends on the value."""

    def invoke_by_value(call: Call, obj: Any, args: tuple[Any, ...]) -> Any:
        bound = find(obj, name, args)
        return None if bound is None else bound(call, obj, args)

    return invoke_by_value


def _by_size(name: str) -> Invoker:
    """For plain ints: mostly Integers, but the size decides."""
    integer = _by_class("java.lang.Integer", name)
    general = _by_value(name)

    def invoke_by_size(call: Call, obj: Any, args: tuple[Any, ...]) -> Any:
        return integer(call, obj, args) if MIN_INT <= obj <= MAX_INT else general(call, obj, args)

    return invoke_by_size


def _by_class(key: ClassKey, name: str) -> Invoker:
    group = overloads(key, name)
    if group is None:
        return _nothing
    find_overload = group.find
    none = find_overload(())

    def invoke_by_class(call: Call, obj: Any, args: tuple[Any, ...]) -> Any:
        bound = find_overload(args) if args else none
        return None if bound is None else bound(call, obj, args)

    methods = group.methods
    if len(methods) == 1:
        return _single(methods[0], invoke_by_class)
    return invoke_by_class


def _single(method: Method, general: Invoker) -> Invoker:
    """A shorter way for a method without overloads that takes one Integer, or any objects."""
    function = method.function
    if method.returns == "void":
        return general
    if method.parameters == ("int",):

        def invoke_with_int(call: Call, obj: Any, args: tuple[Any, ...]) -> Any:
            if len(args) == 1 and is_plain_int(args[0]):
                return function(call, obj, args[0])
            return general(call, obj, args)

        return invoke_with_int
    if all(parameter == "java.lang.Object" for parameter in method.parameters):
        count = len(method.parameters)

        def invoke_with_objects(call: Call, obj: Any, args: tuple[Any, ...]) -> Any:
            if len(args) == count:
                return function(call, obj, *args)
            return general(call, obj, args)

        return invoke_with_objects
    return general


def names(obj: object) -> frozenset[str]:
    """The names of all methods that a value shows."""
    if obj is None:
        return frozenset()
    key = class_key(obj)
    found = set(key.java_methods) if isinstance(key, type) and issubclass(key, Hosted) else set()
    java_names = [_java_name(key), *([_WRAPPER] if isinstance(obj, JavaArray) else ())]
    for java_name in java_names:
        for owner in lineage(java_name):
            found |= declared(owner).keys()
    return frozenset(found)


__all__ = ["Method", "bind", "class_key", "find", "invoke", "names", "overloads", "table"]
