"""java.util.regex as String's methods use it: `matches`, `replaceAll`, `replaceFirst`, `split`.

Patterns that mean a plain text (AWS's guide advises `.replaceAll("\\\\'", "'")`) are worked off with Python's own string methods;
only the others load the `regex` package, onto whose notation `patterns` writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from time import thread_time
from typing import TYPE_CHECKING

from vtl.errors import JavaError, LimitExceeded
from vtl.limits import Limits
from vtl.values.call import Call
from vtl.values.failures import check_length, illegal_argument, null_argument, null_pointer, out_of_bounds
from vtl.values.kinds import JavaArray
from vtl.values.string_forms import array_of_strings
from vtl.values.string_search import replace_text
from vtl.values.utf16 import FIRST_ASTRAL, is_high, is_low, merged, units

if TYPE_CHECKING:
    from regex import Match, Pattern

_META = frozenset("\\[(){.*+?^$|")
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "a": "\a", "e": "\x1b"}
_LONGEST_PATTERN = 10_000
"""Characters of a pattern; the time to compile it, which no clock bounds, grows with it."""
_CACHED = 512
_FEW, _MANY = 16, 256
"""Matches that are looked for at once, first and later; after an empty one each is looked for by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class JavaPattern:
    """A compiled regular expression; `names` gives the numbers of its named groups.

    `moved` is the same for a search that starts beyond the end of the last match, where `\\G` cannot match.
    """

    engine: Pattern[str]
    moved: Pattern[str]
    names: dict[str, int]
    groups: int

    def matches(self, limits: Limits, text: str) -> bool:
        """Whether the whole text matches. LimitExceeded after `regex_seconds`."""
        try:
            return self.engine.fullmatch(text, timeout=limits.regex_seconds) is not None
        except TimeoutError:
            raise _too_slow(limits) from None

    def find(self, limits: Limits, text: str) -> Iterator[Match[str]]:
        """The matches that Matcher.find gives one after the other. LimitExceeded after `regex_seconds` for all together.

        After an empty match Java goes on one UTF-16 unit, so it may look between the halves of a pair. The text of such a match,
        its `string`, has the two halves as characters of their own; what lies before the match stands where it stood.
        """
        began, left = thread_time(), limits.regex_seconds
        engine, most, more, start = self.engine, _FEW, _FEW, 0
        while start <= len(text):
            found = _some(engine, text, start, most, limits, left)
            empty = False
            for match in found:
                yield match
                start = match.end()
                empty = start == match.start()
                if empty:
                    break
            if empty:
                if start < len(text) and ord(text[start]) >= FIRST_ASTRAL:
                    text = text[:start] + units(text[start]) + text[start + 1 :]
                engine, most, more, start = self.moved, 1, 1, start + 1
            elif len(found) < most:
                return
            else:
                engine, most = self.engine, min(most * more, _MANY)
            left = limits.regex_seconds - (thread_time() - began)


def _some(engine: Pattern[str], text: str, start: int, most: int, limits: Limits, left: float) -> list[Match[str]]:
    """The first matches from there on, in the seconds that are left.

    The engine's own clock counts the time of all threads of the process; they stand still meanwhile.
    """
    if left <= 0:
        raise _too_slow(limits)
    try:
        if most > 1:
            return list(islice(engine.finditer(text, start, timeout=left), most))
        match = engine.search(text, start, timeout=left)
    except TimeoutError:
        raise _too_slow(limits) from None
    return [] if match is None else [match]


def _too_slow(limits: Limits) -> LimitExceeded:
    return LimitExceeded("regex_seconds", f"a regular expression took longer than {limits.regex_seconds:g} seconds on one string")


@lru_cache(maxsize=_CACHED)
def compile(pattern: str) -> JavaPattern:  # noqa: A001
    """The pattern, ready to run; JavaError with PatternSyntaxException for what Java refuses."""
    import regex

    from vtl.values.patterns import translate

    if len(pattern) > _LONGEST_PATTERN:
        raise JavaError("java.lang.UnsupportedOperationException", f"a pattern of more than {_LONGEST_PATTERN:,} characters")
    flags = regex.V1 | regex.DOTALL
    try:
        translation = translate(pattern)
        for name, error in translation.doubts:
            if not _is_known(name):
                raise error
        engine = moved = regex.compile(translation.text, flags)
        if "\\G" in translation.text:
            moved = regex.compile(translation.text.replace("\\G", "(?!)"), flags)
    except RecursionError:
        raise JavaError("java.lang.StackOverflowError") from None
    except (regex.error, OverflowError) as error:
        raise JavaError("java.lang.UnsupportedOperationException", f"{pattern!r} is beyond this engine: {error}") from error
    return JavaPattern(engine, moved, translation.names, translation.groups)


def _is_known(name: str) -> bool:
    """Whether the engine knows a script or block by that name."""
    import regex

    try:
        regex.compile(name, regex.V1)
    except regex.error:
        return False
    return True


@lru_cache(maxsize=_CACHED)
def literal(pattern: str) -> str | None:
    """The text that is all the pattern can match; None for a pattern that says more than that."""
    if _META.isdisjoint(pattern):
        text = pattern
    else:
        parts: list[str] = []
        characters = iter(pattern)
        for character in characters:
            if character == "\\":
                character = next(characters, "")
                if character.isascii() and character.isalnum():
                    character = _ESCAPED.get(character, "")
                if not character:
                    return None
            elif character in _META:
                return None
            parts.append(character)
        text = "".join(parts)
    return None if any(is_high(character) or is_low(character) for character in text) else text


@lru_cache(maxsize=_CACHED)
def plain_replacement(replacement: str) -> str | None:
    """The text that the replacement stands for; None when it refers to groups or is not a proper replacement."""
    if "$" in replacement:
        return None
    if "\\" not in replacement:
        return replacement
    parts = replacement.split("\\\\")
    if parts[-1].endswith("\\"):
        return None
    return "\\".join([part.replace("\\", "") for part in parts])


@lru_cache(maxsize=_CACHED)
def expansion(replacement: str, pattern: JavaPattern) -> tuple[str | int, ...]:
    """The replacement as texts and group numbers; Java's exceptions for what it refuses, in the order in which it finds them."""
    parts: list[str | int] = []
    position = 0
    while position < len(replacement):
        character = replacement[position]
        position += 1
        if character == "\\":
            if position == len(replacement):
                raise illegal_argument("character to be escaped is missing")
            parts.append(replacement[position])
            position += 1
        elif character == "$":
            number, position = _group_reference(replacement, position, pattern)
            parts.append(number)
        else:
            parts.append(character)
    return tuple(parts)


def _group_reference(replacement: str, position: int, pattern: JavaPattern) -> tuple[int, int]:
    """The group that stands after a `$`, and where its reference ends."""
    if position == len(replacement):
        raise illegal_argument("Illegal group reference: group index is missing")
    if replacement[position] == "{":
        return _named_group(replacement, position + 1, pattern)
    if not _is_digit(replacement[position]):
        raise illegal_argument("Illegal group reference")
    number = int(replacement[position])
    position += 1
    while position < len(replacement) and _is_digit(replacement[position]):
        longer = number * 10 + int(replacement[position])
        if longer > pattern.groups:
            break
        number = longer
        position += 1
    if number > pattern.groups:
        raise out_of_bounds(f"No group {number}")
    return number, position


def _is_digit(character: str) -> bool:
    return "0" <= character <= "9"


def _named_group(replacement: str, position: int, pattern: JavaPattern) -> tuple[int, int]:
    start = position
    while position < len(replacement) and replacement[position].isascii() and replacement[position].isalnum():
        position += 1
    name = replacement[start:position]
    if not name:
        raise illegal_argument("named capturing group has 0 length name")
    if replacement[position : position + 1] != "}":
        raise illegal_argument("named capturing group is missing trailing '}'")
    if _is_digit(name[0]):
        raise illegal_argument(f"capturing group name {{{name}}} starts with digit character")
    if name not in pattern.names:
        raise illegal_argument(f"No group with name {{{name}}}")
    return pattern.names[name], position + 1


def _expand(match: Match[str], parts: tuple[str | int, ...]) -> str:
    return "".join([part if isinstance(part, str) else match.group(part) or "" for part in parts])


def matches(call: Call, self: str, pattern: str | None) -> bool:
    """String.matches: the whole string or nothing."""
    if pattern is None:
        raise null_argument("this.pattern", "String.isEmpty()")
    text = literal(pattern)
    return self == text if text is not None else compile(pattern).matches(call.limits, self)


def replace_all(call: Call, self: str, pattern: str | None, replacement: str | None) -> str:
    """String.replaceAll; what is wrong with the replacement shows only when something matches."""
    if pattern is None:
        raise null_argument("this.pattern", "String.isEmpty()")
    text = literal(pattern)
    if text is not None and replacement is not None:
        if text not in self:
            return self
        plain = plain_replacement(replacement)
        if plain is not None:
            return replace_text(call, self, text, plain)
    return _replace(call, self, compile(pattern), replacement, once=False)


def replace_first(call: Call, self: str, pattern: str | None, replacement: str | None) -> str:
    """String.replaceFirst."""
    if pattern is None:
        raise null_argument("this.pattern", "String.isEmpty()")
    if replacement is None:
        compile(pattern)
        raise null_pointer("replacement")
    text = literal(pattern)
    if text is not None:
        if text not in self:
            return self
        plain = plain_replacement(replacement)
        if plain is not None:
            check_length(call.limits, len(self) + len(plain) - len(text))
            return merged(self.replace(text, plain, 1))
    return _replace(call, self, compile(pattern), replacement, once=True)


def _replace(call: Call, text: str, pattern: JavaPattern, replacement: str | None, once: bool) -> str:
    parts: list[str] = []
    expanded: tuple[str | int, ...] | None = None
    constant: str | None = None
    position = size = 0
    match = None
    for match in pattern.find(call.limits, text):
        if expanded is None:
            if replacement is None:
                raise null_argument("replacement", "String.length()")
            expanded = expansion(replacement, pattern)
            constant = plain_replacement(replacement)
        between = match.string[position : match.start()]
        new = _expand(match, expanded) if constant is None else constant
        parts += (between, new)
        size += len(between) + len(new)
        check_length(call.limits, size)
        position = match.end()
        if once:
            break
    if match is None:
        return text
    parts.append(match.string[position:])
    check_length(call.limits, size + len(parts[-1]))
    return merged("".join(parts))


def split(call: Call, self: str, pattern: str | None, limit: int = 0) -> JavaArray:
    """String.split: a limit of 0 drops empty strings at the end, a positive one bounds the number of parts."""
    if pattern is None:
        raise null_argument("regex", "String.length()")
    text = literal(pattern)
    if text is None:
        parts = _split(call, self, compile(pattern), limit)
    elif not text:
        parts = _split_units(self, limit)
    else:
        parts = self.split(text, limit - 1) if limit > 0 else self.split(text)
    if limit == 0 and len(parts) > 1:
        while parts and not parts[-1]:
            parts.pop()
    return array_of_strings(parts)


def _split_units(text: str, limit: int) -> list[str]:
    text = units(text)
    if not text:
        return [""]
    if 0 < limit <= len(text):
        return [*text[: limit - 1], merged(text[limit - 1 :])]
    return [*text, ""]


def _split(call: Call, text: str, pattern: JavaPattern, limit: int) -> list[str]:
    parts: list[str] = []
    position = 0
    rest = text
    for match in pattern.find(call.limits, text):
        start, end = match.span()
        if position == start == end == 0:
            rest = match.string
            continue
        if limit > 0 and len(parts) >= limit - 1:
            break
        parts.append(merged(match.string[position:start]))
        position = end
        rest = match.string
    if position == 0:
        return [text]
    parts.append(merged(rest[position:]))
    return parts
