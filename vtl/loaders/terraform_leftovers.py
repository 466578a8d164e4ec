"""Templates in Terraform that no resource at hand uses: arguments of other modules, defaults, locals, unreadable files."""

from __future__ import annotations

import re

from vtl.loaders.hcl import heredoc_text, heredocs
from vtl.loaders.interpolation import placeholder, render
from vtl.loaders.nodes import Node
from vtl.loaders.origin import Text, file_text
from vtl.loaders.reading import Reader, pointer
from vtl.loaders.templates import ACCESS_LOG, MAPPING, REQUEST, RESPONSE, Site, Template
from vtl.loaders.terraform_modules import Module
from vtl.loaders.terraform_values import Evaluator
from vtl.source import Source

_VTL = re.compile(r"\$!?\{?(?:input|util|context|stageVariables)\b[.})]?|#(?:set|foreach|if)[ \t]*\(")
_NAMED = re.compile(r"(?i)(?:request|response|mapping|error|vtl|integration)\w*_?templates?$|_template$")
_MEDIA = re.compile(r"[\w.+-]+/[\w.+*-]+$|\$default$")


def read_loose_templates(modules: list[Module], reader: Reader) -> None:
    """What looks like a template, or is named like one, and is not in the harvest yet."""
    for module in modules:
        for block in module.of_type("module"):
            if block.labels and block.labels[0] not in module.children:
                evaluator = module.evaluator(block)
                for name, tree in block.attributes.items():
                    _walk(reader, evaluator.evaluate(tree), name, f"{module.prefix}module.{block.labels[0]}")
        for block in module.of_type("variable"):
            if block.labels and block.labels[0] not in module.arguments and "default" in block.attributes:
                value = module.evaluator(block).evaluate(block.attributes["default"])
                _walk(reader, value, block.labels[0], f"{module.prefix}var.{block.labels[0]}")
        for name, (tree, source) in module.locals.items():
            value = Evaluator(module, file_text(source)).evaluate(tree)
            _walk(reader, value, name, f"{module.prefix}local.{name}")
        for source in module.broken:
            _scan(reader, source)


def _walk(reader: Reader, node: Node, name: str, address: str) -> None:
    stack: list[tuple[Node, tuple[str, ...]]] = [(node, (name,))]
    seen: set[int] = set()
    while stack:
        value, path = stack.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value.value, dict):
            stack += [(child, (*path, key)) for key, child in reversed(list(value.value.items()))]
        elif isinstance(value.value, list):
            stack += [(child, (*path, str(at))) for at, child in reversed(list(enumerate(value.value)))]
        elif not value.is_null and not reader.harvest.has(value.text):
            _add(reader, value.text, path, address)


def _add(reader: Reader, text: Text, path: tuple[str, ...], address: str) -> None:
    named = any(_NAMED.search(key) for key in path)
    if text.is_unknown or not (_VTL.search(text) or (named and "{" in text)):
        return
    words = " ".join(path).lower()
    media = path[-1] if _MEDIA.match(path[-1]) else ""
    if "$input" not in text and ("log" in words or "format" in words):
        reader.harvest.add(Template(text, "", RESPONSE, ACCESS_LOG, pointer(*path), Site("terraform", address=address)))
        return
    direction = RESPONSE if "response" in words or "error" in words else REQUEST if "request" in words else ""
    reader.harvest.add(Template(text, media, direction, MAPPING, pointer(*path), Site("terraform", address=address)))


def _scan(reader: Reader, source: Source) -> None:
    """The heredocs of a file that could not be parsed."""
    for found in heredocs(source.text):
        text = render(heredoc_text(source, found.start, found.end, found.flush), placeholder)
        before = source.text[max(0, found.start - 400) : found.start]
        near = re.findall(r"(\w*(?:template|log|format)\w*)\s*=", before)
        _add(reader, text, (near[-1] if near else "heredoc", found.key), "")
