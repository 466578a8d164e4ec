"""java.util.regex's syntax written in the notation of the `regex` package.

The reading follows java.util.regex.Pattern of JDK 17 character by character, so what Pattern refuses is refused here, with its
message. Nothing is left to the engine's own defaults: classes, case, line ends and word boundaries are written out as Java has
them. `translate` is the way in. Known to differ: possessive quantifiers inside a lookbehind, which Java tries from each start
forward; groups that Java leaves set after a failed attempt (`(a)?+b`) or unset after an empty one (`()*`); no `\b{g}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vtl.errors import JavaError
from vtl.values import pattern_anchors as anchors
from vtl.values import pattern_sets as sets
from vtl.values.pattern_classes import Doubts, Escape, character_class, escape, family
from vtl.values.pattern_reader import (
    END,
    FLAGS,
    INSENSITIVE,
    Reader,
)
from vtl.values.scalars import wrap_int

_REFERENCE = re.compile(r"\\g<(\d+)>")
"""A back reference as this module writes it; one to a group that does not exist never matches."""
_MOST = 0x7FFFFFFF
_UNBOUNDED = -_MOST + 1_000_000
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Translation:
    """A pattern for the engine, its named groups, how many groups there are, and the properties that the engine must know."""

    text: str
    names: dict[str, int]
    groups: int
    doubts: tuple[tuple[str, JavaError], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the pattern: its text, and what Pattern believes of it when it judges a lookbehind.

    `longest` is None when Pattern sees no obvious maximum; else it is an int that overflows as Java's do, and `counted` says that
    Pattern would notice. `fixed` is its "deterministic". A `single` piece takes a quantifier as it is.
    """

    text: str
    least: int = 0
    longest: int | None = 0
    fixed: bool = True
    single: bool = False
    counted: bool = False


@dataclass(slots=True)
class _State:
    reader: Reader
    doubts: Doubts = field(default_factory=Doubts)
    names: dict[str, int] = field(default_factory=dict)
    groups: int = 0
    depth: int = 0


_DEEPEST = 200


def translate(pattern: str) -> Translation:
    """The pattern in the engine's notation; JavaError with PatternSyntaxException for what Java refuses."""
    state = _State(Reader(pattern))
    reader = state.reader
    whole = _alternatives(state)
    if reader.cursor != reader.size:
        if reader.peek() == ")":
            raise reader.error("Unmatched closing ')'")
        raise reader.error("Unexpected internal error")
    text = _REFERENCE.sub(lambda found: found.group() if int(found[1]) <= state.groups else "(?!)", whole.text)
    return Translation(text, state.names, state.groups, tuple(state.doubts.names))


def _alternatives(state: _State) -> Piece:
    branches = [_sequence(state)]
    while state.reader.peek() == "|":
        state.reader.next()
        branches.append(_sequence(state))
    if len(branches) == 1:
        return branches[0]
    known = [branch.longest for branch in branches if branch.longest is not None]
    longest = max(known) if len(known) == len(branches) else None
    return Piece("|".join([branch.text for branch in branches]), min(branch.least for branch in branches), longest, False)


def _sequence(state: _State) -> Piece:
    pieces: list[Piece] = []
    reader = state.reader
    while True:
        character = reader.peek()
        if character in "|)" or (character == END and reader.at_end()):
            break
        if character == "(":
            group = _group(state)
            if group is not None:
                pieces.append(group)
            continue
        pieces.append(_quantified(state, _atom(state, character)))
    return _joined(pieces)


def _joined(pieces: list[Piece]) -> Piece:
    least = 0
    longest: int | None = 0
    for piece in pieces:
        least += piece.least
        if longest is not None:
            total = None if piece.longest is None else wrap_int(longest + piece.longest)
            longest = None if total is None or (piece.counted and total < longest) else total
    return Piece("".join([piece.text for piece in pieces]), least, longest, all(piece.fixed for piece in pieces))


def _atom(state: _State, character: str) -> Piece:
    """One unquantified part that is no group; the cursor is at its first character."""
    reader = state.reader
    if character == "[":
        return Piece(sets.in_brackets(character_class(reader, state.doubts)), 1, 1, single=True)
    if character in "^$.":
        reader.next()
        if character == ".":
            return Piece(anchors.dot(reader), 1, 1, single=True)
        return Piece(anchors.dollar(reader) if character == "$" else anchors.caret(reader))
    if character in "?*+":
        reader.next()
        raise reader.error(f"Dangling meta character '{character}'")
    if character == "\\" and reader.text[reader.cursor + 1] in "pP":
        reader.next_escaped()
        return Piece(sets.in_brackets(family(reader, state.doubts)), 1, 1, single=True)
    return _literals(state)


def _literals(state: _State) -> Piece:
    """A run of literal characters, or one escape that is none. A quantifier takes the last character of a run for itself."""
    reader = state.reader
    codes: list[int] = []
    before = reader.cursor
    character = reader.peek()
    while True:
        if character in "*+?{":
            if len(codes) > 1:
                reader.cursor = before
                codes.pop()
            break
        if character in "$.^([|)" or (character == END and reader.at_end()):
            break
        if character == "\\":
            if reader.text[reader.cursor + 1] in "pP":
                break
            start = reader.cursor
            found = escape(reader)
            if found.code < 0:
                if not codes:
                    return _special(state, found)
                reader.cursor = start
                break
            before = start
            codes.append(found.code)
            character = reader.peek()
            continue
        before = reader.cursor
        codes.append(ord(character))
        character = reader.next()
    return _slice(codes, reader.flags)


def _slice(codes: list[int], flags: int) -> Piece:
    if len(codes) == 1:
        return Piece(sets.single(codes[0], flags), 1, 1, single=True)
    return Piece("".join([sets.in_run(code, flags) for code in codes]), len(codes), len(codes))


def _special(state: _State, found: Escape) -> Piece:
    """An escape that is a class, an assertion or a back reference; the cursor is past its letter."""
    reader = state.reader
    if found.set:
        return Piece(sets.in_brackets(found.set), 1, 1, single=True)
    letter = found.letter
    if letter.isdigit():
        return _back_reference(state, int(letter))
    if letter == "k":
        return _named_reference(state)
    if letter == "Z":
        return Piece(anchors.end_of_text(reader))
    if letter == "R":
        return Piece(anchors.LINE_END, 1, 2, False)
    if letter == "X":
        return Piece(r"\X", 1, 0, False, single=True)
    if letter in "bB":
        if letter == "b" and reader.peek() == "{":
            if reader.skip() == "g":
                if reader.read() == "}":
                    raise JavaError("java.lang.UnsupportedOperationException", "\\b{g} (grapheme boundaries) is not supported")
                raise reader.error("Illegal/unsupported escape sequence")
            reader.cursor -= 2
        return Piece(anchors.boundary(letter, reader))
    return Piece({"A": r"\A", "G": r"\G", "z": r"\Z"}[letter])


def _back_reference(state: _State, number: int) -> Piece:
    reader = state.reader
    while (digit := reader.peek()).isascii() and digit.isdigit():
        longer = number * 10 + int(digit)
        if state.groups < longer:
            break
        number = longer
        reader.read()
    return _reference(state, number)


def _reference(state: _State, number: int) -> Piece:
    text = f"\\g<{number}>"
    if state.reader.has(INSENSITIVE):
        text = f"(?i:{text})"
    return Piece(f"(?:{text})", longest=None)


def _named_reference(state: _State) -> Piece:
    reader = state.reader
    if reader.read() != "<":
        raise reader.error("\\k is not followed by '<' for named capturing group")
    name = _group_name(reader, reader.read())
    if name not in state.names:
        raise reader.error(f"named capturing group <{name}> does not exist")
    return _reference(state, state.names[name])


def _group_name(reader: Reader, character: str) -> str:
    if not (character.isascii() and character.isalpha()):
        raise reader.error("capturing group name does not start with a Latin letter")
    name = ""
    while character.isascii() and character.isalnum():
        name += character
        character = reader.read()
    if character != ">":
        raise reader.error("named capturing group is missing trailing '>'")
    return name


def _group(state: _State) -> Piece | None:
    """Read a group with its quantifier; None for a bare `(?flags)`. The cursor is at the parenthesis."""
    reader = state.reader
    flags = reader.flags
    state.depth += 1
    if state.depth > _DEEPEST:
        raise JavaError("java.lang.StackOverflowError")
    opening = _opening(state)
    if opening is None:
        state.depth -= 1
        return None
    body = _alternatives(state)
    if opening in ("(?<=", "(?<!") and body.longest is None:
        raise reader.error("Look-behind group does not have an obvious maximum length")
    if reader.read() != ")":
        raise reader.error("Unclosed group")
    reader.flags = flags
    state.depth -= 1
    text = f"{opening}{body.text})"
    if opening in ("(?<=", "(?<!"):
        return _quantified(state, Piece(_lookbehind(text, body)))
    if opening in ("(?=", "(?!"):
        return _quantified(state, Piece(text))
    return _quantified(state, Piece(text, body.least, body.longest, body.fixed, single=True), group=True)


def _lookbehind(text: str, body: Piece) -> str:
    """A lookbehind as Java runs it: `(?<=a+)` works, and `(?<=a+a+)` passes but never matches, for its maximum overflowed."""
    longest = body.longest or 0
    if longest < _UNBOUNDED or longest >= body.least:
        return text
    return f"(?!){text}" if text.startswith("(?<=") else f"(?:|{text})"


def _opening(state: _State) -> str | None:
    """Read `(` and what says which kind of group it is; gives the engine's opening. None: flags alone, the group is over."""
    reader = state.reader
    if reader.next() != "?":
        state.groups += 1
        return "("
    character = reader.skip()
    if character in ":=!>":
        return f"(?{character}"
    if character == "<":
        character = reader.read()
        if character in "=!":
            return f"(?<{character}"
        name = _group_name(reader, character)
        if name in state.names:
            raise reader.error(f"Named capturing group <{name}> is already defined")
        state.groups += 1
        state.names[name] = state.groups
        return "("
    if character in "$@":
        raise reader.error("Unknown group type")
    reader.unread()
    _read_flags(reader)
    character = reader.read()
    if character == ")":
        return None
    if character != ":":
        raise reader.error("Unknown inline modifier")
    return "(?:"


def _read_flags(reader: Reader) -> None:
    """Read `idmsux-idmsux` and set the reader's flags."""
    character = reader.peek()
    while character in FLAGS:
        reader.flags |= FLAGS[character]
        character = reader.next()
    if character == "-":
        character = reader.next()
        while character in FLAGS:
            reader.flags &= ~FLAGS[character]
            character = reader.next()


def _quantified(state: _State, piece: Piece, group: bool = False) -> Piece:
    """The piece with the quantifier at the cursor, if there is one."""
    bounds = _bounds(state.reader)
    if bounds is None:
        return piece
    least, most = bounds
    reader = state.reader
    mark = reader.next()
    kind = mark if mark in "?+" and mark != END else ""
    if kind:
        reader.next()
    body = piece.text if piece.single else f"(?:{piece.text})"
    if (least, most) == (0, 1):
        return Piece(f"{body}?{kind}", 0, piece.longest, False)
    if max(least, most or 0) * max(len(piece.text), 1) > _LARGEST:
        raise JavaError("java.lang.OutOfMemoryError", "the repetition is too large")
    text = f"{body}{_repetition(least, most)}{kind}"
    looped = group and kind != "+" and not piece.fixed
    times = _MOST if most is None else most
    longest = None if looped or piece.longest is None else wrap_int(piece.longest * times)
    greedy = not group and piece.single and most is None and not kind
    return Piece(text, least * piece.least, longest, piece.fixed and least == most and not looped, counted=not greedy)


def _repetition(least: int, most: int | None) -> str:
    if most is None:
        return {0: "*", 1: "+"}.get(least, f"{{{least},}}")
    return f"{{{least}}}" if least == most else f"{{{least},{most}}}"


def _bounds(reader: Reader) -> tuple[int, int | None] | None:
    """Read a quantifier up to its last character; None when there is none at the cursor."""
    character = reader.peek()
    if character == END or character not in "?*+{":
        return None
    if character != "{":
        return {"?": (0, 1), "*": (0, None), "+": (1, None)}[character]
    character = reader.skip()
    if not _is_digit(character):
        raise reader.error("Illegal repetition")
    least, character = _number(reader, character)
    most: int | None = least
    if character == ",":
        character = reader.read()
        if character == "}":
            most = None
        else:
            most, character = _number(reader, character)
    if character != "}":
        raise reader.error("Unclosed counted closure")
    if most is not None and most < least:
        raise reader.error("Illegal repetition range")
    reader.unread()
    return least, most


def _is_digit(character: str) -> bool:
    return character.isascii() and character.isdigit()


def _number(reader: Reader, character: str) -> tuple[int, str]:
    value = 0
    while _is_digit(character):
        value = value * 10 + int(character)
        if value > _MOST:
            raise reader.error("Illegal repetition range")
        character = reader.read()
    return value, character
