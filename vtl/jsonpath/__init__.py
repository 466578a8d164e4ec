"""JSONPath and JSON as API Gateway reads them: Jayway's dialect over json-smart's permissive JSON.

`loads(text)` turns JSON text to values, `read(path, document)` finds what a path leads to in such values, `compile(path)` keeps a
path ready to be used many times.
"""

from __future__ import annotations

from vtl.errors import InvalidJson, InvalidPath, JsonPathError, PathNotFound
from vtl.jsonpath.documents import loads, parse
from vtl.jsonpath.paths import Path, read
from vtl.jsonpath.paths import compile_path as compile  # noqa: A004

__all__ = ["InvalidJson", "InvalidPath", "JsonPathError", "Path", "PathNotFound", "compile", "loads", "parse", "read"]
