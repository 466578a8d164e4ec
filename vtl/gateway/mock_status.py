"""`mock_status`: the statusCode in the document that the request template of a MOCK integration renders.

AWS reads it with a lenient parser of its own: names without quotes or with single ones, commas too many, `null: null` and stray
closing braces in names are taken; quotes that do not match, missing braces and a brace that opens a name are not. The status must
be a whole number. Recorded; see "Mock integrations for REST APIs in API Gateway".
"""

from __future__ import annotations

import json
import re

from vtl.mapping.failures import internal_error

_BLANK = " \t\r\n"
_NUMBER = re.compile(r"[+-]?\d{1,18}$")
_MOST_DEPTH = 100


def mock_status(text: str) -> int:
    """The status. GatewayFailure, 500, when the document cannot be read or has no whole number for one."""
    try:
        strict = json.loads(text)
        if type(strict["statusCode"]) is int:
            return int(strict["statusCode"])
    except (ValueError, TypeError, LookupError, RecursionError):
        pass
    members = _Reader(text).document()
    status = members.get("statusCode")
    if status is None or not _NUMBER.match(status):
        raise internal_error("the request template of a MOCK integration has to render a statusCode that is a whole number")
    return int(status)


class _Reader:
    """Reads one object; values that are objects or lists are skipped."""

    def __init__(self, text: str):
        self.text = text
        self.at = 0
        self.end = len(text.rstrip(_BLANK)) - 1

    def document(self) -> dict[str, str]:
        """The scalars of the object by name, texts with their quotes."""
        self._expect("{")
        members: dict[str, str] = {}
        while True:
            self._skip(_BLANK + ",")
            if self._peek() == "}" and self.at == self.end:
                return members
            name = self._name()
            self._skip(_BLANK)
            self._expect(":")
            self._skip(_BLANK)
            members[name] = self._value(0)
            self._skip(_BLANK)
            if self._peek() not in ",}":
                raise self._refused()

    def _name(self) -> str:
        quote = self._peek()
        if quote in "\"'":
            return self._quoted()[1:-1]
        if quote == "{":
            raise self._refused()
        start = self.at
        while self._peek() not in ":,":
            self.at += 1
        return self.text[start : self.at].strip(_BLANK)

    def _value(self, depth: int) -> str:
        start = self.at
        first = self._peek()
        if first in "\"'":
            return self._quoted()
        if first in "{[":
            self._nested(depth)
            return self.text[start : self.at]
        while self._peek() not in ",}":
            if self._peek() in "\"'{[]":
                raise self._refused()
            self.at += 1
        return self.text[start : self.at].strip(_BLANK)

    def _nested(self, depth: int) -> None:
        """Over an object or a list, to behind its end."""
        open_ones: list[str] = []
        while True:
            character = self._peek()
            if character in "\"'":
                self._quoted()
                continue
            if character in "{[":
                open_ones.append("}" if character == "{" else "]")
                if len(open_ones) > _MOST_DEPTH:
                    raise self._refused()
            elif character in "}]" and open_ones.pop() != character:
                raise self._refused()
            self.at += 1
            if not open_ones:
                return

    def _quoted(self) -> str:
        start, quote = self.at, self.text[self.at]
        self.at += 1
        while self._peek() != quote:
            self.at += 2 if self._peek() == "\\" else 1
        self.at += 1
        return self.text[start : self.at]

    def _skip(self, characters: str) -> None:
        while self.at < len(self.text) and self.text[self.at] in characters:
            self.at += 1

    def _expect(self, character: str) -> None:
        self._skip(_BLANK)
        if self._peek() != character:
            raise self._refused()
        self.at += 1

    def _peek(self) -> str:
        if self.at >= len(self.text):
            raise self._refused()
        return self.text[self.at]

    def _refused(self) -> Exception:
        return internal_error(f"the MOCK integration's document cannot be read at offset {self.at}")
