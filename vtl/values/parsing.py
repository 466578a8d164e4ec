"""Numbers from text, as parseInt, parseDouble and their like read them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from vtl.errors import JavaError
from vtl.values.equality import float_bits
from vtl.values.failures import null_pointer
from vtl.values.scalars import Float, float_from_bits, single

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_BLANKS = "".join(map(chr, range(33)))
_DECIMAL = re.compile(r"[+-]?(?:NaN|Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fFdD]?)\Z")
_HEXADECIMAL = re.compile(r"([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)[fFdD]?\Z")
_LARGEST_EXPONENT = 100_000


def format_error(message: str | None) -> JavaError:
    """java.lang.NumberFormatException."""
    return JavaError("java.lang.NumberFormatException", message)


def input_error(text: str, radix: int = 10) -> JavaError:
    """NumberFormatException.forInputString."""
    suffix = "" if radix == 10 else f" under radix {radix}"
    return format_error(f'For input string: "{text}"{suffix}')


def digit_value(character: str, radix: int) -> int:
    """Character.digit: the value of a digit of any script, or -1."""
    if character.isascii():
        value = _DIGITS.find(character.lower())
    elif "\uff21" <= character <= "\uff3a" or "\uff41" <= character <= "\uff5a":
        value = (ord(character) - 0xFF21) % 32 + 10
    else:
        value = int(character) if character.isdecimal() else -1
    return value if value < radix else -1


def _check_radix(radix: int) -> None:
    if radix < 2:
        raise format_error(f"radix {radix} less than Character.MIN_RADIX")
    if radix > 36:
        raise format_error(f"radix {radix} greater than Character.MAX_RADIX")


def parse_integer(text: str | None, radix: int, bits: int) -> int:
    """Integer.parseInt and Long.parseLong."""
    if text is None:
        raise format_error("Cannot parse null string")
    _check_radix(radix)
    digits = text[1:] if text[:1] in ("-", "+") else text
    values = [digit_value(character, radix) for character in digits]
    if not values or min(values) < 0:
        raise input_error(text, radix)
    limit = 1 << bits - 1
    value = 0
    for digit in values:
        value = value * radix + digit
        if value > limit:
            raise input_error(text, radix)
    value = -value if text[0] == "-" else value
    if value == limit:
        raise input_error(text, radix)
    return value


def parse_region(text: str | None, start: int, end: int, radix: int, bits: int) -> int:
    """parseInt and parseLong of a part of a text."""
    if text is None:
        raise null_pointer()
    if start < 0 or start > end or end > len(text):
        raise JavaError("java.lang.IndexOutOfBoundsException")
    _check_radix(radix)
    if start == end:
        raise format_error("")
    return _region_value(text[start:end], radix, (1 << bits - 1) - 1)


def _region_value(part: str, radix: int, limit: int) -> int:
    """The value; an error names the index of the character at which Java gives up."""
    index = 0
    negative = part[0] == "-"
    if part[0] < "0":
        if part[0] not in "+-":
            raise _region_error(part, 0)
        index = 1
        if len(part) == 1:
            raise _region_error(part, 1)
    limit += negative
    value = 0
    while index < len(part):
        digit = digit_value(part[index], radix)
        if digit < 0 or value > limit // radix:
            raise _region_error(part, index)
        index += 1
        value = value * radix
        if value > limit - digit:
            raise _region_error(part, index)
        value += digit
    return -value if negative else value


def _region_error(part: str, index: int) -> JavaError:
    return format_error(f'Error at index {index} in: "{part}"')


def parse_unsigned_region(text: str | None, start: int, end: int, radix: int, bits: int) -> int:
    """parseUnsignedInt and parseUnsignedLong of a part of a text."""
    if text is None:
        raise null_pointer()
    if start < 0 or start > end or end > len(text):
        raise JavaError("java.lang.IndexOutOfBoundsException")
    part = text[start:end]
    if not part:
        raise format_error("")
    if part[0] == "-":
        raise format_error(f"Illegal leading minus sign on unsigned string {part}.")
    few = len(part) <= 5 or (radix == 10 and len(part) <= 9) if bits == 32 else len(part) <= 12
    if few or (bits == 64 and radix == 10 and len(part) <= 18):
        return parse_region(part, 0, len(part), radix, bits)
    _check_radix(radix)
    value = _region_value(part, radix, (1 << 63) - 1 if bits == 32 else (1 << 64) - 1)
    if value >> bits:
        raise format_error(f"String value {part} exceeds range of unsigned int.")
    return value - (1 << bits) if value >> bits - 1 else value


def parse_unsigned(text: str | None, radix: int, bits: int) -> int:
    """Integer.parseUnsignedInt and Long.parseUnsignedLong, as the signed value of the same bits."""
    if text is None:
        raise format_error("Cannot parse null string")
    if not text:
        raise input_error(text, radix)
    if text[0] == "-":
        raise format_error(f"Illegal leading minus sign on unsigned string {text}.")
    _check_radix(radix)
    digits = text[1:] if text[0] == "+" else text
    values = [digit_value(character, radix) for character in digits]
    if not values or min(values) < 0:
        raise input_error(text, radix)
    value = 0
    for digit in values:
        value = value * radix + digit
        if value >> bits:
            kind = "int" if bits == 32 else "long"
            raise format_error(f"String value {text} exceeds range of unsigned {kind}.")
    return value - (1 << bits) if value >> bits - 1 else value


def parse_narrow(text: str | None, radix: int, low: int, high: int) -> int:
    """Short.parseShort and Byte.parseByte."""
    value = parse_integer(text, radix, 32)
    if not low <= value <= high:
        raise format_error(f'Value out of range. Value:"{text}" Radix:{radix}')
    return value


def decode(text: str | None, low: int, high: int, name: str) -> int:
    """Integer.decode and its like: 0x, # and 0 choose the radix."""
    if text is None:
        raise null_pointer('Cannot invoke "String.isEmpty()" because "nm" is null')
    if not text:
        raise format_error("Zero length string")
    sign, rest = (text[0], text[1:]) if text[0] in "+-" else ("", text)
    radix = 10
    if rest[:2] in ("0x", "0X"):
        rest, radix = rest[2:], 16
    elif rest[:1] == "#":
        rest, radix = rest[1:], 16
    elif rest[:1] == "0" and len(rest) > 1:
        rest, radix = rest[1:], 8
    if rest[:1] in ("-", "+"):
        raise format_error("Sign character in wrong position")
    bits = 64 if high > 2**31 else 32
    value = parse_integer("-" + rest, radix, bits) if sign == "-" and rest else parse_integer(rest, radix, bits)
    if not low <= value <= high:
        raise format_error(f"Value {text} out of range from input {text}".replace(f"Value {text}", f"Value {value}"))
    return value


def parse_double(text: str | None) -> float:
    """Double.parseDouble."""
    return _parse_floating(text, float, lambda value: value)


def parse_float(text: str | None) -> Float:
    """Float.parseFloat, rounded once."""
    return Float(_parse_floating(text, _decimal_single, single))


def _parse_floating(text: str | None, convert: Callable[[str], float], from_double: Callable[[float], float]) -> float:
    if text is None:
        raise null_pointer('Cannot invoke "String.trim()" because "in" is null')
    trimmed = text.strip(_BLANKS)
    if not trimmed:
        raise format_error("empty String")
    if _DECIMAL.match(trimmed):
        bare = trimmed.rstrip("fFdD") if not trimmed.endswith(("y", "N")) else trimmed
        return convert(bare)
    match = _HEXADECIMAL.match(trimmed)
    if match is None or not (match[2] or match[3]):
        raise input_error(text)
    return from_double(_hexadecimal(match))


def _hexadecimal(match: re.Match[str]) -> float:
    sign, whole, fraction, power = match.groups()
    mantissa = int(whole + fraction or "0", 16)
    exponent = max(-_LARGEST_EXPONENT, min(_LARGEST_EXPONENT, int(power))) - 4 * len(fraction)
    if mantissa == 0:
        value = 0.0
    elif mantissa.bit_length() + exponent > 1100:
        value = math.inf
    elif mantissa.bit_length() + exponent < -1100:
        value = 0.0
    else:
        value = _quotient(mantissa, exponent)
    return -value if sign == "-" else value


def _quotient(mantissa: int, exponent: int) -> float:
    try:
        return mantissa * 2**exponent / 1 if exponent >= 0 else mantissa / (1 << -exponent)
    except OverflowError:
        return math.inf


def _decimal_single(text: str) -> Float:
    """The Float nearest to a decimal text: where a double lies halfway between two floats, the text decides."""
    value = float(text)
    rounded = single(value)
    if math.isinf(value) or value != value or value == rounded:
        return rounded
    if math.isinf(rounded):
        return rounded
    exact = Fraction(Decimal(text))
    gap = abs(Fraction(value) - Fraction(rounded))
    other = _neighbour(rounded, value)
    if not math.isinf(other) and abs(Fraction(other) - Fraction(value)) == gap and exact != Fraction(value):
        return other if (exact > Fraction(value)) == (other > rounded) else rounded
    return rounded


def _neighbour(rounded: Float, value: float) -> Float:
    """The next Float beyond `value`, seen from `rounded`."""
    bits = float_bits(rounded)
    away = abs(value) > abs(rounded)
    return float_from_bits(bits + 1 if away else bits - 1)
