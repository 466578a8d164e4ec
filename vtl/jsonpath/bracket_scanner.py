"""`BracketScanner`: what stands in brackets to tokens: names, indexes, slices, a star or a filter."""

from __future__ import annotations

import re
from typing import NoReturn

from vtl.jsonpath.brackets import closing_bracket, skip_blanks
from vtl.jsonpath.cursor import Cursor
from vtl.jsonpath.filter_scanner import FilterScanner
from vtl.jsonpath.tokens import refuse
from vtl.source import Span

_NUMBERS = re.compile(r"[-:\d, ]*")
_COMMA = re.compile(r"\s*,\s*")
_MAX_INT = 2**31
_TRIMMED = "".join(map(chr, range(33)))


class BracketScanner:
    """Reads the bracket at which the cursor stands."""

    def __init__(self, cursor: Cursor):
        self.cursor = cursor

    def scan(self) -> None:
        """The tokens of the bracket: of names, indexes, a slice, a star or a filter. InvalidPath for anything else."""
        start = self.cursor.position
        inside = skip_blanks(self.cursor.text, start + 1, self.cursor.end)
        character = self.cursor.character(inside)
        if character in ("'", '"'):
            self._quoted_names(character)
        elif character and (character.isdecimal() or character in "-:"):
            self._numbers()
        elif character == "*":
            self._star(inside)
        elif character == "?":
            self._filter(inside)
        else:
            self._refuse_bracket(start)

    def _refuse_bracket(self, start: int) -> NoReturn:
        closing = self.cursor.text.find("]", start, self.cursor.end)
        content = self.cursor.text[start + 1 : closing] if closing > 0 else ""
        hint = f"a name in brackets needs quotes: ['{content}']" if content.strip() else None
        end = closing + 1 if closing > 0 else self.cursor.end
        refuse(self.cursor.source, Span(start, end), "expected a quoted name, a number, '*' or '?(' in brackets", hint)

    def _quoted_names(self, quote: str) -> None:
        """Names in quotes of one kind. Between a comma and the next quote anything but a comma is read over."""
        self.cursor.emit("LBRACKET", 1)
        self._move(self.cursor.text.index(quote, self.cursor.position))
        while True:
            start = self.cursor.position
            position = start + 1
            while position < self.cursor.end and self.cursor.text[position] != quote:
                position += 2 if self.cursor.text[position] == "\\" else 1
            if position >= self.cursor.end:
                self.cursor.fail("the name has no closing quote", start, self.cursor.end)
            self.cursor.emit("QUOTED", position + 1 - start, self._name_between(start + 1, position))
            self._move(skip_blanks(self.cursor.text, self.cursor.position, self.cursor.end))
            if self.cursor.at("]"):
                self.cursor.emit("RBRACKET", 1)
                return
            if not self.cursor.at(","):
                self.cursor.fail("expected ',' or ']' behind the name")
            self.cursor.emit("COMMA", 1)
            while self.cursor.position < self.cursor.end and self.cursor.text[self.cursor.position] not in f"{quote},]":
                self.cursor.position += 2 if self.cursor.text[self.cursor.position] == "\\" else 1
            if self.cursor.position >= self.cursor.end or self.cursor.text[self.cursor.position] != quote:
                self.cursor.fail(f"expected a name in {quote}{quote}")

    def _name_between(self, start: int, end: int) -> str:
        raw = self.cursor.text[start:end]
        if "," in raw and not self.cursor.dialect.commas_in_names:
            self.cursor.fail("Jayway 2.4 takes no comma in a name", start, end)
        return self.cursor.unescaped(raw, start)

    def _numbers(self) -> None:
        """Indexes with commas between them, or a slice."""
        start = self.cursor.position
        end = self.cursor.text.find("]", start, self.cursor.end)
        content = self.cursor.text[start + 1 : end].strip(_TRIMMED)
        if end < 0 or _NUMBERS.fullmatch(content) is None:
            self._refuse_bracket(start)
        self.cursor.emit("LBRACKET", 1)
        if ":" in content:
            self._slice(content, start, end)
        else:
            for number, part in enumerate(_COMMA.split(content)):
                if number:
                    self.cursor.add("COMMA", start, end)
                self.cursor.add("INTEGER", start, end, self._integer(part, start, end))
        self._move(end)
        self.cursor.emit("RBRACKET", 1)

    def _slice(self, content: str, start: int, end: int) -> None:
        if "," in content or " " in content:
            self.cursor.fail("a slice holds no blanks and no commas", start, end + 1)
        first, second, *rest = content.split(":", 2)
        if first:
            self.cursor.add("INTEGER", start, end, self._integer(first, start, end))
        self.cursor.add("COLON", start, end)
        if second:
            self.cursor.add("INTEGER", start, end, self._integer(second, start, end))
        if not first and not second:
            self.cursor.fail("a slice needs a start or an end", start, end + 1)
        if rest:
            self.cursor.add("IGNORED", start, end)

    def _integer(self, text: str, start: int, end: int) -> int:
        try:
            value = int(text) if len(text) < 20 and " " not in text else _MAX_INT
        except ValueError:
            value = _MAX_INT
        if not -_MAX_INT <= value < _MAX_INT:
            self.cursor.fail("this is neither an index nor a slice", start, end + 1)
        return value

    def _star(self, star: int) -> None:
        closing = skip_blanks(self.cursor.text, star + 1, self.cursor.end)
        if closing >= self.cursor.end or self.cursor.text[closing] != "]":
            self.cursor.fail("expected ']' behind '*'", closing)
        self.cursor.emit("LBRACKET", 1)
        self._move(star)
        self.cursor.emit("STAR", 1)
        self._move(closing)
        self.cursor.emit("RBRACKET", 1)

    def _filter(self, mark: int) -> None:
        """A filter, whose question mark stands at `mark`."""
        start = self.cursor.position
        opening = skip_blanks(self.cursor.text, mark + 1, self.cursor.end)
        if not self.cursor.text.startswith("(", opening) or opening >= self.cursor.end:
            self.cursor.fail("expected '(' behind '?'", opening)
        closing = closing_bracket(self.cursor.text, opening, self.cursor.end, patterns=True)
        behind = skip_blanks(self.cursor.text, closing + 1, self.cursor.end) if closing >= 0 else self.cursor.end
        if behind >= self.cursor.end or self.cursor.text[behind] != "]":
            self.cursor.fail("the filter has no end", start, self.cursor.end, hint="a filter ends with ')]'")
        self.cursor.emit("FILTER_OPEN", opening + 1 - start)
        FilterScanner(self.cursor, opening + 1, closing).scan()
        self._move(closing)
        self.cursor.emit("FILTER_CLOSE", behind + 1 - closing)

    def _move(self, position: int) -> None:
        self.cursor.position = position
