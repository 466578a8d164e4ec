"""A case of the differential test: a template in pieces and what it is rendered over, for either engine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from vtl.values import kinds
from vtl.values.scalars import single

Tree: TypeAlias = "str | tuple[Tree, ...]"
"""A template in pieces: a text, or pieces in a row that may be left out one by one when a difference is shrunk."""


def join(tree: Tree) -> str:
    """The text of a tree."""
    return tree if isinstance(tree, str) else "".join(map(join, tree))


@dataclass(frozen=True, slots=True)
class Case:
    """One question to both engines.

    `context` and the gateway's request are JSON values; `{"@java": CLASS, "of": VALUE}` in a context stands for a value of
    that Java class, Decimals for numbers too long for a Double. `gateway` is None in the velocity dialect.
    """

    pieces: Tree
    context: Mapping[str, object] = field(default_factory=dict)
    gateway: Mapping[str, object] | None = None
    marks: frozenset[str] = frozenset()
    depth: int = 0

    @property
    def template(self) -> str:
        """The template's text."""
        return join(self.pieces)

    @property
    def dialect(self) -> str:
        """ "velocity" or "apigateway"."""
        return "velocity" if self.gateway is None else "apigateway"

    def request(self) -> str:
        """The case as a line for the oracle."""
        content: dict[str, object] = {"template": self.template, "context": self.context}
        if self.gateway is not None:
            content["gateway"] = self.gateway
        return to_json(content)


def to_json(value: object, *, ascii_only: bool = True) -> str:
    """JSON like json.dumps, with Decimals as numbers."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        items = (f"{to_json(key, ascii_only=ascii_only)}: {to_json(item, ascii_only=ascii_only)}" for key, item in value.items())
        return "{" + ", ".join(items) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(to_json(item, ascii_only=ascii_only) for item in value) + "]"
    return json.dumps(value, ensure_ascii=ascii_only)


def to_value(value: object) -> object:
    """What the engine gets for a JSON value of a case: fresh collections, and instances for the tagged ones."""
    if isinstance(value, Mapping):
        if "@java" in value:
            return _instance(str(value["@java"]), to_value(value["of"]))
        return {str(key): to_value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [to_value(item) for item in value]
    return value


def _instance(kind: str, value: object) -> object:
    """The Python value that stands for a Java class which JSON cannot say."""
    if kind == "HashMap":
        assert isinstance(value, dict)
        return kinds.HashMap(value)
    if kind == "String[]":
        assert isinstance(value, list)
        return kinds.JavaArray(value, "java.lang.String")
    if kind == "char[]":
        return kinds.JavaArray([kinds.Char(character) for character in str(value)], "char")
    if kind == "BigDecimal":
        return Decimal(str(value))
    if kind == "Double":
        return float(str(value))
    makers = {"Character": kinds.Char, "Float": single, "Byte": kinds.Byte, "Short": kinds.Short, "Long": kinds.Long}
    makers["BigInteger"] = kinds.BigInteger
    return makers[kind](value)
