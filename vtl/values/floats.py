"""The methods of Double, Float and Boolean."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from vtl.values.call import Call
from vtl.values.comparison import compare_doubles, null_message
from vtl.values.doubles import double_text, float_text
from vtl.values.equality import double_bits, float_bits, java_hash
from vtl.values.failures import null_pointer
from vtl.values.kinds import java_class
from vtl.values.parsing import parse_double, parse_float
from vtl.values.scalars import as_long, double_from_bits, float_from_bits, single, wrap_int, wrap_long
from vtl.values.signatures import Method, declare

Function = Callable[..., Any]


def compare_to(call: Call, self: Any, other: Any) -> int:
    """compareTo between values of one class."""
    if other is None:
        raise null_pointer(null_message(java_class(self)))
    return compare_doubles(self, other)


def least(left: float, right: float) -> float:
    """Math.min: NaN wins, and -0.0 is below 0.0."""
    if left != left or right != right:
        return math.nan
    if left == right == 0:
        return left if math.copysign(1, left) < 0 else right
    return min(left, right)


def greatest(left: float, right: float) -> float:
    """Math.max: NaN wins, and 0.0 is above -0.0."""
    if left != left or right != right:
        return math.nan
    if left == right == 0:
        return left if math.copysign(1, left) > 0 else right
    return max(left, right)


def _add(left: float, right: float) -> float:
    return left + right


def hexadecimal(value: float, smallest: int) -> str:
    """toHexString; numbers whose exponent is below `smallest` have a leading zero instead of a one."""
    if value != value or math.isinf(value):
        return double_text(value)
    sign = "-" if math.copysign(1, value) < 0 else ""
    value = abs(value)
    if value == 0:
        return f"{sign}0x0.0p0"
    exponent = max(math.frexp(value)[1] - 1, smallest)
    mantissa = int(math.ldexp(value, 52 - exponent)) if exponent > -1000 else double_bits(value) & (1 << 52) - 1
    if exponent <= -1000 and value >= 2.0**-1022:
        mantissa = int(math.ldexp(math.frexp(value)[0], 53))
    leading, rest = divmod(mantissa, 1 << 52)
    digits = f"{rest:013x}".rstrip("0") or "0"
    return f"{sign}0x{leading}.{digits}p{exponent}"


def _rows(box: str, wrap: Callable[[float], float], text: Callable[[float], str], smallest: int) -> list[tuple[str, Function]]:
    """What Double and Float have in common, as declarations with T for the primitive type and B for the box."""
    return [
        ("static T min(T, T)", lambda call, self, a, b: wrap(least(a, b))),
        ("static T max(T, T)", lambda call, self, a, b: wrap(greatest(a, b))),
        ("static T sum(T, T)", lambda call, self, a, b: wrap(_add(a, b))),
        ("static int compare(T, T)", lambda call, self, a, b: compare_doubles(a, b)),
        ("static int hashCode(T)", lambda call, self, value: java_hash(wrap(value))),
        ("static String toString(T)", lambda call, self, value: text(value)),
        ("static String toHexString(T)", lambda call, self, value: hexadecimal(value, smallest)),
        ("static boolean isNaN(T)", lambda call, self, value: value != value),
        ("static boolean isInfinite(T)", lambda call, self, value: math.isinf(value)),
        ("static boolean isFinite(T)", lambda call, self, value: math.isfinite(value)),
        ("static B valueOf(T)", lambda call, self, value: wrap(value)),
        ("boolean isNaN()", lambda call, self: self != self),
        ("boolean isInfinite()", lambda call, self: math.isinf(self)),
        ("int compareTo(B)", compare_to),
    ]


def _typed(owner: str, primitive: str, box: str, rows: list[tuple[str, Function]]) -> tuple[Method, ...]:
    def fill(declaration: str) -> str:
        head, _, parameters = declaration.rstrip(")").partition("(")
        names = {"T": primitive, "B": box}
        types = ", ".join(names.get(word.strip(), word.strip()) for word in parameters.split(","))
        words = " ".join(names.get(word, word) for word in head.split())
        return f"{words}({types})"

    return declare(owner, *((fill(declaration), function) for declaration, function in rows))


def _double_bits(call: Call, self: Any, value: float) -> int:
    return as_long(wrap_long(double_bits(value)))


def _float_bits(call: Call, self: Any, value: float) -> int:
    return wrap_int(float_bits(value))


_DOUBLE = (
    *_typed("java.lang.Double", "double", "Double", _rows("Double", float, double_text, -1022)),
    *declare(
        "java.lang.Double",
        ("static double parseDouble(String)", lambda call, self, text: parse_double(text)),
        ("static Double valueOf(String)", lambda call, self, text: parse_double(text)),
        ("static long doubleToLongBits(double)", _double_bits),
        ("static long doubleToRawLongBits(double)", _double_bits),
        ("static double longBitsToDouble(long)", lambda call, self, bits: double_from_bits(bits)),
    ),
)

_FLOAT = (
    *_typed("java.lang.Float", "float", "Float", _rows("Float", single, float_text, -126)),
    *declare(
        "java.lang.Float",
        ("static float parseFloat(String)", lambda call, self, text: parse_float(text)),
        ("static Float valueOf(String)", lambda call, self, text: parse_float(text)),
        ("static int floatToIntBits(float)", _float_bits),
        ("static int floatToRawIntBits(float)", _float_bits),
        ("static float intBitsToFloat(int)", lambda call, self, bits: float_from_bits(bits)),
    ),
)


def _is_true(call: Call, self: Any, text: str | None) -> bool:
    """Boolean.parseBoolean."""
    return text is not None and text.lower() == "true"


def _compare_booleans(call: Call, self: Any, other: bool | None) -> int:
    if other is None:
        raise null_pointer(null_message("java.lang.Boolean"))
    return int(self) - int(other)


_BOOLEAN = declare(
    "java.lang.Boolean",
    ("boolean booleanValue()", lambda call, self: self),
    ("static boolean parseBoolean(String)", _is_true),
    ("static Boolean valueOf(String)", _is_true),
    ("static Boolean valueOf(boolean)", lambda call, self, value: value),
    ("static boolean getBoolean(String)", lambda call, self, name: False),
    ("static boolean logicalAnd(boolean, boolean)", lambda call, self, a, b: a and b),
    ("static boolean logicalOr(boolean, boolean)", lambda call, self, a, b: a or b),
    ("static boolean logicalXor(boolean, boolean)", lambda call, self, a, b: a is not b),
    ("static int compare(boolean, boolean)", lambda call, self, a, b: int(a) - int(b)),
    ("static int hashCode(boolean)", lambda call, self, value: java_hash(value)),
    ("static String toString(boolean)", lambda call, self, value: "true" if value else "false"),
    ("int compareTo(Boolean)", _compare_booleans),
)

METHODS: tuple[Method, ...] = _DOUBLE + _FLOAT + _BOOLEAN
