"""The methods of Integer, Long, Short and Byte, and of java.lang.Number."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from vtl.values.call import Call
from vtl.values.comparison import null_message
from vtl.values.decimals import arithmetic
from vtl.values.equality import java_hash
from vtl.values.failures import null_pointer
from vtl.values.kinds import java_class
from vtl.values.numbers import single_value, to_double
from vtl.values.parsing import decode, parse_integer, parse_narrow, parse_region, parse_unsigned, parse_unsigned_region
from vtl.values.scalars import Byte, Float, Short, as_long, single, wrap_int, wrap_long
from vtl.values.signatures import Method, declare

Function = Callable[..., Any]
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def whole(value: Any, bits: int) -> int:
    """The integer that a number is cast to: integers keep their low bits, fractions are cut and stop at the ends of the range."""
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal):
        return int(value) if value.adjusted() < 400 else _low_digits(value)
    if value != value:
        return 0
    limit = 1 << bits - 1
    if math.isinf(value):
        return limit - 1 if value > 0 else -limit
    return max(-limit, min(limit - 1, int(value)))


def _low_digits(value: Decimal) -> int:
    """The low 64 bits of a huge BigDecimal; a multiple of 10**64 has none."""
    exponent = int(value.as_tuple().exponent)
    if exponent >= 64:
        return 0
    return int(value)


def int_value(call: Call, self: Any) -> int:
    """Number.intValue."""
    return wrap_int(whole(self, 32))


def long_value(call: Call, self: Any) -> int:
    """Number.longValue."""
    return as_long(wrap_long(whole(self, 64)))


def short_value(call: Call, self: Any) -> Short:
    """Number.shortValue, through int."""
    return Short((whole(self, 32) + 0x8000 & 0xFFFF) - 0x8000)


def byte_value(call: Call, self: Any) -> Byte:
    """Number.byteValue, through int."""
    return Byte((whole(self, 32) + 0x80 & 0xFF) - 0x80)


def double_value(call: Call, self: Any) -> float:
    """Number.doubleValue."""
    return to_double(self)


def float_value(call: Call, self: Any) -> Float:
    """Number.floatValue."""
    return single(single_value(self))


_NUMBER = declare(
    "java.lang.Number",
    ("int intValue()", int_value),
    ("long longValue()", long_value),
    ("short shortValue()", short_value),
    ("byte byteValue()", byte_value),
    ("double doubleValue()", double_value),
    ("float floatValue()", float_value),
)


def signed_text(value: int, radix: int = 10) -> str:
    """Integer.toString with a radix; one out of range is 10."""
    if not 2 <= radix <= 36 or radix == 10:
        return str(int(value))
    rest = abs(int(value))
    digits = ""
    while rest:
        rest, digit = divmod(rest, radix)
        digits = _DIGITS[digit] + digits
    return ("-" if value < 0 else "") + (digits or "0")


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


def compare_to(call: Call, self: int, other: int | None) -> int:
    """compareTo between values of one class."""
    if other is None:
        raise null_pointer(null_message(java_class(self)))
    difference = int(self) - int(other)
    return difference if isinstance(self, (Short, Byte)) else _sign(difference)


def _quotient(top: int, bottom: int) -> tuple[int, int]:
    """Java's / and %: towards zero."""
    quotient = abs(top) // abs(bottom)
    quotient = quotient if (top < 0) == (bottom < 0) else -quotient
    return quotient, top - quotient * bottom


def _bitwise(bits: int, wrap: Callable[[int], int]) -> list[tuple[str, Function]]:
    """The methods that look at bits, as declarations with T for the type."""
    mask = (1 << bits) - 1

    def reverse(call: Call, self: Any, value: int) -> int:
        return wrap(int(f"{value & mask:0{bits}b}"[::-1], 2))

    def reverse_bytes(call: Call, self: Any, value: int) -> int:
        return wrap(int.from_bytes((value & mask).to_bytes(bits // 8, "little"), "big"))

    def rotate(value: int, by: int) -> int:
        by %= bits
        value &= mask
        return wrap(value << by | value >> bits - by)

    return [
        ("static T reverse(T)", reverse),
        ("static T reverseBytes(T)", reverse_bytes),
        ("static int bitCount(T)", lambda call, self, value: (value & mask).bit_count()),
        ("static T highestOneBit(T)", lambda call, self, value: wrap(1 << (value & mask).bit_length() - 1 if value else 0)),
        ("static T lowestOneBit(T)", lambda call, self, value: wrap(value & -value)),
        ("static int numberOfLeadingZeros(T)", lambda call, self, value: bits - (value & mask).bit_length()),
        (
            "static int numberOfTrailingZeros(T)",
            lambda call, self, value: (value & -value).bit_length() - 1 if value else bits,
        ),
        ("static T rotateLeft(T, int)", lambda call, self, value, by: rotate(value, by)),
        ("static T rotateRight(T, int)", lambda call, self, value, by: rotate(value, -by)),
        ("static String toHexString(T)", lambda call, self, value: f"{value & mask:x}"),
        ("static String toOctalString(T)", lambda call, self, value: f"{value & mask:o}"),
        ("static String toBinaryString(T)", lambda call, self, value: f"{value & mask:b}"),
    ]


def _unsigned(bits: int, wrap: Callable[[int], int]) -> list[tuple[str, Function]]:
    """The methods that take the bits for a number without sign."""
    mask = (1 << bits) - 1

    def divide(call: Call, self: Any, top: int, bottom: int) -> int:
        return wrap((top & mask) // _divisor(bottom & mask))

    def remainder(call: Call, self: Any, top: int, bottom: int) -> int:
        return wrap((top & mask) % _divisor(bottom & mask))

    return [
        ("static int compareUnsigned(T, T)", lambda call, self, a, b: _sign((a & mask) - (b & mask))),
        ("static T divideUnsigned(T, T)", divide),
        ("static T remainderUnsigned(T, T)", remainder),
        ("static String toUnsignedString(T)", lambda call, self, value: str(value & mask)),
        ("static String toUnsignedString(T, int)", lambda call, self, value, radix: signed_text(value & mask, radix)),
    ]


def _divisor(value: int) -> int:
    if value == 0:
        raise arithmetic("/ by zero")
    return value


def _arithmetic(wrap: Callable[[int], int]) -> list[tuple[str, Function]]:
    return [
        ("static T min(T, T)", lambda call, self, a, b: wrap(min(a, b))),
        ("static T max(T, T)", lambda call, self, a, b: wrap(max(a, b))),
        ("static T sum(T, T)", lambda call, self, a, b: wrap(a + b)),
        ("static int signum(T)", lambda call, self, value: _sign(value)),
        ("static int compare(T, T)", lambda call, self, a, b: _sign(a - b)),
        ("static int hashCode(T)", lambda call, self, value: java_hash(wrap(value))),
        ("static String toString(T)", lambda call, self, value: str(int(value))),
        ("static String toString(T, int)", lambda call, self, value, radix: signed_text(value, radix)),
    ]


def _default(wrap: Callable[[int], int]) -> Function:
    """getInteger and getLong with a default: there are no system properties to look at."""
    return lambda call, self, name, default: None if default is None else wrap(default)


def _reading(name: str, bits: int, wrap: Callable[[int], int]) -> list[tuple[str, Function]]:
    """parseX, valueOf and decode; `wrap` makes the box."""
    limit = 1 << bits - 1
    parse = {32: "Int", 64: "Long"}[bits]
    box = "Integer" if bits == 32 else "Long"

    def read(call: Call, self: Any, text: str | None, radix: int = 10) -> int:
        return wrap(parse_integer(text, radix, bits))

    def read_unsigned(call: Call, self: Any, text: str | None, radix: int = 10) -> int:
        return wrap(parse_unsigned(text, radix, bits))

    def read_region(call: Call, self: Any, text: str | None, start: int, end: int, radix: int) -> int:
        return wrap(parse_region(text, start, end, radix, bits))

    def read_unsigned_region(call: Call, self: Any, text: str | None, start: int, end: int, radix: int) -> int:
        return wrap(parse_unsigned_region(text, start, end, radix, bits))

    return [
        (f"static T parse{parse}(String)", read),
        (f"static T parse{parse}(String, int)", read),
        (f"static T parse{parse}(CharSequence, int, int, int)", read_region),
        (f"static T parseUnsigned{parse}(String)", read_unsigned),
        (f"static T parseUnsigned{parse}(String, int)", read_unsigned),
        (f"static T parseUnsigned{parse}(CharSequence, int, int, int)", read_unsigned_region),
        (f"static {box} valueOf(String)", read),
        (f"static {box} valueOf(String, int)", read),
        (f"static {box} valueOf(T)", lambda call, self, value: wrap(value)),
        (f"static {box} decode(String)", lambda call, self, text: wrap(decode(text, -limit, limit - 1, name))),
        (f"static {box} get{box}(String)", lambda call, self, text: None),
        (f"static {box} get{box}(String, {'Integer' if bits == 32 else 'T'})", _default(wrap)),
        (f"int compareTo({box})", compare_to),
    ]


def _typed(owner: str, primitive: str, rows: list[tuple[str, Function]]) -> tuple[Method, ...]:
    def fill(declaration: str) -> str:
        head, _, parameters = declaration.rstrip(")").partition("(")
        types = [primitive if word.strip() == "T" else word.strip() for word in parameters.split(",")]
        return f"{head.replace(' T ', f' {primitive} ')}({', '.join(types)})"

    return declare(owner, *((fill(declaration), function) for declaration, function in rows))


def _long(value: int) -> int:
    return as_long(wrap_long(value))


def _wide(owner: str, primitive: str, bits: int, wrap: Callable[[int], int]) -> tuple[Method, ...]:
    rows = [*_bitwise(bits, wrap), *_unsigned(bits, wrap), *_arithmetic(wrap), *_reading(primitive, bits, wrap)]
    return _typed(owner, primitive, rows)


def _narrow(box: str, primitive: str, kind: type[Short] | type[Byte], bits: int) -> tuple[Method, ...]:
    """The tables of Short and Byte."""
    limit = 1 << bits - 1
    mask = (1 << bits) - 1

    def read(call: Call, self: Any, text: str | None, radix: int = 10) -> int:
        return kind(parse_narrow(text, radix, -limit, limit - 1))

    rows: list[tuple[str, Function]] = [
        (f"static T parse{box}(String)", read),
        (f"static T parse{box}(String, int)", read),
        (f"static {box} valueOf(String)", read),
        (f"static {box} valueOf(String, int)", read),
        (f"static {box} valueOf(T)", lambda call, self, value: kind(value)),
        (f"static {box} decode(String)", lambda call, self, text: kind(decode(text, -limit, limit - 1, primitive))),
        (f"int compareTo({box})", compare_to),
        ("static int compare(T, T)", lambda call, self, a, b: a - b),
        ("static int compareUnsigned(T, T)", lambda call, self, a, b: (a & mask) - (b & mask)),
        ("static int toUnsignedInt(T)", lambda call, self, value: value & mask),
        ("static long toUnsignedLong(T)", lambda call, self, value: as_long(value & mask)),
        ("static int hashCode(T)", lambda call, self, value: int(value)),
        ("static String toString(T)", lambda call, self, value: str(int(value))),
    ]
    return _typed(f"java.lang.{box}", primitive, rows)


def _short_reverse(call: Call, self: Any, value: int) -> Short:
    """Short.reverseBytes."""
    return Short((((value & 0xFF) << 8 | value >> 8 & 0xFF) + 0x8000 & 0xFFFF) - 0x8000)


METHODS: tuple[Method, ...] = (
    *_NUMBER,
    *_wide("java.lang.Integer", "int", 32, wrap_int),
    *declare(
        "java.lang.Integer",
        ("static long toUnsignedLong(int)", lambda call, self, value: as_long(value & 0xFFFFFFFF)),
    ),
    *_wide("java.lang.Long", "long", 64, _long),
    *_narrow("Short", "short", Short, 16),
    *declare("java.lang.Short", ("static short reverseBytes(short)", _short_reverse)),
    *_narrow("Byte", "byte", Byte, 8),
)
