"""JSONPath and JSON as API Gateway reads them: Jayway's dialect over json-smart's permissive JSON.

`loads(text)` turns JSON text to values, `read(path, document)` finds what a path leads to in such values. `compile(path)` keeps a
path as an expression of the library jsonpath-ng: `find()`, `matches()` with locations, `read()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vtl.errors import InvalidJson, InvalidPath, JsonPathError, PathNotFound
from vtl.jsonpath.dialect import dialect_named
from vtl.jsonpath.documents import loads
from vtl.jsonpath.paths import Path, compile_path, read

if TYPE_CHECKING:
    from vtl.jsonpath.nodes import Expression

__all__ = [
    "InvalidJson",
    "InvalidPath",
    "JsonPathError",
    "Path",
    "PathNotFound",
    "compile",
    "compile_path",
    "loads",
    "parse",
    "read",
]


def compile(path: str, *, dialect: str = "2.9") -> Expression:  # noqa: A001
    """The path as an expression of jsonpath-ng, as Jayway "2.9" or "2.4" reads it. InvalidPath, with its place, for no path."""
    from vtl.jsonpath.nodes import Expression  # imports jsonpath-ng, which nothing else needs

    return Expression(compile_path(path, dialect_named(dialect)))
