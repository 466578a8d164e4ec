"""Numbers of a JSON document: json-smart's choice between Integer, Long, BigInteger, Double and BigDecimal."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from vtl.errors import LimitExceeded
from vtl.limits import Limits
from vtl.values.kinds import as_big

_PLAIN_DIGITS = 4_000
_MAX_INT = 2**31 - 1


def integer_number(text: str, limits: Limits) -> int:
    """The integer that `text`, a sign and digits, stands for; a lone `-` is 0, as json-smart has it.

    More than 19 digits make a BigInteger, leading zeros counted. LimitExceeded beyond `integer_digits`.
    """
    digits = text.removeprefix("-")
    if len(digits) > limits.integer_digits:
        raise LimitExceeded("integer_digits", f"a number in the JSON document has more than {limits.integer_digits:,} digits")
    if not digits:
        return 0
    value = int(text) if len(digits) <= _PLAIN_DIGITS else int(Decimal(text))
    return as_big(value) if len(digits) > 19 else value


def decimal_number(text: str, limits: Limits) -> Decimal:
    """The BigDecimal that `text` stands for, digit for digit; ValueError where Java throws NumberFormatException."""
    if len(text) > limits.integer_digits + 20:
        raise LimitExceeded("integer_digits", f"a number in the JSON document has more than {limits.integer_digits:,} digits")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text} is not a number") from None
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or not -_MAX_INT <= exponent <= _MAX_INT:
        raise ValueError(f"{text} has an exponent that BigDecimal does not hold")
    return value


def fraction_number(text: str, limits: Limits) -> float | Decimal:
    """A number with a point or an exponent: Double, or BigDecimal where the text is longer than 18 characters.

    ValueError where Java throws NumberFormatException.
    """
    return float(text) if len(text) <= 18 else decimal_number(text, limits)


_BIG_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def decimal_of(text: str) -> Decimal | None:
    """The number that `new BigDecimal(text)` makes; None where Java throws NumberFormatException."""
    if _BIG_DECIMAL.fullmatch(text) is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:  # an exponent that not even Decimal holds
        return None
    exponent = value.as_tuple().exponent
    return value if isinstance(exponent, int) and abs(exponent) <= _MAX_INT else None


def int_value(number: Decimal) -> int:
    """BigDecimal.intValue(): the low 32 bits, signed."""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= 32:
        return 0
    return (int(number) + 2**31) % 2**32 - 2**31
