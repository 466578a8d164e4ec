"""HCL files as python-hcl2 parses them, with offsets; what it refuses and Terraform takes is normalised first, length by length.

See: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from vtl._lazy import require
from vtl.errors import InputError
from vtl.loaders.origin import Text, file_text, joined, pinned
from vtl.source import Source, Span

_HEREDOC = re.compile(r"<<(-?)[ \t]*([A-Za-z_][\w.-]*)[ \t]*\r?\n")
_STRING_OR_COMMENT = re.compile(
    r'"(?:[^"\\\n]|\\.)*"|#[^\n]*|//[^\n]*|/\*.*?\*/|<<-?[ \t]*[A-Za-z_][\w.-]*[ \t]*\r?\n', re.DOTALL
)


@dataclass(slots=True)
class Block:
    """A block: its type, its labels, its attributes as expression trees and its inner blocks."""

    type: str
    labels: tuple[str, ...]
    source: Source
    span: Span
    attributes: dict[str, Any] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heredoc:
    """A heredoc that a plain scan found: the key before it, whether it is indented (`<<-`), and its body's offsets."""

    key: str
    flush: bool
    start: int
    end: int


def parse_expression(text: str) -> Any:
    """The tree of one expression; InputError when it is none. Its offsets count from the expression's start, plus PREFIX."""
    try:
        tree = require("hcl2", "loaders").parses_to_tree(PREFIX + text)
        return next(item for item in tree.iter_subtrees_topdown() if item.data == "attribute").children[-1]
    except Exception as error:
        raise _as_input_error(error, Source("", text)) from None


PREFIX = "x = "


def parse_blocks(source: Source) -> list[Block]:
    """The blocks of a file. InputError, with its place, when python-hcl2 cannot read it; MissingExtra without it."""
    hcl = require("hcl2", "loaders")
    text = normalised(source.text)
    try:
        tree = hcl.parses_to_tree(text)
    except Exception as error:
        raise _as_input_error(error, source) from None
    body = tree.children[0]
    return [_block(item, source) for item in _children(body, "block")]


def _as_input_error(error: Exception, source: Source) -> InputError:
    """Whatever the library throws at bad input, as a diagnostic with the place that Lark gives."""
    if not type(error).__module__.startswith(("lark", "hcl2")) and not isinstance(
        error, RecursionError | ValueError | StopIteration
    ):
        raise error
    at = getattr(error, "pos_in_stream", None)
    token = getattr(error, "token", None)
    at = at if isinstance(at, int) else getattr(token, "start_pos", None)
    at = min(at, max(0, len(source.text) - 1)) if isinstance(at, int) and at >= 0 else 0
    shown = source.text[at : at + 20].split("\n")[0].strip()
    what = f"{shown!r} is not expected here" if shown else "a line ends too early"
    return InputError(f"not HCL that can be read: {what}", source=source, span=Span(at, at + 1))


def _children(tree: Any, data: str) -> list[Any]:
    return [child for child in tree.children if getattr(child, "data", None) == data]


def _block(tree: Any, source: Source) -> Block:
    names = [
        _name(child)
        for child in tree.children[:-1]
        if getattr(child, "data", "") in ("identifier", "string", "keyword", "literal_value")
    ]
    block = Block(names[0], tuple(names[1:]), source, Span(tree.meta.start_pos, tree.meta.end_pos))
    bodies = _children(tree, "body")
    for item in bodies[0].children if bodies else ():
        data = getattr(item, "data", None)
        if data == "attribute":
            block.attributes[_name(item.children[0])] = item.children[-1]
        elif data == "block":
            block.blocks.append(_block(item, source))
    return block


def _name(tree: Any) -> str:
    """The text of an identifier or of a label."""
    if getattr(tree, "data", "") == "string":
        return "".join(str(token) for part in tree.children[1:-1] for token in part.children if not hasattr(token, "data"))
    return str(tree.children[0])


def normalised(text: str) -> str:
    """The text with what python-hcl2 refuses rewritten at the same length: blanks around the markers of a heredoc."""
    parts: list[str] = []
    position = 0
    for found in heredocs(text):
        opening = text.rfind("<<", position, found.start)
        marker = _HEREDOC.match(text, opening)
        end = re.compile(r"[ \t]*([\w.-]+)([ \t]+)(?=\r?\n|\Z)").match(text, found.end)
        if marker is None:
            continue
        dash, name = marker.group(1), marker.group(2)
        header = f"<<{dash}{name}"
        newline = "\r\n" if marker.group().endswith("\r\n") else "\n"
        blanks = len(marker.group()) - len(header) - len(newline)
        if blanks:
            parts += [text[position:opening], " " * blanks, header, newline]
            position = marker.end()
        if end:
            word = end.group(1)
            parts += [text[position : found.end], " " * (end.end() - end.start() - len(word)), word]
            position = end.end()
    return "".join([*parts, text[position:]]) if parts else text


def heredocs(text: str) -> list[Heredoc]:
    """The heredocs of a text, by a plain scan that knows strings and comments and nothing else."""
    found: list[Heredoc] = []
    position = 0
    while True:
        match = _STRING_OR_COMMENT.search(text, position)
        if not match:
            return found
        position = match.end()
        opening = _HEREDOC.match(match.group())
        if not opening:
            continue
        end = re.compile(rf"^[ \t]*{re.escape(opening.group(2))}[ \t]*(?=\r?$|[,)\]}}])", re.MULTILINE).search(text, position)
        if not end:
            return found
        key = re.search(r"\"?([\w./+$*-]+)\"?\s*[=:(]\s*$", text[max(0, match.start() - 200) : match.start()])
        found.append(Heredoc(key.group(1) if key else "", bool(opening.group(1)), position, end.start()))
        position = end.end()


def heredoc_text(source: Source, start: int, end: int, flush: bool) -> Text:
    """The body of a heredoc; `<<-` takes the smallest indentation of its lines off each of them."""
    whole = file_text(source)
    if not flush:
        return whole.piece(start, end) if end > start else pinned("", whole.origin.anchor(start))
    lines: list[tuple[int, int]] = []
    position = start
    while position < end:
        newline = source.text.find("\n", position, end)
        stop = newline + 1 if newline >= 0 else end
        lines.append((position, stop))
        position = stop
    content = [source.text[first:last] for first, last in lines]
    indent = min((len(line) - len(line.lstrip(" \t")) for line in content if line.strip()), default=0)
    parts = [
        whole.piece(min(first + indent, last - 1) if not source.text[first:last].strip() else first + indent, last)
        for first, last in lines
    ]
    return joined(parts, whole.origin.anchor(start))
