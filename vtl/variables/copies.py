"""Copies between the caller's values and a template's: nothing that a template changes is ever the caller's.

All copies are made level by level, so that deep values end at a bound and not in Python's stack.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from vtl.errors import InputError, LimitExceeded
from vtl.limits import Limits
from vtl.values.kinds import CaseInsensitiveMap, ContextMap, HashMap, JavaArray, JavaObject, JsonArray, Key, key, unkey
from vtl.values.text import to_text

_DEPTH = Limits().json_depth
_SIZE = 5_000_000
_SCALARS = frozenset([str, int, float, bool, type(None), Decimal])
_BASES: tuple[type, ...] = (str, int, float, Decimal)

Copy = Callable[[Any, type], Any]
"""Makes a container of the same content, whose values are not copied yet; the type is that for maps. Scalars come back as they
are, or as another scalar."""


def plain(value: object) -> Any:
    """A deep copy in plain lists and dicts, which are ArrayList and LinkedHashMap to a template; arrays of JSON stay such.

    Scalars, and objects of the library's own such as $input, stay as they are. InputError for anything else, LimitExceeded for
    what is nested deeper than `json_depth` or contains itself.
    """
    return _deep(value, dict, _given)


def text_keys(value: Mapping[Any, object]) -> dict[str, Any]:
    """As `plain`, for a map whose keys are to be text."""
    return {
        stored if type(stored) is str else _name(stored): item if type(item) is str else _deep(item, dict, _given)
        for stored, item in value.items()
    }


def contextual(value: Mapping[Any, object]) -> ContextMap:
    """As `plain`, for $context: maps that stand in maps are ContextMaps, with text as keys."""
    made = _deep(value, ContextMap, _given)
    assert isinstance(made, ContextMap)
    return made


def readable(value: object) -> Any:
    """What a template left behind as values of Python: dict with text as keys, list, str, int, float, Decimal, bool, None.

    Objects that are none of these come as their text. What stands in several places, or in itself, does so in the copy.
    """
    return _deep(value, dict, _left, {})


def _name(stored: object) -> str:
    return stored if type(stored) is str else to_text(unkey(stored))


def _deep(value: object, maps: type, copy: Copy, made_of: dict[int, Any] | None = None) -> Any:
    """The copy; with `made_of` (by the identity of the original) nothing is copied twice."""
    holder: list[Any] = [value]
    level: list[Any] = [holder]
    size = 0
    for _ in range(_DEPTH + 2):
        deeper: list[Any] = []
        for container in level:
            is_map = isinstance(container, dict)
            inner = maps if container is holder or type(container) is maps else dict
            for place, item in dict.items(container) if is_map else enumerate(container):
                if type(item) in _SCALARS:
                    continue
                if made_of is not None and id(item) in made_of:
                    container[place] = made_of[id(item)]
                    continue
                container[place] = made = copy(item, inner)
                if isinstance(made, (dict, list)):
                    deeper.append(made)
                    if made_of is not None:
                        made_of[id(item)] = made
            size += len(container)
        if not deeper:
            return holder[0]
        if size > _SIZE:
            raise LimitExceeded("output_size", f"a value has more than {_SIZE:,} parts")
        level = deeper
    raise LimitExceeded("json_depth", f"a value is nested deeper than {_DEPTH:,} levels")


def _given(value: object, maps: type) -> Any:
    """One level of a value that the caller gave."""
    if isinstance(value, _BASES):
        return value
    if isinstance(value, Mapping):
        if maps is ContextMap:
            return ContextMap({_name(stored): item for stored, item in value.items()})
        kind = type(value) if isinstance(value, (HashMap, CaseInsensitiveMap)) else dict
        return kind({stored if type(stored) in (str, Key) else key(stored): item for stored, item in value.items()})
    if isinstance(value, JavaObject):
        return value
    if isinstance(value, JavaArray):
        return JavaArray(value, value.component)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray, memoryview)):
        return JsonArray(value) if isinstance(value, JsonArray) else list(value)
    raise InputError(f"a template cannot hold a value of the type {type(value).__qualname__}")


def _left(value: object, maps: type) -> Any:
    """One level of a value that a template left."""
    for base in _BASES:
        if isinstance(value, base):
            return base(value)
    if isinstance(value, Mapping):
        return {_name(stored): item for stored, item in value.items()}
    if isinstance(value, list):
        return list(value)
    if isinstance(value, JavaObject) and value.family in ("list", "set", "collection"):
        return list(value.elements())
    return to_text(value)
