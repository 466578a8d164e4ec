"""What is compared in a filter: `Operand`, made of a document's value, a literal, or an element of a list of literals."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite
from typing import Any, NamedTuple

from vtl.errors import InvalidJson, InvalidPath, JsonPathError
from vtl.jsonpath.brackets import join_escapes
from vtl.jsonpath.documents import parse
from vtl.jsonpath.steps import Run, elements
from vtl.values.doubles import double_text
from vtl.values.kinds import JavaObject


class Operand(NamedTuple):
    """One side of a comparison.

    `kind` is "string", "number", "boolean", "null", "json", "raw", "pattern", "path" or "undefined": "raw" is the text of a list
    or an object as it stands in the path, "path" an element of such a list that reads as a path.
    """

    kind: str
    value: Any


UNDEFINED = Operand("undefined", None)


def operand(value: object) -> Operand:
    """The operand that a document's value makes. JsonPathError for what Jayway can make nothing of."""
    if value is None:
        return Operand("null", None)
    if isinstance(value, bool):
        return Operand("boolean", value)
    if isinstance(value, str):
        return Operand("string", value)
    if isinstance(value, float | Decimal) and not isfinite(value):
        raise JsonPathError("a filter compares NaN or Infinity, of which java.math.BigDecimal knows nothing")
    if isinstance(value, (int, Decimal)):
        return Operand("number", Decimal(value))
    if isinstance(value, float):
        return Operand("number", Decimal(double_text(value)))
    if isinstance(value, JavaObject) and value.family != "list":
        raise JsonPathError(f"a filter cannot compare a {value.java_name}")
    return Operand("json", value)


def content(side: Operand, run: Run) -> Any:
    """The list or object of a "json" or "raw" operand. JsonPathError for a text that is no JSON."""
    if side.kind == "json":
        return side.value
    try:
        return parse(side.value, limits=run.limits)
    except InvalidJson as error:
        raise JsonPathError(f"{side.value} is not JSON: {error.message}") from error


def list_of(side: Operand, run: Run) -> list[Operand] | None:
    """The elements of an operand that is a list; None for an object. InvalidPath for what is neither."""
    if side.kind not in ("json", "raw"):
        raise InvalidPath(f"a list is expected, and this is a {side.kind}")
    items = elements(content(side, run))
    if items is None:
        return None
    run.charge(len(items))
    return [_element(item, run) for item in items]


def _element(value: object, run: Run) -> Operand:
    """An element of a list: a text may be a path or JSON, and loses quotes around it."""
    if isinstance(value, dict) or elements(value) is not None:
        raise JsonPathError("a filter looks into a list that holds a list or an object")
    if not isinstance(value, str):
        return operand(value)
    text = value.strip("".join(map(chr, range(33))))
    if text[:1] in ("$", "@") and _is_path(text, run):
        return Operand("path", value)
    if text[:1] + text[-1:] in ("[]", "{}") and len(text) > 1 and _is_json(text, run):
        return Operand("raw", value)
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    try:
        return Operand("string", join_escapes(value))
    except ValueError:
        raise JsonPathError(f"\\u needs four hexadecimal digits: {value!r}") from None


def _is_path(text: str, run: Run) -> bool:
    from vtl.jsonpath.paths import compile_path  # an element that reads as a path needs the whole compiler

    try:
        compile_path(text, run.dialect)
    except InvalidPath:
        return False
    return True


def _is_json(text: str, run: Run) -> bool:
    try:
        parse(text, limits=run.limits)
    except InvalidJson:
        return False
    return True
