"""The numeric conversions of java.util.Formatter: `%d %o %x`, `%f %e %g %a`."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal

from vtl.values.doubles import double_text
from vtl.values.format_specifiers import Specifier, conversion_error, refuse_flags

_WIDTHS = {"java.lang.Byte": 8, "java.lang.Short": 16, "java.lang.Integer": 32, "java.lang.Long": 64}
_BIG = "java.math.BigInteger"


def _signs(specifier: Specifier, negative: bool) -> tuple[str, str]:
    """What stands before and after the digits."""
    if negative:
        return ("(", ")") if "(" in specifier.flags else ("-", "")
    return ("+" if "+" in specifier.flags else " " if " " in specifier.flags else ""), ""


def _magnitude(specifier: Specifier, digits: str, before: str, reserved: int) -> str:
    """Digits with grouping commas, filled up with zeros to the width without what is `reserved` for others."""
    if "," in specifier.flags:
        whole, point, rest = digits.partition(".")
        digits = f"{int(whole):,}" + point + rest
    if "0" in specifier.flags and specifier.width != -1:
        digits = digits.rjust(specifier.width - len(before) - reserved, "0")
    return before + digits


def format_integer(specifier: Specifier, value: int, java_name: str) -> str:
    """`%d`, `%o`, `%x` of an integer; negative ones in octal and hexadecimal as their class's bits, BigInteger with a sign."""
    value = int(value)
    before, after = _signs(specifier, value < 0)
    if specifier.conversion == "d":
        return _magnitude(specifier, _decimal_digits(abs(value)), before, len(after)) + after
    if java_name != _BIG:
        refuse_flags(specifier, "( +")
        before = after = ""
        value &= (1 << _WIDTHS[java_name]) - 1
    digits = f"{abs(value):o}" if specifier.conversion == "o" else f"{abs(value):x}"
    if "#" in specifier.flags:
        before += "0" if specifier.conversion == "o" else "0x"
    if "0" in specifier.flags:
        digits = digits.rjust(specifier.width - len(before) - len(after), "0")
    text = before + digits + after
    return text.upper() if specifier.upper else text


def _decimal_digits(value: int) -> str:
    """str(value), without Python's bound on the number of digits."""
    return str(value) if value.bit_length() < 10_000 else format(Decimal(value), "f")


def format_double(specifier: Specifier, value: float) -> str:
    """`%f`, `%e`, `%g`, `%a` of a Double or Float."""
    value = float(value)
    if math.isnan(value):
        return "NAN" if specifier.upper else "NaN"
    before, after = _signs(specifier, math.copysign(1.0, value) < 0)
    value = abs(value)
    if math.isinf(value):
        text = before + "Infinity" + after
    elif specifier.conversion == "a":
        text = _hexadecimal(specifier, value, before) + after
    else:
        text = _printed(specifier, Decimal(double_text(value)), before, len(after), False) + after
    return text.upper() if specifier.upper else text


def format_decimal(specifier: Specifier, value: Decimal) -> str:
    """`%f`, `%e`, `%g` of a BigDecimal."""
    if specifier.conversion == "a":
        raise conversion_error(specifier, "java.math.BigDecimal")
    before, after = _signs(specifier, value < 0)
    text = _printed(specifier, abs(value), before, len(after), True) + after
    return text.upper() if specifier.upper else text


def _printed(specifier: Specifier, value: Decimal, before: str, reserved: int, big: bool) -> str:
    """The rounded digits of a number that is not negative."""
    precision = 6 if specifier.precision == -1 else specifier.precision
    if specifier.conversion == "f":
        return _magnitude(specifier, _plain(specifier, value, precision), before, reserved)
    if specifier.conversion == "e":
        return _scientific(specifier, value, precision, before, reserved)
    precision = max(precision, 1)
    if not value:
        return _magnitude(specifier, _plain(specifier, Decimal(0), precision - 1), before, reserved)
    rounded = _significant(value, precision)
    exponent = rounded.adjusted()
    if -4 <= exponent < precision:
        return _magnitude(specifier, _plain(specifier, rounded, precision - exponent - 1), before, reserved)
    return _scientific(specifier, rounded, precision - 1, before, reserved)


def _context(value: Decimal, digits: int) -> Context:
    return Context(prec=max(len(value.as_tuple().digits) + abs(value.adjusted()) + digits + 10, 28), rounding=ROUND_HALF_UP)


def _plain(specifier: Specifier, value: Decimal, digits: int) -> str:
    context = _context(value, digits)
    text = format(value.quantize(Decimal(1).scaleb(-digits, context), context=context), "f")
    return text + "." if not digits and "#" in specifier.flags else text


def _significant(value: Decimal, digits: int) -> Decimal:
    return Context(prec=digits, rounding=ROUND_HALF_UP, Emax=999_999_999, Emin=-999_999_999).create_decimal(value)


def _scientific(specifier: Specifier, value: Decimal, digits: int, before: str, reserved: int) -> str:
    rounded = _significant(value, digits + 1)
    exponent = rounded.adjusted() if rounded else 0
    all_digits = "".join(map(str, rounded.as_tuple().digits))
    mantissa = all_digits[0] + ("." + all_digits[1:].ljust(digits, "0") if digits else "")
    if not digits and "#" in specifier.flags:
        mantissa += "."
    tail = f"e{'-' if exponent < 0 else '+'}{abs(exponent):02d}"
    return _magnitude(specifier, mantissa, before, reserved + len(tail)) + tail


def _hexadecimal(specifier: Specifier, value: float, before: str) -> str:
    """Double.toHexString, rounded half to even to the precision."""
    digits = 0 if specifier.precision == -1 else max(specifier.precision, 1)
    if not value:
        mantissa, exponent = "0.0", "0"
    else:
        if 0 < digits <= 12:
            value = _rounded_to_bits(value, 1 + 4 * digits)
        if math.isinf(value):
            return f"{before}0x1.{'0' * digits}p1024"
        head, _, exponent = value.hex()[2:].partition("p")
        mantissa = head.rstrip("0") if "." in head else head + "."
        mantissa = mantissa + "0" if mantissa.endswith(".") else mantissa
    if digits:
        mantissa = mantissa.ljust(digits + 2, "0")
    exponent = exponent.lstrip("+")
    if "0" in specifier.flags:
        mantissa = mantissa.rjust(specifier.width - len(before) - 3 - len(exponent), "0")
    return f"{before}0x{mantissa}p{exponent}"


def _rounded_to_bits(value: float, bits: int) -> float:
    fraction, exponent = math.frexp(value)
    scaled = math.ldexp(fraction, bits)
    return _ldexp(round(scaled), exponent - bits)


def _ldexp(mantissa: int, exponent: int) -> float:
    try:
        return math.ldexp(float(mantissa), exponent)
    except OverflowError:
        return math.inf
