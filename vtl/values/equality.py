"""Object.equals and Object.hashCode of every value, and the keys under which dicts keep values that Python would mix up."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import chain

from vtl.errors import LimitExceeded
from vtl.limits import Limits
from vtl.values.scalars import (
    MAX_INT,
    MAX_LONG,
    MIN_INT,
    MIN_LONG,
    BigInteger,
    Byte,
    Char,
    Float,
    JavaArray,
    JavaClass,
    JavaObject,
    Long,
    Short,
    wrap_int,
)
from vtl.values.utf16 import hash_code

DEPTH = Limits().json_depth


class Key:
    """What a dict holds in place of a key that is neither text nor an Integer nor null: Python takes 1, 1.0 and True for one key.

    The hash is the key's Java hash as it was when the key was stored, as in a HashMap's node.
    """

    __slots__ = ("hash", "value")

    def __init__(self, value: object):
        self.value = value
        self.hash = java_hash(value)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return type(other) is Key and self.hash == other.hash and java_equals(self.value, other.value)

    def __repr__(self) -> str:
        return f"Key({self.value!r})"


def key(value: object) -> object:
    """The form in which a dict of template values stores a Java key."""
    kind = type(value)
    if kind is str or value is None:
        return value
    if kind is int and MIN_INT <= value <= MAX_INT:  # type: ignore[operator]
        return value
    return Key(value)


def unkey(stored: object) -> object:
    """The Java key that was stored."""
    return stored.value if type(stored) is Key else stored


def integer_class(value: int) -> int:
    """32 for what is an Integer by its magnitude, 64 for a Long, 0 for a BigInteger."""
    if MIN_INT <= value <= MAX_INT:
        return 32
    return 64 if MIN_LONG <= value <= MAX_LONG else 0


def _number_class(value: object) -> object:
    kind = type(value)
    if kind is int:
        size = integer_class(value)  # type: ignore[arg-type]
        return int if size == 32 else Long if size == 64 else BigInteger
    return kind


def _scalar_equals(left: object, right: object) -> bool | None:
    """The answer when a side is a scalar; None when both are containers or other objects."""
    kind = type(left)
    if kind is str:
        return type(right) is str and left == right
    if kind in SCALAR_KINDS or type(right) in SCALAR_KINDS:
        if _number_class(left) is not _number_class(right):
            return False
        if isinstance(left, float):
            return double_bits(left) == double_bits(right)  # type: ignore[arg-type]
        if isinstance(left, Decimal):
            return left.compare_total(right) == 0  # type: ignore[arg-type]
        return left == right
    return None


def java_equals(left: object, right: object) -> bool:
    """`left.equals(right)`, with null equal to null alone. Deeper than the limits' `json_depth`: LimitExceeded."""
    if left is right:
        return True
    answer = _scalar_equals(left, right)
    return _deep_equals(left, right) if answer is None else answer


def _deep_equals(left: object, right: object) -> bool:
    """Compare containers without recursion; a pair that was found equal is not walked again."""
    done: set[tuple[int, int]] = set()
    pending: list[tuple[object, object, int] | tuple[int, int]] = [(left, right, 0)]
    keep: list[object] = []
    while pending:
        task = pending.pop()
        if len(task) == 2:
            done.add(task)
            continue
        one, other, depth = task
        if one is other:
            continue
        answer = _scalar_equals(one, other)
        if answer is None:
            pair = (id(one), id(other))
            if pair in done:
                continue
            if depth > DEPTH:
                raise too_deep()
            parts = _parts(one, other)
            if parts is None:
                return False
            keep.append((one, other))
            pending.append(pair)
            pending.extend((a, b, depth + 1) for a, b in parts)
        elif not answer:
            return False
    return True


def too_deep() -> LimitExceeded:
    """The error for values nested deeper than the limits allow, as those are that contain themselves."""
    return LimitExceeded("json_depth", f"values are nested deeper than {DEPTH:,} levels")


def is_list(value: object) -> bool:
    """Whether the value is a java.util.List."""
    if isinstance(value, list):
        return not isinstance(value, JavaArray)
    return isinstance(value, JavaObject) and value.family == "list"


def is_set(value: object) -> bool:
    """Whether the value is a java.util.Set."""
    return isinstance(value, JavaObject) and value.family == "set"


def _elements(value: object) -> list[object]:
    return value if isinstance(value, list) else list(value.elements())  # type: ignore[attr-defined]


def _parts(left: object, right: object) -> Iterable[tuple[object, object]] | None:
    """The pairs that must be equal for two containers to be; None when they are not equal anyway."""
    if isinstance(left, dict):
        return _map_parts(left, right) if isinstance(right, dict) else None
    if is_list(left):
        if not is_list(right):
            return None
        ours, theirs = _elements(left), _elements(right)
        return zip(ours, theirs, strict=True) if len(ours) == len(theirs) else None
    if is_set(left):
        if not is_set(right):
            return None
        ours, theirs = _elements(left), _elements(right)
        return () if len(ours) == len(theirs) and {*map(key, ours)} == {*map(key, theirs)} else None
    if isinstance(left, JavaObject) and isinstance(right, JavaObject):
        if left.family == right.family == "entry":
            return zip(left.elements(), right.elements(), strict=True)
        return () if left.is_same(right) else None
    return None


def _map_parts(left: dict[object, object], right: dict[object, object]) -> list[tuple[object, object]] | None:
    if len(left) != len(right):
        return None
    parts = []
    for stored, value in left.items():
        if stored not in right:
            return None
        parts.append((value, right[stored]))
    return parts


def double_bits(value: float) -> int:
    """Double.doubleToLongBits, without its sign."""
    bits: int = struct.unpack("<Q", struct.pack("<d", value))[0]
    return 0x7FF8000000000000 if value != value else bits


def float_bits(value: float) -> int:
    """Float.floatToIntBits, without its sign."""
    bits: int = struct.unpack("<I", struct.pack("<f", value))[0]
    return 0x7FC00000 if value != value else bits


def _long_hash(value: int) -> int:
    return wrap_int(value ^ value >> 32)


def _big_hash(value: int) -> int:
    result = 0
    magnitude = abs(value)
    for shift in range((magnitude.bit_length() + 31) // 32 * 32 - 32, -1, -32):
        result = (31 * result + (magnitude >> shift & 0xFFFFFFFF)) & 0xFFFFFFFF
    return wrap_int(-result if value < 0 else result)


def _int_hash(value: int) -> int:
    size = integer_class(value)
    return value if size == 32 else _long_hash(value) if size == 64 else _big_hash(value)


def _decimal_hash(value: Decimal) -> int:
    """BigDecimal.hashCode of JDK 17: a value that fits in a long mixes its two halves, any other asks BigInteger."""
    exponent = int(value.as_tuple().exponent)
    unscaled = int(Decimal((value.as_tuple().sign, value.as_tuple().digits, 0)))
    if MIN_LONG < unscaled <= MAX_LONG:
        magnitude = abs(unscaled)
        mixed = wrap_int((magnitude >> 32) * 31 + (magnitude & 0xFFFFFFFF))
        return wrap_int(31 * (-mixed if unscaled < 0 else mixed) - exponent)
    return wrap_int(31 * _big_hash(unscaled) - exponent)


def _double_hash(value: float) -> int:
    bits = double_bits(value)
    return wrap_int(bits ^ bits >> 32)


_HASHES: dict[type, Callable[..., int]] = {
    str: hash_code,
    bool: lambda value: 1231 if value else 1237,
    int: _int_hash,
    Long: _long_hash,
    BigInteger: _big_hash,
    Short: int,
    Byte: int,
    float: _double_hash,
    Float: lambda value: wrap_int(float_bits(value)),
    Char: ord,
    Decimal: _decimal_hash,
    type(None): lambda value: 0,
}
SCALAR_KINDS = frozenset(_HASHES)
"""The types of scalars, null among them."""


def java_hash(value: object) -> int:
    """`value.hashCode()`, 0 for null. Deeper than the limits' `json_depth`: LimitExceeded.

    Objects that Java hashes by identity get a number made from their class, the same in every run.
    """
    hashed = _HASHES.get(type(value))
    return hashed(value) if hashed is not None else _deep_hash(value)


def identity_hash(value: object) -> int:
    """What stands for System.identityHashCode: a number made from the class."""
    name = value.java_name if isinstance(value, (JavaObject, JavaArray)) else type(value).__name__
    return hash_code(name) & 0x7FFFFFFF


def _children(value: object) -> list[object] | None:
    """What the hash of a container is made of; None for an object that hashes by identity."""
    if isinstance(value, dict):
        return list(chain.from_iterable((unkey(stored), item) for stored, item in value.items()))
    if is_list(value):
        return _elements(value)
    if isinstance(value, JavaObject) and value.family in ("set", "entry"):
        return list(value.elements())
    return None


def _combine(value: object, hashes: list[int]) -> int:
    if isinstance(value, dict):
        return wrap_int(sum(one ^ other for one, other in zip(hashes[::2], hashes[1::2], strict=True)))
    if is_list(value):
        result = 1
        for item in hashes:
            result = (31 * result + item) & 0xFFFFFFFF
        return wrap_int(result)
    return hashes[0] ^ hashes[1] if value.family == "entry" else wrap_int(sum(hashes))  # type: ignore[attr-defined]


def _deep_hash(value: object) -> int:
    """Hash containers without recursion; one that occurs again is not walked again."""
    known: dict[int, int] = {}
    frames: list[tuple[object, list[object], list[int]]] = []
    keep: list[object] = []
    child = value
    while True:
        result = _ready_hash(child, known)
        if result is None:
            children = _children(child) or []
            frames.append((child, children, []))
            keep.append((child, children))
            if len(frames) > DEPTH:
                raise too_deep()
        while frames:
            item, children, hashes = frames[-1]
            if result is not None:
                hashes.append(result)
            if len(hashes) < len(children):
                child = children[len(hashes)]
                break
            frames.pop()
            known[id(item)] = result = _combine(item, hashes)
        else:
            return result or 0


def _ready_hash(value: object, known: dict[int, int]) -> int | None:
    """The hash that can be told without looking at elements; None for a container not seen before."""
    hashed = _HASHES.get(type(value))
    if hashed is not None:
        return hashed(value)
    if id(value) in known:
        return known[id(value)]
    if _children(value) is None:
        return hash_code(value.name) if isinstance(value, JavaClass) else identity_hash(value)
    return None
