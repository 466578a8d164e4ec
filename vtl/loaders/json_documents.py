"""JSON with places: a reader of its own, since the standard one forgets where things stand and recurses.

It takes what AWS's own readers take: line breaks and tabs inside strings as well.
"""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder
from typing import NoReturn

from vtl.errors import InputError
from vtl.loaders.nodes import JSON, MAX_DEPTH, PLAIN, Host, Node

_TOKEN = re.compile(
    r'[ \t\n\r]*(?:("[^"\\]*(?:\\.[^"\\]*)*")|([\[\]{}:,])|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)\b)',
    re.DOTALL,
)
_LENIENT = JSONDecoder(strict=False)
_END = re.compile(r"[ \t\n\r]*\Z")


def read_json(host: Host) -> Node:
    """The document that the host's text holds. InputError, with its place, when it is not JSON or nested too deeply."""
    return _Reader(host).document()


class _Reader:
    """One pass over the tokens with the open containers on a stack."""

    def __init__(self, host: Host):
        self.host = host
        self.text = str(host.text)
        self.position = 0

    def document(self) -> Node:
        root = self.value(self.token())
        if root.value is not None and not isinstance(root.value, str):
            self.fill(root)
        if not _END.match(self.text, self.position):
            self.refuse("something follows the end of the document")
        return root

    def token(self) -> re.Match[str]:
        match = _TOKEN.match(self.text, self.position)
        if not match:
            self.refuse(self.unexpected())
        self.position = match.end()
        return match

    def unexpected(self) -> str:
        rest = self.text[self.position :].lstrip(" \t\n\r")
        self.position = len(self.text) - len(rest)
        if not rest:
            return "the document ends too early"
        return "a string without an end" if rest[0] == '"' else f"{rest[0]!r} is not expected here"

    def refuse(self, message: str) -> NoReturn:
        anchor = self.host.anchor(self.position, self.position + 1)
        raise InputError(f"not JSON: {message}", source=anchor.source, span=anchor.span)

    def value(self, match: re.Match[str]) -> Node:
        """The node that a token opens; a container is still empty."""
        kind = match.lastindex
        start, end = match.span(kind or 0)
        if kind == 1:
            return Node(self.host, self.string(start, end), start, end, JSON)
        if kind == 3:
            return Node(self.host, match.group(3), start, end, PLAIN)
        mark = match.group(2)
        if mark not in "[{":
            self.position = start
            self.refuse(f"{mark!r} is not expected here")
        return Node(self.host, {} if mark == "{" else [], start, end)

    def string(self, start: int, end: int) -> str:
        content = self.text[start + 1 : end - 1]
        if "\\" not in content:
            return content
        try:
            text: str = _LENIENT.raw_decode(self.text, start)[0]
        except JSONDecodeError as error:
            self.position = error.pos
            self.refuse("an escape in a string that JSON does not have")
        return text

    def fill(self, root: Node) -> None:
        stack = [root]
        while stack:
            top = stack[-1]
            closing = "}" if isinstance(top.value, dict) else "]"
            match = self.token()
            if match.group(2) == closing:
                top.end = match.end()
                stack.pop()
                continue
            if top.value:
                if match.group(2) != ",":
                    self.position = match.start(match.lastindex or 0)
                    self.refuse("a comma is missing")
                match = self.token()
            child = self.member(top, match)
            if isinstance(child.value, str):
                continue
            if len(stack) >= MAX_DEPTH:
                self.position = child.start
                self.refuse(f"more than {MAX_DEPTH} containers inside each other")
            stack.append(child)

    def member(self, top: Node, match: re.Match[str]) -> Node:
        if isinstance(top.value, list):
            child = self.value(match)
            top.value.append(child)
            return child
        start, end = match.span(match.lastindex or 0)
        if match.lastindex != 1:
            self.position = start
            self.refuse("a key must be a string")
        name = self.string(start, end)
        colon = self.token()
        if colon.group(2) != ":":
            self.position = colon.start(colon.lastindex or 0)
            self.refuse("a colon is missing")
        child = self.value(self.token())
        child.key = start
        top.value[name] = child
        return child
