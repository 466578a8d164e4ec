"""How every reader of an API takes values from a tree: functions resolved on the way, keys found in any of AWS's spellings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from vtl.diagnostics import Severity
from vtl.loaders.intrinsics import Scope
from vtl.loaders.nodes import MADE, Node, plain_value
from vtl.loaders.origin import Text
from vtl.loaders.templates import Harvest
from vtl.model.place import Where

_VERBS = ("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE")
_TRUE = ("true", "yes", "on")


def pointer(*keys: str | int) -> str:
    """A JSON pointer (RFC 6901) from its keys."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)


def known_verb(text: str) -> str:
    """An HTTP method in capitals, `*` as ANY; "" for what is none, such as the stand-in for a value that is not known."""
    verb = text.upper().replace("*", "ANY")
    return verb if verb in _VERBS else ""


def spelling(name: str) -> str:
    """`RequestTemplates`, `requestTemplates` and `request_templates` in one spelling."""
    return name.replace("_", "").replace("-", "").lower()


@dataclass(frozen=True, slots=True)
class Reader:
    """The scope of a document and the harvest that its readers fill."""

    scope: Scope
    harvest: Harvest

    def get(self, node: Node | None, *names: str) -> Node | None:
        """The value under the first of these keys that is there, resolved; null counts as missing."""
        if node is None or not node.is_map:
            return None
        for name in names:
            child = node.value.get(name)
            if child is not None:
                value = self.scope.resolve(child)
                if not value.is_null:
                    return value
        return None

    def walk(self, node: Node | None, *path: str) -> Node | None:
        """The value at the end of a path of keys."""
        for name in path:
            node = self.get(node, name)
        return node

    def items(self, node: Node | None) -> Iterator[tuple[str, Node]]:
        """Keys and resolved values of a mapping."""
        for name, child in node.items() if node is not None else ():
            yield name, self.scope.resolve(child)

    def list(self, node: Node | None) -> list[Node]:
        """The resolved items of a list; a single value is a list of one."""
        if node is None:
            return []
        return [self.scope.resolve(child) for child in (node.value if node.is_list else [node])]

    def text(self, node: Node | None, *names: str) -> Text | None:
        """The string under the first of these keys that is there; without keys the node's own."""
        found = self.get(node, *names) if names else node
        return found.text if found is not None and found.is_scalar and not found.is_null else None

    def flag(self, node: Node | None, *names: str) -> bool:
        """Whether the value under a key says true."""
        text = self.text(node, *names)
        return text is not None and text.lower() in _TRUE

    def number(self, node: Node | None, *names: str) -> int | None:
        """The whole number under a key."""
        text = self.text(node, *names)
        value = plain_value(str(text)) if text else None
        return int(value) if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15 else None

    def texts(self, node: Node | None, *names: str) -> tuple[str, ...]:
        """The strings of the list under a key."""
        found = self.get(node, *names)
        return tuple(item.text for item in self.list(found) if item.is_scalar)

    def text_map(self, node: Node | None, *names: str) -> dict[str, str]:
        """A mapping of strings under a key."""
        found = self.get(node, *names) if names else node
        return {name: child.text for name, child in self.items(found) if child.is_scalar}

    def flag_map(self, node: Node | None, *names: str) -> dict[str, bool]:
        """A mapping of names to whether they are required under a key."""
        found = self.get(node, *names)
        return {name: str(child.value).lower() in _TRUE for name, child in self.items(found)}

    def data(self, node: Node | None) -> object:
        """Plain data of a tree; a JSON text in a string is left as it is."""
        return node.data() if node is not None else None

    def schema(self, node: Node | None) -> object:
        """A model's schema, also out of a JSON text; a text that is none stays one."""
        found = self.data(node)
        try:
            return json.loads(found) if isinstance(found, str) else found
        except (ValueError, RecursionError):
            return found

    def is_map(self, node: Node | None, name: str) -> bool:
        """Whether a value is the mapping that it must be; says so when it is something else, unless a loader made it up."""
        if node is None or node.is_map:
            return node is not None
        if not node.is_null and node.style != MADE:
            self.problem(f"{name!r} must be a mapping", node.anchor, code="load-shape")
        return False

    def problem(self, message: str, where: Where, severity: Severity = Severity.ERROR, code: str = "load") -> None:
        """Say what is wrong in the document."""
        self.harvest.problem(message, where, severity=severity, code=code)


class Fields:
    """The keys of a mapping in one spelling, whatever the document's: a view for records that come in many dialects."""

    __slots__ = ("_names", "node", "reader")

    def __init__(self, reader: Reader, node: Node):
        self.reader = reader
        self.node = node
        self._names = {spelling(name): name for name in node.value} if node.is_map else {}

    def name(self, *names: str) -> str:
        """The document's own spelling of the first of these keys that it has, "" for none."""
        return next((self._names[name] for name in names if name in self._names), "")

    def get(self, *names: str) -> Node | None:
        """The resolved value of the first of these keys that is there."""
        for name in names:
            if name in self._names:
                found = self.reader.get(self.node, self._names[name])
                if found is not None:
                    return found
        return None

    def text(self, *names: str) -> Text | None:
        """Its string."""
        return self.reader.text(self.get(*names))

    def string(self, *names: str) -> str:
        """Its string, "" when it is missing."""
        return self.text(*names) or ""

    def number(self, *names: str) -> int | None:
        """Its whole number."""
        found = self.get(*names)
        return self.reader.number(found) if found is not None else None

    def flag(self, *names: str) -> bool:
        """Whether it says true."""
        return self.reader.flag(self.get(*names))

    def text_map(self, *names: str) -> dict[str, str]:
        """Its mapping of strings."""
        found = self.get(*names)
        return self.reader.text_map(found) if found is not None else {}

    def texts(self, *names: str) -> tuple[str, ...]:
        """Its list of strings."""
        return tuple(item.text for item in self.reader.list(self.get(*names)) if item.is_scalar)
