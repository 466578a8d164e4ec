"""JSON text to values, as Jayway's provider json-smart reads it: `loads` and `parse`.

Strict JSON goes through the standard library; what that refuses is read again by the permissive reader, which either knows what
json-smart makes of it or says where it gives up. Both give the same values for strict JSON.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from vtl.errors import InvalidJson, LimitExceeded
from vtl.jsonpath.numbers import decimal_number, integer_number
from vtl.jsonpath.permissive import PermissiveReader
from vtl.limits import Limits
from vtl.source import Source, Span
from vtl.values.kinds import Float, JsonArray

_CONTAINERS = frozenset([dict, list])
_PYTHON_DIGITS = 4_300
"""Longer integers Python refuses to read by itself."""
_CONSTANTS: dict[str, object] = {"NaN": Float("nan"), "Infinity": "Infinity", "-Infinity": "-Infinity"}
"""json-smart knows NaN, as a Float; the two others are bare words to it."""


def loads(text: str, *, limits: Limits | None = None, name: str = "<json>") -> Any:
    """The values of a JSON document, as JsonPath.parse() makes them.

    Objects become dicts (of a key that comes twice: the first position, the last value), arrays `kinds.JsonArray`, numbers int or
    float, and Decimal where the text of a fraction is longer than 18 characters. InvalidJson for what json-smart refuses in its
    permissive mode and for an empty text, with its place in `name`; LimitExceeded beyond `json_depth` or `integer_digits`.
    """
    if not text:
        raise InvalidJson("an empty text is not a JSON document", source=Source(name, text), span=Span(0, 0))
    return parse(text, limits=limits, name=name)


def parse(text: str, *, limits: Limits | None = None, name: str = "<json>") -> Any:
    """As `loads`, but an empty text reads as an empty string: what json-smart itself says when nothing checks before it."""
    limits = limits or Limits()
    if "\x7f" in text:
        return PermissiveReader(text, limits, name).read()
    try:
        value = _strict(text, limits)
    except (ValueError, RecursionError):
        return PermissiveReader(text, limits, name).read()
    if "[" in text or text.count("{") > limits.json_depth:
        return _settle(value, limits.json_depth)
    return value


def _strict(text: str, limits: Limits) -> object:
    """The standard library's reading; ValueError where it is not JSON or an integer is too long for Python's own bound."""
    quick, exact = _decoders(limits)
    if quick is not None:
        try:
            return quick.decode(text)
        except json.JSONDecodeError:
            raise
        except ValueError:
            pass
    return exact.decode(text)


@lru_cache(maxsize=16)
def _decoders(limits: Limits) -> tuple[json.JSONDecoder | None, json.JSONDecoder]:
    """A decoder that leaves integers to Python, when that bounds them early enough, and one that reads them itself."""

    def fraction(digits: str) -> object:
        return float(digits) if len(digits) <= 18 else decimal_number(digits, limits)

    def whole(digits: str) -> int:
        return integer_number(digits, limits)

    constant = _CONSTANTS.__getitem__
    exact = json.JSONDecoder(parse_float=fraction, parse_int=whole, parse_constant=constant)
    if limits.integer_digits < _PYTHON_DIGITS:
        return None, exact
    return json.JSONDecoder(parse_float=fraction, parse_constant=constant), exact


def _settle(root: object, depth_limit: int) -> object:
    """Turn each list below `root` into a JsonArray and measure the depth, level by level; gives the new root."""
    if type(root) is list:
        root = JsonArray(root)
    level: list[Any] = [root] if isinstance(root, (dict, list)) else []
    depth = 0
    while level:
        depth += 1
        if depth > depth_limit:
            raise LimitExceeded("json_depth", f"the JSON document is nested deeper than {depth_limit:,} levels")
        deeper: list[Any] = []
        for container in level:
            places = container.items() if type(container) is dict else enumerate(container)
            for place, value in places:
                if type(value) in _CONTAINERS:
                    if type(value) is list:
                        container[place] = value = JsonArray(value)
                    deeper.append(value)
        level = deeper
    return root
