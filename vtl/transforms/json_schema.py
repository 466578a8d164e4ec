"""A JSON Schema as a hint: what is an array, which type a text has, in which order elements come.

It describes the JSON of a convention, the member of the root included. A hint refuses nothing: a text that is none of the type
stays text. `$ref` leads to places in the same schema; what all of `allOf`, `anyOf` and `oneOf` say together counts.

See: JSON Schema Core and Validation, drafts 4 to 2020-12.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias
from urllib.parse import unquote

from vtl.errors import InputError
from vtl.transforms.convention import Convention
from vtl.transforms.schema import Schema
from vtl.transforms.shapes import Shape
from vtl.transforms.xsd_shape import xsd_shape

_MOST = 100
"""Schemas that are looked at for one place, references followed."""
_INTEGER = re.compile(r"[+-]?[0-9]{1,1000}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,1000}(?:\.[0-9]{0,1000})?|\.[0-9]{1,1000})(?:[eE][+-]?[0-9]{1,4})?")
_EXACT = 15
"""Every decimal number of so many digits survives as a float."""


class SchemaShape(Shape):
    """What a schema knows of one place; the places below it are looked at when they are first met."""

    __slots__ = ("_nodes", "_rules", "_whole")

    def __init__(self, whole: object, rules: Convention, nodes: list[object]):
        self._whole = whole
        self._rules = rules
        flat = list(_flat(whole, nodes))
        is_array = "array" in _types(flat) or any("items" in node for node in flat)
        if is_array:
            flat = list(_flat(whole, [item for node in flat for item in _items(node)]))
        self._nodes = flat
        inner = [node["properties"][rules.text_key] for node in flat if rules.text_key in _table(node, "properties")]
        types = _types(flat) | _types(list(_flat(whole, inner)))
        # Who writes a schema lists the members in the order that they should have; in XML it often counts.
        order = dict.fromkeys(str(name) for node in flat for name in _table(node, "properties"))
        super().__init__(array=is_array, convert=_convert(types), order=list(order))

    def __missing__(self, name: str) -> Shape:
        found = [node["properties"][name] for node in self._nodes if name in _table(node, "properties")]
        found = found or [node["additionalProperties"] for node in self._nodes if _table(node, "additionalProperties")]
        made = SchemaShape(self._whole, self._rules, found)
        self[name] = made
        return made


Hint: TypeAlias = "Shape | Schema | Mapping[str, Any]"
"""What may be told of a document: a shape, an XML schema that was read, or a JSON Schema."""


def shape_of(schema: Hint | None, rules: Convention) -> Shape | None:
    """What stands above the root, by a shape as it is, an XML schema, or a JSON Schema for the JSON of the convention.

    Where the convention does not name the root, a JSON Schema is that of its content. InputError for what is none of these.
    """
    if schema is None or isinstance(schema, Shape):
        return schema
    if isinstance(schema, Schema):
        return xsd_shape(schema, rules)
    if not isinstance(schema, Mapping):
        raise InputError(f"a schema is a JSON Schema or an XML schema that was read, not {type(schema).__qualname__}")
    return SchemaShape(schema, rules, [schema if rules.keep_root else {"additionalProperties": schema}])


def _flat(whole: object, nodes: list[object]) -> Iterator[Mapping[str, Any]]:
    """The schemas themselves, those that they refer to and those that they consist of, each once."""
    waiting = list(nodes)
    seen: set[int] = set()
    while waiting and len(seen) < _MOST:
        node = waiting.pop(0)
        if not isinstance(node, Mapping) or id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        reference = node.get("$ref")
        if isinstance(reference, str):
            waiting.append(_referred(whole, reference))
        for word in ("allOf", "anyOf", "oneOf"):
            branches = node.get(word)
            if isinstance(branches, list):
                waiting += branches


def _referred(whole: object, reference: str) -> object:
    """What a reference such as `#/$defs/order` leads to; None for what is not in this schema."""
    found = whole
    if reference[:1] != "#" or reference[1:2] not in ("", "/"):
        return None
    for part in reference[2:].split("/") if len(reference) > 1 else ():
        name = unquote(part).replace("~1", "/").replace("~0", "~")
        if isinstance(found, Mapping):
            found = found.get(name)
        elif isinstance(found, list) and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        else:
            return None
    return found


def _types(nodes: list[Mapping[str, Any]]) -> frozenset[str]:
    found: set[str] = set()
    for node in nodes:
        named = node.get("type")
        found.update(each for each in (named if isinstance(named, list) else [named]) if isinstance(each, str))
    return frozenset(found)


def _table(node: Mapping[str, Any], word: str) -> Mapping[str, Any]:
    value = node.get(word)
    return value if isinstance(value, Mapping) else {}


def _items(node: Mapping[str, Any]) -> list[object]:
    items = node.get("items", node.get("prefixItems", []))
    return items if isinstance(items, list) else [items]


def _convert(types: frozenset[str]) -> Callable[[str], object] | None:
    """Makes a value of a text by these types; None where every text stays text."""
    if "string" in types and not types & {"integer", "number", "boolean"}:
        return _as_it_is
    wanted = types & {"integer", "number", "boolean", "null"}
    return (lambda text: _value(text, wanted)) if wanted else None


def _as_it_is(text: str) -> object:
    return text


def _value(text: str, types: frozenset[str]) -> object:
    stripped = text.strip()
    if types & {"integer", "number"} and _INTEGER.fullmatch(stripped):
        return int(stripped)
    if "number" in types and _NUMBER.fullmatch(stripped):
        digits = sum(character.isdigit() for character in stripped)
        return float(stripped) if digits <= _EXACT else Decimal(stripped)
    if "boolean" in types and stripped in ("true", "false", "1", "0"):
        return stripped in ("true", "1")
    return None if "null" in types and not stripped else text
