"""`scan_arguments`: the arguments of a function in a path, as JSON texts and as paths.

Jayway cuts them character by character, and so does this module. An argument that begins with neither `$` nor `@`, a quote, a
brace, a digit or a minus is dropped (the `)` of a `()` in it goes to the next one), a comma in quotes vanishes, a quote behind a
backslash opens one more, brackets count in quotes as well, and the parenthesis that closes an inner function ends the argument
(without it, unless the function has no arguments) or counts twice.
"""

from __future__ import annotations

from vtl.jsonpath.cursor import Cursor

_BLANKS = " \t\n\r"
_CLOSED_BY = {")": "(", "}": "{", "]": "["}


class _Arguments:
    """Where the cutting stands: what is open, and the argument that is being read."""

    def __init__(self, cursor: Cursor):
        self.cursor = cursor
        self.strict = cursor.dialect.strict_calls
        self.opened = {"(": 1, "{": 0, "[": 0}
        self.quotes = 0
        self.prior = ""
        self.count = 0
        self.kind = ""
        self.start = 0
        self.characters: list[str] = []

    def take(self, character: str, position: int) -> bool:
        """Reads one character; true when it ends the last argument."""
        if not self.kind:
            if character in _BLANKS:
                return False
            self._begin(character, position)
        if character == '"':
            self.quotes += -1 if self.prior != "\\" and self.quotes > 0 else 1
        elif character in self.opened:
            self.opened[character] += 1
        elif character in _CLOSED_BY:
            self._close(character, position)
        depth = self.opened["("]
        ends = depth == 0 and character == ")"
        if character == ")" and (self.prior == "(" or depth < 0 if self.strict else depth):
            self.characters.append(")")
        is_flat = not self.opened["{"] and not self.opened["["]
        if character in ",)" and (ends or depth == 1) and is_flat and not self.quotes:
            self._finish(position)
            if ends:
                return True
        elif self.kind and not (character == "," and depth == 1 and is_flat):
            self.characters.append(character)
        self.prior = character
        return False

    def _begin(self, character: str, position: int) -> None:
        if character.isdecimal() or character in '{"' or (character == "-" and self.strict):
            self.kind = "json"
        elif character in "$@":
            self.kind = "path"
        self.start = position

    def _close(self, character: str, position: int) -> None:
        opening = _CLOSED_BY[character]
        if opening != "(" and not self.opened[opening]:
            self.cursor.fail(f"{character!r} closes nothing", position)
        self.opened[opening] -= 1

    def _finish(self, position: int) -> None:
        """An argument ends before `position`, if one has begun."""
        if self.kind:
            if self.count:
                self.cursor.add("COMMA", self.start, self.start)
            self.count += 1
            kind = "JSON_ARGUMENT" if self.kind == "json" else "PATH_ARGUMENT"
            text = "".join(self.characters)
            self.cursor.add(kind, self.start, position, (text, self.cursor.depth))
            self.kind = ""
            self.characters = []


def scan_arguments(cursor: Cursor, name: str) -> int:
    """Append the tokens of the arguments, which begin at the cursor, and END_ARGUMENTS; gives where the path goes on."""
    arguments = _Arguments(cursor)
    text, start, position, ended = cursor.text, cursor.position, cursor.position, False
    while position < cursor.end and not ended:
        ended = arguments.take(text[position], position)
        position += 1
    if not ended and any(arguments.opened.values()):
        cursor.fail(f"the arguments of {name}( have no end", start, hint="a ')' is missing, or a bracket or quote is not closed")
    cursor.add("END_ARGUMENTS", position - 1, position)
    return position
