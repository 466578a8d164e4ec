"""JSON as json-smart writes it: `to_json` for $input.json(), `array_text` for the text of a JSONArray."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from vtl.errors import JavaError
from vtl.values.doubles import double_text, float_text
from vtl.values.equality import unkey
from vtl.values.failures import class_cast, null_pointer
from vtl.values.scalars import BigInteger, Byte, Char, Float, JavaArray, JavaObject, JsonArray, Long, Short
from vtl.values.writing import Raw, integer_text, written

_QUICK_DEPTH, _QUICK_SIZE = 20, 100_000
_NAMED = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "/": "\\/"}
_CONTROLS = "\x00-\x1f\x7f-\x9f\u2000-\u20ff"
_ESCAPED = re.compile(rf'["\\{_CONTROLS}]')
_ESCAPED_FOR_WEB = re.compile(rf'["\\/{_CONTROLS}]')


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _NAMED.get(character) or f"\\u{ord(character):04X}"


def _quote(text: str) -> str:
    if text.isascii() and text.isprintable():
        return encode_basestring(text)
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _quote_for_web(text: str) -> str:
    if text.isascii() and text.isprintable():
        return encode_basestring(text).replace("/", "\\/")
    return f'"{_ESCAPED_FOR_WEB.sub(_escape, text)}"'


def _double(value: float) -> str:
    return "null" if value in (float("inf"), float("-inf")) else double_text(value)


def _float(value: float) -> str:
    return "null" if value in (float("inf"), float("-inf")) else float_text(value)


def _scalars(quote: Callable[[str], str]) -> dict[type, Callable[[Any], str]]:
    return {
        str: quote,
        int: integer_text,
        bool: lambda value: "true" if value else "false",
        type(None): lambda value: "null",
        float: _double,
        Long: int.__repr__,
        BigInteger: integer_text,
        Short: int.__repr__,
        Byte: int.__repr__,
        Float: _float,
        Char: lambda value: "{}",
        Decimal: str,
    }


_PLAIN = _scalars(_quote)
_WEB = _scalars(_quote_for_web)


def to_json(value: object) -> str:
    """What $input.json() prints: json-smart's LT_COMPRESS style, which leaves `/` alone.

    U+007F-009F and U+2000-20FF come as escapes. LimitExceeded for values nested deeper than the limits' `json_depth`, and for
    texts longer than `string_length`.
    """
    return _write(value, _quote, _PLAIN)


def array_text(value: object) -> str:
    """What JSONArray.toString() prints: json-smart's default style, with `/` as `\\/`."""
    return _write(value, _quote_for_web, _WEB)


def _write(value: object, quote: Callable[[str], str], scalars: dict[type, Callable[[Any], str]]) -> str:
    scalar = scalars.get(type(value))
    if scalar is not None:
        return scalar(value)
    text = _quick(value, quote, scalars, _QUICK_DEPTH, [_QUICK_SIZE])
    return written(value, lambda container: _pieces(container, quote), scalars) if text is None else text


def _quick(
    value: Any, quote: Callable[[str], str], scalars: dict[type, Callable[[Any], str]], depth: int, budget: list[int]
) -> str | None:
    """The JSON of dicts and lists that are neither deep nor very large; None for all others."""
    kind = type(value)
    is_array = kind is JsonArray or kind is list
    if depth == 0 or not (is_array or kind is dict):
        return None
    budget[0] -= len(value)
    if budget[0] < 0:
        return None
    parts: list[str] = []
    for item in value if is_array else value.values():
        scalar = scalars.get(type(item))
        text = _quick(item, quote, scalars, depth - 1, budget) if scalar is None else scalar(item)
        if text is None:
            return None
        parts.append(text)
    if is_array:
        return f"[{','.join(parts)}]"
    if not all(type(key) is str for key in value):
        return None
    return f"{{{','.join([f'{quote(key)}:{text}' for key, text in zip(value, parts, strict=True)])}}}"


def _pieces(value: object, quote: Callable[[str], str]) -> Iterator[object]:
    """The JSON of a container, in pieces that are JSON already or values still to be written."""
    if isinstance(value, dict):
        return _object_pieces(value, quote)
    if isinstance(value, list):
        if isinstance(value, JavaArray) and len(value.java_name) == 2:
            raise class_cast(value.java_name, "[Ljava.lang.Object;")
        return _array_pieces(value)
    if isinstance(value, JavaObject) and value.family in ("list", "set", "collection"):
        return _array_pieces(list(value.elements()))
    if isinstance(value, JavaObject) and value.family == "entry":
        raise JavaError("java.lang.IllegalAccessError", f"failed to access class {value.java_name}")
    return iter((Raw("{}"),))


def _object_pieces(value: dict[Any, Any], quote: Callable[[str], str]) -> Iterator[object]:
    separator = "{"
    for stored, item in value.items():
        yield Raw(f"{separator}{quote(stored if type(stored) is str else _key_text(stored))}:")
        yield item
        separator = ","
    yield Raw("}" if value else "{}")


def _key_text(stored: object) -> str:
    """The text of a key that is no string: its toString(), which null does not have."""
    from vtl.values.text import to_text  # text prints JSONArrays through this module

    if stored is None:
        raise null_pointer('Cannot invoke "Object.toString()" because the return value of "java.util.Map$Entry.getKey()" is null')
    return to_text(unkey(stored))


def _array_pieces(items: list[object]) -> Iterator[object]:
    separator = "["
    for item in items:
        yield Raw(separator)
        yield item
        separator = ","
    yield Raw("]" if items else "[]")
