"""The Serverless Framework's variables: `${self:custom.x}`, `${file(x.yml):key}`, `${opt:stage, 'dev'}`.

See: https://www.serverless.com/framework/docs/guides/variables
"""

from __future__ import annotations

import re
from pathlib import Path

from vtl.diagnostics import Severity
from vtl.loaders.files import Files
from vtl.loaders.interpolation import closing
from vtl.loaders.intrinsics import MAX_NESTING, MAX_TEXT, Scope
from vtl.loaders.nodes import Node, made
from vtl.loaders.origin import Text, joined, pinned, word_for
from vtl.model.place import Where

_START = re.compile(r"\$\{(?=\s*(?:[A-Za-z][\w-]*(?:\([^)]*\))?:(?!:)|file\())")
_FILE = re.compile(r"file\(\s*([^)]*?)\s*\)(?::(.*))?$", re.DOTALL)
_DOCUMENTS = (".yml", ".yaml", ".json")
_CODE = (".js", ".ts", ".cjs", ".mjs")


class ServiceScope(Scope):
    """CloudFormation's functions with Serverless variables in every string; `root` is the service."""

    def __init__(self, root: Node, files: Files):
        super().__init__(root.get("resources"), files)
        self.root = root
        self.directory = Path(root.anchor.file).parent
        self._open: set[str] = set()
        self._filled_in: dict[str, Node | None] = {}

    def plain(self, node: Node) -> Node:
        """A string with its variables filled in; one that is a single variable may be anything."""
        if "${" not in node.value or self.depth > MAX_NESTING:
            return node
        text = node.text
        match = _START.match(text.strip()) if text.strip().startswith("${") else None
        if match is None:
            return made(self.variables(text), node) if _START.search(text) else node
        lead = len(text) - len(text.lstrip())
        if closing(text, lead + 2) != len(text.rstrip()):
            return made(self.variables(text), node)
        found = self._filled(text.piece(lead + 2, len(text.rstrip()) - 1))
        if found is None:
            return made(self._unknown(text.piece(lead, len(text.rstrip()))), node)
        if found.is_scalar:
            return found if found.made is None or node.key < 0 else made(found.text, node)
        return found

    def substitute(self, text: Text, values: dict[str, Node], node: Node) -> Text:
        """The framework fills in its variables before CloudFormation sees the string."""
        return super().substitute(self.variables(text), values, node)

    def variables(self, text: Text) -> Text:
        """A string with each variable replaced by its value or a placeholder."""
        parts: list[Text] = []
        position = 0
        while match := _START.search(text, position):
            end = closing(text, match.end())
            if end < 0:
                break
            parts.append(text.piece(position, match.start()))
            found = self._filled(text.piece(match.end(), end - 1)) if self.depth <= MAX_NESTING else None
            where = text.origin.anchor(match.start(), end)
            expression = str(text[match.end() : end - 1]).strip()
            value = str(found.text) if found is not None and found.is_scalar else word_for(expression)
            if found is not None and found.is_scalar and "\n" in found.text:
                parts.append(found.text)
            else:
                parts.append(pinned(value, where, expression))
            position = end
        return joined([*parts, text.piece(position, len(text))], text.origin.anchor(0))

    def _unknown(self, text: Text) -> Text:
        expression = str(text[2:-1]).strip()
        return pinned(word_for(expression), text.origin.anchor(0, len(text)), expression)

    def _filled(self, text: Text) -> Node | None:
        """The first of a variable's sources that is known here; the last may be a quoted default. A circle is not known."""
        expression = str(text)
        if expression in self._filled_in:
            return self._filled_in[expression]
        if expression in self._open:
            return None
        self.depth += 1
        self._open.add(expression)
        found: Node | None = None
        try:
            for source in _sources(text):
                found = self._source(self.variables(source))
                if found is not None and not found.is_null:
                    break
        finally:
            self.depth -= 1
            self._open.discard(expression)
        if found is not None and found.is_scalar and len(found.value) > MAX_TEXT:
            found = None
        self._filled_in[expression] = found
        return found

    def _source(self, text: Text) -> Node | None:
        bare = str(text).strip()
        where = text.origin.anchor(0, max(1, len(text)))
        if bare[:1] in ("'", '"') and bare[-1:] == bare[:1] and len(bare) > 1:
            return made(pinned(bare[1:-1], where, bare))
        if bare.startswith("self:"):
            return self._step(self.root, bare.removeprefix("self:"))
        if bare in ("sls:stage", "opt:stage"):
            return self._step(self.root, "provider.stage")
        if bare == "aws:region":
            return made(pinned("us-east-1", where, bare))
        if bare == "aws:accountId":
            return made(pinned("123456789012", where, bare))
        match = _FILE.match(bare)
        if match and not text.placeholders:
            return self._file(match.group(1).strip("'\""), match.group(2), where)
        return made(pinned(bare, where, bare)) if re.fullmatch(r"-?\d+(\.\d+)?|true|false", bare) else None

    def _file(self, name: str, key: str | None, where: Where) -> Node | None:
        path = self.directory / name
        if path.suffix in _CODE:
            return None
        if path.suffix not in _DOCUMENTS:
            text = self.files.text(path, where)
            return made(text) if text is not None else None
        document = self.files.document(path, where)
        if document is None or str(path) in self.including:
            if document is not None:
                self.files.harvest.problem(f"{path} includes itself", where, severity=Severity.WARNING)
            return None
        self.including.append(str(path))
        try:
            return self._step(document, key) if key else self.resolve(document)
        finally:
            self.including.pop()

    def _step(self, node: Node, path: str) -> Node | None:
        """The value at a dotted path, each part resolved on the way."""
        current: Node | None = node
        for name in filter(None, path.split(".")):
            current = self.resolve(current) if current is not None else None
            if current is None:
                return None
            if current.is_list:
                current = current.value[int(name)] if name.isdigit() and int(name) < len(current.value) else None
            else:
                current = current.get(name)
        return self.resolve(current) if current is not None else None


def _sources(text: Text) -> list[Text]:
    """The parts of a variable between its commas, those in braces, brackets and quotes left alone."""
    found: list[Text] = []
    depth, start, quote = 0, 0, ""
    for at, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character in "({[":
            depth += 1
        elif character in ")}]":
            depth -= 1
        elif character == "," and not depth:
            found.append(text.piece(start, at))
            start = at + 1
    return [*found, text.piece(start, len(text))]
