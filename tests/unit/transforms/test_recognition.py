"""Text that is the usual way to write a number or a boolean."""

from __future__ import annotations

from decimal import Decimal

import pytest

from vtl.transforms.recognition import recognise


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("1.5", 1.5),
        ("0.10", 0.1),
        ("12345678901234567890", 12345678901234567890),
        ("1.00000000000000000001", Decimal("1.00000000000000000001")),
        ("9" * 1000, int("9" * 1000)),
    ],
)
def test_what_is_recognised(text: str, value: object) -> None:
    assert recognise(text) == value
    assert type(recognise(text)) is type(value)


@pytest.mark.parametrize(
    "text", ["", "007", "+1", "-0", "1e3", " 1", "1 ", ".5", "5.", "TRUE", "yes", "null", "NaN", "٣", "1" * 1001, "-", "1,5"]
)
def test_what_stays_text(text: str) -> None:
    assert recognise(text) == text
    assert type(recognise(text)) is str
