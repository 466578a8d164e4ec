"""java.lang.String: looking at the characters of a string, cutting it, searching it and comparing it.

Indexes count UTF-16 units. The functions take `(call, self, *arguments)` as `Method` says; the texts of the exceptions are
those of JDK 17. `string_forms` and `regex` hold the rest of the class, `strings` the table of it all.
"""

from __future__ import annotations

from vtl.values.call import Call
from vtl.values.casing import fold
from vtl.values.failures import (
    check_length,
    class_cast,
    null_argument,
    null_pointer,
    null_value,
    out_of_bounds,
    string_index,
)
from vtl.values.kinds import Char, java_class
from vtl.values.utf16 import (
    FIRST_ASTRAL,
    code_point_at,
    code_point_before,
    code_point_including,
    hash_code,
    is_latin1,
    joined,
    length,
    merged,
    offset_by_code_points,
    units,
)

_STRING = "java.lang.String"


def length_of(call: Call, self: str) -> int:
    """String.length."""
    return length(self)


def is_empty(call: Call, self: str) -> bool:
    """String.isEmpty."""
    return not self


def to_string(call: Call, self: str) -> str:
    """String.toString and intern."""
    return self


def hash_of(call: Call, self: str) -> int:
    """String.hashCode."""
    return hash_code(self)


def char_at(call: Call, self: str, index: int) -> Char:
    """String.charAt; strings within Latin-1 word the exception in the older way."""
    text = units(self)
    if 0 <= index < len(text):
        return Char(text[index])
    if is_latin1(self):
        raise string_index(f"String index out of range: {index}")
    raise string_index(f"index {index}, length {len(text)}")


def code_point_of(call: Call, self: str, index: int) -> int:
    """String.codePointAt."""
    text = units(self)
    if not 0 <= index < len(text):
        raise string_index(f"index {index}, length {len(text)}")
    return code_point_at(text, index)


def code_point_ahead_of(call: Call, self: str, index: int) -> int:
    """String.codePointBefore."""
    text = units(self)
    if not 0 < index <= len(text):
        raise string_index(f"String index out of range: {index}")
    return code_point_before(text, index)


def code_point_count(call: Call, self: str, begin: int, end: int) -> int:
    """String.codePointCount."""
    text = units(self)
    if begin < 0 or begin > end or end > len(text):
        raise out_of_bounds()
    return len(merged(text[begin:end]))


def offset_of(call: Call, self: str, index: int, count: int) -> int:
    """String.offsetByCodePoints."""
    offset = offset_by_code_points(units(self), index, count)
    if offset is None:
        raise out_of_bounds()
    return offset


def substring(call: Call, self: str, begin: int, end: int | None = None) -> str:
    """String.substring and subSequence."""
    text = self if self.isascii() else units(self)
    size = len(text)
    if end is None:
        end = size
    if 0 <= begin <= end <= size:
        return text[begin:end] if text is self else merged(text[begin:end])
    raise string_index(f"begin {begin}, end {end}, length {size}")


def _search_forms(text: str, part: str) -> tuple[str, str]:
    """Both texts in the form in which a plain Python search finds what Java finds."""
    if text.isascii() or part.isascii():
        return (text, part) if text.isascii() else (units(text), part)
    return units(text), units(part)


def contains(call: Call, self: str, part: str | None) -> bool:
    """String.contains."""
    if part is None:
        raise null_argument("s", "java.lang.CharSequence.toString()")
    if part in self:
        return True
    return not (self.isascii() or part.isascii()) and units(part) in units(self)


def starts_with(call: Call, self: str, prefix: str | None, offset: int = 0) -> bool:
    """String.startsWith."""
    if prefix is None:
        raise null_argument("prefix", "String.length()")
    text, start = _search_forms(self, prefix)
    return 0 <= offset <= len(text) - len(start) and text.startswith(start, offset)


def ends_with(call: Call, self: str, suffix: str | None) -> bool:
    """String.endsWith."""
    if suffix is None:
        raise null_argument("suffix", "String.length()")
    text, end = _search_forms(self, suffix)
    return text.endswith(end)


def index_of(call: Call, self: str, part: str | None, start: int = 0) -> int:
    """String.indexOf of a text."""
    if part is None:
        raise null_argument("str", "String.coder()")
    text, part = _search_forms(self, part)
    start = max(start, 0)
    if start >= len(text):
        return -1 if part else len(text)
    return text.find(part, start)


def last_index_of(call: Call, self: str, part: str | None, start: int | None = None) -> int:
    """String.lastIndexOf of a text."""
    if part is None:
        raise null_value("tgtStr")
    text, part = _search_forms(self, part)
    if start is None:
        return text.rfind(part)
    return -1 if start < 0 else text.rfind(part, 0, min(start, len(text)) + len(part))


def _code_point_text(code_point: int) -> str | None:
    """One character as units; None when there is no such character."""
    if 0 <= code_point < FIRST_ASTRAL:
        return chr(code_point)
    return units(chr(code_point)) if FIRST_ASTRAL <= code_point <= 0x10FFFF else None


def index_of_char(call: Call, self: str, code_point: int, start: int = 0) -> int:
    """String.indexOf of a code point."""
    part = _code_point_text(code_point)
    return -1 if part is None else units(self).find(part, max(start, 0))


def last_index_of_char(call: Call, self: str, code_point: int, start: int | None = None) -> int:
    """String.lastIndexOf of a code point."""
    part = _code_point_text(code_point)
    if part is None or (start is not None and start < 0):
        return -1
    text = units(self)
    return text.rfind(part) if start is None else text.rfind(part, 0, min(start, len(text)) + len(part))


def equals(call: Call, self: str, other: object) -> bool:
    """String.equals."""
    return isinstance(other, str) and not isinstance(other, Char) and self == other


def equals_ignore_case(call: Call, self: str, other: str | None) -> bool:
    """String.equalsIgnoreCase."""
    if other is None:
        return False
    return self == other or (length(self) == length(other) and fold(self) == fold(other))


def content_equals(call: Call, self: str, other: str | None) -> bool:
    """String.contentEquals."""
    if other is None:
        raise null_argument("cs", "java.lang.CharSequence.length()")
    return self == other


def compare(left: str, right: str) -> int:
    """String.compareTo: the difference of the first units that differ, else of the lengths."""
    left, right = units(left), units(right)
    for one, other in zip(left, right, strict=False):
        if one != other:
            return ord(one) - ord(other)
    return len(left) - len(right)


def compare_to(call: Call, self: str, other: object) -> int:
    """String.compareTo; ClassCastException for what is no String."""
    if other is None:
        raise null_value("anotherString")
    if not isinstance(other, str) or isinstance(other, Char):
        raise class_cast(java_class(other), _STRING)
    return compare(self, other)


def compare_ignore_case(call: Call, self: str, other: str | None) -> int:
    """String.compareToIgnoreCase: the difference of the first characters that differ, but of units beside a Latin-1 string."""
    if other is None:
        raise null_value("s2")
    left, right = units(fold(self)), units(fold(other))
    for index, (one, two) in enumerate(zip(left, right, strict=False)):
        if one != two:
            if is_latin1(self) or is_latin1(other):
                return ord(one) - ord(two)
            return code_point_including(left, index) - code_point_including(right, index)
    return len(left) - len(right)


def compare_sequences(call: Call, self: str, left: str | None, right: str | None) -> int:
    """CharSequence.compare, a static method of an interface; any instance reaches it."""
    if left is None or right is None:
        raise null_pointer()
    return compare(left, right)


def region_matches(call: Call, self: str, start: int, other: str | None, other_start: int, size: int) -> bool:
    """String.regionMatches with case."""
    if other is None:
        raise null_value("other")
    text, part = units(self), units(other)
    if other_start < 0 or start < 0 or start > len(text) - size or other_start > len(part) - size:
        return False
    size = max(size, 0)
    return text[start : start + size] == part[other_start : other_start + size]


def region_matches_case(
    call: Call, self: str, ignore_case: bool, start: int, other: str | None, other_start: int, size: int
) -> bool:
    """String.regionMatches that may ignore case."""
    if not ignore_case:
        return region_matches(call, self, start, other, other_start, size)
    if other is None:
        raise null_argument("other", "String.length()")
    text, part = units(self), units(other)
    if other_start < 0 or start < 0 or start > len(text) - size or other_start > len(part) - size:
        return False
    size = max(size, 0)
    return fold(merged(text[start : start + size])) == fold(merged(part[other_start : other_start + size]))


def concat(call: Call, self: str, other: str | None) -> str:
    """String.concat."""
    if other is None:
        raise null_argument("str", "String.isEmpty()")
    check_length(call.limits, len(self) + len(other))
    return joined(self, other)


def replace_char(call: Call, self: str, old: str, new: str) -> str:
    """String.replace(char, char)."""
    if self.isascii() and new.isascii():
        return self.replace(old, new)
    return merged(units(self).replace(old, new))


def replace(call: Call, self: str, target: str | None, replacement: str | None) -> str:
    """String.replace(CharSequence, CharSequence)."""
    if target is None:
        raise null_argument("target", "java.lang.CharSequence.toString()")
    if replacement is None:
        raise null_argument("replacement", "java.lang.CharSequence.toString()")
    return replace_text(call, self, target, replacement)


def replace_text(call: Call, text: str, target: str, replacement: str) -> str:
    """String.replace of one text by another; an empty target stands between all units."""
    if len(replacement) > len(target):
        growth = len(replacement) - len(target)
        if len(text) + (len(text) // (len(target) or 1) + 1) * growth > call.limits.string_length:
            check_length(call.limits, len(text) + text.count(target) * growth)
    if text.isascii() or (target and target.isascii()):
        return merged(text.replace(target, replacement))
    return merged(units(text).replace(units(target), units(replacement)))
