"""Line ends, anchors and word boundaries of java.util.regex, in the notation of the `regex` package."""

from __future__ import annotations

from vtl.values.pattern_reader import DOTALL, MULTILINE, UNICODE_CLASSES, UNIX_LINES, Reader

LINE_END = r"(?:\r\n|[\n-\r\x85\u2028\u2029])"
_END_OF_TEXT = r"(?:\Z|(?=[\r\x85\u2028\u2029]\Z)|(?=\r\n\Z)|(?<!\r)(?=\n\Z))"
_END_OF_LINE = r"(?:\Z|(?=[\r\x85\u2028\u2029])|(?<!\r)(?=\n))"
_START_OF_LINE = r"(?!\Z)(?:\A|(?<=[\n\x85\u2028\u2029])|(?<=\r)(?!\n))"
_WORD = r"[\p{L}\p{Nd}_]"
_UNICODE_WORD = r"[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]"


def dot(reader: Reader) -> str:
    """`.`: anything but Java's line ends, or `\\n` alone in `(?d)`; anything at all in `(?s)`."""
    if reader.has(DOTALL):
        return "."
    return r"[^\n]" if reader.has(UNIX_LINES) else r"[^\n\r\x85\u2028\u2029]"


def caret(reader: Reader) -> str:
    """`^`; in `(?m)` it stands after line ends too, but never at the end of the text."""
    if not reader.has(MULTILINE):
        return r"\A"
    return r"(?!\Z)(?:\A|(?<=\n))" if reader.has(UNIX_LINES) else _START_OF_LINE


def dollar(reader: Reader) -> str:
    """`$`: before a line end at the end of the text, in `(?m)` before any."""
    if not reader.has(MULTILINE):
        return end_of_text(reader)
    return r"(?=\n|\Z)" if reader.has(UNIX_LINES) else _END_OF_LINE


def end_of_text(reader: Reader) -> str:
    """`\\Z`."""
    return r"(?=\n?\Z)" if reader.has(UNIX_LINES) else _END_OF_TEXT


def boundary(letter: str, reader: Reader) -> str:
    """`\\b` as JDKs before 19 have it: letters and digits of all scripts, and marks that stand on one of them."""
    word = _UNICODE_WORD if reader.has(UNICODE_CLASSES) else _WORD
    left = rf"(?:(?<={word})|(?<=[\p{{L}}\p{{Nd}}]\p{{Mn}}+))"
    right = rf"(?:(?={word})|(?<=[\p{{L}}\p{{Nd}}]\p{{Mn}}*)(?=\p{{Mn}}))"
    if letter == "b":
        return rf"(?:{left}(?!{right})|(?!{left}){right})"
    return rf"(?:{left}{right}|(?!{left})(?!{right}))"
