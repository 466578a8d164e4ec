"""The texts that $util's methods make: JavaScript escapes, form encoding and Base64, as Java's own classes do them."""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64

from vtl.values.failures import illegal_argument

_OUTSIDE = re.compile(r"[^\x20-\x7f]")
_ESCAPED_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]?")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?", re.ASCII)
_SHORT = {"\b": "\\b", "\f": "\\f"}
_UNCHANGED = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.*")
_FORM = tuple(chr(byte) if byte in _UNCHANGED else "+" if byte == 0x20 else f"%{byte:02X}" for byte in range(256))
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def escape_java_script(text: str) -> str:
    """StringEscapeUtils.escapeJavaScript of commons-lang 2.6: a backslash before `\\`, `"`, `'` and `/`; only ASCII comes out."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if '"' in text:
        text = text.replace('"', '\\"')
    if "'" in text:
        text = text.replace("'", "\\'")
    if "/" in text:
        text = text.replace("/", "\\/")
    if "\n" in text:
        text = text.replace("\n", "\\n")
    if "\r" in text:
        text = text.replace("\r", "\\r")
    if "\t" in text:
        text = text.replace("\t", "\\t")
    if text.isascii() and text.isprintable():
        return text
    return _OUTSIDE.sub(_escape_one, text)


def _escape_one(match: re.Match[str]) -> str:
    character = match.group()
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if code <= 0xFFFF:
        return f"\\u{code:04X}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04X}\\u{0xDC00 + (code & 0x3FF):04X}"


def encode_utf8(text: str) -> bytes:
    """String.getBytes(UTF_8): a lone half of a pair becomes a question mark."""
    return text.encode("utf-8", "replace")


def decode_utf8(data: bytes) -> str:
    """new String(bytes, UTF_8): each malformed sequence becomes U+FFFD, an encoded surrogate as a whole."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _ESCAPED_SURROGATE.sub(b"\xef\xbf\xbd", data).decode("utf-8", "replace")


def encode_form(text: str) -> str:
    """java.net.URLEncoder.encode(text, "UTF-8")."""
    return "".join([_FORM[byte] for byte in encode_utf8(text)])


def decode_form(text: str) -> str:
    """java.net.URLDecoder.decode(text, "UTF-8"); IllegalArgumentException for a broken `%` escape."""
    if "%" not in text:
        return text.replace("+", " ")
    out: list[str] = []
    position = 0
    while (start := text.find("%", position)) >= 0:
        out.append(text[position:start].replace("+", " "))
        data = bytearray()
        position = start
        while text[position : position + 1] == "%":
            if position + 2 >= len(text):
                raise illegal_argument("URLDecoder: Incomplete trailing escape (%) pattern")
            data.append(_escaped_byte(text[position + 1 : position + 3]))
            position += 3
        out.append(decode_utf8(bytes(data)))
    out.append(text[position:].replace("+", " "))
    return "".join(out)


def _escaped_byte(digits: str) -> int:
    """Integer.parseInt(digits, 16), which takes a sign and the digits of all scripts."""
    first, second = digits[0], digits[1]
    signed = first in "+-"
    if (signed or _digit(first) >= 0) and _digit(second) >= 0:
        value = _digit(second) if signed else 16 * _digit(first) + _digit(second)
        if first == "-" and value:
            raise illegal_argument("URLDecoder: Illegal hex characters in escape (%) pattern - negative value")
        return value
    wrong = 1 if signed or _digit(first) >= 0 else 0
    raise illegal_argument(f'URLDecoder: Illegal hex characters in escape (%) pattern - Error at index {wrong} in: "{digits}"')


def _digit(character: str) -> int:
    """The value of one hexadecimal digit; -1 for anything else."""
    return int(character, 16) if character.isdecimal() or character in "abcdefABCDEF" else -1


def encode_base64(text: str) -> str:
    """Base64.getEncoder() over the UTF-8 bytes."""
    return b2a_base64(encode_utf8(text), newline=False).decode("ascii")


def decode_base64(text: str) -> bytes:
    """Base64.getDecoder().decode(text): no line ends, padding whole or absent; IllegalArgumentException for anything else."""
    if _BASE64.fullmatch(text):
        return a2b_base64(text + "=" * (-len(text) % 4))
    raise illegal_argument(_base64_error(text))


def _base64_error(text: str) -> str:
    """What the decoder has against this text, with the place or the byte as Java words it."""
    if len(text) < 2:
        return "Input byte[] should at least have 2 bytes for base64 bytes"
    filled = 0
    for position, character in enumerate(text):
        if character == "=":
            return _padding_error(text, position + 1, filled)
        if character not in _ALPHABET:
            byte = ord(character) if character < "\u0100" else ord("?")
            return f"Illegal base64 character {_signed_hex(byte)}"
        filled = (filled + 1) % 4
    return "Last unit does not have enough valid bits"


def _padding_error(text: str, after: int, filled: int) -> str:
    """The same, when the first `=` stands before `after` and `filled` characters of its unit came before it."""
    if filled == 0 or (filled == 2 and text[after : after + 1] != "="):
        return "Input byte array has wrong 4-byte ending unit"
    if filled == 1:
        return "Last unit does not have enough valid bits"
    return f"Input byte array has incorrect ending byte at {after + 1 if filled == 2 else after}"


def _signed_hex(byte: int) -> str:
    """Integer.toString of a Java byte in base 16."""
    return f"-{256 - byte:x}" if byte > 127 else f"{byte:x}"
