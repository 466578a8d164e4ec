"""`PathScanner`: the text of a path to tokens, with Jayway's leniencies.

A path may leave out its `$`. Names run up to `.`, `[`, `(` or a blank and may hold anything else. One last character behind a
complete step is read over. Blanks may stand inside brackets, and behind the path.
"""

from __future__ import annotations

import re

from vtl.jsonpath.arguments import scan_arguments
from vtl.jsonpath.bracket_scanner import BracketScanner
from vtl.jsonpath.cursor import Cursor

_NAME = re.compile(r"[^.\[( ]*")


class PathScanner(Cursor):
    """Reads one path."""

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
            self.add("ROOT", self.position, self.position, "$")
            if self.at("."):
                self.emit("SCAN", 1)
            self._step()
            self._steps()

    def scan_rooted(self) -> None:
        """The tokens of a path that starts with `$` or `@`."""
        self.emit("ROOT", 1, self.text[self.position])
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
            self.emit("STRAY", 1)

    def _dots(self) -> None:
        if not self.at("."):
            return
        if self.at(".."):
            self.emit("SCAN", 2)
        else:
            self.emit("DOT", 1)
        if self.position >= self.end:
            self.fail("a path must not end with '.'", self.end - 1)
        if self.at("."):
            self.fail("'.' is not valid here", hint="a deep scan is written with two points: ..")

    def _step(self) -> None:
        if self.at("["):
            BracketScanner(self).scan()
        elif self.at("*"):
            self.emit("STAR", 1)
        else:
            self._name()

    def _name(self) -> None:
        """A name, or a function when a parenthesis follows."""
        start = self.position
        match = _NAME.match(self.text, start, self.end)
        assert match is not None
        end = match.end()
        if end < self.end and self.text[end] == " ":
            self.fail("a name with blanks must stand in brackets", end, hint="['first name']")
        if end < self.end and self.text[end] == "(":
            self._function(match.group(), start, end)
        elif start == end:
            self.fail("expected a name")
        else:
            self.emit("NAME", end - start, match.group())

    def _function(self, name: str, start: int, opening: int) -> None:
        """A function, and where the path goes on behind it.

        Jayway 2.9 asks that it is closed, and reads the `)` of one without arguments as the beginning of what follows. 2.4 looks
        one character too far for that `)`: it drops an argument of one character, and lets a path end with `name(`.
        """
        strict = self.dialect.strict_calls
        self.depth += 1
        self.check_depth(self.depth, start)
        if strict and not self._closes(opening):
            self.fail(f"the arguments of {name}( have no end", start, opening + 1, hint="a ')' is missing")
        decisive = opening + 1 if strict else opening + 2
        if self.character(decisive) in (")", ""):
            behind = decisive + 1 if decisive + 1 >= self.end else decisive
            self.emit("BARE_FUNCTION", min(behind, self.end) - start, name)
            return
        self.emit("FUNCTION", opening + 1 - start, name)
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
