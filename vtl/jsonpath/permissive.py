"""`PermissiveReader`: JSON as json-smart's MODE_PERMISSIVE takes it.

Bare words are strings and may hold blanks, quotes may be single, commas may be missing in arrays and needless everywhere, numbers
may start with zeros, control characters are let through, and what follows the document is not looked at. The rules are those of
json-smart 2.2 as its parser answers; its bound of 400 objects is a defect of that version and left out.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

from vtl.errors import InvalidJson, LimitExceeded
from vtl.jsonpath.numbers import fraction_number, integer_number
from vtl.limits import Limits
from vtl.source import Source, Span
from vtl.values.kinds import Float, JsonArray

_END = "\x1a"
"""json-smart's mark for the end of the text; the character itself ends a document as well."""
_TRIMMED = "".join(map(chr, range(0x21)))
_BLANKS = re.compile(r"[\t\n\r ]*")
_SPACE = re.compile(r"[\x00-\x19\x1b-\x20]*")
_NUMBER = re.compile(r"[-0-9][0-9]*(\.[0-9]*)?([eE][-+0-9][0-9]*)?")
_SEGMENT = re.compile(r"[^\"'\\\x00-\x1f\x7f]+")
_HEX = re.compile(r"[0-9A-Fa-f]*")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b", "\\": "\\", "/": "/", "'": "'", '"': '"'}
_HEX_LENGTHS = {"u": 4, "x": 2}
_WORDS: dict[str, object] = {"null": None, "true": True, "false": False, "NaN": Float("nan")}

_ROOT = re.compile(f"[^{_END}]*")
_KEY = re.compile(f"[^:{_END}]*")
_MEMBER = re.compile(f"[^,}}{_END}]*")
_ITEM = re.compile(f"[^,\\]{_END}]*")
_STOPS = {_ROOT: _END, _MEMBER: f",}}{_END}", _ITEM: f",]{_END}"}


class PermissiveReader:
    """Reads one document, without recursion."""

    def __init__(self, text: str, limits: Limits, name: str = "<json>"):
        self.source = Source(name, text)
        self.text = text + _END
        self.size = len(text)
        self.limits = limits
        self.position = 0

    def read(self) -> Any:
        """The values of the document. InvalidJson with the place, LimitExceeded beyond `json_depth` or `integer_digits`."""
        root = self._value(_ROOT)
        opened: list[Any] = [root] if isinstance(root, (dict, list)) else []
        while opened:
            if len(opened) > self.limits.json_depth:
                raise LimitExceeded("json_depth", f"the JSON document is nested deeper than {self.limits.json_depth:,} levels")
            container = opened[-1]
            if type(container) is dict:
                name = self._name()
                if name is None:
                    self._close(opened)
                    continue
                value = container[name] = self._value(_MEMBER)
            elif self._ends_array():
                self._close(opened)
                continue
            else:
                value = self._value(_ITEM)
                container.append(value)
            if isinstance(value, (dict, list)):
                opened.append(value)
            else:
                self._separate(opened)
        return root

    def _close(self, opened: list[Any]) -> None:
        """Leave the innermost container, on whose closing bracket the reader stands."""
        self.position += 1
        opened.pop()
        self._separate(opened)

    def _separate(self, opened: list[Any]) -> None:
        """After a value: inside an object comes a comma or its end; an array asks for nothing."""
        while opened and type(opened[-1]) is dict:
            character = self._skip(_SPACE)
            self._must_not_end("an object")
            if character not in ",}":
                self._fail("expected ',' or '}'")
            self.position += 1
            if character == ",":
                return
            opened.pop()

    def _name(self) -> str | None:
        """The next member's name with its colon; None in front of the object's end."""
        while (character := self._skip(_BLANKS)) == ",":
            self.position += 1
        if character == "}":
            return None
        if character in ":[]{":
            self._fail("expected the name of a member")
        name = self._string(character) if character in "\"'" else self._take(_KEY)
        character = self._skip(_SPACE)
        self._must_not_end("an object")
        if character != ":":
            self._fail("expected ':'")
        self.position += 1
        if self.position >= self.size:
            self._must_not_end("an object")
        return name

    def _ends_array(self) -> bool:
        """Whether the array ends here; needless commas are skipped."""
        while (character := self._skip(_BLANKS)) == ",":
            self.position += 1
        self._must_not_end("an array")
        return character == "]"

    def _value(self, stop: re.Pattern[str]) -> Any:
        """A scalar, or a container that is empty as yet, behind its opening bracket."""
        character = self._skip(_BLANKS)
        if character in "{[":
            self.position += 1
            return {} if character == "{" else JsonArray()
        if character in ":]}":
            self._fail("expected a value")
        if character in "\"'":
            return self._string(character)
        if character in "-0123456789":
            return self._number(stop)
        word = self._take(stop)
        return _WORDS.get(word, word) if character in "nftN" else word

    def _number(self, stop: re.Pattern[str]) -> object:
        """A number; digits that run into something else are a bare word."""
        start = self.position
        match = _NUMBER.match(self.text, start)
        assert match is not None
        self.position = match.end()
        character = self._skip(_SPACE)
        if character < "~" and character not in _STOPS[stop]:
            self.position = start
            return self._take(stop)
        text = match.group()
        try:
            return fraction_number(text, self.limits) if match.lastindex else integer_number(text, self.limits)
        except ValueError:
            self.position = start
            self._fail(f"{text} is not a number", len(text))

    def _string(self, quote: str) -> str:
        """A quoted string; one without a backslash is taken as it stands, control characters included."""
        start = self.position + 1
        end = self.text.find(quote, start)
        if end < 0:
            self._fail("the string has no end", self.size - self.position)
        raw = self.text[start:end]
        if "\\" in raw:
            return self._escaped(quote)
        self.position = end + 1
        return raw

    def _escaped(self, quote: str) -> str:
        """A string with escapes; control characters and unknown escapes vanish."""
        opening, position = self.position, self.position + 1
        parts: list[str] = []
        while True:
            segment = _SEGMENT.match(self.text, position)
            if segment is not None:
                parts.append(segment.group())
                position = segment.end()
            character = self.text[position]
            if character == quote:
                break
            if character == _END:
                self.position = opening
                self._fail("the string has no end", max(1, self.size - opening))
            position += 1
            if character in "\"'":
                parts.append(character)
            elif character == "\\":
                position = self._escape(position, parts)
        self.position = position + 1
        return _join_surrogates("".join(parts))

    def _escape(self, position: int, parts: list[str]) -> int:
        """The escape whose letter stands at `position`; gives the position behind it."""
        letter = self.text[position]
        length = _HEX_LENGTHS.get(letter)
        if length is None:
            parts.append(_ESCAPES.get(letter, ""))
            return min(position + 1, self.size)
        match = _HEX.match(self.text, position + 1, position + 1 + length)
        digits = match.group() if match else ""
        if len(digits) < length:
            self.position = position - 1
            self._fail(f"\\{letter} needs {length} hexadecimal digits", 2 + len(digits))
        parts.append(chr(int(digits, 16)))
        return position + 1 + length

    def _take(self, stop: re.Pattern[str]) -> str:
        """The bare word up to where `stop` ends, without blanks around it."""
        match = stop.match(self.text, self.position)
        assert match is not None
        self.position = match.end()
        return match.group().strip(_TRIMMED)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        """Skip what the pattern takes; gives the character that comes then."""
        match = pattern.match(self.text, self.position)
        assert match is not None
        self.position = match.end()
        return self.text[self.position]

    def _must_not_end(self, where: str) -> None:
        if self.position >= self.size or self.text[self.position] == _END:
            self._fail(f"the text ends inside {where}")

    def _fail(self, message: str, length: int = 1) -> NoReturn:
        start = min(self.position, self.size)
        raise InvalidJson(message, source=self.source, span=Span(start, min(start + length, self.size)))


def _join_surrogates(text: str) -> str:
    """The text with each pair of surrogates as one character, as two \\u escapes in a row mean it."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
