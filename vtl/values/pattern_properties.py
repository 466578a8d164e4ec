"""Predefined classes and `\\p{...}` properties of java.util.regex, as sets of the `regex` package.

Java 17 knows Unicode 13; the engine knows a later edition, so characters that were unassigned then have their properties already.
"""

from __future__ import annotations

from vtl.values.pattern_reader import INSENSITIVE, UNICODE_CLASSES

_NAMES = "Cn Lu Ll Lt Lm Lo Mn Me Mc Nd Nl No Zs Zl Zp Cc Cf Co Cs Pd Ps Pe Pc Po Sm Sc Sk So Pi Pf L M N Z C P S"
_CATEGORIES = frozenset(_NAMES.split())
_CASED_LETTERS = r"[\p{Lu}\p{Ll}\p{Lt}]"
_CASED = r"[\p{Lowercase}\p{Uppercase}\p{Lt}]"
_IGNORABLE = r"\x00-\x08\x0e-\x1b\x7f-\x9f\p{Cf}"
_ID_START = r"\p{L}\p{Nl}\u1885\u1886\u2118\u212e\u309b\u309c"
_WHITESPACE = r"\t-\r\x1c-\x20\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
_WHITE_SPACE = r"[\p{Z}\t-\r\x85]"
_WORD = r"[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]"
_HEX = r"[\p{Nd}0-9A-Fa-f\uff10-\uff19\uff21-\uff26\uff41-\uff46]"
_PUNCTUATION = r"\p{P}"
_GRAPH = r"[^\p{Z}\p{Cc}\p{Cs}\p{Cn}]"
_BLANK = r"[\p{Zs}\t]"

_NAMED = {
    "LC": _CASED_LETTERS,
    "LD": r"[\p{L}\p{Nd}]",
    "L1": r"[\x00-\xff]",
    "all": r"[\x00-\U0010ffff]",
    "ASCII": r"[\x00-\x7f]",
    "Alnum": "[0-9A-Za-z]",
    "Alpha": "[A-Za-z]",
    "Blank": r"[\x20\t]",
    "Cntrl": r"[\x00-\x1f\x7f]",
    "Digit": "[0-9]",
    "Graph": r"[\x21-\x7e]",
    "Lower": "[a-z]",
    "Print": r"[\x20-\x7e]",
    "Punct": r"[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]",
    "Space": r"[\t-\r\x20]",
    "Upper": "[A-Z]",
    "XDigit": "[0-9A-Fa-f]",
    "javaLowerCase": r"\p{Lowercase}",
    "javaUpperCase": r"\p{Uppercase}",
    "javaAlphabetic": r"\p{Alphabetic}",
    "javaIdeographic": r"\p{Ideographic}",
    "javaTitleCase": r"\p{Lt}",
    "javaDigit": r"\p{Nd}",
    "javaDefined": r"[^\p{Cn}]",
    "javaLetter": r"\p{L}",
    "javaLetterOrDigit": r"[\p{L}\p{Nd}]",
    "javaJavaIdentifierStart": r"[\p{L}\p{Nl}\p{Sc}\p{Pc}]",
    "javaJavaIdentifierPart": rf"[\p{{L}}\p{{Nl}}\p{{Sc}}\p{{Pc}}\p{{Nd}}\p{{Mc}}\p{{Mn}}{_IGNORABLE}]",
    "javaUnicodeIdentifierStart": f"[{_ID_START}]",
    "javaUnicodeIdentifierPart": (
        r"[\p{L}\p{Nl}\u1885\u1886\u2118\u212e\u309b\u309c\p{Pc}\p{Nd}\p{Mc}\p{Mn}\xb7\u0387\u1369-\u1371\u19da"
        + _IGNORABLE
        + "]"
    ),
    "javaIdentifierIgnorable": f"[{_IGNORABLE}]",
    "javaSpaceChar": r"\p{Z}",
    "javaWhitespace": f"[{_WHITESPACE}]",
    "javaISOControl": r"[\x00-\x1f\x7f-\x9f]",
    "javaMirrored": r"\p{Bidi_Mirrored}",
}
_NAMED_IN_CASE = {
    **dict.fromkeys(("Lu", "Ll", "Lt"), _CASED_LETTERS),
    **dict.fromkeys(("Lower", "Upper"), "[A-Za-z]"),
    **dict.fromkeys(("javaLowerCase", "javaUpperCase", "javaTitleCase"), _CASED),
}
_POSIX = {
    "ALPHA": r"\p{Alphabetic}",
    "LOWER": r"\p{Lowercase}",
    "UPPER": r"\p{Uppercase}",
    "SPACE": _WHITE_SPACE,
    "PUNCT": _PUNCTUATION,
    "XDIGIT": _HEX,
    "ALNUM": r"[\p{Alphabetic}\p{Nd}]",
    "CNTRL": r"\p{Cc}",
    "DIGIT": r"\p{Nd}",
    "BLANK": _BLANK,
    "GRAPH": _GRAPH,
    "PRINT": rf"[[{_GRAPH}{_BLANK}]&&[^\p{{Cc}}]]",
}
_BINARY = {
    "ALPHABETIC": r"\p{Alphabetic}",
    "ASSIGNED": r"[^\p{Cn}]",
    "CONTROL": r"\p{Cc}",
    **dict.fromkeys(("HEXDIGIT", "HEX_DIGIT"), _HEX),
    "IDEOGRAPHIC": r"\p{Ideographic}",
    **dict.fromkeys(("JOINCONTROL", "JOIN_CONTROL"), r"[\u200c\u200d]"),
    "LETTER": r"\p{L}",
    "LOWERCASE": r"\p{Lowercase}",
    **dict.fromkeys(("NONCHARACTERCODEPOINT", "NONCHARACTER_CODE_POINT"), r"\p{Noncharacter_Code_Point}"),
    "TITLECASE": r"\p{Lt}",
    "PUNCTUATION": _PUNCTUATION,
    "UPPERCASE": r"\p{Uppercase}",
    **dict.fromkeys(("WHITESPACE", "WHITE_SPACE"), _WHITE_SPACE),
    "WORD": _WORD,
}
_BINARY_IN_CASE = dict.fromkeys(("LOWERCASE", "UPPERCASE", "TITLECASE", "LOWER", "UPPER"), _CASED)

PREDEFINED = {
    "d": "[0-9]",
    "w": "[0-9A-Za-z_]",
    "s": r"[\t-\r\x20]",
    "h": r"[\x20\xa0\t\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]",
    "v": r"[\n-\r\x85\u2028\u2029]",
}
"""`\\d`, `\\w`, `\\s`, `\\h`, `\\v`: ASCII, but for the last two."""
_PREDEFINED_UNICODE = {"d": r"\p{Nd}", "w": _WORD, "s": _WHITE_SPACE}


def predefined(letter: str, flags: int) -> str:
    """The class of `\\d` and its like, or of the capital that negates it."""
    small = letter.lower()
    found = _PREDEFINED_UNICODE.get(small) if flags & UNICODE_CLASSES else None
    part = found or PREDEFINED[small]
    return f"[^{part}]" if letter.isupper() else part


def by_name(name: str, flags: int) -> str | None:
    """`\\p{name}` without a prefix: a category, a POSIX class, a predicate of java.lang.Character."""
    in_case = flags & INSENSITIVE
    if flags & UNICODE_CLASSES:
        posix = _posix(name.upper(), in_case)
        if posix is not None:
            return posix
    if in_case and name in _NAMED_IN_CASE:
        return _NAMED_IN_CASE[name]
    return rf"\p{{{name}}}" if name in _CATEGORIES else _NAMED.get(name)


def _posix(name: str, in_case: int) -> str | None:
    if in_case and name in _BINARY_IN_CASE:
        return _BINARY_IN_CASE[name]
    return _POSIX.get(name)


def binary(name: str, flags: int) -> str | None:
    """`\\p{IsName}` for a binary property of Unicode; None when it is none that Java knows."""
    name = name.upper()
    if flags & INSENSITIVE and name in _BINARY_IN_CASE:
        return _BINARY_IN_CASE[name]
    return _BINARY.get(name) or _POSIX.get(name)


def by_value(kind: str, value: str) -> str | None:
    """The notation of a script or block, which the engine may still not know; None for what cannot be a name."""
    plain = value.replace("_", "").replace("-", "").replace(" ", "")
    if not (plain.isascii() and plain.isalnum()):
        return None
    return rf"\p{{{kind}={plain}}}"
