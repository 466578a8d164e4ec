"""Terraform's string templates: `${expression}` and `%{directive}` in heredocs, `.tpl` and `.tftpl` files.

See: https://developer.hashicorp.com/terraform/language/expressions/strings
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vtl.loaders.files import Files
from vtl.loaders.nodes import Node
from vtl.loaders.origin import Text, file_text, joined, pinned, word_for
from vtl.source import Source

_MARK = re.compile(r"\$\$\{|%%\{|\$\{|%\{")
_QUOTE = re.compile(r'\\.|"', re.DOTALL)


def closing(text: str, start: int) -> int:
    """The offset behind the `}` that ends an interpolation whose content begins at `start`; -1 when there is none."""
    depth = 0
    quoted: list[int] = []
    position = start
    while position < len(text):
        character = text[position]
        if quoted and quoted[-1] == depth:
            if character == "\\":
                position += 1
            elif character == '"':
                quoted.pop()
            elif character in "$%" and text.startswith("{", position + 1):
                depth += 1
                position += 1
        elif character == '"':
            quoted.append(depth)
        elif character == "{":
            depth += 1
        elif character == "}":
            if not depth:
                return position + 1
            depth -= 1
        position += 1
    return -1


def render(text: Text, evaluate: Callable[[Text], Text]) -> Text:
    """The text with its expressions evaluated. Of `%{ if }` the first branch stays, of `%{ for }` one round."""
    return joined(_parts(text, evaluate), text.origin.anchor(0))


def _parts(text: Text, evaluate: Callable[[Text], Text]) -> Iterator[Text]:
    position = 0
    skipping: list[bool] = []
    strip = False
    while position <= len(text):
        match = _MARK.search(text, position)
        end = closing(text, match.end()) if match else -1
        stop = match.start() if match and end > 0 else len(text)
        piece = text.piece(position, stop)
        if strip:
            piece = piece.piece(len(piece) - len(piece.lstrip()), len(piece))
        strip = False
        inner = text[match.end() : end - 1] if match and end > 0 else ""
        if inner.startswith("~"):
            piece = piece.piece(0, len(piece.rstrip()))
        if not any(skipping):
            yield piece
        if match is None or end < 0:
            return
        position = end
        if len(match.group()) == 3:
            if not any(skipping):
                yield text.piece(match.start() + 1, end)
            continue
        strip = inner.endswith("~")
        if match.group() == "%{":
            _directive(inner.strip("~ \t\r\n"), skipping)
        elif not any(skipping):
            start = match.end() + inner.startswith("~")
            yield evaluate(text.piece(start, max(start, end - 1 - strip)))


def _directive(inner: str, skipping: list[bool]) -> None:
    word = inner.split(None, 1)[0] if inner else ""
    if word in ("if", "for"):
        skipping.append(False)
    elif word == "else" and skipping:
        skipping[-1] = True
    elif word in ("endif", "endfor") and skipping:
        skipping.pop()


def placeholder(expression: Text) -> Text:
    """The stand-in for an expression that nothing here can evaluate."""
    return pinned(word_for(expression), expression.origin.anchor(0, max(1, len(expression))), str(expression).strip())


def quoted_outside_strings(text: Text) -> Text:
    """JSON text whose stand-ins are strings: those that stand between values get quotes around them."""
    parts: list[Text] = []
    position = 0
    inside = False
    for mark in text.placeholders:
        if mark.start < position:
            continue
        for quote in _QUOTE.finditer(text, position, mark.start):
            inside ^= quote.group() == '"'
        if not inside:
            where = text.origin.anchor(mark.start)
            parts += [text.piece(position, mark.start), pinned('"', where), text.piece(mark.start, mark.end), pinned('"', where)]
            position = mark.end
        else:
            parts.append(text.piece(position, mark.end))
            position = mark.end
    return joined([*parts, text.piece(position, len(text))], text.origin.anchor(0))


def read_template_document(source: Source, files: Files) -> list[Node]:
    """The document trees of a `.tpl` or `.tftpl` file that no Terraform file was seen to fill in."""
    return parse_rendered(render(file_text(source), placeholder), files)


def parse_rendered(text: Text, files: Files) -> list[Node]:
    """The document trees in a text that was a template."""
    if str(text[:200]).lstrip().startswith(("{", "[")):
        text = quoted_outside_strings(text)
    return files.parse(text)
