"""What the parsers of paths and of filters share: the end of brackets, and escapes in quoted text."""

from __future__ import annotations

_ESCAPES = {"r": "\r", "f": "\f", "t": "\t", "n": "\n", "b": "\b"}


def closing_bracket(text: str, opening: int, left: str, right: str) -> int:
    """Where the bracket that opens at `opening` closes, -1 if nowhere; quoted text and regular expressions are skipped."""
    depth = 0
    position = opening
    while position < len(text):
        character = text[position]
        if character in "'\"" or (character == "/" and text[:position].rstrip(" ").endswith("~")):
            position = _closing_quote(text, position)
            if position < 0:
                return -1
        elif character == left:
            depth += 1
        elif character == right:
            depth -= 1
            if not depth:
                return position
        position += 1
    return -1


def _closing_quote(text: str, opening: int) -> int:
    position = opening + 1
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] == text[opening]:
            return position
        position += 1
    return -1


def join_escapes(text: str) -> str:
    """Quoted text with its escapes resolved: `\\n` and its like, `\\uXXXX`, and any other character for itself."""
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
            digits = text[position : position + 4]
            if character == "u" and len(digits) == 4 and all(digit in "0123456789abcdefABCDEF" for digit in digits):
                character = chr(int(digits, 16))
                position += 4
            else:
                character = _ESCAPES.get(character, character)
        parts.append(character)
    return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
