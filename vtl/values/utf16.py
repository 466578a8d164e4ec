"""Java's view of text: a String is a sequence of UTF-16 units.

Template text is kept in Python strings with one code point for each character. A lone half of a pair stands as its
surrogate code point, and the two halves of a pair never stand side by side: they are one character. Every function
that joins text keeps that promise through `joined` or `merged`.

"Units" below means a Python string with one code point for each UTF-16 unit, so that indexes count as Java's do.
"""

from __future__ import annotations

from functools import lru_cache
from struct import unpack

_BMP_SIZE = 2
_SHORT = 64
"""Characters of a text whose hash code is kept."""
FIRST_ASTRAL = 0x10000


def encoded(text: str) -> bytes:
    """`text` as UTF-16, little end first; lone halves stay."""
    return text.encode("utf-16-le", "surrogatepass")


def length(text: str) -> int:
    """String.length()."""
    return len(text) if text.isascii() else len(encoded(text)) // _BMP_SIZE


def units(text: str) -> str:
    """`text` with each character above U+FFFF as its two halves; the same object when there is none."""
    if text.isascii():
        return text
    data = encoded(text)
    if len(data) == _BMP_SIZE * len(text):
        return text
    return "".join(map(chr, unpack(f"<{len(data) // _BMP_SIZE}H", data)))


def merged(text: str) -> str:
    """`text` with neighbouring halves put together; the same object when it has no halves at all."""
    if text.isascii():
        return text
    try:
        text.encode("utf-16-le")
    except UnicodeEncodeError:
        return encoded(text).decode("utf-16-le", "surrogatepass")
    return text


def joined(left: str, right: str) -> str:
    """The two texts one after the other."""
    if right and right[0] >= "\udc00" and left and "\udbff" >= left[-1] >= "\ud800" and right[0] <= "\udfff":
        return left[:-1] + pair(left[-1], right[0]) + right[1:]
    return left + right


def pair(high: str, low: str) -> str:
    """The character that two halves make."""
    return chr(((ord(high) - 0xD800) << 10) + (ord(low) - 0xDC00) + FIRST_ASTRAL)


def is_high(unit: str) -> bool:
    """Whether `unit` is the first half of a pair."""
    return "\ud800" <= unit <= "\udbff"


def is_low(unit: str) -> bool:
    """Whether `unit` is the second half of a pair."""
    return "\udc00" <= unit <= "\udfff"


def is_latin1(text: str) -> bool:
    """Whether every character is below U+0100: Java keeps such strings in bytes, and words some errors differently."""
    if text.isascii():
        return True
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def hash_code(text: str) -> int:
    """String.hashCode(). Those of short texts are kept: maps ask for the same keys again and again."""
    return _kept_hash_code(text) if len(text) <= _SHORT else _hash_code(text)


@lru_cache(maxsize=4096)
def _kept_hash_code(text: str) -> int:
    return _hash_code(text)


def _hash_code(text: str) -> int:
    result = 0
    if text.isascii():
        for byte in text.encode():
            result = (31 * result + byte) & 0xFFFFFFFF
    else:
        data = encoded(text)
        for unit in unpack(f"<{len(data) // _BMP_SIZE}H", data):
            result = (31 * result + unit) & 0xFFFFFFFF
    return result - 0x100000000 if result >= 0x80000000 else result


def code_point_at(unit_text: str, index: int) -> int:
    """String.codePointAt over units; `index` is in range."""
    first = unit_text[index]
    if is_high(first) and index + 1 < len(unit_text) and is_low(unit_text[index + 1]):
        return ord(pair(first, unit_text[index + 1]))
    return ord(first)


def code_point_before(unit_text: str, index: int) -> int:
    """String.codePointBefore over units; `index` is in range."""
    last = unit_text[index - 1]
    if is_low(last) and index > 1 and is_high(unit_text[index - 2]):
        return ord(pair(unit_text[index - 2], last))
    return ord(last)


def code_point_including(unit_text: str, index: int) -> int:
    """The code point that the unit at `index` belongs to, as either half."""
    if is_low(unit_text[index]) and index and is_high(unit_text[index - 1]):
        return code_point_at(unit_text, index - 1)
    return code_point_at(unit_text, index)


def offset_by_code_points(unit_text: str, index: int, count: int) -> int | None:
    """String.offsetByCodePoints over units; None when it leads outside."""
    if not 0 <= index <= len(unit_text):
        return None
    for _ in range(abs(count)):
        if count > 0:
            if index >= len(unit_text):
                return None
            index += 2 if code_point_at(unit_text, index) >= FIRST_ASTRAL else 1
        else:
            if index <= 0:
                return None
            index -= 2 if code_point_before(unit_text, index) >= FIRST_ASTRAL else 1
    return index
