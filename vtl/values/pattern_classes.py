"""Character classes of java.util.regex: `[a-z&&[^b]]`, `\\p{...}`, and the escapes inside and outside of brackets.

Each function takes a `Reader` whose cursor stands where java.util.regex.Pattern's would, and leaves it where Pattern's would be;
many odd corners of the syntax (`[a&&]`, `[]a]`, `[a-\\d]`) follow from that alone.
"""

from __future__ import annotations

import string
import unicodedata
from dataclasses import dataclass, field

from vtl.errors import JavaError
from vtl.values import pattern_sets as sets
from vtl.values.pattern_properties import binary, by_name, by_value, predefined
from vtl.values.pattern_reader import END, Reader
from vtl.values.utf16 import pair

_OCTAL = "01234567"
_SIMPLE = {"a": "\a", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_SETS = "dDwWsShHvV"
_ASSERTIONS = "ABGZzbRXk123456789"


@dataclass(slots=True)
class Doubts:
    """Names of scripts and blocks that only the engine can say whether it knows, each with the error to raise if not."""

    names: list[tuple[str, JavaError]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Escape:
    """What a backslash meant: one character, a set, or the letter of an assertion or back reference."""

    code: int = -1
    set: str = ""
    letter: str = ""


def escape(reader: Reader, in_class: bool = False, before_range: bool = False) -> Escape:
    """Read an escape; the cursor is at its backslash. `before_range`: the escape is an end of `x-y`, where `\\v` is U+000B."""
    letter = reader.skip()
    if letter == "0":
        return Escape(_octal(reader))
    if letter in _SIMPLE:
        return Escape(ord(_SIMPLE[letter]))
    if letter == "v" and before_range:
        return Escape(0x0B)
    if letter in _SETS and letter != END:
        return Escape(set=predefined(letter, reader.flags))
    if letter in _ASSERTIONS and not in_class:
        return Escape(letter=letter)
    if letter in _NUMERIC:
        return Escape(_NUMERIC[letter](reader))
    if letter.isascii() and letter.isalnum():
        raise reader.error("Illegal/unsupported escape sequence")
    return Escape(ord(letter))


def _octal(reader: Reader) -> int:
    digits = ""
    while len(digits) < (3 if digits[:1] in ("", "0", "1", "2", "3") else 2):
        digit = reader.read()
        if digit not in _OCTAL:
            if not digits:
                raise reader.error("Illegal octal escape sequence")
            reader.unread()
            break
        digits += digit
    return int(digits, 8)


def _control(reader: Reader) -> int:
    if reader.at_end():
        raise reader.error("Illegal control escape sequence")
    return ord(reader.read()) ^ 64


def _is_hex(character: str) -> bool:
    return character in string.hexdigits and character != ""


def _hexadecimal(reader: Reader) -> int:
    first = reader.read()
    if _is_hex(first):
        second = reader.read()
        if _is_hex(second):
            return int(first + second, 16)
    elif first == "{" and _is_hex(reader.peek()):
        code = 0
        while _is_hex(digit := reader.read()):
            code = code * 16 + int(digit, 16)
            if code > 0x10FFFF:
                raise reader.error("Hexadecimal codepoint is too big")
        if digit != "}":
            raise reader.error("Unclosed hexadecimal escape sequence")
        return code
    raise reader.error("Illegal hexadecimal escape sequence")


def _four_digits(reader: Reader) -> int:
    code = 0
    for _ in range(4):
        digit = reader.read()
        if not _is_hex(digit):
            raise reader.error("Illegal Unicode escape sequence")
        code = code * 16 + int(digit, 16)
    return code


def _unicode(reader: Reader) -> int:
    code = _four_digits(reader)
    if 0xD800 <= code <= 0xDBFF:
        before = reader.cursor
        if reader.read() == "\\" and reader.read() == "u":
            low = _four_digits(reader)
            if 0xDC00 <= low <= 0xDFFF:
                return ord(pair(chr(code), chr(low)))
        reader.cursor = before
    return code


def _by_character_name(reader: Reader) -> int:
    if reader.read() != "{":
        raise reader.error("Illegal character name escape sequence")
    start = reader.cursor
    while reader.read() != "}":
        if reader.at_end():
            raise reader.error("Unclosed character name escape sequence")
    name = reader.text[start : reader.cursor - 1]
    try:
        return ord(unicodedata.lookup(name.strip()))
    except (KeyError, TypeError):
        raise reader.error(f"Unknown character name [{name}]") from None


_NUMERIC = {"c": _control, "x": _hexadecimal, "u": _unicode, "N": _by_character_name}


def character_class(reader: Reader, doubts: Doubts, consume: bool = True) -> str:
    """Read a class; the cursor is at its `[`, or one before the first member of the right side of `&&`, and `consume` is off."""
    found: str | None = None
    last: str | None = None
    table: list[str] = []
    character = reader.next()
    negated = character == "^" and reader.text[reader.cursor - 1] == "["
    if negated:
        character = reader.next()
    while True:
        if character == "[":
            last = character_class(reader, doubts)
            found = last if found is None else sets.union([found, last])
            character = reader.peek()
            continue
        if character == "&":
            if reader.next() == "&":
                found, last = _intersect(reader, doubts, found, last, table)
                table = []
                character = reader.peek()
                continue
            reader.unread()
        elif character == END and reader.at_end():
            raise reader.error("Unclosed character class")
        elif character == "]" and (found is not None or table):
            if consume:
                reader.next()
            whole = sets.union([*([] if found is None else [found]), *table])
            return sets.negation(whole) if negated else whole
        part, in_table = _member(reader, doubts)
        if in_table:
            table.append(part)
            last = None
        else:
            last = part
            found = part if found is None else sets.union([found, part])
        character = reader.peek()


def _intersect(reader: Reader, doubts: Doubts, found: str | None, last: str | None, table: list[str]) -> tuple[str, str | None]:
    """Read what follows `&&`; the cursor is at the second `&`. Gives the set so far and its last part."""
    character = reader.next()
    right: str | None = None
    while character not in "]&":
        if character == "[":
            part = character_class(reader, doubts)
        else:
            reader.unread()
            part = character_class(reader, doubts, consume=False)
        right = part if right is None else sets.union([right, part])
        character = reader.peek()
    if table:
        if found is None:
            found = last = sets.union(table)
        else:
            found = sets.union([found, *table])
    if right is not None:
        last = right
    if found is None:
        if right is None:
            raise reader.error("Bad class syntax")
        return right, last
    if last is None:
        raise reader.error("Bad intersection syntax")
    return sets.intersection(found, last), last


def _member(reader: Reader, doubts: Doubts) -> tuple[str, bool]:
    """Read one member of a class: a set, a range or a character; and whether Java keeps it in its table of Latin-1 characters."""
    character = reader.peek()
    if character == "\\":
        letter = reader.next_escaped()
        if letter in "pP":
            return family(reader, doubts), False
        ranged = reader.text[reader.cursor + 1 : reader.cursor + 2] == "-"
        reader.unread()
        found = escape(reader, in_class=True, before_range=ranged)
        if found.code < 0:
            return found.set, False
        code = found.code
    else:
        reader.next()
        code = ord(character)
    if reader.peek() == "-":
        following = reader.text[reader.cursor + 1 : reader.cursor + 2]
        if following not in ("[", "]"):
            return _range(reader, code), False
    return sets.member(code, reader.flags), code < 0x100


def _range(reader: Reader, first: int) -> str:
    """Read `-y`; the cursor is at the hyphen."""
    reader.next()
    character = reader.peek()
    if character == "\\":
        last = escape(reader, in_class=True, before_range=True).code
    else:
        reader.next()
        last = ord(character)
    if last < first:
        raise reader.error("Illegal character range")
    return sets.span_in_case(first, last, reader.flags)


def family(reader: Reader, doubts: Doubts) -> str:
    """Read a property; the cursor is at the `p` or `P`."""
    negated = reader.text[reader.cursor] == "P"
    if reader.next() == "{":
        name = _braced_name(reader)
    else:
        name = reader.text[reader.cursor]
        reader.read()
    found = _property(reader, doubts, name)
    return sets.negation(found) if negated else found


def _braced_name(reader: Reader) -> str:
    reader.next()
    start = reader.cursor
    while reader.read() != "}":
        if reader.cursor > reader.size:
            raise reader.error("Unclosed character family")
    if start + 1 >= reader.cursor:
        raise reader.error("Empty character family")
    return reader.text[start : reader.cursor - 1]


def _property(reader: Reader, doubts: Doubts, name: str) -> str:
    """The set that a property's name means; a syntax error for one that Java does not know."""
    key, equals, value = name.partition("=")
    found: str | None = None
    if equals:
        error = reader.error(f"Unknown Unicode property {{name=<{key.lower()}>, value=<{value}>}}")
        kind = {"sc": "Script", "script": "Script", "blk": "Block", "block": "Block"}.get(key.lower())
        if kind:
            found = by_value(kind, value)
        elif key.lower() in ("gc", "general_category"):
            found = by_name(value, reader.flags)
    else:
        error = reader.error(f"Unknown character property name {{{name}}}")
        if name.startswith("In"):
            found = by_value("Block", name[2:])
        elif name.startswith("Is"):
            short = name[2:]
            found = binary(short, reader.flags) or by_name(short, reader.flags) or by_value("Script", short)
        else:
            found = by_name(name, reader.flags)
    if found is None:
        raise error
    if found.startswith((r"\p{Script=", r"\p{Block=")):
        doubts.names.append((found, error))
    return found
