"""Character.toUpperCase, toLowerCase and toTitleCase: the case mappings of Unicode that keep one character one.

Python's own methods map one character to several where Unicode's full mapping does ("ß" becomes "SS"); these do not.
"""

from __future__ import annotations

WHITESPACE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000"
)
"""What Character.isWhitespace accepts: separators without the ones that do not break, and eleven controls."""


def upper(character: str) -> str:
    """Character.toUpperCase of one character."""
    full = character.upper()
    if len(full) == 1:
        return full
    title = character.title()
    return title if len(title) == 1 else character


def lower(character: str) -> str:
    """Character.toLowerCase of one character; only U+0130 has a longer full mapping."""
    full = character.lower()
    return full if len(full) == 1 else full[0]


def title(character: str) -> str:
    """Character.toTitleCase of one character."""
    full = character.title()
    return full if len(full) == 1 else character


def fold(text: str) -> str:
    """The form in which String.equalsIgnoreCase compares: each character made upper case, then lower case."""
    if text.isascii():
        return text.lower()
    return "".join([lower(upper(character)) for character in text])
