"""One case through both engines: the same value, the same texts, the same document afterwards, or an error on both sides."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import vtl
from vtl.errors import PathNotFound, VtlError
from vtl.values import to_json, to_text

_INDEXED_SCAN = re.compile(r"(\.\.|^\.)\s*(\*|\[\s*[^'\"\s])")
_ARGUMENTS = re.compile(r"\(\s*[^)\s]")


def known_difference(path: str, version: str, answer: dict[str, Any], ours: object) -> str:
    """Why the two may part here, or "". Each reason stands in the README's table of known differences."""
    if answer.get("error") == "StackOverflowError":
        return "a list that holds itself"
    if version == "2.9" and _INDEXED_SCAN.search(path):
        return "a deep scan through arrays, which Jayway answers differently the second time"
    if _ARGUMENTS.search(path) and isinstance(ours, PathNotFound):
        return "an argument that leads nowhere, which Jayway takes for a miss of `[*]` before it"
    if "index(" in path and isinstance(ours, VtlError) and "index()" in ours.message:
        return "an IndexOutOfBoundsException, which Jayway takes for a miss of the array around it"
    return ""


def difference(path: str, document: str, answer: dict[str, Any], version: str) -> str:
    """What is not the same, or ""."""
    ours: Any
    try:
        value = vtl.jsonpath.loads(document)
        ours = vtl.jsonpath.read(path, value, dialect=version)
    except VtlError as error:
        ours, told = error, "" if not answer["ok"] else f"{type(error).__name__}: {error}; Jayway: {answer['value']!r}"
    else:
        told = _parted(answer, ours, value) if answer["ok"] else f"{ours!r}; Jayway: {answer['error']}: {answer['message']}"
    return (
        "" if not told or known_difference(path, version, answer, ours) else f"Jayway {version}: {path!r} in {document}: {told}"
    )


def _parted(answer: dict[str, Any], ours: Any, document: Any) -> str:
    if not same(answer["value"], plain(ours)):
        return f"{plain(ours)!r}; Jayway: {answer['value']!r}"
    if to_text(ours) != answer["text"]:
        return f"prints {to_text(ours)!r}; Jayway: {answer['text']!r}"
    if "json" in answer and to_json(ours) != answer["json"]:
        return f"is the JSON {to_json(ours)}; Jayway: {answer['json']}"
    return "" if same(answer["after"], plain(document)) else f"leaves {plain(document)!r}; Jayway: {answer['after']!r}"


def plain(value: Any) -> Any:
    """The value as dicts and lists."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return plain(list(value.elements())) if hasattr(value, "elements") else value


def same(left: Any, right: Any) -> bool:
    """JSON equality that tells 1 from 1.0 and from true, and minds the order of members."""
    if isinstance(left, dict):
        if set(left) == {"$double"}:
            return isinstance(right, float) and repr(right) == {"NaN": "nan", "Infinity": "inf"}.get(left["$double"], "-inf")
        if not isinstance(right, dict) or list(left) != list(right):
            return False
        return all(same(item, right[name]) for name, item in left.items())
    if isinstance(left, list):
        return isinstance(right, list) and len(left) == len(right) and all(map(same, left, right))
    if isinstance(right, Decimal):
        return isinstance(left, float) and left == float(right)
    if type(left) is int:
        return isinstance(right, int) and not isinstance(right, bool) and left == int(right)
    return type(left) is type(right) and bool(left == right)
