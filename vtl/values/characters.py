"""java.lang.Character: its own methods and the static ones, for a `char` and for a code point alike.

Categories come from Python's Unicode data, a later edition than the Unicode 13 of JDK 17: only characters that were unassigned
there tell the difference. Left out: `getName` and `codePointOf`, the overloads that take a char[], and
`describeConstable`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from vtl.values.call import Call
from vtl.values.casing import WHITESPACE, lower, title, upper
from vtl.values.failures import class_cast, illegal_argument, null_argument, null_pointer, out_of_bounds, string_index
from vtl.values.kinds import Byte, Char, JavaArray, java_class
from vtl.values.signatures import Method, declare
from vtl.values.string_forms import array_of_chars
from vtl.values.utf16 import (
    FIRST_ASTRAL,
    code_point_at,
    code_point_before,
    is_high,
    is_latin1,
    is_low,
    merged,
    offset_by_code_points,
    units,
)

_CATEGORIES = "Cn Lu Ll Lt Lm Lo Mn Me Mc Nd Nl No Zs Zl Zp Cc Cf - Co Cs Pd Ps Pe Pc Po Sm Sc Sk So Pi Pf"
_CLASSES = "L R AL EN ES ET AN CS NSM BN B S WS ON LRE LRO RLE RLO PDF LRI RLI FSI PDI"
_TYPES = {name: number for number, name in enumerate(_CATEGORIES.split())}
_DIRECTIONS = {name: number for number, name in enumerate(_CLASSES.split())}
_CHARACTER = "java.lang.Character"
_LAST = 0x10FFFF
_ID_START = "\u1885\u1886\u2118\u212e\u309b\u309c"
_ID_PART = _ID_START + "\xb7\u0387\u1369\u136a\u136b\u136c\u136d\u136e\u136f\u1370\u1371\u19da"
_COUNTING = "\uf96b\uf973\uf978\uf9b2\uf9d1\uf9d3\uf9fd\U0002f890"
_ROMAN = dict(zip("\u216c\u216d\u216e\u216f\u217c\u217d\u217e\u217f", (50, 100, 500, 1000) * 2, strict=True))


def _category(character: str) -> str:
    return unicodedata.category(character) if character else "Cn"


def _ignorable(character: str) -> bool:
    return character <= "\x08" or "\x0e" <= character <= "\x1b" or "\x7f" <= character <= "\x9f" or _category(character) == "Cf"


def _java_start(character: str) -> bool:
    return _category(character)[0] == "L" or _category(character) in ("Nl", "Sc", "Pc")


def _unicode_start(character: str) -> bool:
    return _category(character)[0] == "L" or _category(character) == "Nl" or character in _ID_START


def _part(start: Callable[[str], bool], extra: str) -> Callable[[str], bool]:
    def is_part(character: str) -> bool:
        category = _category(character)
        return start(character) or category in ("Pc", "Nd", "Mc", "Mn") or character in extra or _ignorable(character)

    return is_part


def _alphabetic(character: str) -> bool:
    """Has the property Alphabetic, which only the regular expression engine knows beyond letters."""
    if _category(character)[0] == "L":
        return True
    return _has_property(character, r"\p{IsAlphabetic}")


def _ideographic(character: str) -> bool:
    return _has_property(character, r"\p{IsIdeographic}")


def _has_property(character: str, expression: str) -> bool:
    from vtl.values import regex

    return not character.isascii() and regex.compile(expression).engine.fullmatch(character) is not None


_PREDICATES: dict[str, Callable[[str], bool]] = {
    "isLetter": lambda character: _category(character)[0] == "L",
    "isDigit": lambda character: _category(character) == "Nd",
    "isLetterOrDigit": lambda character: _category(character)[0] == "L" or _category(character) == "Nd",
    "isDefined": lambda character: _category(character) != "Cn",
    "isLowerCase": str.islower,
    "isUpperCase": str.isupper,
    "isTitleCase": lambda character: _category(character) == "Lt",
    "isWhitespace": lambda character: character in WHITESPACE,
    "isSpaceChar": lambda character: _category(character)[0] == "Z",
    "isISOControl": lambda character: character <= "\x1f" or "\x7f" <= character <= "\x9f",
    "isMirrored": lambda character: unicodedata.mirrored(character) == 1,
    "isIdentifierIgnorable": _ignorable,
    "isJavaIdentifierStart": _java_start,
    "isJavaIdentifierPart": _part(_java_start, ""),
    "isUnicodeIdentifierStart": _unicode_start,
    "isUnicodeIdentifierPart": _part(_unicode_start, _ID_PART),
}
_CHAR_PREDICATES: dict[str, Callable[[str], bool]] = {
    "isJavaLetter": _java_start,
    "isJavaLetterOrDigit": _PREDICATES["isJavaIdentifierPart"],
    "isSpace": lambda character: character in "\t\n\f\r ",
    "isHighSurrogate": is_high,
    "isLowSurrogate": is_low,
    "isSurrogate": lambda character: is_high(character) or is_low(character),
}
_INT_PREDICATES: dict[str, Callable[[str], bool]] = {"isAlphabetic": _alphabetic, "isIdeographic": _ideographic}


def _text(code: str | int) -> str:
    """The character that a `char` or an `int` argument means; "" for an int that is no code point."""
    if isinstance(code, str):
        return str(code)
    return chr(code) if 0 <= code <= _LAST else ""


def _asking(predicate: Callable[[str], bool]) -> Callable[[Call, object, str | int], bool]:
    def ask(call: Call, self: object, code: str | int) -> bool:
        character = _text(code)
        return character != "" and predicate(character)

    return ask


def _mapping(convert: Callable[[str], str]) -> Callable[[Call, object, str | int], str | int]:
    def convert_either(call: Call, self: object, code: str | int) -> str | int:
        if isinstance(code, str):
            return Char(convert(str(code)))
        return ord(convert(chr(code))) if 0 <= code <= _LAST else code

    return convert_either


def get_type(call: Call, self: object, code: str | int) -> int:
    """Character.getType: the number of the general category."""
    return _TYPES[_category(_text(code))]


def directionality(call: Call, self: object, code: str | int) -> Byte:
    """Character.getDirectionality."""
    character = _text(code)
    return Byte(_DIRECTIONS.get(unicodedata.bidirectional(character), -1) if character else -1)


def _latin_digit(character: str) -> int:
    """10 to 35 for a letter of ASCII or its full-width twin, else -1."""
    code = ord(character) - 0xFEE0 if "\uff21" <= character <= "\uff5a" else ord(character)
    letter = chr(code).lower() if code < 0x80 else ""
    return ord(letter) - 87 if letter and "a" <= letter <= "z" else -1


def numeric_value(call: Call, self: object, code: str | int) -> int:
    """Character.getNumericValue: -1 for none, -2 for a fraction; letters count from 10."""
    character = _text(code)
    if not character:
        return -1
    latin = _latin_digit(character)
    if latin >= 0:
        return latin
    if character in _ROMAN:
        return _ROMAN[character]
    counts = _category(character)[0] == "N" or character in _COUNTING
    value = unicodedata.numeric(character, None) if counts else None
    if value is None:
        return -1
    return int(value) if value == int(value) and 0 <= value < 2**31 else -2


def digit(call: Call, self: object, code: str | int, radix: int) -> int:
    """Character.digit: the value of a digit in a radix, or -1."""
    character = _text(code)
    if not character or not 2 <= radix <= 36:
        return -1
    value = unicodedata.decimal(character, None) if _category(character) == "Nd" else None
    number = _latin_digit(character) if value is None else int(value)
    return number if number < radix else -1


def for_digit(call: Call, self: object, value: int, radix: int) -> Char:
    """Character.forDigit."""
    if not 2 <= radix <= 36 or not 0 <= value < radix:
        return Char("\0")
    return Char("0123456789abcdefghijklmnopqrstuvwxyz"[value])


def char_value(call: Call, self: str) -> Char:
    """Character.charValue."""
    return Char(self)


def text(call: Call, self: str) -> str:
    """Character.toString()."""
    return str(self)


def text_of(call: Call, self: object, code: str | int) -> str:
    """Character.toString(char) and toString(int)."""
    if isinstance(code, str):
        return str(code)
    return chr(_valid(code))


def _valid(code: int) -> int:
    if not 0 <= code <= _LAST:
        raise illegal_argument(f"Not a valid Unicode code point: 0x{code & 0xFFFFFFFF:X}")
    return code


def hash_of(call: Call, self: str) -> int:
    """Character.hashCode()."""
    return ord(self)


def hash_of_char(call: Call, self: object, character: str) -> int:
    """Character.hashCode(char)."""
    return ord(character)


def equals(call: Call, self: str, other: object) -> bool:
    """Character.equals."""
    return isinstance(other, Char) and str(self) == str(other)


def compare_to(call: Call, self: str, other: object) -> int:
    """Character.compareTo."""
    if other is None:
        raise null_pointer('Cannot read field "value" because "anotherCharacter" is null')
    if not isinstance(other, Char):
        raise class_cast(java_class(other), _CHARACTER)
    return ord(self) - ord(other)


def compare(call: Call, self: object, left: str, right: str) -> int:
    """Character.compare."""
    return ord(left) - ord(right)


def to_chars(call: Call, self: object, code: int) -> JavaArray:
    """Character.toChars(int)."""
    return array_of_chars(chr(_valid(code)))


def to_code_point(call: Call, self: object, high: str, low: str) -> int:
    """Character.toCodePoint, which does not look whether the two are halves of a pair."""
    return (ord(high) << 10) + ord(low) + FIRST_ASTRAL - (0xD800 << 10) - 0xDC00


def _sequence(text: str | None, parameter: str) -> str:
    if text is None:
        raise null_argument("seq", f"java.lang.CharSequence.{parameter}")
    return units(text)


def _check_char(text: str, index: int) -> None:
    """What String.charAt throws."""
    if 0 <= index < len(text):
        return
    raise string_index(f"String index out of range: {index}" if is_latin1(merged(text)) else f"index {index}, length {len(text)}")


def code_point_of(call: Call, self: object, text: str | None, index: int) -> int:
    """Character.codePointAt(CharSequence, int)."""
    sequence = _sequence(text, "charAt(int)")
    _check_char(sequence, index)
    return code_point_at(sequence, index)


def code_point_ahead_of(call: Call, self: object, text: str | None, index: int) -> int:
    """Character.codePointBefore(CharSequence, int)."""
    sequence = _sequence(text, "charAt(int)")
    _check_char(sequence, index - 1)
    return code_point_before(sequence, index)


def code_point_count(call: Call, self: object, text: str | None, begin: int, end: int) -> int:
    """Character.codePointCount(CharSequence, int, int)."""
    sequence = _sequence(text, "length()")
    if begin < 0 or end > len(sequence) or begin > end:
        raise out_of_bounds()
    return len(merged(sequence[begin:end]))


def offset_of(call: Call, self: object, text: str | None, index: int, count: int) -> int:
    """Character.offsetByCodePoints(CharSequence, int, int)."""
    offset = offset_by_code_points(_sequence(text, "length()"), index, count)
    if offset is None:
        raise out_of_bounds()
    return offset


def _both(name: str, returns: str, function: Callable[..., object]) -> tuple[tuple[str, Callable[..., object]], ...]:
    return (f"static {returns} {name}(char)", function), (f"static {returns} {name}(int)", function)


METHODS: tuple[Method, ...] = declare(
    _CHARACTER,
    ("char charValue()", char_value),
    ("String toString()", text),
    ("int hashCode()", hash_of),
    ("boolean equals(Object)", equals),
    ("int compareTo(Character)", compare_to),
    ("int compareTo(Object)", compare_to),
    ("static Character valueOf(char)", lambda call, self, character: Char(character)),
    *_both("toString", "String", text_of),
    ("static int hashCode(char)", hash_of_char),
    ("static int compare(char, char)", compare),
    *[row for name, predicate in _PREDICATES.items() for row in _both(name, "boolean", _asking(predicate))],
    *[(f"static boolean {name}(char)", _asking(predicate)) for name, predicate in _CHAR_PREDICATES.items()],
    *[(f"static boolean {name}(int)", _asking(predicate)) for name, predicate in _INT_PREDICATES.items()],
    *_both("toLowerCase", "char", _mapping(lower)),
    *_both("toUpperCase", "char", _mapping(upper)),
    *_both("toTitleCase", "char", _mapping(title)),
    *_both("getType", "int", get_type),
    *_both("getDirectionality", "byte", directionality),
    *_both("getNumericValue", "int", numeric_value),
    ("static int digit(char, int)", digit),
    ("static int digit(int, int)", digit),
    ("static char forDigit(int, int)", for_digit),
    ("static boolean isValidCodePoint(int)", lambda call, self, code: 0 <= code <= _LAST),
    ("static boolean isBmpCodePoint(int)", lambda call, self, code: 0 <= code < FIRST_ASTRAL),
    ("static boolean isSupplementaryCodePoint(int)", lambda call, self, code: FIRST_ASTRAL <= code <= _LAST),
    ("static boolean isSurrogatePair(char, char)", lambda call, self, high, low: is_high(high) and is_low(low)),
    ("static int charCount(int)", lambda call, self, code: 2 if code >= FIRST_ASTRAL else 1),
    ("static char highSurrogate(int)", lambda call, self, code: Char(chr(((code >> 10) + 0xD7C0) & 0xFFFF))),
    ("static char lowSurrogate(int)", lambda call, self, code: Char(chr((code & 0x3FF) + 0xDC00))),
    ("static char reverseBytes(char)", lambda call, self, c: Char(chr((ord(c) >> 8) | (ord(c) & 0xFF) << 8))),
    ("static int toCodePoint(char, char)", to_code_point),
    ("static char[] toChars(int)", to_chars),
    ("static int codePointAt(CharSequence, int)", code_point_of),
    ("static int codePointBefore(CharSequence, int)", code_point_ahead_of),
    ("static int codePointCount(CharSequence, int, int)", code_point_count),
    ("static int offsetByCodePoints(CharSequence, int, int)", offset_of),
)
"""Every method of Character that a template may call, but for those that this module leaves out."""
