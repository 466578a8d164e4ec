"""A command line as a POSIX shell splits it into words, with the `$'...'` quoting of bash in which browsers copy requests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vtl.errors import InputError
from vtl.source import Span

_BLANK = re.compile(r"(?:[ \t]|\\\r?\n)+")
_PLAIN = re.compile(r"[^\s\\'\"$|;&<>]+")
_OPERATORS = "|;&<>\r\n"
_ANSI_C = re.compile(r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c(.)|(.))", re.DOTALL)
_LETTERS = {"a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def split_command(text: str, start: int = 0) -> list[str]:
    """The words of the command that stands at `start`; a pipe, a redirection, `;`, `&` or a line end without `\\` ends it.

    Variables and command substitutions are left as they stand. InputError for a quote that is not closed.
    """
    return list(_words(text, start))


def _words(text: str, position: int) -> Iterator[str]:
    while position < len(text):
        if blank := _BLANK.match(text, position):
            position = blank.end()
        elif text[position] in _OPERATORS:
            return
        else:
            word, position = _word(text, position)
            yield word


def _word(text: str, position: int) -> tuple[str, int]:
    pieces = []
    while position < len(text):
        character = text[position]
        if plain := _PLAIN.match(text, position):
            pieces.append(plain[0])
            position = plain.end()
        elif text.startswith("$'", position):
            piece, position = _ansi_c_quoted(text, position)
            pieces.append(piece)
        elif character == "'":
            end = _closing(text, position, text.find("'", position + 1))
            pieces.append(text[position + 1 : end])
            position = end + 1
        elif character == '"' or text.startswith('$"', position):
            piece, position = _double_quoted(text, position + (character == "$"))
            pieces.append(piece)
        elif character == "\\" and not _BLANK.match(text, position):
            pieces.append(text[position + 1 : position + 2])
            position += 2
        elif character == "\\":
            # A line that goes on inside a word.
            position += 2 + (text[position + 1] == "\r")
        elif character == "$":
            pieces.append("$")
            position += 1
        else:
            break
    return "".join(pieces), position


def _closing(text: str, start: int, end: int) -> int:
    if end < 0:
        raise InputError("a quote is not closed", span=Span(start, start + 1))
    return end


def _double_quoted(text: str, start: int) -> tuple[str, int]:
    pieces = []
    position = start + 1
    while position < len(text) and text[position] != '"':
        following = text[position + 1 : position + 2]
        if text[position] == "\\" and following and following in '"\\$`\n':
            pieces.append("" if following == "\n" else following)
            position += 2
        else:
            pieces.append(text[position])
            position += 1
    return "".join(pieces), _closing(text, start, position if position < len(text) else -1) + 1


def _ansi_c_quoted(text: str, start: int) -> tuple[str, int]:
    position = start + 2
    while position < len(text) and text[position] != "'":
        position += 1 + (text[position] == "\\")
    end = _closing(text, start, position if position < len(text) else -1)
    replaced = _ANSI_C.sub(_ansi_c_character, text[start + 2 : end])
    # A character beyond the basic plane stands as two \\u halves, as JavaScript has it.
    return replaced.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), end + 1


def _ansi_c_character(found: re.Match[str]) -> str:
    hexadecimal = found[1] or found[2] or found[3]
    if hexadecimal:
        code = int(hexadecimal, 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"
    if found[4]:
        return chr(int(found[4], 8) & 0xFF)
    if found[5]:
        return chr(ord(found[5]) & 0x1F)
    letter = found[6]
    return _LETTERS.get(letter, letter if letter in "\\'\"?" else f"\\{letter}")
