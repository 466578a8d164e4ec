"""The values of Terraform expressions as nodes with places; what only an apply can know becomes a placeholder.

See: https://developer.hashicorp.com/terraform/language/expressions
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vtl.errors import InputError
from vtl.loaders.hcl import PREFIX, heredoc_text, parse_expression
from vtl.loaders.interpolation import render
from vtl.loaders.nodes import PLAIN, Host, Node, made
from vtl.loaders.origin import Text, joined, pinned, word_for
from vtl.model.place import Where

if TYPE_CHECKING:
    from vtl.loaders.terraform_modules import Module

MAX_DEPTH = 80
"""Expressions inside each other, through locals and modules as well."""

MAX_STEPS = 1_000_000
"""Expressions that one load evaluates; `for` inside `for` could go on for ever."""

MAX_TEXT = 1_000_000
"""Characters of a value that is put into a string."""

_SIMPLE = re.compile(r"\s*([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)\s*\Z")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t"}
_NOISE = ("new_line_or_comment",)


@dataclass(slots=True)
class State:
    """What the evaluations of one load share: how deep they are, how many there were, and which names are being computed."""

    depth: int = 0
    steps: int = 0
    open: set[tuple[object, ...]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Evaluates trees of one host text in one module; `names` are the variables of `for`, `each` and `templatefile`."""

    module: Module
    host: Text
    names: dict[str, Node] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """What all evaluations of the load share."""
        return self.module.state

    def where(self, tree: Any) -> Where:
        """The place of an expression."""
        start, end = bounds(tree)
        return self.host.origin.anchor(min(start, max(0, len(self.host) - 1)), max(start + 1, end))

    def source_of(self, tree: Any) -> str:
        """The expression as it is written."""
        start, end = bounds(tree)
        return str(self.host[start:end]).strip()

    def unknown(self, tree: Any, expression: str = "") -> Node:
        """A placeholder for an expression."""
        text = expression or self.source_of(tree)
        return made(pinned(word_for(text), self.where(tree), self.module.prefix + text))

    def evaluate(self, tree: Any) -> Node:
        """The value of an expression."""
        compute = _KINDS.get(getattr(tree, "data", ""))
        self.state.steps += 1
        if compute is None or self.state.depth >= MAX_DEPTH or self.state.steps > MAX_STEPS:
            return self.unknown(tree)
        self.state.depth += 1
        try:
            return compute(self, tree)
        finally:
            self.state.depth -= 1

    def with_names(self, names: dict[str, Node]) -> Evaluator:
        """The same with more variables."""
        return Evaluator(self.module, self.host, {**self.names, **names})

    def expression(self, text: Text) -> Node:
        """The value of an expression inside a heredoc or a template file."""
        simple = _SIMPLE.match(text)
        if simple:
            where = text.origin.anchor(0, len(text))
            return self.module.lookup(simple.group(1).split("."), self.names, where)
        host = joined([pinned(PREFIX, text.origin.anchor(0)), text])
        try:
            tree = parse_expression(str(text))
        except InputError:
            return made(pinned(word_for(text), text.origin.anchor(0, max(1, len(text))), str(text).strip()))
        return Evaluator(self.module, host, self.names).evaluate(tree)

    def interpolated(self, text: Text) -> Text:
        """`${text}` inside a string: its value; a variable's default is marked as a placeholder, since it may differ."""
        value = self.expression(text)
        return as_placeholder(value, str(text).strip(), text.origin.anchor(0, max(1, len(text))))


def as_placeholder(value: Node, expression: str, where: Where) -> Text:
    """The text of a value inside a bigger string."""
    known = value.is_scalar and len(value.value) <= MAX_TEXT
    text = value.text if known else pinned(word_for(expression), where, expression)
    if expression.startswith("var.") and not text.placeholders and "\n" not in text and len(text) < 200:
        return pinned(str(text), where, expression)
    return text


def bounds(tree: Any) -> tuple[int, int]:
    """The offsets of a tree or a token in its host."""
    meta = getattr(tree, "meta", None)
    if meta is not None and not getattr(meta, "empty", True):
        return meta.start_pos, meta.end_pos
    start = getattr(tree, "start_pos", None)
    return (start, tree.end_pos) if isinstance(start, int) else (0, 1)


def trees(tree: Any) -> list[Any]:
    """The children that are trees and mean something."""
    return [child for child in tree.children if hasattr(child, "data") and child.data not in _NOISE]


def _node(self: Evaluator, tree: Any, value: Any) -> Node:
    start, end = bounds(tree)
    return Node(Host(self.host), value, start, end, PLAIN)


def _term(self: Evaluator, tree: Any) -> Node:
    inner = trees(tree)
    return self.evaluate(inner[0]) if inner else self.unknown(tree)


def _literal(self: Evaluator, tree: Any) -> Node:
    token = tree.children[0]
    node = _node(self, tree, str(token))
    node.start, node.end = bounds(token)
    return node


def _string(self: Evaluator, tree: Any) -> Node:
    parts = tree.children[1:-1]
    inner = [trees(part) for part in parts]
    if len(parts) == 1 and inner[0] and inner[0][0].data == "interpolation":
        return self.evaluate(trees(inner[0][0])[0])
    start = bounds(tree)[0]
    texts: list[Text] = [self.host.piece(start + 1, start + 1)]
    skipping = False
    for part in parts:
        for child in part.children:
            data = getattr(child, "data", "")
            if data in ("template_else", "template_endif", "template_endfor"):
                skipping = data == "template_else"
            elif data == "interpolation" and not skipping:
                expression = trees(child)[0]
                texts.append(as_placeholder(self.evaluate(expression), self.source_of(expression), self.where(child)))
            elif not data and not skipping:
                texts += _characters(self.host, *bounds(child))
    return made(joined(texts, self.where(tree)))


def _characters(host: Text, start: int, end: int) -> Iterator[Text]:
    """The characters of a quoted string with their escapes decoded; `$${` loses a dollar sign."""
    if host.startswith(("$${", "%%{"), start):
        start += 1
    position = start
    for match in _ESCAPE.finditer(host, start, end):
        yield host.piece(position, match.start())
        code = match.group(1)
        letter = _LETTERS.get(code, code) if len(code) == 1 else _code_point(code)
        yield pinned(letter, host.origin.anchor(match.start()))
        position = match.end()
    yield host.piece(position, end)


def _code_point(code: str) -> str:
    value = int(code[1:], 16)
    return chr(value) if value < 0x110000 else "\ufffd"


def _heredoc(self: Evaluator, tree: Any) -> Node:
    token = tree.children[0]
    start, end = bounds(token)
    raw = str(self.host[start:end]).rstrip("\r\n")
    first, last = start + raw.index("\n") + 1, start + raw.rindex("\n") + 1
    source, offset = self.host.origin.locate(first)
    body = heredoc_text(source, offset, offset + last - first, tree.data.endswith("trim"))
    return made(render(body, self.interpolated))


def _tuple(self: Evaluator, tree: Any) -> Node:
    return _node(self, tree, [self.evaluate(child) for child in trees(tree)])


def _object(self: Evaluator, tree: Any) -> Node:
    members: dict[str, Node] = {}
    for element in trees(tree):
        key, value = trees(element)[0], trees(element)[-1]
        name = _key(self, key)
        child = self.evaluate(value)
        if child.key < 0 and child.style != "made":
            child.key = bounds(key)[0]
        members[name] = child
    return _node(self, tree, members)


def _key(self: Evaluator, tree: Any) -> str:
    """An object's key: a bare name is itself, anything else is evaluated."""
    inner = tree
    while hasattr(inner, "data") and inner.data in ("object_elem_key", "expr_term") and len(inner.children) == 1:
        inner = inner.children[0]
    if getattr(inner, "data", "") in ("identifier", "keyword", "literal_value"):
        return str(inner.children[0])
    value = self.evaluate(tree.children[0] if tree.data == "object_elem_key" else tree)
    return str(value.text) if value.is_scalar else self.source_of(tree)


def _conditional(self: Evaluator, tree: Any) -> Node:
    """Both branches are kept unless the condition is known: the first one is the value."""
    condition, first, second = trees(tree)[:3]
    known = _truth(self, condition)
    if known is not None:
        return self.evaluate(first if known else second)
    values = [value for value in (self.evaluate(first), self.evaluate(second)) if not value.is_null]
    if not values:
        return self.evaluate(first)
    chosen = values[0]
    if len(values) > 1 and values[0].value != values[1].value:
        chosen = Node(chosen.host, chosen.value, chosen.start, chosen.end, chosen.style)
        chosen.made, chosen.key = values[0].made, values[0].key
        chosen.others = (values[1],)
    return chosen


def _truth(self: Evaluator, tree: Any) -> bool | None:
    """Whether a condition is known to hold: a literal, or `==` and `!=` between known strings."""
    while getattr(tree, "data", "") == "expr_term" and len(trees(tree)) == 1:
        tree = trees(tree)[0]
    if getattr(tree, "data", "") == "literal_value":
        return str(tree.children[0]) == "true"
    if getattr(tree, "data", "") != "binary_op":
        return None
    left, term = trees(tree)[0], trees(tree)[1]
    sign = re.sub(r"\s", "", str(trees(term)[0].children[0]))
    values = self.evaluate(left), self.evaluate(trees(term)[1])
    if sign not in ("==", "!=") or not all(value.is_scalar and not value.text.placeholders for value in values):
        return None
    if any(self.source_of(side).startswith("var.") for side in (left, trees(term)[1])):
        return None
    return bool((values[0].value == values[1].value) == (sign == "=="))


def _identifier(self: Evaluator, tree: Any) -> Node:
    return self.module.lookup([str(tree.children[0])], self.names, self.where(tree))


def _traversal(self: Evaluator, tree: Any) -> Node:
    steps: list[str | None] = []
    current = tree
    while True:
        data = current.data
        if data == "expr_term" and len(trees(current)) == 1:
            current = trees(current)[0]
        elif data == "get_attr_expr_term":
            steps.append(str(trees(current.children[1])[0].children[0]))
            current = current.children[0]
        elif data == "index_expr_term":
            steps.append(_index(self, current.children[1]))
            current = current.children[0]
        else:
            break
    steps.reverse()
    if current.data == "identifier":
        root = str(current.children[0])
        names = [root]
        for step in steps:
            names.append(step if step is not None else "?")
        return self.module.lookup(names, self.names, self.where(tree), self.source_of(tree))
    return step_into(self.evaluate(current), steps) or self.unknown(tree)


def _index(self: Evaluator, tree: Any) -> str | None:
    inner = trees(tree)
    if not inner:
        return str(tree.children[-1])
    value = self.evaluate(inner[0])
    return str(value.text) if value.is_scalar else None


def step_into(node: Node | None, steps: list[str | None]) -> Node | None:
    """The value at the end of attribute names and indexes; None when it is not known."""
    for step in steps:
        if node is None or step is None:
            return None
        if node.is_list:
            node = node.value[int(step)] if step.isdigit() and int(step) < len(node.value) else None
        else:
            node = node.get(step)
    return node


def _call(self: Evaluator, tree: Any) -> Node:
    from vtl.loaders.terraform_functions import FUNCTIONS

    name = str(trees(tree)[0].children[0])
    function = FUNCTIONS.get(name)
    arguments = [child for child in trees(tree) if child.data == "arguments"]
    values = [self.evaluate(child) for child in trees(arguments[0])] if arguments else []
    result = function(self, tree, values) if function is not None else None
    return result if result is not None else self.unknown(tree)


def _for(self: Evaluator, tree: Any) -> Node:
    """A `for` expression over a known collection; over an unknown one, a placeholder."""
    intro, *rest = trees(tree)
    names = [str(child.children[0]) for child in trees(intro) if child.data == "identifier"]
    collection = self.evaluate(trees(intro)[-1])
    rest = [child for child in rest if child.data != "for_cond"]
    if not isinstance(collection.value, dict | list) or len(collection.value) > 1000 or not rest:
        return self.unknown(tree)
    pairs = members_of(collection)
    results: list[tuple[str, Node]] = []
    for key, value in pairs:
        bound = {names[-1]: value}
        if len(names) > 1:
            bound[names[0]] = key
        inner = self.with_names(bound)
        if tree.data == "for_object_expr" and len(rest) > 1:
            name = inner.evaluate(rest[0])
            results.append((str(name.text) if name.is_scalar else "", inner.evaluate(rest[1])))
        else:
            results.append(("", inner.evaluate(rest[0])))
    if tree.data == "for_object_expr":
        return _node(self, tree, dict(results))
    return _node(self, tree, [value for _, value in results])


def members_of(collection: Node) -> list[tuple[Node, Node]]:
    """Keys and values of a mapping or a list, both as nodes."""
    if collection.is_map:
        return [(made(pinned(name, child.key_anchor)), child) for name, child in collection.items()]
    return [(made(pinned(str(at), child.anchor)), child) for at, child in enumerate(collection.value)]


_KINDS: dict[str, Callable[[Evaluator, Any], Node]] = {
    "conditional": _conditional,
    "expr_term": _term,
    "float_lit": _literal,
    "for_object_expr": _for,
    "for_tuple_expr": _for,
    "function_call": _call,
    "get_attr_expr_term": _traversal,
    "heredoc_template": _heredoc,
    "heredoc_template_trim": _heredoc,
    "identifier": _identifier,
    "index_expr_term": _traversal,
    "int_lit": _literal,
    "literal_value": _literal,
    "object": _object,
    "string": _string,
    "tuple": _tuple,
}
