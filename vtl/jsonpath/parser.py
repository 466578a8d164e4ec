"""`PathParser`: the text of a path to its steps, with Jayway's leniencies.

A path may leave out its `$`. Names run up to `.`, `[`, `(` or a blank and may hold anything else. One last stray character behind
a step is read over. Blanks may stand inside brackets, and behind the path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

from vtl.jsonpath.filter_parser import FilterParser
from vtl.jsonpath.filters import Filter
from vtl.jsonpath.scanner import closing_bracket, join_escapes
from vtl.jsonpath.steps import EachName, Indexes, Length, Name, Slice, Step, Wildcard, refuse
from vtl.source import Source, Span

if TYPE_CHECKING:
    from vtl.jsonpath.paths import Path

Linker = Callable[[Source, Sequence[Step | None], bool, bool], "Path"]
"""Makes a path of steps; a filter's own paths are made with it."""

_NAME = re.compile(r"[^.\[( ]*")
_STAR = re.compile(r"\[ *\* *\]")
_NUMBERS = re.compile(r"\[ *([-:0-9][-:0-9, ]*)\s?\]")
_COMMA = re.compile(r"\s*,\s*")
_FILTER = re.compile(r"\[ *\? *\(")
_FUNCTIONS = frozenset(["length", "size"])
_MAX_INT = 2**31


class PathParser:
    """Reads one path."""

    def __init__(self, source: Source, link: Linker, start: int = 0, end: int | None = None, depth: int = 0):
        self.source = source
        self.link = link
        self.start = start
        self.text = source.text[:end].rstrip(" ")
        self.position = start
        self.depth = depth
        self.steps: list[Step | None] = []

    def parse(self) -> tuple[list[Step | None], bool]:
        """The steps, with None for `..`, and whether the path starts at `$`. InvalidPath where Jayway refuses."""
        text = self.text
        if len(text) <= self.start:
            self._fail("a path must not be empty", self.start)
        if text.endswith("."):
            self._fail("a path must not end with '.'", len(text) - 1)
        from_root = text[self.start] != "@"
        if text[self.start] in "$@":
            self.position += 1
            if self.position < len(text) and text[self.position] not in ".[":
                self._fail(f"expected '.' or '[' after {text[self.start]!r}")
        else:
            self._undotted()
        while self.position < len(text) - self._stray():
            self._step()
        return self.steps, from_root

    def _stray(self) -> int:
        """How many last characters do not count: one behind a step, none behind the root or a function."""
        return 1 if self.steps and not isinstance(self.steps[-1], Length) else 0

    def _undotted(self) -> None:
        """The first step of a path that starts without `$`; a point before it makes it a deep scan."""
        if self._at("."):
            self.steps.append(None)
            self.position += 1
        self._bare_step()

    def _step(self) -> None:
        """One step with the points before it."""
        if self._at("."):
            if self._at(".."):
                self.steps.append(None)
                self.position += 1
            self.position += 1
        self._bare_step()

    def _bare_step(self) -> None:
        """A step as it stands behind its points."""
        if self._at("."):
            self._fail("'.' is not valid here")
        if self._at("["):
            self._bracket()
        elif self._at("*"):
            self.steps.append(Wildcard(Span(self.position, self.position + 1)))
            self.position += 1
        else:
            self._name()

    def _name(self) -> None:
        """A name, or a function when a parenthesis follows."""
        start = self.position
        match = _NAME.match(self.text, start)
        assert match is not None
        self.position = end = match.end()
        if self._at(" "):
            self._fail("a name with blanks must stand in brackets: ['a name']")
        if self._at("("):
            self._function(match.group(), start)
        elif start == end:
            self._fail("expected a name")
        else:
            self.steps.append(Name(Span(start, end), match.group()))

    def _function(self, name: str, start: int) -> None:
        end = closing_bracket(self.text, self.position, "(", ")")
        if end < 0:
            self._fail(f"the arguments of {name}( have no end")
        span = Span(start, end + 1)
        if name not in _FUNCTIONS or self.text[self.position + 1 : end].strip(" ") or None in self.steps:
            known = ", ".join(f"{function}()" for function in sorted(_FUNCTIONS))
            refuse(self.source, span, f"the function {name}() is not supported here", f"supported on a definite path: {known}")
        self.steps.append(Length(span))
        self.position = end + 1

    def _bracket(self) -> None:
        """What stands in brackets: names, indexes, a slice, a star or a filter."""
        start = self.position
        content = self.text[start + 1 :].lstrip(" ")[:1]
        if content in ("'", '"'):
            self._quoted_names(content)
        elif (match := _NUMBERS.match(self.text, start)) is not None:
            self._numbers(match)
        elif (match := _STAR.match(self.text, start)) is not None:
            self.steps.append(Wildcard(Span(start, match.end())))
            self.position = match.end()
        elif (match := _FILTER.match(self.text, start)) is not None:
            self._filter(match.end())
        else:
            end = self.text.find("]", start)
            span = Span(start, end + 1 if end >= 0 else len(self.text))
            hint = f"a name in brackets needs quotes: ['{self.text[start + 1 : end]}']" if end > start + 1 else None
            refuse(self.source, span, "expected a quoted name, a number, '*' or '?(' in brackets", hint)

    def _quoted_names(self, quote: str) -> None:
        start, names = self.position, []
        pattern = re.compile(rf" *{quote}((?:[^{quote}\\]|\\.)*){quote} *([,\]])", re.DOTALL)
        self.position += 1
        while True:
            match = pattern.match(self.text, self.position)
            if match is None:
                self._fail(f"expected a name in {quote}{quote}, then ',' or ']'")
            names.append(join_escapes(match.group(1)))
            self.position = match.end()
            if match.group(2) == "]":
                break
        span = Span(start, self.position)
        self.steps.append(Name(span, names[0]) if len(names) == 1 else EachName(span, tuple(names)))

    def _numbers(self, match: re.Match[str]) -> None:
        """Indexes with commas between them, or a slice."""
        content = match.group(1).strip()
        span = Span(*match.span())
        try:
            if ":" in content:
                parts = content.split(":")
                start, end = (_integer(part) if part else None for part in parts[:2])
                if (start is None and end is None) or re.search(r"[^-:0-9]", content):
                    raise ValueError
                self.steps.append(Slice(span, start, end))
            else:
                self.steps.append(Indexes(span, tuple(_integer(part) for part in _COMMA.split(content))))
        except ValueError:
            refuse(self.source, span, "this is neither an index nor a slice")
        self.position = match.end()

    def _filter(self, start: int) -> None:
        """A filter whose content starts at `start`, behind the parenthesis."""
        opening = self.position
        end = closing_bracket(self.text, start - 1, "(", ")")
        rest = re.compile(r" *\]").match(self.text, end + 1) if end >= 0 else None
        if rest is None:
            refuse(self.source, Span(opening, len(self.text)), "the filter has no end", "a filter ends with ')]'")
        predicate = FilterParser(self.source, self.subpath, start, end, self.depth + 1).parse()
        self.steps.append(Filter(Span(opening, rest.end()), predicate))
        self.position = rest.end()

    def subpath(self, start: int, end: int, required: bool) -> Path:
        """The path between two offsets, which stands in a filter."""
        steps, from_root = PathParser(self.source, self.link, start, end, self.depth + 1).parse()
        return self.link(self.source, steps, from_root, required)

    def _at(self, mark: str) -> bool:
        return self.text.startswith(mark, self.position)

    def _fail(self, message: str, position: int | None = None) -> NoReturn:
        start = self.position if position is None else position
        refuse(self.source, Span(start, start + 1), message)


def _integer(text: str) -> int:
    """A Java int; ValueError for what is none."""
    value = int(text) if len(text) < 20 else _MAX_INT
    if not -_MAX_INT <= value < _MAX_INT:
        raise ValueError(text)
    return value
