"""Strict JSON with unknowns in it: whether any way to fill them in gives JSON, and where each of them stands.

Outside quotes an unknown may be a value of its own, a part of a number, or nothing; inside quotes it is text. What is reported is
wrong whatever the unknowns are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from vtl.lint.abstract.unknown import JSON, Unknown

COMMA = "comma"
"""The kind of a fault that is a comma too many."""
QUOTED_JSON = "quoted"
OTHER = "other"

Lookup = Callable[[str], Unknown | None]

_BLANKS = re.compile(r"[ \t\r\n]*")
_STRING_PART = re.compile(r'[^"\\\x00-\x1f]*')
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})')
_WORD = re.compile(r"[^ \t\r\n,:{}\[\]\"]+")
_SCALAR = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null")
_MARK = re.compile("[\ue000-\uf8ff]")
_OPENING_LOST = re.compile(r'[,}]|"[^"\\]*"\s*:.*[}\]]\s*$', re.DOTALL)
"""JSON whose first brace is missing."""
_CLOSERS = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place at which the text cannot be JSON."""

    offset: int
    problem: str
    kind: str = OTHER


@dataclass(frozen=True, slots=True)
class Use:
    """An unknown in the text.

    `where` is "string", "name" (of a member), "inner" (in a text of JSON that stands inside a text, between `\\"`), "bare" (a
    value of its own) or "part" (of a number).
    """

    offset: int
    unknown: Unknown
    where: str


class _Stop(Exception):
    def __init__(self, offset: int, problem: str, kind: str = OTHER):
        super().__init__(problem)
        self.fault = Fault(offset, problem, kind)


class Skeleton:
    """One text under examination; `uses` and `fault` are its result."""

    def __init__(self, text: str, lookup: Lookup):
        self.text = text
        self.lookup = lookup
        self.uses: list[Use] = []
        self.fault: Fault | None = None
        self.position = 0
        self.opened: list[int] = []
        self.last_bare: Unknown | None = None
        try:
            self._document()
        except _Stop as stop:
            self.fault = stop.fault

    def _skip(self) -> str:
        """Go to the next character that is no blank; "" at the end."""
        found = _BLANKS.match(self.text, self.position)
        self.position = found.end() if found else self.position
        return self.text[self.position : self.position + 1]

    def _document(self) -> None:
        if not self._skip():
            return
        while True:
            character = self._skip()
            if character and character in _CLOSERS:
                self.opened.append(self.position)
                self.position += 1
                self._nothings()
                if self._skip() == self._closer():
                    self.position += 1
                    self.opened.pop()
                elif self._closer() == "}":
                    self._name()
                    continue
                else:
                    continue
            else:
                self._value(character)
            if not self._after_value():
                return

    def _closer(self) -> str:
        return _CLOSERS[self.text[self.opened[-1]]]

    def _after_value(self) -> bool:
        """Past what follows a value: whether another value starts here."""
        while True:
            self._nothings(after_value=True)
            character = self._skip()
            if not self.opened:
                if character:
                    raise _Stop(self.position, "there is more after the end of the JSON")
                return False
            if character == ",":
                self._comma()
                return True
            if character != self._closer():
                self._missing(character)
            self.position += 1
            self.opened.pop()
            self.last_bare = None

    def _missing(self, character: str) -> None:
        closer = self._closer()
        if not character:
            raise _Stop(self.opened[-1], f"the `{self.text[self.opened[-1]]}` that opens here is never closed")
        if character in "}]":
            raise _Stop(self.position, f"`{character}` where `{closer}` should close")
        raise _Stop(self.position, f"a comma or `{closer}` is missing")

    def _comma(self) -> None:
        comma = self.position
        self.position += 1
        self.last_bare = None
        character = self._skip()
        if character == self._closer():
            raise _Stop(comma, f"a comma before `{character}`", COMMA)
        if character == ",":
            raise _Stop(self.position, "two commas in a row", COMMA)
        if self._closer() == "}":
            self._nothings(before_name=True)
            if self._skip() == "}":
                raise _Stop(comma, "a comma before `}`", COMMA)
            self._name()

    def _name(self) -> None:
        """Past the name and the colon of a member."""
        character = self._skip()
        if character == '"':
            self._string("name")
        elif _MARK.match(character or " "):
            self._bare()
        elif not character:
            raise _Stop(self.opened[-1], "the `{` that opens here is never closed")
        elif character == ",":
            raise _Stop(self.position, "a comma without a member before it", COMMA)
        else:
            raise _Stop(self.position, "a name in double quotes is missing")
        if self._skip() != ":":
            raise _Stop(self.position, "a colon is missing after a name")
        self.position += 1

    def _nothings(self, *, after_value: bool = False, before_name: bool = False) -> None:
        """Past unknowns where nothing can stand: they must be nothing, unless a name follows."""
        while _MARK.match(self._skip() or " "):
            found = _WORD.match(self.text, self.position)
            assert found is not None
            unknown = self.lookup(self.text[self.position])
            if not after_value and (not self.opened or self._closer() == "]"):
                return
            if self._skip_to(found.end()) == ":" and not after_value:
                return
            if _MARK.sub("", found.group()):
                return
            if after_value and unknown is not None and _next_round(self.last_bare, unknown):
                raise _Stop(self.position, "a comma is missing between the elements of the loop")
            self.position = found.end()

    def _skip_to(self, position: int) -> str:
        found = _BLANKS.match(self.text, position)
        end = found.end() if found else position
        return self.text[end : end + 1]

    def _value(self, character: str) -> None:
        if character == '"':
            self._string("string")
            self.last_bare = None
        elif not character:
            if self.opened:
                raise _Stop(self.opened[-1], f"the `{self.text[self.opened[-1]]}` that opens here is never closed")
            raise _Stop(self.position, "a value is missing")
        elif character in ",}]:":
            kind = COMMA if character == "," and self._closer_is_list() else OTHER
            raise _Stop(self.position, "a value is missing", kind)
        else:
            self._bare()

    def _closer_is_list(self) -> bool:
        return bool(self.opened) and self._closer() == "]"

    def _bare(self) -> None:
        """A word without quotes: a number, true, false, null, or unknowns that may be one."""
        found = _WORD.match(self.text, self.position)
        assert found is not None
        word, start = found.group(), self.position
        inside = [(match.start(), self.lookup(match.group())) for match in _MARK.finditer(word)]
        if not inside:
            if not _SCALAR.fullmatch(word):
                raise _Stop(start, _no_value(word))
        elif not _may_be_scalar(word):
            raise _Stop(start, "this is no JSON value (a text needs double quotes)")
        where = "bare" if len(_MARK.sub("", word)) == 0 else "part"
        self.uses += [Use(start + offset, unknown, where) for offset, unknown in inside if unknown is not None]
        self.last_bare = inside[-1][1] if inside else None
        self.position = found.end()

    def _string(self, where: str) -> None:
        start = self.position
        self.position += 1
        inner = False
        while True:
            part = _STRING_PART.match(self.text, self.position)
            assert part is not None
            for mark in _MARK.finditer(part.group()):
                self._inside(part.start() + mark.start(), mark.group(), "inner" if inner else where)
            self.position = part.end()
            character = self.text[self.position : self.position + 1]
            if character == '"':
                self.position += 1
                return
            escape = _ESCAPE.match(self.text, self.position)
            if escape:
                inner ^= escape.group() == '\\"'
                self.position = escape.end()
            elif not character:
                raise _Stop(start, "the text that starts here has no closing quote")
            elif character == "\\":
                following = self.text[self.position + 1 : self.position + 2]
                if not _MARK.match(following or " "):
                    raise _Stop(self.position, f"JSON has no escape `\\{following}`")
                self.position += 1
            else:
                raise _Stop(self.position, f"a line end or control character (U+{ord(character):04X}) inside a text")

    def _inside(self, offset: int, mark: str, where: str) -> None:
        unknown = self.lookup(mark)
        if unknown is None:
            return
        self.uses.append(Use(offset, unknown, where))
        if unknown.kind == JSON and unknown.key == "json($)" and self.text[offset - 1 : offset] == '"':
            raise _Stop(
                offset, f"{unknown.words} is JSON already, with quotes of its own, and stands between quotes", QUOTED_JSON
            )


def _no_value(word: str) -> str:
    return f"`{word[:30]}` is no JSON value (a text needs double quotes)"


def _may_be_scalar(word: str) -> bool:
    """Whether some filling makes a number or a word of JSON: a digit or nothing for each unknown."""
    for filling in ("1", "", "0"):
        filled = _MARK.sub(filling, word)
        if not filled or _SCALAR.fullmatch(filled):
            return True
    first = _MARK.match(word)
    if first:
        return bool(_SCALAR.fullmatch("-" + _MARK.sub("1", word)) or _SCALAR.fullmatch("1" + _MARK.sub("", word)))
    return False


def _next_round(before: Unknown | None, unknown: Unknown) -> bool:
    """Whether an unknown comes from the round after that of the value before it, in the same loop."""
    if before is None:
        return False
    rounds = dict(before.trail)
    return any(rounds.get(loop, index) == index - 1 for loop, index in unknown.trail)


def kind_of_output(text: str) -> str:
    """What a text looks like: "json", "xml", "empty", "unknown" (it starts with an unknown) or "other"."""
    start = text.lstrip()
    if not start:
        return "empty"
    if _MARK.match(start):
        return "unknown"
    if start[0] == "<":
        return "xml"
    return "json" if start[0] in "{[" or _OPENING_LOST.match(start) else "other"


def filled(text: str, lookup: Lookup) -> str:
    """The text with an example in the place of each unknown."""
    return _MARK.sub(lambda found: _example(lookup(found.group())), text)


def _example(unknown: Unknown | None) -> str:
    if unknown is None:
        return "x"
    return {"number": "1", "json": "{...}", "map": "{...}", "list": "[...]"}.get(unknown.kind, "x")


def filled_json(text: str, uses: list[Use]) -> str:
    """The text with an example for each unknown that fits where it stands."""
    characters = list(text)
    for use in uses:
        characters[use.offset] = "1" if use.where in ("bare", "part") and use.unknown.kind != JSON else _example(use.unknown)
    return _MARK.sub("x", "".join(characters))
