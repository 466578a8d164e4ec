"""`to_text`: what Java's String.valueOf prints for a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from vtl.errors import InputError
from vtl.values.doubles import double_text, float_text
from vtl.values.equality import identity_hash, unkey
from vtl.values.hosted import Hosted
from vtl.values.json import array_text
from vtl.values.maps import ContextMap
from vtl.values.scalars import (
    BigInteger,
    Byte,
    Char,
    Float,
    JavaArray,
    JavaClass,
    JavaObject,
    JsonArray,
    Long,
    Short,
)
from vtl.values.writing import integer_text, written

_QUICK_DEPTH, _QUICK_SIZE = 20, 100_000

SCALARS: dict[type, Callable[[Any], str]] = {
    str: str,
    int: integer_text,
    bool: lambda value: "true" if value else "false",
    type(None): lambda value: "null",
    float: double_text,
    Long: int.__repr__,
    BigInteger: integer_text,
    Short: int.__repr__,
    Byte: int.__repr__,
    Float: float_text,
    Char: str.__str__,
    Decimal: str,
}


def to_text(value: object) -> str:
    """String.valueOf: text as it is, `{a=1}`, `[1, 2]`, `1.0E10`, "null".

    Iterators and arrays, whose text in Java holds an address, print a number made from their class there. LimitExceeded for
    values nested deeper than the limits' `json_depth`, and for texts longer than `string_length`.
    """
    scalar = SCALARS.get(type(value))
    if scalar is not None:
        return scalar(value)
    text = _quick_text(value, _QUICK_DEPTH, [_QUICK_SIZE])
    return written(value, _pieces, SCALARS) if text is None else text


def _quick_text(value: Any, depth: int, budget: list[int]) -> str | None:
    """The text of plain lists and dicts that are neither deep nor very large; None for all others."""
    kind = type(value)
    if depth == 0 or (kind is not list and kind is not dict):
        return None
    budget[0] -= len(value)
    if budget[0] < 0:
        return None
    parts: list[str] = []
    for item in value if kind is list else value.values():
        scalar = SCALARS.get(type(item))
        text = _quick_text(item, depth - 1, budget) if scalar is None else scalar(item)
        if text is None:
            return None
        parts.append(text)
    if kind is list:
        return f"[{', '.join(parts)}]"
    for key in value:
        if type(key) is not str and type(key) is not int:
            return None
    return f"{{{', '.join([f'{key}={text}' for key, text in zip(value, parts, strict=True)])}}}"


def _pieces(value: object) -> Iterator[object]:
    """What an object prints, in pieces that are text or values that print themselves."""
    if isinstance(value, dict):
        return iter(("",)) if isinstance(value, ContextMap) else _map_pieces(value)
    if isinstance(value, list) and not isinstance(value, JavaArray):
        return iter((array_text(value),)) if isinstance(value, JsonArray) else _list_pieces(value, value)
    return iter((_object_text(value),)) if not _has_elements(value) else _object_pieces(value)


def _has_elements(value: object) -> bool:
    return isinstance(value, JavaObject) and value.family != "object"


def _map_pieces(value: dict[Any, Any]) -> Iterator[object]:
    separator = "{"
    for stored, item in value.items():
        yield separator
        key = unkey(stored)
        yield "(this Map)" if key is value else key
        yield "="
        yield "(this Map)" if item is value else item
        separator = ", "
    yield "}" if value else "{}"


def _list_pieces(owner: object, items: list[object]) -> Iterator[object]:
    separator = "["
    for item in items:
        yield separator
        yield "(this Collection)" if item is owner else item
        separator = ", "
    yield "]" if items else "[]"


def _object_pieces(value: Any) -> Iterator[object]:
    if value.family != "entry":
        return _list_pieces(value, value.elements())
    key, item = value.elements()
    return iter((key, "=", item))


def _object_text(value: object) -> str:
    if isinstance(value, Hosted):
        return value.java_text()
    if isinstance(value, JavaClass):
        return f"class {value.name}"
    if isinstance(value, (JavaObject, JavaArray)):
        return f"{value.java_name}@{identity_hash(value):x}"
    for base in type(value).__mro__:
        if base in SCALARS:
            return SCALARS[base](value)
    raise InputError(f"{type(value).__qualname__} is not a value that a template can hold")
