"""Double.toString and Float.toString as Java had them before JDK 19.

Those versions do not always print the shortest text that reads back as the same number, as Python's repr does: they stop at the
first digit that tells the number from its neighbours, reckoned a little too carefully in places (JDK bug 4511638), and cut whole
numbers above 2**53 by a table. So the digits are made here in the same way, where the quick answer cannot be trusted.
"""

from __future__ import annotations

import math

_DOUBLE_BITS = 53
_FLOAT_BITS = 24
_LARGEST_WHOLE = 62


def double_text(value: float) -> str:
    """Double.toString."""
    if 0.001 <= value < 1e7 or -1e7 < value <= -0.001:
        text = repr(value)
        if len(text) < 17:
            return text
    return _text(value, _DOUBLE_BITS, -1074)


def float_text(value: float) -> str:
    """Float.toString; the value is rounded to single precision already."""
    return _text(value, _FLOAT_BITS, -149)


def _text(value: float, precision: int, smallest: int) -> str:
    if value != value:
        return "NaN"
    sign = "-" if math.copysign(1.0, value) < 0 else ""
    value = abs(value)
    if math.isinf(value):
        return sign + "Infinity"
    if value == 0:
        return sign + "0.0"
    digits, point = _digits(value, precision, smallest)
    return sign + _layout(digits, point)


def _layout(digits: str, point: int) -> str:
    """Put the decimal point: plain from 0.001 to 10,000,000, else with an exponent."""
    if 0 < point < 8:
        return f"{digits[:point].ljust(point, '0')}.{digits[point:] or '0'}"
    if -3 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    return f"{digits[0]}.{digits[1:] or '0'}E{point - 1}"


def _digits(value: float, precision: int, smallest: int) -> tuple[str, int]:
    """The decimal digits and where the point stands: 0.d1d2d3... times ten to that power."""
    fraction, exponent = math.frexp(value)
    exponent -= 1
    significant = min(precision, exponent - smallest + 1)
    numerator, denominator = value.as_integer_ratio()
    if denominator == 1 and exponent <= _LARGEST_WHOLE:
        cut = _insignificant(exponent - significant - 1) if exponent > significant else 0
        return _whole_digits(numerator, cut)
    return _generate(numerator, denominator, fraction * 2, exponent, significant)


def _insignificant(power: int) -> int:
    """How many digits of a whole number say nothing when 2**power is the distance to its neighbours."""
    return len(str(1 << power)) - 1 if power > 1 else 0


def _whole_digits(value: int, cut: int) -> tuple[str, int]:
    if cut:
        value, rest = divmod(value, 10**cut)
        value += rest >= 10**cut // 2
    text = str(value)
    return text.rstrip("0"), len(text) + cut


def _scale(top: int, bottom: int, leading: float, exponent: int, significant: int) -> tuple[int, int, int, int, int]:
    """Numerator, denominator and tolerance as whole numbers over one scale, the power of ten of the first digit, and the width of
    the integers that Java takes for them: 32, 64, or 0 for numbers without bound."""
    estimate = math.floor((leading - 1.5) * 0.289529654 + 0.176091259 + exponent * 0.301029995663981)
    odd_bits = (top & -top).bit_length() - 1
    fraction_bits = top.bit_length() - odd_bits
    tiny = max(0, bottom.bit_length() - 1)
    five_top, five_bottom = max(0, -estimate), max(0, estimate)
    two_top = five_top + tiny + exponent
    two_bottom = five_bottom + tiny
    two_margin = two_top - significant
    two_top -= fraction_bits - 1
    common = min(two_top, two_bottom)
    two_top, two_bottom, two_margin = two_top - common, two_bottom - common, two_margin - common
    if fraction_bits == 1:
        two_margin -= 1
    if two_margin < 0:
        two_top, two_bottom, two_margin = two_top - two_margin, two_bottom - two_margin, 0
    top = (top >> odd_bits) * 5**five_top << two_top
    bottom = 5**five_bottom << two_bottom
    margin = 5**five_top << two_margin
    top_bits = fraction_bits + two_top + _bits_of_five(five_top)
    bottom_bits = two_bottom + 1 + _bits_of_five(five_bottom + 1)
    bits = max(top_bits, bottom_bits)
    return top, bottom, margin, estimate, 32 if bits < 32 else 64 if bits < 64 else 0


def _bits_of_five(power: int) -> int:
    return (5**power).bit_length() if 0 < power < 27 else power * 3


def _generate(top: int, bottom: int, leading: float, exponent: int, significant: int) -> tuple[str, int]:
    """Digits until the rest is smaller than half the distance to the neighbours, from below or from above.

    Java reckons in int or long where it thinks that the numbers fit; its sums may overflow there, and some results show it.
    """
    top, bottom, margin, power, width = _scale(top, bottom, leading, exponent, significant)
    ten = bottom * 10
    digits: list[int] = []

    def wrap(number: int) -> int:
        return (number + (1 << width - 1)) % (1 << width) - (1 << width - 1) if width else number

    digit, top, margin = top // bottom, top % bottom * 10, wrap(margin * 10)
    low, high = top < margin, _reaches(wrap(top + margin), ten, width)
    if digit == 0 and not high:
        power -= 1
    else:
        digits.append(digit)
    if power < -3 or power >= 8:
        low = high = False
    while not low and not high:
        digit, top, margin = top // bottom, top % bottom * 10, wrap(margin * 10)
        low = margin <= 0 or top < margin
        high = margin <= 0 or _reaches(wrap(top + margin), ten, width)
        digits.append(digit)
    point = power + 1
    if high and (not low or _upward(wrap(wrap(top * 2) - ten), digits[-1])):
        point += _round_up(digits)
    return "".join(map(str, digits)), point


def _reaches(number: int, ten: int, width: int) -> bool:
    return number > ten if width else number >= ten


def _upward(difference: int, digit: int) -> bool:
    return digit % 2 == 1 if difference == 0 else difference > 0


def _round_up(digits: list[int]) -> int:
    """Add one to the last digit; 1 when the number grew by a place."""
    index = len(digits) - 1
    while digits[index] == 9:
        digits[index] = 0
        if index == 0:
            digits[0] = 1
            return 1
        index -= 1
    digits[index] += 1
    return 0
