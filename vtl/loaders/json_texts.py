"""A tree written as JSON text, each character with its place: what `jsonencode` and `Fn::ToJsonString` make of a template."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from vtl.loaders.nodes import MAX_DATA_NODES, PLAIN, Node, plain_value
from vtl.loaders.origin import Placeholder, Text, joined, pinned
from vtl.model.place import Where

_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f<>&\u2028\u2029]')
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?\Z")


def to_json_text(node: Node, resolve: Callable[[Node], Node], *, escape_html: bool = False) -> Text:
    """Compact JSON, cut off where aliases unfold beyond bounds. `escape_html` writes `<`, `>` and `&` as \\u003c and the like,
    as Go's encoder does, and so Terraform."""
    return joined(_write(node, resolve, escape_html, [MAX_DATA_NODES]), node.anchor)


def _write(node: Node, resolve: Callable[[Node], Node], html: bool, budget: list[int]) -> Iterator[Text]:
    budget[0] -= 1
    if budget[0] < 0:
        return
    value = resolve(node)
    if isinstance(value.value, dict):
        yield pinned("{", value.anchor)
        for at, (name, child) in enumerate(value.value.items()):
            key = json.dumps(name, ensure_ascii=False)
            yield pinned(("," if at else "") + (_html(key) if html else key) + ":", child.key_anchor)
            yield from _write(child, resolve, html, budget)
        yield pinned("}", value.anchor)
    elif isinstance(value.value, list):
        yield pinned("[", value.anchor)
        for at, child in enumerate(value.value):
            if at:
                yield pinned(",", child.anchor)
            yield from _write(child, resolve, html, budget)
        yield pinned("]", value.anchor)
    else:
        yield from _scalar(value, html)


def _html(text: str) -> str:
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _scalar(node: Node, html: bool) -> Iterator[Text]:
    text, where = node.text, node.anchor
    if node.style == PLAIN and not node.tag:
        plain = plain_value(node.value)
        if plain is None:
            yield pinned("null", where)
            return
        if isinstance(plain, bool) or (isinstance(plain, int | float) and _NUMBER.match(node.value)):
            yield pinned(json.dumps(plain) if isinstance(plain, bool) else node.value, where)
            return
    yield pinned('"', where)
    yield from _escaped(text, where, html)
    yield pinned('"', where)


def _escaped(text: Text, where: Where, html: bool) -> Iterator[Text]:
    position = 0
    for match in _SPECIAL.finditer(text):
        character = match.group()
        if character in "<>&" and not html:
            continue
        yield text.piece(position, match.start())
        written = _html(character) if character in "<>&" else json.dumps(character)[1:-1]
        marks = [item.expression for item in text.placeholders if item.start <= match.start() < item.end]
        yield _at(text, match.start(), written, marks[0] if marks else None)
        position = match.end()
    yield text.piece(position, len(text))


def _at(text: Text, offset: int, written: str, mark: str | None) -> Text:
    made = pinned(written, text.origin.anchor(offset))
    return Text(made, made.origin, [Placeholder(0, len(written), mark)]) if mark is not None else made
