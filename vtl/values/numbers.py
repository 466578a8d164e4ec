"""The arithmetic and comparison operators, as Velocity's MathUtils computes them.

Integers widen from Integer to Long to BigInteger and never shrink back; a Float or Double takes integers along; a BigDecimal
takes everything along, a Double with all the digits of its binary value.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

from vtl.errors import JavaError
from vtl.values import decimals
from vtl.values.call import Call
from vtl.values.decimals import HALF_DOWN, arithmetic, check_bits
from vtl.values.scalars import (
    MAX_INT,
    MAX_LONG,
    MIN_INT,
    MIN_LONG,
    BigInteger,
    Byte,
    Float,
    Long,
    Short,
    as_big,
    single,
    wrap_long,
)

Number: TypeAlias = int | float | Decimal

_RANKS: dict[type, int] = {Byte: 1, Short: 2, Long: 4}
_INTEGER, _LONG, _BIG = 3, 4, 5
_NUMBERS = frozenset([int, float, Long, BigInteger, Decimal, Float, Short, Byte])


def is_number(value: object) -> bool:
    """Whether the value is a java.lang.Number."""
    kind = type(value)
    return kind in _NUMBERS or (kind is not bool and isinstance(value, (int, float, Decimal)))


def _rank(value: int) -> int:
    """How wide an integer is, from Byte to BigInteger."""
    rank = _RANKS.get(type(value))
    if rank is not None:
        return rank
    if isinstance(value, BigInteger) or not MIN_LONG <= value <= MAX_LONG:
        return _BIG
    return _INTEGER if MIN_INT <= value <= MAX_INT else _LONG


def sized(value: int, rank: int) -> int:
    """A result of operands up to that rank, in the smallest class from there on that holds it."""
    if rank == 1:
        if -128 <= value <= 127:
            return Byte(value)
        rank = 2
    if rank == 2:
        if -32768 <= value <= 32767:
            return Short(value)
        rank = _INTEGER
    if rank == _INTEGER or not MIN_INT <= value <= MAX_INT:
        return BigInteger(value) if rank == _BIG and MIN_LONG <= value <= MAX_LONG else value
    return Long(value) if rank == _LONG else BigInteger(value)


def to_double(value: Number) -> float:
    """Number.doubleValue(): beyond the largest double it is infinite."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def to_decimal(value: Number) -> Decimal:
    """MathUtils.toBigDecimal: BigDecimal and BigInteger as they are, all others through their double, every binary digit kept."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and _rank(value) == _BIG:
        return Decimal(value)
    number = to_double(value)
    if not math.isfinite(number):
        raise JavaError("java.lang.NumberFormatException", "Infinite or NaN")
    return Decimal(number) if number else Decimal(0)


Operation: TypeAlias = Callable[[Call, Number, Number], Number]


def _integers(left: Number, right: Number) -> bool:
    return isinstance(left, int) and isinstance(right, int)


def _big_decimals(left: Number, right: Number) -> bool:
    """Whether the operands meet as BigDecimals: one is one, or a BigInteger meets a fraction."""
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return True
    return any(isinstance(value, int) and _rank(value) == _BIG for value in (left, right))


def _doubles(left: Number, right: Number) -> bool:
    """Whether floating operands meet as doubles rather than as floats."""
    return any(isinstance(value, float) and not isinstance(value, Float) for value in (left, right))


def _floating(left: Number, right: Number, operate: Callable[[float, float], float]) -> float:
    if _doubles(left, right):
        return operate(to_double(left), to_double(right))
    return single(operate(single_value(left), single_value(right)))


def single_value(value: Number) -> float:
    """Number.floatValue(), rounded once from the exact value."""
    if isinstance(value, int):
        bits = value.bit_length()
        if bits > 128:
            return math.inf if value > 0 else -math.inf
        if bits > 53:
            # Odd-round to 53 bits first, so that the second rounding decides as the exact value would.
            shift = bits - 53
            kept = abs(value) >> shift
            kept |= bool(abs(value) & (1 << shift) - 1)
            return single(math.ldexp(kept, shift) * (1 if value > 0 else -1))
    return single(to_double(value))


_SMALL = 2**53


def _quick_floats(left: Any, right: Any) -> bool:
    """Whether both are plain numbers, at least one of them a double."""
    if type(left) is float:
        return type(right) is float or (type(right) is int and -_SMALL < right < _SMALL)
    return type(right) is float and type(left) is int and -_SMALL < left < _SMALL


def _quick_integers(left: Any, right: Any) -> bool:
    """Whether both are Integers held as plain ints."""
    return type(left) is int and type(right) is int and MIN_INT <= left <= MAX_INT and MIN_INT <= right <= MAX_INT


def _both(left: object, right: object) -> bool:
    return is_number(left) and is_number(right)


def add(call: Call, left: object, right: object) -> Number | None:
    """`+` of two numbers; None when a side is none."""
    if type(left) is int and type(right) is int and MIN_LONG <= (result := left + right) <= MAX_LONG:
        return _plain(result, left, right)
    if _quick_floats(left, right):
        return left + right  # type: ignore[operator,no-any-return]
    if not _both(left, right):
        return None
    one: Number = left  # type: ignore[assignment]
    other: Number = right  # type: ignore[assignment]
    if isinstance(one, int) and isinstance(other, int):
        return _integer_result(call, one + other, one, other)
    if _big_decimals(one, other):
        return decimals.add(call.limits, to_decimal(one), to_decimal(other))
    return _floating(one, other, lambda a, b: a + b)


def subtract(call: Call, left: object, right: object) -> Number | None:
    """`-` of two numbers; None when a side is none."""
    if type(left) is int and type(right) is int and MIN_LONG <= (result := left - right) <= MAX_LONG:
        return _plain(result, left, right)
    if _quick_floats(left, right):
        return left - right  # type: ignore[operator,no-any-return]
    if not _both(left, right):
        return None
    one: Number = left  # type: ignore[assignment]
    other: Number = right  # type: ignore[assignment]
    if isinstance(one, int) and isinstance(other, int):
        return _integer_result(call, one - other, one, other)
    if _big_decimals(one, other):
        return decimals.subtract(call.limits, to_decimal(one), to_decimal(other))
    return _floating(one, other, lambda a, b: a - b)


def multiply(call: Call, left: object, right: object) -> Number | None:
    """`*` of two numbers; None when a side is none."""
    if _quick_integers(left, right) or _quick_floats(left, right):
        return left * right  # type: ignore[operator,no-any-return]
    if not _both(left, right):
        return None
    one: Number = left  # type: ignore[assignment]
    other: Number = right  # type: ignore[assignment]
    if isinstance(one, int) and isinstance(other, int):
        check_bits(call.limits, one.bit_length() + other.bit_length() - 1)
        return _product(call, one, other)
    if _big_decimals(one, other):
        return decimals.multiply(call.limits, to_decimal(one), to_decimal(other))
    return _floating(one, other, lambda a, b: a * b)


def _product(call: Call, left: int, right: int) -> int:
    """Velocity notices an overflow by dividing back, which misses -2**63 * -1."""
    if right == -1 and left == MIN_LONG and max(_rank(left), _rank(right)) < _BIG:
        return sized(wrap_long(left * right), max(_rank(left), _rank(right)))
    return _integer_result(call, int(left) * int(right), left, right)


def divide(call: Call, left: object, right: object) -> Number | None:
    """`/` of two numbers, truncating between integers; None when a side is none or the right one is zero."""
    if type(left) is int and type(right) is int and 0 <= left <= MAX_INT and 0 < right <= MAX_INT:
        return left // right
    if not _both(left, right):
        return None
    one: Number = left  # type: ignore[assignment]
    other: Number = right  # type: ignore[assignment]
    if not other:
        return None
    if isinstance(one, int) and isinstance(other, int):
        rank = max(_rank(one), _rank(other))
        quotient = abs(one) // abs(other)
        if (one < 0) != (other < 0):
            quotient = -quotient
        return sized(wrap_long(quotient) if rank < _BIG else quotient, rank)
    if _big_decimals(one, other):
        top = to_decimal(one)
        return decimals.divide(call.limits, top, to_decimal(other), decimals.scale_of(top), HALF_DOWN)
    return _floating(one, other, lambda a, b: a / b)


def modulo(call: Call, left: object, right: object) -> Number | None:
    """`%` of two numbers, with the sign of the left one; None when a side is none or the right one is zero.

    As in Java, BigInteger.mod refuses a negative modulus, and BigDecimals have no modulo.
    """
    if type(left) is int and type(right) is int and 0 <= left <= MAX_INT and 0 < right <= MAX_INT:
        return left % right
    if not _both(left, right):
        return None
    one: Number = left  # type: ignore[assignment]
    other: Number = right  # type: ignore[assignment]
    if not other:
        return None
    if isinstance(one, int) and isinstance(other, int):
        rank = max(_rank(one), _rank(other))
        if rank == _BIG:
            if other < 0:
                raise arithmetic("BigInteger: modulus not positive")
            return as_big(int(one) % int(other))
        return sized(int(math.copysign(1, one)) * (abs(int(one)) % abs(int(other))), rank)
    if _big_decimals(one, other):
        raise arithmetic("Cannot calculate the modulo of BigDecimals.")
    return _floating(one, other, float_remainder)


def float_remainder(left: float, right: float) -> float:
    """Java's % between doubles."""
    if math.isinf(left) or left != left or right != right:
        return math.nan
    return math.fmod(left, right)


def _plain(result: int, left: int, right: int) -> int:
    """The result of plain ints within 64 bits: a Long operand or BigInteger makes a Long or BigInteger of a small result too."""
    if MIN_INT <= left <= MAX_INT and MIN_INT <= right <= MAX_INT:
        return result
    return sized(result, max(_rank(left), _rank(right)))


def _integer_result(call: Call, result: int, left: int, right: int) -> int:
    check_bits(call.limits, result.bit_length() - 1)
    return sized(int(result), max(_rank(left), _rank(right)))


def compare(left: object, right: object) -> int:
    """MathUtils.compare of two numbers: -1, 0 or 1. NaN, neither less nor greater than anything, counts as equal."""
    if _quick_integers(left, right) or _quick_floats(left, right):
        return int(left > right) - int(left < right)  # type: ignore[operator]
    one: Number = left  # type: ignore[assignment]
    other: Number = right  # type: ignore[assignment]
    if not _integers(one, other):
        if _big_decimals(one, other):
            one, other = to_decimal(one), to_decimal(other)
            return (one > other) - (one < other)
        if _doubles(one, other):
            one, other = to_double(one), to_double(other)
        else:
            one, other = single_value(one), single_value(other)
    return (one > other) - (one < other)


def less(left: object, right: object) -> bool:
    """`<`; False when a side is no number."""
    if type(left) is int and type(right) is int:
        return left < right
    return _both(left, right) and compare(left, right) < 0


def greater(left: object, right: object) -> bool:
    """`>`; False when a side is no number."""
    if type(left) is int and type(right) is int:
        return left > right
    return _both(left, right) and compare(left, right) > 0


def less_equal(left: object, right: object) -> bool:
    """`<=`; False when a side is no number."""
    if type(left) is int and type(right) is int:
        return left <= right
    return _both(left, right) and compare(left, right) <= 0


def greater_equal(left: object, right: object) -> bool:
    """`>=`; False when a side is no number."""
    if type(left) is int and type(right) is int:
        return left >= right
    return _both(left, right) and compare(left, right) >= 0
