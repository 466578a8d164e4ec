"""JSON Schema as a hint: which members are arrays, which texts are numbers or booleans, in which order elements come.

Nothing is validated. `$ref` leads to `#/definitions/...`, `#/$defs/...`, `#/components/schemas/...` of the same document; of
`allOf`, `anyOf` and `oneOf` the first that speaks of a member counts. See: JSON Schema draft 4, and OpenAPI's dialect of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from vtl.errors import InputError
from vtl.transforms.convention import Convention
from vtl.transforms.shapes import UNKNOWN, Convert, Shape

_MOST_REFERENCES = 100
_GROUPS = ("allOf", "anyOf", "oneOf")


def shape_of_json_schema(schema: Mapping[str, Any], convention: Convention) -> Shape:
    """The shape above the root of a document whose JSON (as the convention writes it) this schema describes.

    InputError for a schema that is none, or a reference that leads nowhere.
    """
    if not isinstance(schema, Mapping):
        raise InputError("a JSON Schema is an object")
    above = _SchemaShape(schema, schema, convention)
    return above if convention.keep_root else _AnyRoot(above)


class _AnyRoot(Shape):
    """What stands above a root that JSON does not name."""

    __slots__ = ("_root",)

    def __init__(self, root: Shape):
        super().__init__()
        self._root = root

    def __missing__(self, name: str) -> Shape:
        return self._root


class _SchemaShape(Shape):
    """The shape of one schema; children are made when they are first asked for, so that recursive schemas are no trouble."""

    __slots__ = ("_convention", "_document", "_schema")

    def __init__(self, schema: Mapping[str, Any], document: Mapping[str, Any], convention: Convention):
        schema = _resolved(schema, document)
        array = _has_type(schema, "array")
        if array:
            items = schema.get("items")
            schema = _resolved(items, document) if isinstance(items, Mapping) else {}
        self._schema = schema
        self._document = document
        self._convention = convention
        text = _member(schema, convention.text_key, document)
        order = [str(name) for name in _properties(schema, document)]
        super().__init__(array=array, convert=_convert(_resolved(text, document) if text else schema), order=order)

    def __missing__(self, name: str) -> Shape:
        found = _member(self._schema, name, self._document)
        made = UNKNOWN if found is None else _SchemaShape(found, self._document, self._convention)
        self[name] = made
        return made


def _resolved(schema: Any, document: Mapping[str, Any]) -> Mapping[str, Any]:
    for _ in range(_MOST_REFERENCES):
        reference = schema.get("$ref") if isinstance(schema, Mapping) else None
        if not isinstance(reference, str):
            return schema if isinstance(schema, Mapping) else {}
        schema = _pointed(reference, document)
    raise InputError(f"the reference {reference!r} leads back to itself")


def _pointed(reference: str, document: Mapping[str, Any]) -> Any:
    found: Any = document
    if not reference.startswith("#"):
        raise InputError(f"the reference {reference!r} leads out of the schema")
    for part in reference[1:].strip("/").split("/") if reference[1:].strip("/") else []:
        found = found.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(found, Mapping) else None
    if not isinstance(found, Mapping):
        raise InputError(f"the reference {reference!r} leads nowhere")
    return found


def _properties(schema: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    own = schema.get("properties")
    found = dict(own) if isinstance(own, Mapping) else {}
    for group in _GROUPS:
        for each in schema.get(group) or ():
            inner = _resolved(each, document).get("properties")
            if isinstance(inner, Mapping):
                found = {**inner, **found}
    return found


def _member(schema: Mapping[str, Any], name: str, document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    found = _properties(schema, document).get(name)
    return found if isinstance(found, Mapping) else None


def _has_type(schema: Mapping[str, Any], name: str) -> bool:
    kind = schema.get("type")
    return kind == name or (isinstance(kind, list) and name in kind)


def _convert(schema: Mapping[str, Any]) -> Convert | None:
    if _has_type(schema, "string"):
        return str
    if _has_type(schema, "boolean"):
        return _boolean
    if _has_type(schema, "integer") or _has_type(schema, "number"):
        return _number
    return None


def _boolean(text: str) -> object:
    """XML's booleans; another text stays."""
    return {"true": True, "1": True, "false": False, "0": False}.get(text.strip(), text)


def _number(text: str) -> object:
    """An int, a float, or a Decimal where a float would lose or change digits; another text stays."""
    try:
        exact = Decimal(text.strip())
    except InvalidOperation:
        return text
    if not exact.is_finite() or exact.adjusted() > 4_000 or len(text) > 4_000:
        return text
    if exact == exact.to_integral_value() and "." not in text and "e" not in text.lower():
        return int(exact)
    near = float(exact)
    return near if repr(near) == text.strip() else exact
