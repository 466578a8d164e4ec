"""`FilterScanner`: what stands in the parentheses of `[?( ... )]`, to tokens."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from vtl.jsonpath.brackets import closing_bracket, closing_quote, skip_blanks
from vtl.jsonpath.cursor import Cursor
from vtl.jsonpath.numbers import decimal_of

_SIGNS = "<>=~!"
_SIGN_OPERATORS = frozenset(["==", "!=", "===", "!==", "<", "<=", ">", ">=", "=~"])
_WORD_OPERATORS = frozenset(["in", "nin", "contains", "all", "size", "exists", "type", "matches", "empty", "subsetof"])
_NUMBERS = {False: re.compile(r"[-.\d]*"), True: re.compile(r"[-.\deE]*")}
_WORDS = {"t": "true", "f": "false", "n": "null"}


class FilterScanner:
    """Reads one filter, from behind its parenthesis up to the closing one."""

    def __init__(self, cursor: Cursor, start: int, end: int):
        self.cursor = cursor
        self.text = cursor.text
        self.position = start
        self.end = end
        self.depth = cursor.depth + 1

    def scan(self) -> None:
        """The tokens of the filter. InvalidPath for what Jayway refuses."""
        while self._next() < self.end:
            self._operand()
            while self._next() < self.end and self.text[self.position] == ")":
                self.depth -= 1
                self._emit("RPAREN", 1)
            if self.position < self.end:
                self._connective()

    def _connective(self) -> None:
        """`&&`, `||` or an operator, after which another operand comes."""
        for kind, sign in (("AND", "&&"), ("OR", "||")):
            if self.text.startswith(sign, self.position, self.end):
                self._emit(kind, 2)
                break
        else:
            self._operator()
        if self._next() >= self.end:
            self.cursor.fail("the filter ends where something is to be compared", self.end)

    def _operator(self) -> None:
        start = position = self.position
        if self.text[start] in _SIGNS:
            while position < self.end and self.text[position] in _SIGNS:
                position += 1
        else:
            while position < self.end and self.text[position] != " ":
                position += 1
        operator = self.text[start:position]
        word = operator.lower()
        if operator not in _SIGN_OPERATORS and word not in _WORD_OPERATORS and word not in self.cursor.dialect.operators:
            words = " ".join(["in nin contains size empty subsetof", *sorted(self.cursor.dialect.operators)])
            hint = f"the operators are == != === !== < <= > >= =~ {words} && ||"
            self.cursor.fail(f"{operator!r} is no operator", start, position, hint=hint)
        self._emit("OPERATOR", position - start, word)

    def _operand(self) -> None:
        """What is compared or tested, with the `!` and `(` before it."""
        while self._next() < self.end and self.text[self.position] in "!(":
            self.depth += 1
            self.cursor.check_depth(self.depth, self.position)
            if self.text[self.position] == "(":
                self._emit("LPAREN", 1)
            else:
                following = skip_blanks(self.text, self.position + 1, self.end)
                is_path = following < self.end and self.text[following] in "$@"
                self._emit("BANG" if is_path else "NOT", 1)
                self.depth -= is_path
        if self.position >= self.end:
            self.cursor.fail("the filter ends where something is to be compared", self.end)
        if self.text[self.position] in "$@":
            self._path()
        else:
            self._literal()

    def _path(self) -> None:
        start = self.position
        end = self._path_end()
        self.cursor.subpath(start, end, self.depth)
        self.position = end

    def _path_end(self) -> int:
        """Where the path that starts here ends: at a blank, an operator or a parenthesis that is not its own.

        Behind a bracket one character is read over, whatever it is.
        """
        text, position = self.text, self.position + 1
        point = text.find(".", position, self.end)
        while position < self.end:
            if text[position] == "[":
                closing = closing_bracket(text, position, self.end)
                if closing < 0:
                    self.cursor.fail("the bracket has no end", position)
                position = closing + 1
            if position >= self.end or text[position] in f" {_SIGNS}":
                break
            if text[position] == ")" and not self._closes_function(position, point):
                break
            position += 1
        return min(position, self.end)

    def _closes_function(self, closing: int, point: int) -> bool:
        """Whether the parenthesis belongs to a function without arguments; `point` is the first one in the path."""
        opening = closing - 1
        while opening > self.position and self.text[opening] == " ":
            opening -= 1
        return self.text[opening] == "(" and 0 <= point < opening

    def _literal(self) -> None:
        start, character = self.position, self.text[self.position]
        if character in "'\"":
            end = self._closing(closing_quote(self.text, start, self.end), "the text has no closing quote")
            raw = self.text[start + 1 : end]
            self._emit("STRING", end + 1 - start, self.cursor.unescaped(raw, start + 1))
        elif character in _WORDS:
            if not self.text.startswith(_WORDS[character], self.position, self.end):
                self._refuse_operand()
            self._emit(_WORDS[character].upper(), len(_WORDS[character]))
        elif character in "[{":
            end = self._closing(closing_bracket(self.text, start, self.end), f"{character!r} has no end")
            self._emit("JSON", end + 1 - start, self.text[start : end + 1])
        elif character == "/":
            self._pattern()
        else:
            self._number()

    def _pattern(self) -> None:
        start = self.position
        end = self._closing(closing_quote(self.text, start, self.end), "the regular expression has no end")
        behind, flags = end + 1, self.cursor.dialect.pattern_flags
        most = 1 if len(flags) == 1 else self.end - end
        while behind < self.end and self.text[behind] in flags and behind - end <= most:
            behind += 1
        self._emit("PATTERN", behind - start, (self.text[start + 1 : end], self.text[end + 1 : behind]))

    def _number(self) -> None:
        match = _NUMBERS[self.cursor.dialect.scientific_numbers].match(self.text, self.position, self.end)
        assert match is not None
        value = decimal_of(match.group())
        if value is None:
            self._refuse_operand()
        self._emit("NUMBER", match.end() - self.position, value)

    def _refuse_operand(self) -> NoReturn:
        hint = "texts need quotes" if self.text[self.position].isalpha() else None
        self.cursor.fail("expected a path, a text in quotes, a number, true, false or null", self.position, hint=hint)

    def _closing(self, position: int, message: str) -> int:
        if position < 0:
            self.cursor.fail(message, self.position, self.end)
        return position

    def _next(self) -> int:
        self.position = skip_blanks(self.text, self.position, self.end)
        return self.position

    def _emit(self, kind: str, length: int, value: Any = None) -> None:
        self.cursor.add(kind, self.position, self.position + length, value)
        self.position += length
