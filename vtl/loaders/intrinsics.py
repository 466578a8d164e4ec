"""CloudFormation's intrinsic functions, computed as far as that goes offline; the rest becomes placeholders.

See: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from vtl.diagnostics import Severity
from vtl.loaders.files import Files
from vtl.loaders.nodes import Node, made
from vtl.loaders.origin import Text, joined, pinned, word_for

PSEUDO_PARAMETERS = {
    "AWS::AccountId": "123456789012",
    "AWS::NotificationARNs": "arn:aws:sns:us-east-1:123456789012:topic",
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "AWS::StackId": "arn:aws:cloudformation:us-east-1:123456789012:stack/my-stack/1",
    "AWS::StackName": "my-stack",
    "AWS::URLSuffix": "amazonaws.com",
}
"""Stand-ins for what CloudFormation knows only when it deploys."""

MAX_NESTING = 40
"""Functions inside functions, and files that include files."""

MAX_ALTERNATIVES = 200
"""Branches of conditions that are looked at for one value."""

MAX_TEXT = 1_000_000
"""Characters of a computed string; a longer one becomes a placeholder."""

_VARIABLE = re.compile(r"\$\{(!?)([^${}]*)\}")
_SHORT = {"!Ref": "Ref", "!Condition": "Condition"}


def function_of(node: Node) -> tuple[str, Any] | None:
    """Name and argument of an intrinsic function, written long or as a tag; None for anything else."""
    if node.tag.startswith("!") and not node.tag.startswith("!!") and len(node.tag) > 1:
        return _SHORT.get(node.tag, f"Fn::{node.tag[1:]}"), node
    if isinstance(node.value, dict) and len(node.value) == 1:
        ((name, argument),) = node.value.items()
        if name.startswith("Fn::") or name in ("Ref", "Condition"):
            return name, argument
    return None


class Scope:
    """How the values of one document are computed: its parameters, mappings and resources, and the files beside it.

    `arguments` are parameters that a parent stack gives.
    """

    def __init__(self, root: Node | None, files: Files, arguments: dict[str, Node] | None = None):
        self.files = files
        self.parameters = _section(root, "Parameters")
        self.mappings = _section(root, "Mappings")
        self.arguments = arguments or {}
        self.depth = 0
        self.including: list[str] = []
        self._computed: dict[tuple[int, str], tuple[Node, Node]] = {}

    def resolve(self, node: Node) -> Node:
        """The value itself when it is no function, else what the function gives; a placeholder when that is not known."""
        if node.is_scalar and not node.tag:
            return self.plain(node)
        found = function_of(node)
        if found is None:
            return self._with_include(node) if node.is_map and "Fn::Transform" in node.value else node
        key = (id(node.value), node.tag)
        if key in self._computed and self._computed[key][0].start == node.start:
            return self._computed[key][1]
        result = self._compute(*found, node)
        self._computed[key] = (node, result)
        return result

    def _compute(self, name: str, argument: Node, node: Node) -> Node:
        """The value of a function; computed once, so that functions over aliases of functions stay cheap."""
        compute = _FUNCTIONS.get(name)
        if compute is None or self.depth > MAX_NESTING:
            return self.unknown(node, name.removeprefix("Fn::"))
        self.depth += 1
        try:
            result: Node = compute(self, argument if argument is not node else _untagged(node), node)
        finally:
            self.depth -= 1
        return self.unknown(node, name) if result.is_scalar and len(result.value) > MAX_TEXT else result

    def plain(self, node: Node) -> Node:
        """A scalar without function; formats with `${...}` of their own read it here."""
        return node

    def alternatives(self, node: Node) -> list[Node]:
        """The values that a node may have: all branches of `Fn::If`, else the one."""
        values: list[Node] = []
        waiting = [node]
        for _ in range(MAX_ALTERNATIVES):
            if not waiting:
                break
            one = waiting.pop()
            found = function_of(one)
            if found is not None and found[0] == "Fn::If":
                waiting += reversed(_items(_untagged(one) if found[1] is one else found[1])[1:3])
            elif not _is_no_value(one):
                values += [self.resolve(one), *one.others]
        return values

    def text(self, node: Node) -> Text:
        """The value as a string; "" at its place for a container or null."""
        value = self.resolve(node)
        return value.text if value.is_scalar else pinned("", node.anchor)

    def unknown(self, node: Node, expression: str) -> Node:
        """A placeholder in the place of a node."""
        return made(pinned(word_for(expression), node.anchor, expression), node)

    def reference(self, name: str, node: Node) -> Node:
        """What `Ref` gives: a pseudo parameter's stand-in, a parameter's argument or default, else a placeholder."""
        if name in PSEUDO_PARAMETERS:
            return made(pinned(PSEUDO_PARAMETERS[name], node.anchor, name), node)
        if name in self.arguments:
            return self.arguments[name]
        parameter = self.parameters.get(name)
        default = parameter.get("Default") if parameter else None
        if default is not None and default.is_scalar and default.value:
            return default
        return self.unknown(node, name)

    def substitute(self, text: Text, values: dict[str, Node], node: Node) -> Text:
        """`Fn::Sub`: each `${Name}` replaced by its value, marked as a placeholder; `${!Name}` loses its sign."""
        parts: list[Text] = []
        position = 0
        for match in _VARIABLE.finditer(text):
            parts.append(text.piece(position, match.start()))
            position = match.end()
            if match.group(1):
                parts += [text.piece(match.start(), match.start(2) - 1), text.piece(match.start(2), match.end())]
                continue
            name = match.group(2).strip()
            where = text.origin.anchor(match.start(), match.end())
            value = str(self.text(values[name])) if name in values else self._variable(name, node)
            parts.append(pinned(value, where, name))
        parts.append(text.piece(position, len(text)))
        return joined(parts, node.anchor)

    def _variable(self, name: str, node: Node) -> str:
        return str(self.reference(name, node).text) if "." not in name else word_for(name)

    def _with_include(self, node: Node) -> Node:
        """A mapping with an `AWS::Include` among its keys: the keys of both."""
        included = self.resolve(Node(node.host, {"Fn::Transform": node.value["Fn::Transform"]}, node.start, node.end))
        rest = {key: child for key, child in node.value.items() if key != "Fn::Transform"}
        return node.replaced({**(included.value if included.is_map else {}), **rest})

    def local_file(self, location: str, near: Node) -> Path | None:
        """The file beside the document that a path or an S3 location most likely means."""
        base = Path(near.anchor.file).parent
        if "://" not in location and not Path(location).is_absolute():
            return base / location
        parts = PurePosixPath(location.partition("://")[2]).parts[1:]
        tries = [base.joinpath(*parts[at:]) for at in range(len(parts))] + [base / f"asset.{parts[-1]}" for _ in parts[:1]]
        return next((path for path in tries if path.is_file()), None)


def _section(root: Node | None, name: str) -> dict[str, Node]:
    section = root.get(name) if root is not None else None
    return section.value if section is not None and section.is_map else {}


def _untagged(node: Node) -> Node:
    bare = Node(node.host, node.value, node.start, node.end, node.style)
    bare.key = node.key
    return bare


def _items(node: Node) -> list[Node]:
    return node.value if node.is_list else [node]


def _is_no_value(node: Node) -> bool:
    found = function_of(node)
    return found is not None and found[0] == "Ref" and found[1].value == "AWS::NoValue"


def _ref(scope: Scope, argument: Node, node: Node) -> Node:
    if argument.value == "AWS::NoValue":
        return Node(node.host, "", node.start, node.end)
    return scope.reference(str(argument.text), node) if argument.is_scalar else scope.unknown(node, "Ref")


def _get_att(scope: Scope, argument: Node, node: Node) -> Node:
    parts = [str(scope.text(item)) for item in _items(argument)]
    return scope.unknown(node, ".".join(parts))


def _sub(scope: Scope, argument: Node, node: Node) -> Node:
    items = _items(argument)
    if not items or not items[0].is_scalar:
        return scope.unknown(node, "Sub")
    values = dict(items[1].items()) if len(items) > 1 else {}
    return made(scope.substitute(items[0].text, values, items[0]), node)


def _join(scope: Scope, argument: Node, node: Node) -> Node:
    items = _items(argument)
    parts = scope.resolve(items[1]) if len(items) == 2 else None
    if parts is None or not parts.is_list:
        return scope.unknown(node, "Join")
    delimiter = scope.text(items[0])
    texts: list[Text] = []
    for at, part in enumerate(parts.value):
        texts += [delimiter] if at and delimiter else []
        found = function_of(part)
        text = scope.text(part)
        texts.append(pinned(str(text), part.anchor, _name(found[1])) if found and found[0] == "Ref" else text)
    return made(joined(texts, node.anchor), node)


def _name(argument: Node) -> str:
    return str(argument.value) if argument.is_scalar else "Ref"


def _if(scope: Scope, argument: Node, node: Node) -> Node:
    items = _items(argument)
    kept = [item for item in items[1:3] if not _is_no_value(item)]
    return scope.resolve(kept[0]) if kept else Node(node.host, "", node.start, node.end)


def _select(scope: Scope, argument: Node, node: Node) -> Node:
    items = _items(argument)
    choices = scope.resolve(items[1]) if len(items) == 2 else None
    index = str(scope.text(items[0])) if items else ""
    if choices is None or not choices.is_list or not index.isdigit() or int(index) >= len(choices.value):
        return scope.unknown(node, "Select")
    return scope.resolve(choices.value[int(index)])


def _split(scope: Scope, argument: Node, node: Node) -> Node:
    items = _items(argument)
    if len(items) != 2:
        return scope.unknown(node, "Split")
    delimiter, text = str(scope.text(items[0])), scope.text(items[1])
    found, position = [], 0
    for part in text.split(delimiter) if delimiter else [str(text)]:
        found.append(made(text.piece(position, position + len(part)), node))
        position += len(part) + len(delimiter)
    return node.replaced(found)


def _find_in_map(scope: Scope, argument: Node, node: Node) -> Node:
    keys = [str(scope.text(item)) for item in _items(argument)[:3]]
    found: Node | None = Node(node.host, scope.mappings, node.start, node.end)
    for key in keys:
        found = found.get(key) if found is not None else None
    return found if found is not None and len(keys) == 3 else scope.unknown(node, ".".join(keys))


def _transform(scope: Scope, argument: Node, node: Node) -> Node:
    """`AWS::Include`; the file takes the place of the function."""
    name, parameters = argument.get("Name"), argument.get("Parameters")
    location = parameters.get("Location") if parameters is not None else None
    if name is None or name.value != "AWS::Include" or location is None:
        return scope.unknown(node, "Transform")
    return include(scope, str(scope.text(location)), location) or node.replaced({})


def include(scope: Scope, location: str, near: Node) -> Node | None:
    """The document at a local path, or at the file that an S3 location stands for; None when it is not there or circular."""
    path = scope.local_file(location, near)
    if path is None:
        scope.files.harvest.problem(
            f"{location} is not a file beside this document", near.anchor, severity=Severity.WARNING, code="load-missing-file"
        )
        return None
    if str(path) in scope.including or len(scope.including) > MAX_NESTING:
        scope.files.harvest.problem(f"{path} includes itself", near.anchor)
        return None
    document = scope.files.document(path, near.anchor)
    if document is None:
        return None
    scope.including.append(str(path))
    try:
        return scope.resolve(document)
    finally:
        scope.including.pop()


def _to_json(scope: Scope, argument: Node, node: Node) -> Node:
    from vtl.loaders.json_texts import to_json_text

    return made(to_json_text(argument, scope.resolve), node)


def _base64(scope: Scope, argument: Node, node: Node) -> Node:
    return scope.unknown(node, "Base64")


_FUNCTIONS: dict[str, Callable[[Scope, Any, Node], Node]] = {
    "Fn::Base64": _base64,
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAtt": _get_att,
    "Fn::If": _if,
    "Fn::Join": _join,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
    "Fn::ToJsonString": _to_json,
    "Fn::Transform": _transform,
    "Ref": _ref,
}
