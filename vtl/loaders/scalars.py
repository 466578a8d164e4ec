"""The characters of a JSON or YAML scalar, each with its place: the rules of quoting, folding and block scalars.

The parsers have decoded the scalar already; here it is decoded once more, in pieces. Should the two ever differ, the places
are found by laying the lines of the decoded value against the host's text.
See: https://yaml.org/spec/1.1/ (chapters 5.6 and 9), RFC 8259 section 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vtl.loaders.nodes import DOUBLE, FOLDED, JSON, LITERAL, PLAIN, SINGLE, Node, Piece
from vtl.loaders.origin import Text

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_BLANK_BREAK = re.compile("[ \t]*(?:\r\n|[\n\r\x85\u2028\u2029])[ \t\n\r\x85\u2028\u2029]*")
_PROPERTIES = re.compile(r"(?:(?:![^\s,\[\]{}]*|&[^\s,\[\]{}]+)\s+(?:#[^\n\r]*\s+)*)+")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_WIDTHS = {"x": 2, "u": 4, "U": 8}


def content_start(raw: str, start: int, end: int) -> int:
    """Where the scalar itself begins: the parser counts a tag or an anchor before it as its start."""
    if raw[start : start + 1] not in ("!", "&"):
        return start
    match = _PROPERTIES.match(raw, start, end)
    return match.end() if match else start


def decode(node: Node) -> Text:
    """The text of a scalar node."""
    raw = node.host.text
    start = content_start(raw, node.start, node.end) if node.style != JSON else node.start
    pieces = _tidy(_pieces(raw, start, node.end, node.style))
    if "".join(piece[1] for piece in pieces) != node.value:
        pieces = _aligned(raw, start, node.end, node.value)
    first = start + 1 if node.style in (SINGLE, DOUBLE, JSON) else start
    return node.host.build(pieces, min(first, max(0, len(raw) - 1)))


def _pieces(raw: str, start: int, end: int, style: str) -> Iterator[Piece]:
    if style == JSON:
        return _json(raw, start + 1, end - 1)
    if style == DOUBLE:
        return _flow(raw, start + 1, end - 1, _double_escape, "\\")
    if style == SINGLE:
        return _flow(raw, start + 1, end - 1, _single_escape, "'")
    if style in (LITERAL, FOLDED):
        return _block(raw, start, end, folded=style == FOLDED)
    return _flow(raw, start, end, None, "") if style == PLAIN else iter(())


def _tidy(pieces: Iterator[Piece]) -> list[Piece]:
    """Neighbours that stand side by side become one piece."""
    found: list[Piece] = []
    for piece in pieces:
        if not piece[1]:
            continue
        if found and found[-1][2] and piece[2] and found[-1][0] + len(found[-1][1]) == piece[0]:
            found[-1] = (found[-1][0], found[-1][1] + piece[1], True)
        else:
            found.append(piece)
    return found


def _json(raw: str, start: int, end: int) -> Iterator[Piece]:
    position = start
    while position < end:
        slash = raw.find("\\", position, end)
        if slash < 0:
            yield position, raw[position:end], True
            return
        yield position, raw[position:slash], True
        letter = raw[slash + 1]
        if letter != "u":
            yield slash, {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}.get(letter, letter), False
            position = slash + 2
            continue
        value, position = int(raw[slash + 2 : slash + 6], 16), slash + 6
        if 0xD800 <= value < 0xDC00 and raw.startswith("\\u", position):
            low = int(raw[position + 2 : position + 6], 16)
            if 0xDC00 <= low < 0xE000:
                value, position = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00), position + 6
        yield slash, chr(value), False


def _double_escape(raw: str, position: int) -> tuple[str, int]:
    letter = raw[position + 1 : position + 2]
    if letter in _WIDTHS:
        end = position + 2 + _WIDTHS[letter]
        return chr(int(raw[position + 2 : end], 16)), end
    broken = _BREAK.match(raw, position + 1)
    if broken:
        rest = re.compile(r"[ \t]*").match(raw, broken.end())
        return "", rest.end() if rest else broken.end()
    return _ESCAPES.get(letter, letter), position + 2


def _single_escape(raw: str, position: int) -> tuple[str, int]:
    return "'", position + 2


def _flow(raw: str, start: int, end: int, escape: object, mark: str) -> Iterator[Piece]:
    """A plain or quoted scalar: line breaks fold into a blank, empty lines stay breaks, blanks around them vanish."""
    stop = re.compile(r"[ \t]*[\n\r\x85\u2028\u2029]" + (f"|{re.escape(mark)}" if mark else ""))
    position = start
    while position < end:
        match = stop.search(raw, position, end)
        if not match:
            yield position, raw[position:end], True
            return
        yield position, raw[position : match.start()], True
        if mark and match.group() == mark:
            value, position = escape(raw, match.start())  # type: ignore[operator]
            yield match.start(), value, False
            continue
        fold = _BLANK_BREAK.match(raw, match.start(), end)
        if not fold:
            return
        breaks = list(_BREAK.finditer(raw, match.start(), fold.end()))
        yield breaks[0].start(), " " if len(breaks) == 1 else "", False
        for item in breaks[1:]:
            yield item.start(), "\n" if item.group() in ("\r\n", "\r", "\x85") else item.group(), False
        position = fold.end()


def _lines(raw: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Start, end and line break of each line of a block."""
    position = start
    while position < end:
        match = _BREAK.search(raw, position, end)
        if not match:
            yield position, end, ""
            return
        yield position, match.start(), match.group()
        position = match.end()


def _block(raw: str, start: int, end: int, *, folded: bool) -> Iterator[Piece]:
    """A literal or folded block: `start` is at its `|` or `>`."""
    header = re.compile(r"[|>]([+-]?)([1-9]?)([+-]?)[^\n\r]*").match(raw, start, end)
    first_break = _BREAK.match(raw, header.end(), end) if header else None
    if not header or not first_break:
        return
    lines = list(_lines(raw, first_break.end(), end))
    indent = _indent(raw, lines, header, start)
    chomp = header.group(1) or header.group(3)
    full = [at for at, (first, last, _) in enumerate(lines) if last - first > indent or raw[first:last].strip(" ")]
    last_full = full[-1] if full else -1
    if folded:
        yield from _folded(raw, lines[: last_full + 1], indent)
    else:
        for at, (first, last, broken) in enumerate(lines[: last_full + 1]):
            yield min(first + indent, last), raw[min(first + indent, last) : last], True
            if at < last_full:
                yield last, "\n", broken == "\n"
    if chomp != "-" and last_full >= 0 and lines[last_full][2]:
        yield lines[last_full][1], "\n", lines[last_full][2] == "\n"
    if chomp == "+":
        for _, last, broken in lines[last_full + 1 :]:
            yield last, "\n" if broken else "", broken == "\n"


def _indent(raw: str, lines: list[tuple[int, int, str]], header: re.Match[str], start: int) -> int:
    """Blanks that the block's lines lose: those of its first line with content, or as its header says."""
    if header.group(2):
        line_start = max(raw.rfind("\n", 0, start), raw.rfind("\r", 0, start)) + 1
        parent = re.compile(r" *(?:- +)*").match(raw, line_start)
        width = parent.end() - line_start if parent else 0
        return width + int(header.group(2))
    for first, last, _ in lines:
        content = raw[first:last].lstrip(" ")
        if content:
            return last - first - len(content)
    return 0


def _folded(raw: str, lines: list[tuple[int, int, str]], indent: int) -> Iterator[Piece]:
    """Single breaks between lines that are not more indented become blanks; empty lines after such a line replace the break."""
    pending: list[tuple[int, str]] = []
    previous_more = True
    started = False
    for first, last, broken in lines:
        begin = min(first + indent, last)
        content = raw[begin:last]
        if not content:
            pending.append((last, broken))
            continue
        more = content[0] in " \t"
        if not started:
            breaks = [(at, "\n") for at, _ in pending]
        elif not more and not previous_more:
            breaks = [(at, "\n") for at, _ in pending[1:]] or [(pending[0][0], " ")]
        else:
            breaks = [(at, "\n") for at, _ in pending]
        for at, value in breaks:
            yield at, value, False
        yield begin, content, True
        pending, previous_more, started = [(last, broken)], more, True


def _aligned(raw: str, start: int, end: int, value: str) -> list[Piece]:
    """Pieces for a value that the rules above did not give: each of its lines is looked for in the host, in order."""
    pieces: list[Piece] = []
    position = start
    for line in value.splitlines(keepends=True):
        bare = line.strip()
        found = raw.find(bare, position, end) if bare else -1
        if found < 0:
            pieces.append((position, line, False))
            continue
        lead = len(line) - len(line.lstrip())
        pieces += [(found, line[:lead], False), (found, bare, True), (found + len(bare), line[lead + len(bare) :], False)]
        position = found + len(bare)
    return [piece for piece in pieces if piece[1]]
