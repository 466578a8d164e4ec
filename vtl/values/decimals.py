"""java.math.BigDecimal arithmetic on decimal.Decimal: exact, with a scale of its own for every result."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal

from vtl.errors import JavaError, LimitExceeded
from vtl.limits import Limits
from vtl.values.scalars import MAX_INT, MIN_INT

EXACT = Context(prec=MAX_PREC, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
"""A context that rounds nothing; operands are bounded before they meet it."""

LONG_POWERS = 19
"""How many powers of ten fit in a long."""

_LARGEST_POWER = 646_456_993
"""The largest power of ten that a BigInteger holds."""

UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN, HALF_EVEN, UNNECESSARY = range(8)


def scale_of(value: Decimal) -> int:
    """BigDecimal.scale()."""
    return -int(value.as_tuple().exponent)


def precision_of(value: Decimal) -> int:
    """BigDecimal.precision()."""
    return len(value.as_tuple().digits)


def unscaled(value: Decimal) -> int:
    """BigDecimal.unscaledValue()."""
    parts = value.as_tuple()
    return int(Decimal((parts.sign, parts.digits, 0)))


def check_digits(limits: Limits, digits: int) -> None:
    """LimitExceeded when a number would have more digits than the limits allow."""
    if digits > limits.integer_digits:
        raise LimitExceeded("integer_digits", f"a number would have {digits:,} digits; the limit is {limits.integer_digits:,}")


def check_bits(limits: Limits, bits: int) -> None:
    """LimitExceeded when an integer of that many bits would have more digits than the limits allow."""
    check_digits(limits, bits * 30103 // 100000)


def make(number: int, scale: int) -> Decimal:
    """The BigDecimal of an unscaled value; ArithmeticException when the scale is no int."""
    if not MIN_INT <= scale <= MAX_INT:
        if number:
            raise arithmetic("Underflow" if scale > 0 else "Overflow")
        scale = max(MIN_INT, min(MAX_INT, scale))
    return Decimal(number).scaleb(-scale, EXACT) if scale else Decimal(number)


def arithmetic(message: str) -> JavaError:
    """java.lang.ArithmeticException."""
    return JavaError("java.lang.ArithmeticException", message)


def _span(left: Decimal, right: Decimal) -> int:
    """How many digits a sum may have."""
    low = min(int(left.as_tuple().exponent), int(right.as_tuple().exponent))
    high = max(value.adjusted() if value else int(value.as_tuple().exponent) for value in (left, right))
    return max(high, low) - low + 2


def add(limits: Limits, left: Decimal, right: Decimal) -> Decimal:
    """left + right, with the larger scale."""
    check_digits(limits, _span(left, right) - 2)
    return _unsigned_zero(EXACT.add(left, right))


def subtract(limits: Limits, left: Decimal, right: Decimal) -> Decimal:
    """left - right, with the larger scale."""
    check_digits(limits, _span(left, right) - 2)
    return _unsigned_zero(EXACT.subtract(left, right))


def multiply(limits: Limits, left: Decimal, right: Decimal) -> Decimal:
    """left * right, with the sum of the scales."""
    check_digits(limits, precision_of(left) + precision_of(right) - 1)
    return make(unscaled(left) * unscaled(right), scale_of(left) + scale_of(right))


def divide(limits: Limits, left: Decimal, right: Decimal, scale: int, rounding: int) -> Decimal:
    """left / right rounded to a scale; ArithmeticException for a zero divisor or where rounding was forbidden."""
    shift = scale + scale_of(right) - scale_of(left)
    if not right:
        raise arithmetic(_zero_message(left, shift))
    check_digits(limits, precision_of(left) + max(shift, 0))
    check_digits(limits, precision_of(right) + max(-shift, 0))
    top, bottom = unscaled(left), unscaled(right)
    if shift >= 0:
        top *= 10**shift
    else:
        bottom *= 10**-shift
    return make(round_quotient(top, bottom, rounding), scale)


def _zero_message(left: Decimal, shift: int) -> str:
    """Java words a division by zero by the type that it divides in: long while the scaled numbers fit."""
    digits = precision_of(left) + max(shift, 0) if left else 1
    if abs(shift) < LONG_POWERS and (digits < LONG_POWERS or abs(unscaled(left)) * 10 ** max(shift, 0) < 2**63):
        return "/ by zero"
    return "BigInteger divide by zero"


def set_scale(limits: Limits, value: Decimal, scale: int, rounding: int) -> Decimal:
    """BigDecimal.setScale."""
    shift = scale - scale_of(value)
    if shift >= 0:
        check_digits(limits, precision_of(value) + shift if value else 1)
        return make(unscaled(value) * 10**shift if value else 0, scale)
    if value and -shift > _LARGEST_POWER:
        raise arithmetic("Underflow" if -shift > MAX_INT else "BigInteger would overflow supported range")
    if -shift > precision_of(value) + 1:
        sign = (value > 0) - (value < 0)
        return make(round_quotient(sign, 100, rounding) if sign else 0, scale)
    return make(round_quotient(unscaled(value), 10**-shift, rounding), scale)


def round_quotient(top: int, bottom: int, rounding: int) -> int:
    """top / bottom as an integer, rounded as BigDecimal's constants say."""
    negative = (top < 0) != (bottom < 0)
    quotient, rest = divmod(abs(top), abs(bottom))
    if rest and _away(quotient, 2 * rest - abs(bottom), negative, rounding):
        quotient += 1
    return -quotient if negative else quotient


def _away(quotient: int, half: int, negative: bool, rounding: int) -> bool:
    """Whether a quotient with a rest goes away from zero; `half` tells the rest from one half by its sign."""
    if rounding == UNNECESSARY:
        raise arithmetic("Rounding necessary")
    if rounding in (UP, DOWN):
        return rounding == UP
    if rounding in (CEILING, FLOOR):
        return negative == (rounding == FLOOR)
    if half:
        return half > 0
    return rounding == HALF_UP or (rounding == HALF_EVEN and quotient % 2 == 1)


def _unsigned_zero(value: Decimal) -> Decimal:
    return value if value else value.copy_abs()
