"""java.lang.String: what makes new text, characters or bytes from a string, or a string from other values.

See `strings` for the conventions. Left out: `chars`, `codePoints` and `lines` (streams), `describeConstable` (an Optional),
`transform` and `resolveConstantDesc` (their arguments cannot exist in a template).
"""

from __future__ import annotations

from collections.abc import Iterable

from vtl.errors import JavaError
from vtl.values import doubles
from vtl.values.call import Call
from vtl.values.casing import WHITESPACE
from vtl.values.failures import (
    check_length,
    class_cast,
    illegal_argument,
    null_argument,
    null_pointer,
    string_index,
)
from vtl.values.kinds import Byte, Char, JavaArray, JavaObject, java_class
from vtl.values.text import to_text
from vtl.values.utf16 import merged, units

_CONTROLS_AND_BLANK = "".join(map(chr, range(0x21)))
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "s": " ", "t": "\t", "'": "'", '"': '"', "\\": "\\", "\n": "", "\r": ""}
_OCTAL = "01234567"

# Java's charsets by their lower-case names: Python's codec and the bytes that stand for what it cannot write.
_CHARSETS: dict[str, tuple[str, bytes]] = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), ("utf-8", b"?")),
    **dict.fromkeys(("us-ascii", "ascii", "ascii7", "iso646-us", "646", "cp367", "ansi_x3.4-1968"), ("ascii", b"?")),
    **dict.fromkeys(("iso-8859-1", "iso8859_1", "iso8859-1", "latin1", "l1", "cp819", "8859_1"), ("latin-1", b"?")),
    **dict.fromkeys(("utf-16", "utf16", "utf_16", "unicode", "unicodebig"), ("utf-16-be", b"\xff\xfd")),
    **dict.fromkeys(("utf-16be", "utf_16be", "x-utf-16be", "unicodebigunmarked", "iso-10646-ucs-2"), ("utf-16-be", b"\xff\xfd")),
    **dict.fromkeys(("utf-16le", "utf_16le", "x-utf-16le", "unicodelittleunmarked"), ("utf-16-le", b"\xfd\xff")),
    **dict.fromkeys(("utf-32", "utf32", "utf_32", "utf-32be", "utf_32be"), ("utf-32-be", b"\x00\x00\xff\xfd")),
    **dict.fromkeys(("windows-1252", "cp1252"), ("cp1252", b"?")),
    **dict.fromkeys(("iso-8859-15", "iso8859_15", "latin9"), ("iso8859-15", b"?")),
}
_MARKED = frozenset(("utf-16", "utf16", "utf_16", "unicode", "unicodebig"))


def array_of_chars(text: str) -> JavaArray:
    """A char[] of the units of `text`."""
    return JavaArray(map(Char, units(text)), "char")


def array_of_strings(parts: Iterable[str]) -> JavaArray:
    """A String[]."""
    return JavaArray(parts, "java.lang.String")


def to_lower(call: Call, self: str) -> str:
    """String.toLowerCase in a locale without rules of its own."""
    return self.lower()


def to_upper(call: Call, self: str) -> str:
    """String.toUpperCase in a locale without rules of its own."""
    result = self.upper()
    check_length(call.limits, len(result))
    return result


def null_locale(call: Call, self: str, locale: object) -> str:
    """The overloads with a Locale: no template has one, so the argument is null."""
    raise null_pointer()


def trim(call: Call, self: str) -> str:
    """String.trim: everything up to the blank goes, at both ends."""
    return self.strip(_CONTROLS_AND_BLANK)


def strip(call: Call, self: str) -> str:
    """String.strip: Unicode's white space goes, at both ends."""
    return self.strip(WHITESPACE)


def strip_leading(call: Call, self: str) -> str:
    """String.stripLeading."""
    return self.lstrip(WHITESPACE)


def strip_trailing(call: Call, self: str) -> str:
    """String.stripTrailing."""
    return self.rstrip(WHITESPACE)


def is_blank(call: Call, self: str) -> bool:
    """String.isBlank."""
    return not self.strip(WHITESPACE)


def repeat(call: Call, self: str, count: int) -> str:
    """String.repeat."""
    if count < 0:
        raise illegal_argument(f"count is negative: {count}")
    check_length(call.limits, len(self) * count)
    return merged(self * count)


def split_lines(text: str) -> list[str]:
    """The lines of `text` as String.lines gives them; a line end at the end opens no further line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def indent(call: Call, self: str, count: int) -> str:
    """String.indent: each line gets, or loses, up to `count` blanks, and ends with a line feed."""
    lines = split_lines(self)
    if count > 0:
        check_length(call.limits, len(self) + len(lines) * (count + 1))
        lines = [" " * count + line for line in lines]
    elif count < 0:
        lines = [line[min(-count, len(line) - len(line.lstrip(WHITESPACE))) :] for line in lines]
    return "".join([line + "\n" for line in lines])


def strip_indent(call: Call, self: str) -> str:
    """String.stripIndent: the blanks that all lines share go, as in a Java text block."""
    if not self:
        return ""
    lines = split_lines(self)
    ended = self[-1] in "\r\n"
    shared = 0
    if not ended:
        widths = [len(line) - len(line.lstrip(WHITESPACE)) for line in lines if line.strip(WHITESPACE)]
        if lines and not lines[-1].strip(WHITESPACE):
            widths.append(len(lines[-1]))
        shared = min(widths, default=0)
    cut = [line.rstrip(WHITESPACE)[min(shared, len(line) - len(line.lstrip(WHITESPACE))) :] for line in lines]
    return "\n".join(cut) + ("\n" if ended else "")


def translate_escapes(call: Call, self: str) -> str:
    """String.translateEscapes: backslash escapes as in a Java string literal, without \\u."""
    if "\\" not in self:
        return self
    out: list[str] = []
    position = 0
    while position < len(self):
        character = self[position]
        position += 1
        if character == "\\":
            text, position = _escape(self, position)
            out.append(text)
        else:
            out.append(character)
    return "".join(out)


def _escape(text: str, position: int) -> tuple[str, int]:
    """The meaning of the escape whose letter is at `position`, and where it ends."""
    letter = text[position : position + 1]
    if letter and letter in _OCTAL:
        end = position + 1
        longest = position + (3 if letter <= "3" else 2)
        while end < min(longest, len(text)) and text[end] in _OCTAL:
            end += 1
        return chr(int(text[position:end], 8)), end
    if letter not in _ESCAPES or not letter:
        unit = units(letter or "\0")[0]
        raise illegal_argument(f"Invalid escape sequence: \\{unit} \\\\u{ord(unit):04X}")
    position += 1
    if letter == "\r" and text[position : position + 1] == "\n":
        position += 1
    return _ESCAPES[letter], position


def to_char_array(call: Call, self: str) -> JavaArray:
    """String.toCharArray."""
    return array_of_chars(self)


def get_chars(call: Call, self: str, begin: int, end: int, target: JavaArray | None, start: int) -> str:
    """String.getChars(int, int, char[], int), a void method."""
    text = units(self)
    _check_copy(begin, end, len(text), target, start)
    if target is not None:
        target[start : start + end - begin] = [Char(unit) for unit in text[begin:end]]
    return ""


def get_low_bytes(call: Call, self: str, begin: int, end: int, target: JavaArray | None, start: int) -> str:
    """String.getBytes(int, int, byte[], int), a void method from Java 1.0: the low byte of each unit."""
    text = units(self)
    if target is None and 0 <= begin <= end <= len(text):
        raise null_pointer()
    _check_copy(begin, end, len(text), target, start)
    if target is not None:
        target[start : start + end - begin] = [_byte(ord(unit) & 0xFF) for unit in text[begin:end]]
    return ""


def _check_copy(begin: int, end: int, size: int, target: JavaArray | None, start: int) -> None:
    if not 0 <= begin <= end <= size:
        raise string_index(f"begin {begin}, end {end}, length {size}")
    if target is None:
        raise null_pointer('Cannot read the array length because "dst" is null')
    if start < 0 or start > len(target) - (end - begin):
        raise string_index(f"offset {start}, count {end - begin}, length {len(target)}")


def _byte(value: int) -> Byte:
    return Byte(value - 256 if value > 127 else value)


def get_bytes(call: Call, self: str, charset: str | None = "UTF-8") -> JavaArray:
    """String.getBytes, in UTF-8 when no charset is named; UnsupportedEncodingException for a name that is not known here."""
    if charset is None:
        raise null_pointer()
    name = charset.lower()
    if name not in _CHARSETS:
        raise JavaError("java.io.UnsupportedEncodingException", charset)
    codec, substitute = _CHARSETS[name]
    try:
        data = self.encode(codec)
    except UnicodeEncodeError:
        data = b"".join([_encode_one(character, codec, substitute) for character in self])
    if name in _MARKED and self:
        data = b"\xfe\xff" + data
    return JavaArray(map(_byte, data), "byte")


def _encode_one(character: str, codec: str, substitute: bytes) -> bytes:
    try:
        return character.encode(codec)
    except UnicodeEncodeError:
        return substitute


def text_of(call: Call, self: object, value: object) -> str:
    """String.valueOf of anything but an array of char and the other primitives that have overloads of their own."""
    return to_text(value)


def text_of_double(call: Call, self: object, value: float) -> str:
    """String.valueOf(double)."""
    return doubles.double_text(value)


def text_of_float(call: Call, self: object, value: float) -> str:
    """String.valueOf(float)."""
    return doubles.float_text(value)


def text_of_chars(call: Call, self: object, array: JavaArray | None, offset: int = 0, count: int | None = None) -> str:
    """String.valueOf(char[]) and copyValueOf, whole or in part."""
    if array is None:
        raise null_pointer('Cannot read the array length because "value" is null')
    size = len(array)
    if count is None:
        count = size
    if offset < 0 or count < 0 or offset > size - count:
        raise string_index(f"offset {offset}, count {count}, length {size}")
    return merged("".join([str(unit) for unit in array[offset : offset + count]]))


def join(call: Call, self: object, delimiter: str | None, elements: Iterable[object] | JavaObject | None) -> str:
    """String.join(CharSequence, CharSequence...) and (CharSequence, Iterable); null prints as such, other values are refused."""
    if delimiter is None:
        raise null_argument("delimiter", "java.lang.CharSequence.toString()")
    if elements is None:
        raise null_pointer('Cannot read the array length because "elements" is null')
    parts: list[str] = []
    size = 0
    for element in elements.elements() if isinstance(elements, JavaObject) else elements:
        if element is None:
            element = "null"
        if not isinstance(element, str) or isinstance(element, Char):
            raise class_cast(java_class(element), "java.lang.CharSequence")
        parts.append(element)
        size += len(element) + len(delimiter)
        check_length(call.limits, size - len(delimiter))
    return merged(delimiter.join(parts))
