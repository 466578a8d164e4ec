"""Sets of characters in a regular expression, written in the notation of the `regex` package.

A set is text that may stand between brackets: a character, a range, a property or a set in brackets. Case is worked out here and
never left to the engine: Java folds ASCII only, unless `(?u)` says otherwise, and then by its own rule.
"""

from __future__ import annotations

from functools import lru_cache

from vtl.values.casing import lower, upper
from vtl.values.pattern_reader import INSENSITIVE, UNICODE_CASE

_CASED_BLOCKS = (
    (0x41, 0x588),
    (0x10A0, 0x1100),
    (0x13A0, 0x1400),
    (0x1C80, 0x1CC0),
    (0x1D79, 0x1D8F),
    (0x1E00, 0x2000),
    (0x2126, 0x2189),
    (0x24B6, 0x24EA),
    (0x2C00, 0x2D2E),
    (0xA640, 0xA69C),
    (0xA722, 0xA7FF),
    (0xAB53, 0xABC0),
    (0xFF21, 0xFF5B),
    (0x10400, 0x10600),
    (0x10C80, 0x10D00),
    (0x118A0, 0x118E0),
    (0x16E40, 0x16E80),
    (0x1E900, 0x1E944),
)


def quoted(code: int) -> str:
    """One character, so that it stands for itself inside and outside of brackets."""
    character = chr(code)
    if character.isascii() and character.isalnum():
        return character
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def span(first: int, last: int) -> str:
    """The characters from `first` to `last`."""
    return quoted(first) if first == last else f"{quoted(first)}-{quoted(last)}"


def union(parts: list[str]) -> str:
    """What is in any of the sets."""
    return parts[0] if len(parts) == 1 else f"[{''.join(parts)}]"


def intersection(left: str, right: str) -> str:
    """What is in both sets."""
    return f"[[{left}]&&[{right}]]"


def negation(part: str) -> str:
    """What is not in the set."""
    return f"[^{part}]"


def in_brackets(part: str) -> str:
    """The set as an expression of its own."""
    return part if part.startswith("[") or (part.startswith("\\p{") and part.endswith("}")) else f"[{part}]"


def folded(character: str) -> str:
    """The form in which `(?iu)` compares characters."""
    return lower(upper(character))


@lru_cache(maxsize=1)
def _cased() -> tuple[str, ...]:
    """Every character that has another case."""
    return tuple(
        character
        for start, end in _CASED_BLOCKS
        for character in map(chr, range(start, end))
        if upper(character) != character or lower(character) != character
    )


@lru_cache(maxsize=1)
def _same_fold() -> dict[str, list[str]]:
    """Characters by their folded form."""
    groups: dict[str, list[str]] = {}
    for character in _cased():
        groups.setdefault(folded(character), []).append(character)
    return groups


def single(code: int, flags: int) -> str:
    """One character as a set, with its other cases where the flags ask for them."""
    character = chr(code)
    if flags & INSENSITIVE:
        if flags & UNICODE_CASE:
            return quoted(code) if upper(character) == folded(character) else _any_case(character)
        if character.isascii() and character.isalpha():
            return f"[{character.lower()}{character.upper()}]"
    return quoted(code)


def _any_case(character: str) -> str:
    """Every character that folds to the same as this one."""
    others = _same_fold().get(folded(character), [])
    return union([quoted(ord(other)) for other in dict.fromkeys((folded(character), *others))])


def in_run(code: int, flags: int) -> str:
    """One character of a run of literals; there `(?iu)` folds even what has one case, so that U+1E9E matches U+00DF."""
    if flags & INSENSITIVE and flags & UNICODE_CASE:
        return _any_case(chr(code))
    return single(code, flags)


def member(code: int, flags: int) -> str:
    """A single character of a class. Below U+0100 Java keeps a table, and `(?iu)` puts both cases of those into it."""
    if code < 0x100 and flags & INSENSITIVE and flags & UNICODE_CASE and code > 0x7F and code not in (0xFF, 0xB5, 0xC5, 0xE5):
        character = chr(code)
        return union([quoted(ord(one)) for one in dict.fromkeys((character, lower(character), upper(character)))])
    return single(code, flags)


def span_in_case(first: int, last: int, flags: int) -> str:
    """A range, with the other cases of its members where the flags ask for them."""
    plain = span(first, last)
    if not flags & INSENSITIVE:
        return plain
    if flags & UNICODE_CASE:
        extra = [
            character
            for character in _cased()
            if not first <= ord(character) <= last
            and (first <= ord(upper(character)) <= last or first <= ord(folded(character)) <= last)
        ]
    else:
        extra = [
            character
            for character in map(chr, (*range(0x41, 0x5B), *range(0x61, 0x7B)))
            if not first <= ord(character) <= last and first <= ord(character.swapcase()) <= last
        ]
    return union([plain, *(quoted(ord(character)) for character in extra)])
