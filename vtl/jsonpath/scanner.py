"""`PathScanner`: the text of a path to tokens, with Jayway's leniencies.

A path may leave out its `$`. Names run up to `.`, `[`, `(` or a blank and may hold anything else. One last character behind a
complete step is read over. Blanks may stand inside brackets, and behind the path.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

from vtl.jsonpath.arguments import scan_arguments
from vtl.jsonpath.brackets import closing_bracket, join_escapes, skip_blanks
from vtl.jsonpath.dialect import JsonPathDialect
from vtl.jsonpath.filter_scanner import FilterScanner
from vtl.jsonpath.tokens import NESTING, Token, refuse
from vtl.source import Source, Span

_NAME = re.compile(r"[^.\[( ]*")
_NUMBERS = re.compile(r"[-:\d, ]*")
_COMMA = re.compile(r"\s*,\s*")
_MAX_INT = 2**31
_TRIMMED = "".join(map(chr, range(33)))


class PathScanner:
    """Reads one path, which ends at `end`, and appends its tokens to a list."""

    def __init__(
        self, source: Source, dialect: JsonPathDialect, tokens: list[Token], start: int, end: int | None = None, depth: int = 0
    ):
        self.source = source
        self.dialect = dialect
        self.tokens = tokens
        self.text = source.text
        self.position = start
        self.end = len(source.text) if end is None else end
        self.depth = depth
        if depth > NESTING:
            self.fail(f"filters, parentheses and arguments stand more than {NESTING} levels inside each other", start)

    def scan(self) -> None:
        """The tokens of the path as JsonPath.compile reads it. InvalidPath where Jayway refuses."""
        text = self.text
        if not self.dialect.blanks_before and self.depth == 0:
            while self.position < self.end and text[self.position] <= " ":
                self.position += 1
            while self.end > self.position and text[self.end - 1] <= " ":
                self.end -= 1
        while self.end > self.position + 1 and text[self.end - 1] == " ":
            self.end -= 1
        if self.position >= self.end:
            self.fail("a path must not be empty")
        if text[self.end - 1] == ".":
            self.fail("a path must not end with '.'", self.end - 1)
        if text[self.position] in "$@":
            self.scan_rooted()
        else:
            self.tokens.append(Token("ROOT", self.position, self.position, "$"))
            if self._at("."):
                self._emit("SCAN", 1)
            self._step()
            self._steps()

    def scan_rooted(self) -> None:
        """The tokens of a path that starts with `$` or `@`."""
        self._emit("ROOT", 1, self.text[self.position])
        if self.position >= self.end:
            return
        if self.text[self.position] not in ".[":
            self.fail("expected '.' or '['", hint=f"a path goes on with '.' or '[' behind {self.text[self.position - 1]!r}")
        self._dots()
        self._step()
        self._steps()

    def _steps(self) -> None:
        """The rest of the path; what stands alone at its end does not count."""
        while self.position < self.end - 1:
            self._dots()
            self._step()
        if self.position < self.end:
            self._emit("STRAY", 1)

    def _dots(self) -> None:
        if not self._at("."):
            return
        if self._at(".."):
            self._emit("SCAN", 2)
        else:
            self._emit("DOT", 1)
        if self.position >= self.end:
            self.fail("a path must not end with '.'", self.end - 1)
        if self._at("."):
            self.fail("'.' is not valid here", hint="a deep scan is written with two points: ..")

    def _step(self) -> None:
        if self._at("["):
            self._bracket()
        elif self._at("*"):
            self._emit("STAR", 1)
        else:
            self._name()

    def _name(self) -> None:
        """A name, or a function when a parenthesis follows."""
        start = self.position
        match = _NAME.match(self.text, start, self.end)
        assert match is not None
        end = match.end()
        if end < self.end and self.text[end] == " ":
            self.fail("a name with blanks must stand in brackets", end, hint=f"['{match.group()} ...']")
        if end < self.end and self.text[end] == "(":
            self._function(match.group(), start, end)
        elif start == end:
            self.fail("expected a name")
        else:
            self._emit("NAME", end - start, match.group())

    def _function(self, name: str, start: int, opening: int) -> None:
        """A function, and where the path goes on behind it.

        Jayway 2.9 asks that it is closed, and reads the `)` of one without arguments as the beginning of what follows. 2.4 looks
        one character too far for that `)`: it drops an argument of one character, and lets a path end with `name(`.
        """
        strict = self.dialect.strict_calls
        if strict and not self._closes(opening):
            self.fail(f"the arguments of {name}( have no end", start, opening + 1, hint="a ')' is missing")
        decisive = opening + 1 if strict else opening + 2
        if self.text[decisive : self.end][:1] in (")", ""):
            behind = decisive + 1 if decisive + 1 >= self.end else decisive
            self._emit("BARE_FUNCTION", min(behind, self.end) - start, name)
            return
        self._emit("FUNCTION", opening + 1 - start, name)
        self.position = scan_arguments(self, name)

    def _closes(self, opening: int) -> bool:
        """Whether as many parentheses close as open, wherever they stand."""
        depth = 1
        for position in range(opening + 1, self.end):
            character = self.text[position]
            depth += (character == "(") - (character == ")")
            if not depth:
                return True
        return False

    def subpath(self, start: int, end: int, depth: int) -> None:
        """The tokens of a path in a filter."""
        PathScanner(self.source, self.dialect, self.tokens, start, end, depth).scan()

    def _bracket(self) -> None:
        """What stands in brackets: names, indexes, a slice, a star or a filter."""
        start = self.position
        inside = skip_blanks(self.text, start + 1, self.end)
        character = self.text[inside : self.end][:1]
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
        closing = self.text.find("]", start, self.end)
        content = self.text[start + 1 : closing] if closing > 0 else ""
        hint = f"a name in brackets needs quotes: ['{content}']" if content.strip() else None
        end = closing + 1 if closing > 0 else self.end
        refuse(self.source, Span(start, end), "expected a quoted name, a number, '*' or '?(' in brackets", hint)

    def _quoted_names(self, quote: str) -> None:
        """Names in quotes of one kind. Between a comma and the next quote anything but a comma is read over."""
        self._emit("LBRACKET", 1)
        self._to(self.text.index(quote, self.position))
        while True:
            start = self.position
            position = start + 1
            while position < self.end and self.text[position] != quote:
                position += 2 if self.text[position] == "\\" else 1
            if position >= self.end:
                self.fail("the name has no closing quote", start, self.end)
            self._emit("QUOTED", position + 1 - start, self._name_between(start + 1, position))
            self._to(skip_blanks(self.text, self.position, self.end))
            if self._at("]"):
                self._emit("RBRACKET", 1)
                return
            if not self._at(","):
                self.fail("expected ',' or ']' behind the name")
            self._emit("COMMA", 1)
            while self.position < self.end and self.text[self.position] not in f"{quote},]":
                self.position += 2 if self.text[self.position] == "\\" else 1
            if self.position >= self.end or self.text[self.position] != quote:
                self.fail(f"expected a name in {quote}{quote}")

    def _name_between(self, start: int, end: int) -> str:
        raw = self.text[start:end]
        if "," in raw and not self.dialect.commas_in_names:
            self.fail("Jayway 2.4 takes no comma in a name", start, end)
        return self.unescaped(raw, start)

    def unescaped(self, raw: str, start: int) -> str:
        """The raw text of a literal that starts at `start`, its escapes resolved."""
        try:
            return join_escapes(raw)
        except ValueError:
            self.fail("\\u needs four hexadecimal digits", start, start + len(raw))

    def _numbers(self) -> None:
        """Indexes with commas between them, or a slice."""
        start = self.position
        end = self.text.find("]", start, self.end)
        content = self.text[start + 1 : end].strip(_TRIMMED)
        if end < 0 or _NUMBERS.fullmatch(content) is None:
            self._refuse_bracket(start)
        self._emit("LBRACKET", 1)
        if ":" in content:
            self._slice(content, start, end)
        else:
            for number, part in enumerate(_COMMA.split(content)):
                if number:
                    self._token("COMMA", start, end)
                self._token("INTEGER", start, end, self._integer(part, start, end))
        self._to(end)
        self._emit("RBRACKET", 1)

    def _slice(self, content: str, start: int, end: int) -> None:
        if "," in content or " " in content:
            self.fail("a slice holds no blanks and no commas", start, end + 1)
        first, second, *rest = content.split(":", 2)
        if first:
            self._token("INTEGER", start, end, self._integer(first, start, end))
        self._token("COLON", start, end)
        if second:
            self._token("INTEGER", start, end, self._integer(second, start, end))
        if not first and not second:
            self.fail("a slice needs a start or an end", start, end + 1)
        if rest:
            self._token("IGNORED", start, end)

    def _integer(self, text: str, start: int, end: int) -> int:
        try:
            value = int(text) if len(text) < 20 and " " not in text else _MAX_INT
        except ValueError:
            value = _MAX_INT
        if not -_MAX_INT <= value < _MAX_INT:
            self.fail("this is neither an index nor a slice", start, end + 1)
        return value

    def _star(self, star: int) -> None:
        closing = skip_blanks(self.text, star + 1, self.end)
        if closing >= self.end or self.text[closing] != "]":
            self.fail("expected ']' behind '*'", closing)
        self._emit("LBRACKET", 1)
        self._to(star)
        self._emit("STAR", 1)
        self._to(closing)
        self._emit("RBRACKET", 1)

    def _filter(self, mark: int) -> None:
        """A filter, whose question mark stands at `mark`."""
        start = self.position
        opening = skip_blanks(self.text, mark + 1, self.end)
        if not self.text.startswith("(", opening) or opening >= self.end:
            self.fail("expected '(' behind '?'", opening)
        closing = closing_bracket(self.text, opening, self.end, patterns=True)
        behind = skip_blanks(self.text, closing + 1, self.end) if closing >= 0 else self.end
        if behind >= self.end or self.text[behind] != "]":
            self.fail("the filter has no end", start, self.end, hint="a filter ends with ')]'")
        self._emit("FILTER_OPEN", opening + 1 - start)
        FilterScanner(self, opening + 1, closing).scan()
        self._to(closing)
        self._emit("FILTER_CLOSE", behind + 1 - closing)

    def _at(self, mark: str) -> bool:
        return self.text.startswith(mark, self.position, self.end)

    def _to(self, position: int) -> None:
        self.position = position

    def _emit(self, kind: str, length: int, value: Any = None) -> None:
        """A token that stands at the position; the position moves behind it."""
        self.tokens.append(Token(kind, self.position, self.position + length, value))
        self.position += length

    def _token(self, kind: str, start: int, end: int, value: Any = None) -> None:
        self.tokens.append(Token(kind, start, end, value))

    def fail(self, message: str, start: int | None = None, end: int | None = None, hint: str | None = None) -> NoReturn:
        """Raise InvalidPath with a place, the position unless one is given."""
        start = self.position if start is None else start
        refuse(self.source, Span(start, start + 1 if end is None else end), message, hint)
