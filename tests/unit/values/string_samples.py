"""Calls of String, Character and $util methods for the recorder: strings that are hard on Java's UTF-16, patterns, formats."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from typing import Any, NamedTuple


class Sample(NamedTuple):
    """One call. An argument `{"char": "x"}` is a Character."""

    receiver: str
    method: str
    arguments: list[Any]


def _words(*lines: str) -> list[str]:
    return " ".join(lines).split()


TEXTS = (
    "",
    "Hello",
    "  héllo wörld \u2003",
    "x😀y😀",
    "\ud83da\ude00",
    "a\r\nb\rc\n",
    "ÀÉÎſßİıK\u212a",
    "\u01c4\u01c5\u01c6 \u1f80\u1fb3",
    "Straße ΑΣ ΟΔΟΣ.",
    "\x00\x1f \x7f\xa0\u3000",
    "a\\tb\\u\\101\\q",
    "  a\n   b\n  ",
)
PARTS = ("", "l", "lo", "😀", "\ud83d", "\ude00", "x", "é", "SS", "a", "\r\n", "HELLO")
INDEXES = (-1, 0, 1, 2, 5, 9, 65, 128512, -2147483648)
_PLAIN = (
    "length isEmpty isBlank toString intern hashCode toLowerCase toUpperCase trim strip stripLeading stripTrailing stripIndent "
    "translateEscapes toCharArray getBytes"
)
_WITH_TEXT = (
    "contains startsWith endsWith indexOf lastIndexOf equals equalsIgnoreCase contentEquals compareTo compareToIgnoreCase concat "
    "getBytes split replaceAll"
)
_ON_TEXT = _words("contains startsWith endsWith equals equalsIgnoreCase compareTo compareToIgnoreCase concat")
_WITH_INDEX = "charAt codePointAt codePointBefore substring indexOf lastIndexOf"
_WITH_RANGE = "substring subSequence codePointCount offsetByCodePoints indexOf lastIndexOf"
_STATIC = "valueOf copyValueOf join format"
_ODD: tuple[Any, ...] = (None, 1, 1.5, True, 12345678901, "a", [1, "a"], {"char": "x"})


def string_samples() -> Iterator[Sample]:
    """All methods of String that take no pattern, with right arguments and wrong ones."""
    for text in TEXTS:
        for method in _PLAIN.split():
            yield Sample(text, method, [])
        for charset in ("UTF-16", "latin1", "ASCII", "utf-16le", "UTF-32", "Foo"):
            yield Sample(text, "getBytes", [charset])
        yield from _indexed(text)
        for part in PARTS:
            for method in _ON_TEXT:
                yield Sample(text, method, [part])
            for start in (-1, 0, 1, 4, 99):
                for method in ("startsWith", "indexOf", "lastIndexOf"):
                    yield Sample(text, method, [part, start])
            yield Sample(text, "replace", [part, "\ude00"])
            yield Sample(text, "join", [text, part, "x"])
            yield Sample(text, "compare", [part, "é"])
            yield Sample(text, "regionMatches", [1, part, 0, 1])
            yield Sample(text, "regionMatches", [True, 0, part, 0, 2])
        for method in f"{_PLAIN} {_WITH_TEXT} {_WITH_INDEX} {_STATIC}".split():
            yield from (Sample(text, method, [odd]) for odd in _ODD)
            yield Sample(text, method, [None, None])


def _indexed(text: str) -> Iterator[Sample]:
    for index in INDEXES:
        for method in _WITH_INDEX.split():
            yield Sample(text, method, [index])
        if abs(index) < 10:
            yield Sample(text, "repeat", [index])
            yield Sample(text, "indent", [index])
        for end in (-1, 0, 1, 3, 70):
            yield from (Sample(text, method, [index, end]) for method in _WITH_RANGE.split())


CHARACTERS = (
    "aZ5_ $é\u00dfßẞ\u0130\u01c5\u0345\u0660\u2167\u2160½\u4e00\u00a0\u2007\u3000\u200d\x00\x1b\x7f\ud83d\ude00\uff21(\u0301١"
)
CODES = (-1, 65, 0x130, 0x2167, 0x1D7CE, 0x1F600, 0x20000, 0x10400, 0x110000)
_ASKED = _words(
    "isLetter isDigit isLetterOrDigit isDefined isLowerCase isUpperCase isTitleCase isWhitespace isSpaceChar isISOControl",
    "isMirrored isIdentifierIgnorable isJavaIdentifierStart isJavaIdentifierPart isUnicodeIdentifierStart",
    "isUnicodeIdentifierPart toLowerCase toUpperCase toTitleCase getType getDirectionality getNumericValue toString hashCode",
)
_OF_CHAR = _words("isJavaLetter isSpace isHighSurrogate isLowSurrogate isSurrogate valueOf reverseBytes")


def character_samples() -> Iterator[Sample]:
    """Methods of Character; the receiver is the character of which `charAt(0)` makes one."""
    for character in CHARACTERS:
        char = {"char": character}
        for method in (*_ASKED, *_OF_CHAR):
            yield Sample("Q", method, [char])
        for method in ("charValue", "toString", "hashCode"):
            yield Sample(character, method, [])
        yield Sample("b", "compareTo", [char])
        yield Sample("b", "equals", [char])
        yield Sample("b", "digit", [char, 16])
        yield Sample("b", "toCodePoint", [char, {"char": "b"}])
    for code in CODES:
        for method in (*_ASKED, "isAlphabetic", "isIdeographic", "isValidCodePoint", "charCount", "toChars", "highSurrogate"):
            yield Sample("Q", method, [code])
        yield Sample("Q", "forDigit", [code, 16])
    for arguments in (["x😀", 1], ["x😀", 2], ["x", 9], ["é€", 9]):
        yield Sample("Q", "codePointAt", list(arguments))
        yield Sample("Q", "codePointBefore", list(arguments))


_FORMATS = _words(
    "% %y %5 %-d %00d %5.d %. a% %1$ %é %😀 %t %999999999999d %99999999999$d %<d %n %% %5% %-5% %-% %.2% %5n %-n %D %T %#s %#b",
    "%+s %,x %-05d %,.2f %(,.2f %020.3e %#.0f %.0f %c %5c %b %H %o %#o %#X %08x %+x %(x %a %.3a %020a %s %.2s %10.2s %S %g %.0g",
    "%.3g %,e",
)
_VALUES: tuple[Any, ...] = (
    0,
    -42,
    12345678901,
    -123456789012345678901234567890,
    1.5,
    0.125,
    1.005,
    -0.0,
    1.23456789e-7,
    1.23456789e22,
    0.3333333333333333,
    True,
    "Hello",
    "é😀ß",
    [1, "a", None],
    -2147483648,
    9999999.5,
    None,
    {"char": "x"},
)


def format_samples(count: int) -> Iterator[Sample]:
    """Formats put together at random, after each of the usual ones with a few values."""
    chance = random.Random(5)
    for pattern in _FORMATS:
        yield Sample("", "format", [pattern])
        yield from (Sample("", "format", [pattern, value]) for value in chance.sample(_VALUES, 5))
    for _ in range(count):
        flags = "".join(chance.sample("-#+ 0,(<", chance.choice([0, 0, 1, 1, 2])))
        index = chance.choice(["", "", "", "1$", "2$", "3$", "0$"])
        width, precision = chance.choice(["", "", "5", "12", "1"]), chance.choice(["", "", ".0", ".2", ".10"])
        conversion = chance.choice("sSdxXofeEgGcbhHaA" + "sdfxe" * 3)
        yield Sample(f"|%{index}{flags}{width}{precision}{conversion}|", "formatted", chance.sample(_VALUES, 2))


_UTIL_TEXTS = (
    "a",
    "'",
    '"',
    "\\",
    "/",
    "\n",
    "\b",
    "\f",
    "\x00",
    "\x1f",
    "\x7f",
    "\x80",
    "é",
    "\u0fff",
    "😀",
    "\ud83d",
    "\ude00",
    " ",
    "+",
    "%",
    "=",
    "~",
    "*",
    "%41",
    "%zz",
    "%4",
    "%C3%A9",
    "%E9",
    "%+5",
    "%-5",
    "%-0",
    "YQ==",
    "YQ=",
    "YWI=",
    "YWJj",
    "%\uff11\uff12",
)
_UTIL_BYTES = bytes.fromhex("4180bfc0c2c3e0e9eda0eff0908ff4f5f8ff9f98")


def util_samples(count: int) -> Iterator[Sample]:
    """Texts for the methods of $util, half of them broken in some way."""
    chance = random.Random(6)
    methods = ("escapeJavaScript", "urlEncode", "urlDecode", "base64Encode", "base64Decode")
    for method in methods:
        yield from (Sample("$util", method, [value]) for value in (1, 1.5, True, ["a/b", {"c": 1}], 12345678901))
    for _ in range(count):
        text = "".join(chance.choices(_UTIL_TEXTS, k=chance.choice([0, 1, 1, 2, 3, 5])))
        yield Sample("$util", chance.choice(methods), [text])
        data = bytes(chance.choices(_UTIL_BYTES, k=chance.randint(1, 8)))
        yield Sample("$util", "base64Decode", [base64.b64encode(data).decode()])
        yield Sample("$util", "urlDecode", ["".join(f"%{byte:02x}" for byte in data)])
        yield Sample("$util", "base64Decode", ["".join(chance.choices("YWJj==A-_ +/\n1", k=chance.randint(0, 9)))])
