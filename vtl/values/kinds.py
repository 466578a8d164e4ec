"""Which Python type stands for which Java class.

    None                          null
    str, bool                     String, Boolean
    int                           Integer, Long or BigInteger: the smallest that holds it
    Long, BigInteger, Short, Byte that class, where the magnitude alone would say a smaller one
    float, Float, Decimal         Double, Float, BigDecimal
    Char                          Character
    list, JsonArray               ArrayList, net.minidev.json.JSONArray
    dict                          LinkedHashMap; the keys in the form of `key`
    HashMap, ContextMap, CaseInsensitiveMap, KeySet, Values, EntrySet, Entry, SubList, JavaArray ...  as they are called

A subclass of one of these counts as it does, a subclass of dict or list that is not known here as dict or list.
"""

from __future__ import annotations

from decimal import Decimal

from vtl.errors import InputError
from vtl.values.equality import Key, integer_class, key, unkey
from vtl.values.hierarchy import is_assignable, lineage
from vtl.values.iterators import FixedIterator, MapIterator, SequenceIterator
from vtl.values.maps import CaseInsensitiveMap, ContextMap, FixedMap, HashMap
from vtl.values.scalars import (
    BigInteger,
    Byte,
    Char,
    Float,
    JavaArray,
    JavaClass,
    JavaIterator,
    JavaObject,
    JsonArray,
    Long,
    Short,
    as_big,
    as_long,
    single,
    wrap_int,
    wrap_long,
)
from vtl.values.sequences import FixedList, FixedSet, SubList
from vtl.values.views import Entry, EntrySet, FixedEntry, KeySet, MapView, Values

__all__ = [
    "CLASS_NAMES",
    "BigInteger",
    "Byte",
    "CaseInsensitiveMap",
    "Char",
    "ContextMap",
    "Entry",
    "EntrySet",
    "FixedEntry",
    "FixedIterator",
    "FixedList",
    "FixedMap",
    "FixedSet",
    "Float",
    "HashMap",
    "JavaArray",
    "JavaClass",
    "JavaIterator",
    "JavaObject",
    "JsonArray",
    "Key",
    "KeySet",
    "Long",
    "MapIterator",
    "MapView",
    "SequenceIterator",
    "Short",
    "SubList",
    "Values",
    "as_big",
    "as_long",
    "is_instance",
    "java_class",
    "key",
    "simple_name",
    "single",
    "unkey",
    "wrap_int",
    "wrap_long",
]

CLASS_NAMES: dict[type, str] = {
    str: "java.lang.String",
    bool: "java.lang.Boolean",
    Long: "java.lang.Long",
    BigInteger: "java.math.BigInteger",
    Short: "java.lang.Short",
    Byte: "java.lang.Byte",
    float: "java.lang.Double",
    Float: "java.lang.Float",
    Char: "java.lang.Character",
    Decimal: "java.math.BigDecimal",
    list: "java.util.ArrayList",
    JsonArray: "net.minidev.json.JSONArray",
    dict: "java.util.LinkedHashMap",
    HashMap: "java.util.HashMap",
    ContextMap: "java.util.HashMap",
    CaseInsensitiveMap: "java.util.TreeMap",
}
"""The Python types whose values all have one Java class; int and the rest depend on the value."""

_INTEGERS = {32: "java.lang.Integer", 64: "java.lang.Long", 0: "java.math.BigInteger"}


def java_class(value: object) -> str:
    """The full name of the value's Java class; InputError for what is no value of a template."""
    kind = type(value)
    if kind is int:
        return _INTEGERS[integer_class(value)]  # type: ignore[arg-type]
    name = CLASS_NAMES.get(kind)
    if name is not None:
        return name
    if isinstance(value, (JavaObject, JavaArray, FixedList, FixedMap)):
        return value.java_name
    for base in kind.__mro__:
        if base is int:
            return _INTEGERS[integer_class(value)]  # type: ignore[arg-type]
        if base in CLASS_NAMES:
            return CLASS_NAMES[base]
    raise InputError(f"{kind.__module__}.{kind.__qualname__} is not a value that a template can hold")


def simple_name(value: object) -> str:
    """Class.getSimpleName() of the value's class."""
    return simple_class_name(java_class(value))


_CODES = {"Z": "boolean", "B": "byte", "C": "char", "D": "double", "F": "float", "I": "int", "J": "long", "S": "short"}


def simple_class_name(name: str) -> str:
    """Class.getSimpleName() for a run-time class name; an anonymous class has none."""
    depth = len(name) - len(name.lstrip("["))
    if depth:
        element = name[depth:]
        inner = simple_class_name(element[1:-1]) if element.startswith("L") else _CODES[element]
        return inner + "[]" * depth
    last = name.rpartition(".")[2].rpartition("$")[2]
    return "" if last.isdigit() else last


def is_instance(value: object, java_name: str) -> bool:
    """`value instanceof java_name`; null is an instance of nothing."""
    return value is not None and is_assignable(java_name, java_class(value))


def ancestors(java_name: str) -> tuple[str, ...]:
    """The class itself and all that it extends and implements."""
    return lineage(java_name)
