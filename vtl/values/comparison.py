"""Comparable.compareTo: the natural order of values."""

from __future__ import annotations

from typing import Any

from vtl.errors import JavaError
from vtl.values.equality import double_bits
from vtl.values.failures import class_cast, null_pointer
from vtl.values.kinds import is_instance, java_class
from vtl.values.utf16 import units


def compare_text(left: str, right: str) -> int:
    """String.compareTo."""
    if left.isascii() and right.isascii():
        one, other = left, right
    else:
        one, other = units(left), units(right)
    for a, b in zip(one, other, strict=False):
        if a != b:
            return ord(a) - ord(b)
    return len(one) - len(other)


def compare_doubles(left: float, right: float) -> int:
    """Double.compare: -0.0 before 0.0, NaN after everything."""
    if left < right:
        return -1
    if left > right:
        return 1
    one, other = _signed(double_bits(left)), _signed(double_bits(right))
    return (one > other) - (one < other)


def _signed(bits: int) -> int:
    return bits - (1 << 64) if bits >> 63 else bits


def cast_error(actual: str, wanted: str) -> JavaError:
    """ClassCastException between classes of which the first may be one of json-smart's."""
    if not actual.startswith("net."):
        return class_cast(actual, wanted)
    return JavaError(
        "java.lang.ClassCastException",
        f"class {actual} cannot be cast to class {wanted} ({actual} is in unnamed module of loader 'app'; "
        f"{wanted} is in module java.base of loader 'bootstrap')",
    )


def compare_to(left: Any, right: Any) -> int:
    """left.compareTo(right); ClassCastException when the classes do not compare, NullPointerException for null."""
    if left is None:
        raise null_pointer()
    kind = java_class(left)
    if not is_instance(left, "java.lang.Comparable"):
        raise cast_error(kind, "java.lang.Comparable")
    if right is None:
        raise null_pointer(null_message(kind))
    other = java_class(right)
    if other != kind:
        raise cast_error(other, kind)
    if isinstance(left, str):
        return compare_text(left, right)
    if isinstance(left, float):
        return compare_doubles(left, right)
    if kind in ("java.lang.Short", "java.lang.Byte"):
        return int(left) - int(right)
    return int(left > right) - int(left < right)


_FIELDS = {
    "java.lang.String": ("anotherString", "value"),
    "java.lang.Integer": ("anotherInteger", "value"),
    "java.lang.Long": ("anotherLong", "value"),
    "java.lang.Short": ("anotherShort", "value"),
    "java.lang.Byte": ("anotherByte", "value"),
    "java.lang.Double": ("anotherDouble", "value"),
    "java.lang.Float": ("anotherFloat", "value"),
    "java.lang.Boolean": ("b", "value"),
    "java.lang.Character": ("anotherCharacter", "value"),
    "java.math.BigDecimal": ("val", "scale"),
    "java.math.BigInteger": ("val", "signum"),
}


def null_message(kind: str) -> str:
    """The message of kind.compareTo(null)."""
    parameter, field = _FIELDS[kind]
    return f'Cannot read field "{field}" because "{parameter}" is null'
