"""`FilterScanner`: what stands in the parentheses of `[?( ... )]`, to tokens."""

from __future__ import annotations

import re
from typing import Any, NoReturn, Protocol

from vtl.jsonpath.brackets import closing_bracket, closing_quote, skip_blanks
from vtl.jsonpath.dialect import JsonPathDialect
from vtl.jsonpath.numbers import decimal_of
from vtl.jsonpath.tokens import NESTING, Token
from vtl.source import Source

_SIGNS = "<>=~!"
_SIGN_OPERATORS = frozenset(["==", "!=", "===", "!==", "<", "<=", ">", ">=", "=~"])
_WORD_OPERATORS = frozenset(["in", "nin", "contains", "all", "size", "exists", "type", "matches", "empty", "subsetof"])
_NUMBERS = {False: re.compile(r"[-.\d]*"), True: re.compile(r"[-.\deE]*")}
_WORDS = {"t": "true", "f": "false", "n": "null"}


class Host(Protocol):
    """The scanner of the path in which the filter stands."""

    source: Source
    dialect: JsonPathDialect
    tokens: list[Token]
    text: str
    depth: int

    def subpath(self, start: int, end: int, depth: int) -> None:
        """Append the tokens of a path between two offsets."""

    def unescaped(self, raw: str, start: int) -> str:
        """A literal's text, its escapes resolved."""

    def fail(self, message: str, start: int | None = None, end: int | None = None, hint: str | None = None) -> NoReturn:
        """Raise InvalidPath."""


class FilterScanner:
    """Reads one filter, from behind its parenthesis up to the closing one."""

    def __init__(self, host: Host, start: int, end: int):
        self.host = host
        self.text = host.text
        self.position = start
        self.end = end
        self.depth = host.depth + 1

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
            self.host.fail("the filter ends where something is to be compared", self.end)

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
        if operator not in _SIGN_OPERATORS and word not in _WORD_OPERATORS and word not in self.host.dialect.operators:
            known = "== != === !== < <= > >= =~ in nin contains size empty subsetof anyof noneof && ||"
            self.host.fail(f"{operator!r} is no operator", start, position, hint=f"the operators are {known}")
        self._emit("OPERATOR", position - start, word)

    def _operand(self) -> None:
        """What is compared or tested, with the `!` and `(` before it."""
        while self._next() < self.end and self.text[self.position] in "!(":
            self.depth += 1
            if self.depth > NESTING + self.host.depth:
                self.host.fail(f"filters and parentheses stand more than {NESTING} levels inside each other", self.position)
            if self.text[self.position] == "(":
                self._emit("LPAREN", 1)
            else:
                following = skip_blanks(self.text, self.position + 1, self.end)
                is_path = following < self.end and self.text[following] in "$@"
                self._emit("BANG" if is_path else "NOT", 1)
                self.depth -= is_path
        if self.position >= self.end:
            self.host.fail("the filter ends where something is to be compared", self.end)
        if self.text[self.position] in "$@":
            self._path()
        else:
            self._literal()

    def _path(self) -> None:
        start = self.position
        end = self._path_end()
        self.host.subpath(start, end, self.depth)
        self.position = end

    def _path_end(self) -> int:
        """Where the path that starts here ends: at a blank, an operator or a parenthesis that is not its own.

        Behind a bracket one character is read over, whatever it is.
        """
        text, position = self.text, self.position + 1
        while position < self.end:
            if text[position] == "[":
                closing = closing_bracket(text, position, self.end)
                if closing < 0:
                    self.host.fail("the bracket has no end", position)
                position = closing + 1
            if position >= self.end or text[position] in f" {_SIGNS}":
                break
            if text[position] == ")" and not self._closes_function(position):
                break
            position += 1
        return min(position, self.end)

    def _closes_function(self, closing: int) -> bool:
        """Whether the parenthesis belongs to a function without arguments."""
        opening = closing - 1
        while opening > self.position and self.text[opening] == " ":
            opening -= 1
        return self.text[opening] == "(" and "." in self.text[self.position + 1 : opening]

    def _literal(self) -> None:
        start, character = self.position, self.text[self.position]
        if character in "'\"":
            end = self._closing(closing_quote(self.text, start, self.end), "the text has no closing quote")
            raw = self.text[start + 1 : end]
            self._emit("STRING", end + 1 - start, self.host.unescaped(raw, start + 1))
        elif character in _WORDS:
            self._word(_WORDS[character])
        elif character in "[{":
            end = self._closing(closing_bracket(self.text, start, self.end), f"{character!r} has no end")
            self._emit("JSON", end + 1 - start, self.text[start : end + 1])
        elif character == "/":
            self._pattern()
        else:
            self._number()

    def _word(self, word: str) -> None:
        if not self.text.startswith(word, self.position, self.end):
            self.host.fail("expected a path, a text in quotes, a number, true, false or null", hint="texts need quotes")
        self._emit(word.upper(), len(word))

    def _pattern(self) -> None:
        start = self.position
        end = self._closing(closing_quote(self.text, start, self.end), "the regular expression has no end")
        behind, flags = end + 1, self.host.dialect.pattern_flags
        most = 1 if len(flags) == 1 else self.end - end
        while behind < self.end and self.text[behind] in flags and behind - end <= most:
            behind += 1
        self._emit("PATTERN", behind - start, (self.text[start + 1 : end], self.text[end + 1 : behind]))

    def _number(self) -> None:
        match = _NUMBERS[self.host.dialect.scientific_numbers].match(self.text, self.position, self.end)
        assert match is not None
        value = decimal_of(match.group())
        if value is None:
            self.host.fail("expected a path, a text in quotes, a number, true, false or null", self.position)
        self._emit("NUMBER", match.end() - self.position, value)

    def _closing(self, position: int, message: str) -> int:
        if position < 0:
            self.host.fail(message, self.position, self.end)
        return position

    def _next(self) -> int:
        self.position = skip_blanks(self.text, self.position, self.end)
        return self.position

    def _emit(self, kind: str, length: int, value: Any = None) -> None:
        self.host.tokens.append(Token(kind, self.position, self.position + length, value))
        self.position += length
