"""`$ref` in OpenAPI: in the document, or in a file beside it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from vtl.diagnostics import Severity
from vtl.loaders.nodes import Node
from vtl.loaders.reading import Reader

MAX_STEPS = 100
"""References that lead to references."""


class References:
    """The references of one document."""

    def __init__(self, reader: Reader, root: Node):
        self.reader = reader
        self.root = root

    def follow(self, node: Node) -> Node:
        """The node itself, or what its `$ref` leads to. A circle or a dead end is said once, and gives the node."""
        first = node
        root = self.root
        seen: set[tuple[int, str]] = set()
        while True:
            reference = node.get("$ref")
            if reference is None or not reference.is_scalar:
                return node
            target = str(reference.text)
            if (id(root), target) in seen or len(seen) > MAX_STEPS:
                self.reader.problem(f"circular $ref: {target} leads back to itself", reference.anchor, code="load-circular-ref")
                return first
            seen.add((id(root), target))
            found = self._target(root, target, reference)
            if found is None:
                return first
            root, node = found

    def _target(self, root: Node, target: str, reference: Node) -> tuple[Node, Node] | None:
        file, _, fragment = target.partition("#")
        if "://" in file:
            return None
        if file:
            path = Path(reference.anchor.file).parent / unquote(file)
            document = self.reader.scope.files.document(path, reference.anchor)
            if document is None:
                return None
            root = document
        node: Node | None = root
        for key in fragment.split("/")[1:]:
            name = unquote(key).replace("~1", "/").replace("~0", "~")
            if node is not None and node.is_list:
                node = node.value[int(name)] if name.isdigit() and int(name) < len(node.value) else None
            else:
                node = self.reader.get(node, name)
        if node is None:
            self.reader.problem(f"$ref leads nowhere: {target}", reference.anchor, Severity.WARNING, "load-dead-ref")
            return None
        return root, node
