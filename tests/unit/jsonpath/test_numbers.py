"""json-smart's choice of number classes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from vtl.errors import LimitExceeded
from vtl.jsonpath.numbers import decimal_number, fraction_number, integer_number
from vtl.limits import Limits
from vtl.values.kinds import BigInteger

LIMITS = Limits()


def test_integers_are_as_large_as_their_digits_say() -> None:
    assert [type(integer_number(text, LIMITS)) for text in ("1", "-9223372036854775808", "12345678901234567890")] == [int] * 3
    assert type(integer_number("0" * 19 + "1", LIMITS)) is BigInteger
    assert integer_number("-", LIMITS) == 0
    assert integer_number("-" + "7" * 9_999, LIMITS) == -int(Decimal("7" * 9_999))


def test_fractions_are_doubles_up_to_18_characters() -> None:
    assert fraction_number("0.1234567890123456", LIMITS) == 0.1234567890123456
    assert fraction_number("0.12345678901234567", LIMITS) == Decimal("0.12345678901234567")
    assert fraction_number("1e400", LIMITS) == float("inf")


@pytest.mark.parametrize("text", ["-.", "1e+", "0.000000000000000001e9999999999"])
def test_what_java_takes_for_no_number(text: str) -> None:
    with pytest.raises(ValueError):
        fraction_number(text, LIMITS)


def test_digits_are_bounded() -> None:
    with pytest.raises(LimitExceeded):
        decimal_number("1." + "0" * 11_000, LIMITS)
