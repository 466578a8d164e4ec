"""Text to numbers and booleans, where a text is the usual way to write one: `recognise`."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,999})(\.[0-9]{1,999})?", re.ASCII)
_EXACT_DIGITS = 15
"""Every decimal number of so many digits survives as a float."""
_LONGEST = 2_000


def recognise(text: str) -> object:
    """A bool for `true` and `false`, an int or float for a decimal number, and the text itself for everything else.

    A fraction with more digits than a float keeps becomes a Decimal. Leading zeros, a plus sign, exponents, `-0` and blanks
    make a text: article numbers and telephone numbers stay what they are.
    """
    if not text or text[0] not in "-0123456789tf" or len(text) > _LONGEST:
        return text
    if text == "true":
        return True
    if text == "false":
        return False
    found = _NUMBER.fullmatch(text)
    if not found or text == "-0":
        return text
    if found.group(1) is None:
        return int(text)
    return float(text) if len(text) <= _EXACT_DIGITS + 1 else Decimal(text)
