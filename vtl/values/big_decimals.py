"""The methods of java.math.BigDecimal."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from math import gcd
from typing import Any

from vtl.values import decimals
from vtl.values.call import Call
from vtl.values.comparison import null_message
from vtl.values.decimals import (
    DOWN,
    UNNECESSARY,
    arithmetic,
    check_digits,
    make,
    precision_of,
    scale_of,
    unscaled,
)
from vtl.values.doubles import double_text
from vtl.values.failures import illegal_argument, null_pointer
from vtl.values.parsing import format_error
from vtl.values.scalars import Byte, JavaArray, Short, as_big, as_long
from vtl.values.signatures import Method, declare

_BIG = "java.math.BigDecimal"
_CONTEXT = "java.math.MathContext"
_ROUNDING = "java.math.RoundingMode"


def _given(value: Decimal | None, parameter: str, field: str = "scale") -> Decimal:
    if value is None:
        raise null_pointer(f'Cannot read field "{field}" because "{parameter}" is null')
    return value


def _add(call: Call, self: Decimal, other: Decimal | None) -> Decimal:
    return decimals.add(call.limits, self, _given(other, "augend", "intCompact"))


def _subtract(call: Call, self: Decimal, other: Decimal | None) -> Decimal:
    return decimals.subtract(call.limits, self, _given(other, "subtrahend", "intCompact"))


def _multiply(call: Call, self: Decimal, other: Decimal | None) -> Decimal:
    return decimals.multiply(call.limits, self, _given(other, "multiplicand"))


def _rounding(mode: int) -> int:
    if not 0 <= mode <= UNNECESSARY:
        raise illegal_argument("Invalid rounding mode")
    return mode


def _divide_rounded(call: Call, self: Decimal, other: Decimal | None, mode: int) -> Decimal:
    """divide(divisor, int): the scale stays."""
    return _divide_scaled(call, self, other, scale_of(self), mode)


def _divide_scaled(call: Call, self: Decimal, other: Decimal | None, scale: int, mode: int) -> Decimal:
    _rounding(mode)
    return decimals.divide(call.limits, self, _given(other, "divisor", "intCompact"), scale, mode)


def _clamp(scale: int) -> int:
    return max(-(2**31), min(2**31 - 1, scale))


def _divide_exactly(call: Call, self: Decimal, other: Decimal | None) -> Decimal:
    """divide(divisor): the exact quotient, with the scale nearest to the difference of the scales."""
    if other is None:
        raise null_pointer('Cannot invoke "java.math.BigDecimal.signum()" because "divisor" is null')
    divisor = other
    if not divisor:
        raise arithmetic("Division by zero" if self else "Division undefined")
    preferred = scale_of(self) - scale_of(divisor)
    if not self:
        return make(0, _clamp(preferred))
    top, bottom = unscaled(self), unscaled(divisor)
    common = gcd(top, bottom)
    top, bottom = (top // common, bottom // common) if bottom > 0 else (-top // common, -bottom // common)
    more = _decimal_places(bottom)
    check_digits(call.limits, precision_of(self) + more)
    return strip_zeros(make(top * 10**more // bottom, preferred + more), preferred)


def _decimal_places(divisor: int) -> int:
    """How many decimal places 1 / divisor has; ArithmeticException when they never end."""
    twos = (divisor & -divisor).bit_length() - 1
    divisor >>= twos
    fives = 0
    while divisor % 5 == 0:
        divisor //= 5
        fives += 1
    if divisor != 1:
        raise arithmetic("Non-terminating decimal expansion; no exact representable decimal result.")
    return max(twos, fives)


def strip_zeros(value: Decimal, least: int) -> Decimal:
    """Drop trailing zeros of the unscaled value, as long as the scale stays above `least`."""
    number, scale = unscaled(value), scale_of(value)
    digits = str(Decimal(abs(number)))
    drop = max(0, min(len(digits) - len(digits.rstrip("0")), scale - least)) if number else max(0, scale - least)
    return make(number // 10**drop if number else 0, scale - drop) if drop else value


def _whole_quotient(call: Call, self: Decimal, other: Decimal | None) -> Decimal:
    """divideToIntegralValue."""
    divisor = _given(other, "divisor")
    preferred = _clamp(scale_of(self) - scale_of(divisor))
    if not divisor:
        raise arithmetic("Division by zero" if self else "Division undefined")
    if not self or self.copy_abs() < divisor.copy_abs():
        return make(0, preferred)
    quotient = decimals.divide(call.limits, self, divisor, 0, DOWN)
    if preferred >= 0:
        return decimals.set_scale(call.limits, quotient, preferred, UNNECESSARY)
    return strip_zeros(quotient, preferred)


def _remainder(call: Call, self: Decimal, other: Decimal | None) -> Decimal:
    quotient = _whole_quotient(call, self, other)
    return decimals.subtract(call.limits, self, decimals.multiply(call.limits, quotient, _given(other, "divisor")))


def _divide_and_remainder(call: Call, self: Decimal, other: Decimal | None) -> JavaArray:
    quotient = _whole_quotient(call, self, other)
    product = decimals.multiply(call.limits, quotient, _given(other, "divisor"))
    return JavaArray([quotient, decimals.subtract(call.limits, self, product)], _BIG)


def _pow(call: Call, self: Decimal, exponent: int) -> Decimal:
    if not 0 <= exponent <= 999999999:
        raise arithmetic("Invalid operation")
    number = unscaled(self)
    if abs(number) > 1:
        check_digits(call.limits, (precision_of(self) - 1) * exponent)
        decimals.check_bits(call.limits, (number.bit_length() - 1) * exponent)
        power = number**exponent
    else:
        power = number ** min(exponent, 2 + exponent % 2)
    return make(power, scale_of(self) * exponent)


def _negate(call: Call, self: Decimal) -> Decimal:
    return self.copy_negate() if self else self


def _compare(self: Decimal, other: Decimal) -> int:
    return (self > other) - (self < other)


def _compare_to(call: Call, self: Decimal, other: Decimal | None) -> int:
    if other is None:
        raise null_pointer(null_message(_BIG))
    return _compare(self, other)


def _lesser(call: Call, self: Decimal, other: Decimal | None) -> Decimal:
    given = _given(other, "val")
    return self if _compare(self, given) <= 0 else given


def _greater(call: Call, self: Decimal, other: Decimal | None) -> Decimal:
    given = _given(other, "val")
    return self if _compare(self, given) >= 0 else given


def _set_scale(call: Call, self: Decimal, scale: int, mode: int = UNNECESSARY) -> Decimal:
    return decimals.set_scale(call.limits, self, scale, _rounding(mode))


def _move_point(call: Call, self: Decimal, by: int) -> Decimal:
    """movePointRight; the scale does not become negative."""
    if by == 0:
        return self
    moved = make(unscaled(self), scale_of(self) - by)
    return decimals.set_scale(call.limits, moved, 0, UNNECESSARY) if scale_of(moved) < 0 else moved


def plain_text(call: Call, self: Decimal) -> str:
    """toPlainString."""
    exponent = -scale_of(self)
    check_digits(call.limits, max(precision_of(self) + max(exponent, 0) if self else 1, -exponent))
    if not self and exponent > 0:
        return "0"
    return format(self, "f")


def _to_integer(call: Call, self: Decimal, rounding: int = DOWN) -> int:
    return as_big(unscaled(decimals.set_scale(call.limits, self, 0, rounding)))


def _exact(low: int, high: int, wrap: Callable[[int], Any]) -> Callable[[Call, Decimal], Any]:
    def run(call: Call, self: Decimal) -> Any:
        if self and self.adjusted() > 20:
            raise arithmetic("Overflow")
        if self and self.adjusted() < 0:
            raise arithmetic("Rounding necessary")
        value = unscaled(decimals.set_scale(call.limits, self, 0, UNNECESSARY)) if self else 0
        if not low <= value <= high:
            raise arithmetic("Overflow")
        return wrap(value)

    return run


def _of_double(call: Call, self: Any, value: float) -> Decimal:
    """BigDecimal.valueOf(double): the digits that Double.toString prints."""
    text = double_text(value)
    if text[-1] in "yN":
        bad = text.lstrip("-")[0]
        raise format_error(
            f'Character {bad} is neither a decimal digit number, decimal point, nor "e" notation exponential mark.'
        )
    made = Decimal(text)
    return made if made else made.copy_abs()


def _needs_context(call: Call, self: Decimal, *arguments: Any) -> Decimal:
    """Methods with a MathContext, which only null can be given for."""
    raise null_pointer('Cannot read field "precision" because "mc" is null')


def _sqrt(call: Call, self: Decimal, context: None) -> Decimal:
    """sqrt(MathContext), which only null can be given to: it is not looked at for zero and even powers of ten."""
    if self < 0:
        raise arithmetic("Attempted square root of negative BigDecimal")
    half = int(scale_of(self) / 2)
    if not self:
        return make(0, half)
    stripped = strip_zeros(self, -(2**31))
    if unscaled(stripped) == 1 and scale_of(stripped) % 2 == 0:
        if scale_of(stripped) // 2 == half:
            return make(1, half)
        return _needs_context(call, self)
    raise null_pointer('Cannot invoke "java.math.MathContext.getPrecision()" because "mc" is null')


def _needs_rounding(call: Call, self: Decimal, *arguments: Any) -> Decimal:
    """Methods with a RoundingMode, which only null can be given for."""
    raise null_pointer('Cannot read field "oldMode" because "roundingMode" is null')


METHODS: tuple[Method, ...] = declare(
    _BIG,
    ("BigDecimal abs()", lambda call, self: self.copy_abs()),
    (f"BigDecimal abs({_CONTEXT})", _needs_context),
    ("BigDecimal add(BigDecimal)", _add),
    (f"BigDecimal add(BigDecimal, {_CONTEXT})", _needs_context),
    ("byte byteValueExact()", _exact(-128, 127, Byte)),
    ("int compareTo(BigDecimal)", _compare_to),
    ("BigDecimal divide(BigDecimal)", _divide_exactly),
    ("BigDecimal divide(BigDecimal, int)", _divide_rounded),
    ("BigDecimal divide(BigDecimal, int, int)", _divide_scaled),
    (f"BigDecimal divide(BigDecimal, int, {_ROUNDING})", _needs_rounding),
    (f"BigDecimal divide(BigDecimal, {_CONTEXT})", _needs_context),
    (f"BigDecimal divide(BigDecimal, {_ROUNDING})", _needs_rounding),
    ("BigDecimal[] divideAndRemainder(BigDecimal)", _divide_and_remainder),
    (f"BigDecimal[] divideAndRemainder(BigDecimal, {_CONTEXT})", _needs_context),
    ("BigDecimal divideToIntegralValue(BigDecimal)", _whole_quotient),
    (f"BigDecimal divideToIntegralValue(BigDecimal, {_CONTEXT})", _needs_context),
    ("int intValueExact()", _exact(-(2**31), 2**31 - 1, int)),
    ("long longValueExact()", _exact(-(2**63), 2**63 - 1, as_long)),
    ("BigDecimal max(BigDecimal)", _greater),
    ("BigDecimal min(BigDecimal)", _lesser),
    ("BigDecimal movePointLeft(int)", lambda call, self, n: _move_point(call, self, -n)),
    ("BigDecimal movePointRight(int)", _move_point),
    ("BigDecimal multiply(BigDecimal)", _multiply),
    (f"BigDecimal multiply(BigDecimal, {_CONTEXT})", _needs_context),
    ("BigDecimal negate()", _negate),
    (f"BigDecimal negate({_CONTEXT})", _needs_context),
    ("BigDecimal plus()", lambda call, self: self),
    (f"BigDecimal plus({_CONTEXT})", _needs_context),
    ("BigDecimal pow(int)", _pow),
    (f"BigDecimal pow(int, {_CONTEXT})", _needs_context),
    ("int precision()", lambda call, self: precision_of(self)),
    ("BigDecimal remainder(BigDecimal)", _remainder),
    (f"BigDecimal remainder(BigDecimal, {_CONTEXT})", _needs_context),
    (f"BigDecimal round({_CONTEXT})", _needs_context),
    ("int scale()", lambda call, self: scale_of(self)),
    ("BigDecimal scaleByPowerOfTen(int)", lambda call, self, n: make(unscaled(self), scale_of(self) - n)),
    ("BigDecimal setScale(int)", _set_scale),
    ("BigDecimal setScale(int, int)", _set_scale),
    (f"BigDecimal setScale(int, {_ROUNDING})", _needs_rounding),
    ("short shortValueExact()", _exact(-(2**15), 2**15 - 1, Short)),
    ("int signum()", lambda call, self: (self > 0) - (self < 0)),
    (f"BigDecimal sqrt({_CONTEXT})", _sqrt),
    ("BigDecimal stripTrailingZeros()", lambda call, self: strip_zeros(self, -(2**31)) if self else Decimal(0)),
    ("BigDecimal subtract(BigDecimal)", _subtract),
    (f"BigDecimal subtract(BigDecimal, {_CONTEXT})", _needs_context),
    ("BigInteger toBigInteger()", _to_integer),
    ("BigInteger toBigIntegerExact()", lambda call, self: _to_integer(call, self, UNNECESSARY)),
    ("String toEngineeringString()", lambda call, self: self.to_eng_string()),
    ("String toPlainString()", plain_text),
    ("BigDecimal ulp()", lambda call, self: make(1, scale_of(self))),
    ("BigInteger unscaledValue()", lambda call, self: as_big(unscaled(self))),
    ("static BigDecimal valueOf(double)", _of_double),
    ("static BigDecimal valueOf(long)", lambda call, self, value: Decimal(value)),
    ("static BigDecimal valueOf(long, int)", lambda call, self, value, scale: make(value, scale)),
)
