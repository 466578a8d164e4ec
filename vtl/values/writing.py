"""What `to_text` and `to_json` share: digits, and writing a value of any depth and size piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from vtl.errors import LimitExceeded
from vtl.limits import Limits
from vtl.values.equality import DEPTH, too_deep

_SIZE = Limits().string_length
_CHUNK = 4096
_SAFE_BITS = 13_000
"""Integers up to this length are far from the 4,300 digits at which Python refuses to write them."""


class Raw(str):
    """A piece of text that is written as it is."""

    __slots__ = ()


def integer_text(value: int) -> str:
    """The digits of an integer of any length."""
    return int.__repr__(value) if value.bit_length() < _SAFE_BITS else str(Decimal(value))


def written(value: object, pieces_of: Callable[[Any], Iterator[object]], scalars: Mapping[type, Callable[[Any], str]]) -> str:
    """The text of a container, without recursion and with an eye on its size.

    `pieces_of` gives a container's pieces: Raw texts and values, of which `scalars` writes the simple ones. LimitExceeded for
    values nested deeper than the limits' `json_depth`, and for texts longer than `string_length`.
    """
    frames = [pieces_of(value)]
    parts: list[str] = []
    done: list[str] = []
    size = 0
    while frames:
        for piece in frames[-1]:
            if type(piece) is Raw:
                parts.append(piece)
                continue
            scalar = scalars.get(type(piece))
            if scalar is not None:
                parts.append(scalar(piece))
                continue
            frames.append(pieces_of(piece))
            if len(frames) > DEPTH:
                raise too_deep()
            break
        else:
            frames.pop()
        if len(parts) > _CHUNK:
            done.append("".join(parts))
            parts.clear()
            size += len(done[-1])
            if size > _SIZE:
                raise LimitExceeded("string_length", f"a value prints more than {_SIZE:,} characters")
    return "".join([*done, *parts])
