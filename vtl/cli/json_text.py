"""Strict JSON (RFC 8259) as text: where a text stops being JSON, and the same JSON with line ends and indents."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import NoReturn

_BLANKS = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![0-9A-Za-z.+-])")
_WORD = re.compile(r"(?:true|false|null)(?![0-9A-Za-z_])")
_SCALAR = re.compile(f"{_STRING.pattern}|{_NUMBER.pattern}|{_WORD.pattern}")
_STRING_PART = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*')
_CLOSERS = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place at which a text is not what it should be."""

    offset: int
    problem: str


class _Stop(Exception):
    def __init__(self, offset: int, problem: str):
        super().__init__(problem)
        self.fault = Fault(offset, problem)


def json_fault(text: str) -> Fault | None:
    """The first place at which the text is not JSON, or None when it is JSON. Never recursive, so depth is no matter."""
    if _is_json(text):
        return None
    try:
        _scan(text)
    except _Stop as stop:
        return stop.fault
    return None


def _is_json(text: str) -> bool:
    """The quick answer of the standard library; False also for what it does not decide (deep nesting, words such as NaN)."""
    try:
        json.loads(text, parse_int=len, parse_float=len, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)


def _scan(text: str) -> None:
    position, opened = _skip(text, 0), []
    if position == len(text):
        raise _Stop(position, "there is nothing")
    while True:
        if text[position : position + 1] in _CLOSERS and text[position : position + 1]:
            opened.append(text[position])
            position = _skip(text, position + 1)
            if text.startswith(_CLOSERS[opened[-1]], position):
                position = _close(text, position, opened)
            else:
                position = _member(text, position, opened[-1])
                continue
        else:
            position = _scalar(text, position)
        position = _after_value(text, _skip(text, position), opened)
        if position < 0:
            return


def _after_value(text: str, position: int, opened: list[str]) -> int:
    """Past the commas and brackets that follow a value: where the next value starts, or -1 at the end of the document."""
    while opened:
        closer = _CLOSERS[opened[-1]]
        if text.startswith(",", position):
            after = _skip(text, position + 1)
            if text.startswith(closer, after):
                raise _Stop(position, f"a comma before `{closer}`")
            return _member(text, after, opened[-1])
        if not text.startswith(closer, position):
            if position == len(text):
                raise _Stop(position, f"`{closer}` is missing at the end")
            raise _Stop(position, f"a comma or `{closer}` is missing")
        position = _skip(text, _close(text, position, opened))
    if position < len(text):
        raise _Stop(position, "there is more after the end of the JSON")
    return -1


def _close(_text: str, position: int, opened: list[str]) -> int:
    opened.pop()
    return position + 1


def _member(text: str, position: int, opener: str) -> int:
    """Past the name and colon of a member of an object; in an array there is nothing to pass."""
    if opener == "[":
        return position
    name = _STRING.match(text, position)
    if not name:
        if text.startswith('"', position):
            _broken_string(text, position)
        if position == len(text):
            raise _Stop(position, "`}` is missing at the end")
        raise _Stop(position, "a name in double quotes is missing")
    colon = _skip(text, name.end())
    if not text.startswith(":", colon):
        raise _Stop(colon, "a colon is missing")
    return _skip(text, colon + 1)


def _scalar(text: str, position: int) -> int:
    if found := _SCALAR.match(text, position):
        return found.end()
    if text.startswith('"', position):
        _broken_string(text, position)
    if position == len(text) or text[position] in ",]}":
        raise _Stop(position, "a value is missing")
    raise _Stop(position, "this is no JSON value (a text needs double quotes)")


def _broken_string(text: str, position: int) -> NoReturn:
    part = _STRING_PART.match(text, position)
    end = part.end() if part else position
    if end == len(text):
        raise _Stop(position, "the text that starts here has no closing quote")
    if text[end] == "\\":
        raise _Stop(end, f"JSON has no escape `{text[end : end + 2]}`")
    raise _Stop(end, f"a line end or control character (U+{ord(text[end]):04X}) inside a text")


def _skip(text: str, position: int) -> int:
    found = _BLANKS.match(text, position)
    return found.end() if found else position


_TOKEN = re.compile(f'{_STRING.pattern}|[^\\s,:{{}}\\[\\]"]+|[,:{{}}\\[\\]]')


def indent_json(text: str) -> str:
    """The same JSON with one member a line; names, numbers and texts keep their spelling. The text must be JSON."""
    pieces: list[str] = []
    depth, before = 0, ""
    for token in _TOKEN.findall(text):
        if token in "}]":
            depth -= 1
            pieces.append("" if before in "{[" and before else "\n" + "  " * depth)
        elif before in ("{", "[", ","):
            pieces.append("\n" + "  " * depth)
        pieces.append(": " if token == ":" else token)
        depth += token in "{["
        before = token
    return "".join(pieces)
