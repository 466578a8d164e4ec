"""JSON whose numbers keep the digits with which they were written, for bodies that stand as JSON inside a request file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from vtl.errors import InputError

_MOST_VALUES = 1_000_000


class RawInteger(str):
    """An integer, as its digits."""

    __slots__ = ()


class RawFraction(str):
    """A number with a fraction or an exponent, as it was written."""

    __slots__ = ()


def load(text: str) -> Any:
    """The document, numbers as RawInteger and RawFraction. json.JSONDecodeError when it is not JSON."""
    return json.loads(text, parse_int=RawInteger, parse_float=RawFraction)


def compact(value: object) -> str:
    """The value as JSON without blanks, the way a client sends it."""
    return "".join(_pieces(value, [_MOST_VALUES]))


def _pieces(value: object, left: list[int]) -> Iterator[str]:
    # YAML's aliases can make a small file stand for a document without end.
    left[0] -= 1
    if left[0] < 0:
        raise InputError(f"its body has more than {_MOST_VALUES:,} values")
    if isinstance(value, RawInteger | RawFraction):
        yield str(value)
    elif isinstance(value, dict):
        separator = "{"
        for key, item in value.items():
            yield f"{separator}{json.dumps(str(key), ensure_ascii=False)}:"
            yield from _pieces(item, left)
            separator = ","
        yield "}" if value else "{}"
    elif isinstance(value, list):
        separator = "["
        for item in value:
            yield separator
            yield from _pieces(item, left)
            separator = ","
        yield "]" if value else "[]"
    else:
        yield json.dumps(value, ensure_ascii=False)


def plain(value: object) -> Any:
    """The value with ordinary numbers. InputError for an integer of more than 4,300 digits, which no $context ever holds."""
    return _plain(value, [_MOST_VALUES])


def _plain(value: object, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0:
        raise InputError(f"it has more than {_MOST_VALUES:,} values")
    if isinstance(value, RawInteger):
        try:
            return int(value)
        except ValueError:
            raise InputError("it has an integer of more than 4,300 digits") from None
    if isinstance(value, RawFraction):
        return float(value)
    if isinstance(value, dict):
        return {str(key): _plain(item, left) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, left) for item in value]
    return value


def text_of(value: object) -> str:
    """A scalar as a parameter's text: `true`, `5`, `1.50`; "" for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
