"""`FilterParser`: what stands in the parentheses of `[?( ... )]`, to a predicate."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NoReturn

from vtl.jsonpath.filters import OPERATORS, Comparison, Either, Every, Exists, Literal, Not, Operand, Predicate, SubPath, Term
from vtl.jsonpath.scanner import closing_bracket, join_escapes
from vtl.jsonpath.steps import refuse
from vtl.source import Source, Span

if TYPE_CHECKING:
    from vtl.jsonpath.paths import Path

_MAX_DEPTH = 40
_OPERATOR = re.compile(r"[<>=~!]+|[A-Za-z]+")
_STRING = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)
_WORD = re.compile(r"true|false|null")
_NUMBER = re.compile(r"[-0-9.eE]+")
_WORDS = {"true": Operand("boolean", True), "false": Operand("boolean", False), "null": Operand("null", None)}
_ENDS_PATH = " <>=~!"


class FilterParser:
    """Reads one filter: the text of `source` from `start` to `end`."""

    def __init__(self, source: Source, subpath: Callable[[int, int, bool], Path], start: int, end: int, depth: int):
        self.source = source
        self.text = source.text[:end]
        self.subpath = subpath
        self.position = start
        self.depth = depth

    def parse(self) -> Predicate:
        """The predicate; InvalidPath for what Jayway refuses, and for operators that are not supported."""
        predicate = self._either()
        self._blanks()
        if self.position < len(self.text):
            self._fail("expected the end of the filter")
        return predicate

    def _either(self) -> Predicate:
        parts = [self._every()]
        while self._take("||"):
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self) -> Predicate:
        parts = [self._single()]
        while self._take("&&"):
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _single(self) -> Predicate:
        """A comparison, an existence check, or one of these behind `!` or in parentheses."""
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            self._fail(f"filters and parentheses are nested deeper than {_MAX_DEPTH} levels")
        start = self.position
        predicate: Predicate
        if self._take("!") and not self._at_path():
            predicate = Not(self._single())
        else:
            self.position = start
            if self._take("("):
                predicate = self._either()
                if not self._take(")"):
                    self._fail("expected ')'")
            else:
                predicate = self._comparison()
        self.depth -= 1
        return predicate

    def _comparison(self) -> Predicate:
        """`left operator right`, or a path alone. A `!` before a path that is compared is read over, as Jayway does."""
        negated = self._take("!")
        self._blanks()
        start = self.position
        is_path = self._at_path()
        end = self._path_end() if is_path else start
        left = None if is_path else self._literal()
        if is_path:
            self.position = end
        operator = self._operator()
        if operator is not None:
            right = self._term()
            return Comparison(SubPath(self.subpath(start, end, False)) if left is None else left, operator, right)
        if left is not None:
            self._fail("expected an operator")
        return Exists(self.subpath(start, end, True), not negated)

    def _operator(self) -> str | None:
        """The operator that comes, None if the comparison ends here."""
        self._blanks()
        match = _OPERATOR.match(self.text, self.position)
        if match is None:
            return None
        operator = match.group()
        if operator not in OPERATORS:
            hint = f"supported: {' '.join(OPERATORS)}"
            refuse(self.source, Span(*match.span()), f"the filter operator {operator} is not supported here", hint)
        self.position = match.end()
        return operator

    def _term(self) -> Term:
        self._take("!")
        self._blanks()
        if not self._at_path():
            return self._literal()
        start = self.position
        self.position = self._path_end()
        return SubPath(self.subpath(start, self.position, False))

    def _at_path(self) -> bool:
        self._blanks()
        return self.text.startswith(("@", "$"), self.position)

    def _path_end(self) -> int:
        """Where the path that starts here ends: at a blank, an operator or a parenthesis that is not its own."""
        position = self.position + 1
        while position < len(self.text):
            character = self.text[position]
            if character in "[(":
                close = closing_bracket(self.text, position, character, "]" if character == "[" else ")")
                if close < 0:
                    self._fail(f"{character!r} has no end", position)
                position = close
            elif character in _ENDS_PATH or character == ")":
                break
            position += 1
        return position

    def _literal(self) -> Literal:
        match = _STRING.match(self.text, self.position)
        if match is not None:
            self.position = match.end()
            content = match.group(1)
            return Literal(Operand("string", join_escapes(match.group(2) if content is None else content)))
        match = _WORD.match(self.text, self.position)
        if match is not None:
            self.position = match.end()
            return Literal(_WORDS[match.group()])
        match = _NUMBER.match(self.text, self.position)
        if match is not None:
            self.position = match.end()
            return Literal(Operand("number", _number(match, self.source)))
        return self._no_literal()

    def _no_literal(self) -> NoReturn:
        if self.text.startswith(("[", "{", "/"), self.position):
            self._fail("lists, objects and regular expressions in filters are not supported here")
        self._fail("expected a path, a text in quotes, a number, true, false or null")

    def _take(self, mark: str) -> bool:
        """Read over blanks and `mark`, if it is there."""
        self._blanks()
        if not self.text.startswith(mark, self.position):
            return False
        self.position += len(mark)
        return True

    def _blanks(self) -> None:
        while self.text.startswith(" ", self.position):
            self.position += 1

    def _fail(self, message: str, position: int | None = None) -> NoReturn:
        start = self.position if position is None else position
        refuse(self.source, Span(start, start + 1), message)


def _number(match: re.Match[str], source: Source) -> Decimal:
    try:
        return Decimal(match.group())
    except InvalidOperation:
        refuse(source, Span(*match.span()), f"{match.group()} is not a number")
