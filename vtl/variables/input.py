"""`Input`: the $input variable.

See: API Gateway mapping template and access logging variable reference, "$input variables".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from vtl.errors import InvalidJson, InvalidPath, JavaError, JsonPathError, PathNotFound
from vtl.jsonpath import compile_path, loads
from vtl.values.call import Call
from vtl.values.effort import charge_for
from vtl.values.hosted import Hosted
from vtl.values.json import to_json
from vtl.values.kinds import CaseInsensitiveMap
from vtl.variables.copies import text_keys

PLACES = ("path", "querystring", "header")
"""Where `params(name)` looks, in this order, and what `params()` holds."""
_UNREAD = object()


class Input(Hosted):
    """The body and the parameters of one request or response, for one render.

    The body is parsed when a path is first asked for, and all calls share what it became: a template that changes the objects of
    `path('$')` sees the change in a later `json('$')`, as reported from AWS. An empty body reads as `{}`, as recorded. Header
    names ignore case.
    """

    __slots__ = ("body", "document", "parameters")
    java_name = "Input"

    def __init__(self, body: str, parameters: Mapping[str, Mapping[str, object]] = {}):
        """`parameters` has a map of names to values for each of `PLACES`, or for some; the maps are copied."""
        self.body = body or "{}"
        self.parameters: dict[str, Any] = {place: text_keys(parameters.get(place, {})) for place in PLACES}
        self.parameters["header"] = CaseInsensitiveMap(self.parameters["header"])
        self.document: Any = _UNREAD


def get_body(call: Call, self: Input) -> str:
    """`$input.body`: the body as text, before anything reads it as JSON."""
    return self.body


def read_path(call: Call, self: Input, path: str) -> object:
    """`$input.path(path)`: what the JSONPath finds, as live objects; null where it finds nothing or the body is no JSON.

    A path that Jayway refuses throws InvalidPathException.
    """
    if self.document is _UNREAD:
        try:
            self.document = loads(self.body, limits=call.limits)
        except InvalidJson:
            self.document = None
    if self.document is None:
        return None
    try:
        return compile_path(path).read(self.document, limits=call.limits, charge=call.charge)
    except PathNotFound:
        return None
    except JsonPathError as error:
        _throw(error, path)


def _throw(error: JsonPathError, path: str) -> NoReturn:
    kind = "InvalidPathException" if isinstance(error, InvalidPath) else "JsonPathException"
    span = error.span
    place = "" if span is None or span == (0, len(path)) else f" at character {span.start + 1}"
    failure = JavaError(f"com.jayway.jsonpath.{kind}", f"{error.message}{place} of the path {path!r}")
    failure.hint = error.hint
    raise failure from error


def read_json(call: Call, self: Input, path: str) -> str:
    """`$input.json(path)`: the same as JSON text; two quotes where there is nothing, as reported from the AWS console."""
    value = read_path(call, self, path)
    if value is None:
        return '""'
    text = to_json(value)
    charge_for(call, len(text))
    return text


def all_parameters(call: Call, self: Input) -> dict[str, Any]:
    """`$input.params()`: the maps path, querystring and header."""
    return self.parameters


def one_parameter(call: Call, self: Input, name: str) -> object:
    """`$input.params(name)`: from the path, then the query string, then the headers; "" when no place has it."""
    for place in PLACES:
        group = self.parameters.get(place)
        if isinstance(group, dict) and name in group:
            return group[name]
    return ""


Input.java_methods = {
    "getBody": (((), get_body),),
    "path": ((("java.lang.String",), read_path),),
    "json": ((("java.lang.String",), read_json),),
    "params": (((), all_parameters), (("java.lang.String",), one_parameter)),
}
