"""Terraform's functions, as far as templates pass through them.

See: https://developer.hashicorp.com/terraform/language/functions
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from vtl.loaders.interpolation import render
from vtl.loaders.json_texts import to_json_text
from vtl.loaders.nodes import Node, made
from vtl.loaders.origin import Text, joined, pinned
from vtl.loaders.terraform_values import Evaluator

Function = Callable[[Evaluator, Any, list[Node]], Node | None]


def _known(node: Node) -> Text | None:
    """The string of a node, None when it is none or has parts that are not known."""
    return node.text if node.is_scalar and not node.text.placeholders else None


def _same(node: Node) -> Node:
    return node


def _path(self: Evaluator, node: Node) -> Path | None:
    """The file that a path means: beside the module, since that is where Terraform is run for a root module."""
    text = _known(node)
    if not text:
        return None
    path = Path(str(text))
    beside = self.module.directory / path
    return path if path.is_relative_to(self.module.directory) and not beside.exists() else beside


def _file(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
    path = _path(self, values[0]) if values else None
    text = self.module.files.text(path, self.where(tree)) if path is not None else None
    return made(text) if text is not None else None


def _templatefile(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
    content = _file(self, tree, values)
    if content is None:
        return None
    names = dict(values[1].items()) if len(values) > 1 else {}
    return made(rendered(self, content.text, names))


def rendered(self: Evaluator, text: Text, names: dict[str, Node]) -> Text:
    """A template file's text with its variables filled in."""
    inner = Evaluator(self.module, text, names)
    return render(text, inner.interpolated)


def _jsonencode(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
    """Terraform sorts the keys of an object; here they stay as they are written, as the reader knows them."""
    return made(to_json_text(values[0], _same, escape_html=True)) if values else None


def _yamlencode(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
    """JSON is YAML."""
    return made(to_json_text(values[0], _same)) if values else None


def _decode(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
    if not values or not values[0].is_scalar:
        return None
    documents = self.module.files.parse(values[0].text)
    return documents[0] if documents else None


def _replace(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
    """`replace` of a literal; a regular expression (between slashes) is left undone."""
    if len(values) != 3 or not values[0].is_scalar:
        return None
    text, wanted, by = values[0].text, _known(values[1]), values[2]
    if not wanted or not by.is_scalar or (len(wanted) > 2 and wanted[0] == wanted[-1] == "/"):
        return values[0]
    parts: list[Text] = []
    position = 0
    while (found := text.find(wanted, position)) >= 0:
        parts += [text.piece(position, found), pinned(str(by.text), text.origin.anchor(found))]
        position = found + len(wanted)
    return made(joined([*parts, text.piece(position, len(text))]))


def _trimmed(strip: Callable[[str], tuple[int, int]]) -> Function:
    def function(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
        if not values or not values[0].is_scalar:
            return None
        text = values[0].text
        start, end = strip(str(text))
        return made(text.piece(start, max(start, end)))

    return function


def _space(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _chomp(text: str) -> tuple[int, int]:
    return 0, len(text.rstrip("\r\n"))


def _first(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
    """Conversions, and `try` and `coalesce`, whose first argument is the usual one."""
    return next((value for value in values if not value.is_null), None)


def _merge(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
    if not values or not all(value.is_map or value.is_null for value in values):
        return None
    members: dict[str, Node] = {}
    for value in values:
        members |= dict(value.items())
    return values[0].replaced(members)


def _concat(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
    if not values or not all(value.is_list for value in values):
        return None
    return values[0].replaced([item for value in values for item in value.value])


def _join(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
    if len(values) != 2 or not values[0].is_scalar or not values[1].is_list:
        return None
    if not all(item.is_scalar for item in values[1].value):
        return None
    parts: list[Text] = []
    for at, item in enumerate(values[1].value):
        parts += [values[0].text, item.text] if at else [item.text]
    return made(joined(parts, self.where(tree)))


def _format(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
    """`format` with `%s`, `%d`, `%v` and `%%`."""
    if not values or not values[0].is_scalar:
        return None
    text, rest = values[0].text, values[1:]
    parts: list[Text] = []
    position = 0
    while (found := text.find("%", position)) >= 0:
        parts.append(text.piece(position, found))
        letter = text[found + 1 : found + 2]
        if letter == "%":
            parts.append(text.piece(found + 1, found + 2))
        elif letter in "sdv" and letter and rest:
            value = rest.pop(0)
            parts.append(value.text if value.is_scalar else pinned("value", text.origin.anchor(found), "value"))
        else:
            return None
        position = found + 2
    return made(joined([*parts, text.piece(position, len(text))]))


def _lookup(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
    key = _known(values[1]) if len(values) > 1 else None
    found = values[0].get(str(key)) if key else None
    return found if found is not None else values[2] if len(values) > 2 and values[0].is_map else None


def _element(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
    index = _known(values[1]) if len(values) > 1 else None
    if index is None or not index.isdigit() or not values[0].is_list or not values[0].value:
        return None
    found: Node = values[0].value[int(index) % len(values[0].value)]
    return found


def _cased(change: Callable[[str], str]) -> Function:
    def function(self: Evaluator, tree: Any, values: list[Node]) -> Node | None:
        text = _known(values[0]) if values else None
        changed = change(str(text)) if text is not None else ""
        if text is None or len(changed) != len(text):
            return None
        return made(Text(changed, text.origin))

    return function


FUNCTIONS: dict[str, Function] = {
    "chomp": _trimmed(_chomp),
    "coalesce": _first,
    "concat": _concat,
    "element": _element,
    "file": _file,
    "format": _format,
    "join": _join,
    "jsondecode": _decode,
    "jsonencode": _jsonencode,
    "lookup": _lookup,
    "lower": _cased(str.lower),
    "merge": _merge,
    "nonsensitive": _first,
    "replace": _replace,
    "sensitive": _first,
    "templatefile": _templatefile,
    "tolist": _first,
    "tomap": _first,
    "toset": _first,
    "tostring": _first,
    "trimspace": _trimmed(_space),
    "try": _first,
    "upper": _cased(str.upper),
    "yamldecode": _decode,
    "yamlencode": _yamlencode,
}
