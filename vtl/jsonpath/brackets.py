"""Where brackets and quotes close, and what escapes mean: what the scanners of paths and of filters share.

All functions look at `text` up to an end that is given, because a path inside a filter is read as if it stood alone.
"""

from __future__ import annotations

_ESCAPES = {"r": "\r", "f": "\f", "t": "\t", "n": "\n", "b": "\b"}
_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")


def skip_blanks(text: str, position: int, end: int) -> int:
    """The first position from `position` on that holds no blank; `end` if there is none."""
    while position < end and text[position] == " ":
        position += 1
    return position


def closing_quote(text: str, opening: int, end: int) -> int:
    """Where the quote (or slash) at `opening` is closed by an unescaped one of its kind; -1 if nowhere."""
    position = opening + 1
    while position < end:
        if text[position] == "\\":
            position += 1
        elif text[position] == text[opening]:
            return position
        position += 1
    return -1


def closing_bracket(text: str, opening: int, end: int, patterns: bool = False) -> int:
    """Where the bracket at `opening` closes, -1 if nowhere.

    Quoted texts are skipped, and with `patterns` what stands between slashes too, one after the other at each place: of two
    quoted texts that touch, the second is not seen as one.
    """
    left = text[opening]
    right = {"(": ")", "[": "]", "{": "}"}[left]
    depth = 1
    position = opening + 1
    while position < end:
        if text[position] in "'\"":
            position = closing_quote(text, position, end) + 1
            if not 0 < position < end:
                return -1
        if patterns and text[position] == "/":
            position = closing_quote(text, position, end) + 1
            if not 0 < position < end:
                return -1
        if text[position] == left:
            depth += 1
        elif text[position] == right:
            depth -= 1
            if not depth:
                return position
        position += 1
    return -1


def join_escapes(text: str) -> str:
    """Quoted text with its escapes resolved: `\\n` and its like, `\\uXXXX`, and any other character for itself.

    Fewer than four digits at the end of the text vanish with their `\\u`. ValueError for four characters that are no digits.
    """
    if "\\" not in text:
        return text
    parts: list[str] = []
    position = 0
    while position < len(text):
        character = text[position]
        position += 1
        if character == "\\" and position < len(text):
            character = text[position]
            position += 1
            if character == "u":
                digits = text[position : position + 4]
                position += 4
                character = _unit(digits) if len(digits) == 4 else ""
            else:
                character = _ESCAPES.get(character, character)
        parts.append(character)
    return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _unit(digits: str) -> str:
    if not _HEXADECIMAL.issuperset(digits):
        raise ValueError(digits)
    return chr(int(digits, 16))
