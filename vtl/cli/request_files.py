"""Our own request file: one object with body, path, query, headers, context, stageVariables and a few more."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from vtl.cli.raw_numbers import RawFraction, RawInteger, compact, plain, text_of
from vtl.cli.render_request import Body, RenderRequest
from vtl.errors import InputError

# What a key of the file may be called → what it means. The other names are MappingTemplate.apply's and $input.params()'s.
_NAMES = {
    "body": "body",
    "path": "path",
    "query": "query",
    "querystring": "query",
    "queryString": "query",
    "headers": "headers",
    "header": "headers",
    "params": "params",
    "context": "context",
    "stageVariables": "stageVariables",
    "stage_variables": "stageVariables",
    "variables": "variables",
    "method": "method",
    "resource": "resource",
    "response": "response",
}


def read_request_file(document: dict[str, Any]) -> RenderRequest:
    """The request that the object describes. InputError for a key that is not known or a value of the wrong shape.

    `params` may hold path, querystring and header, as `$input.params()` does. `response` is the backend's answer: a text, any
    JSON, or an object with `body`; without it a response template takes `body` for the answer. A body that is not a text is
    sent as compact JSON.
    """
    parts = _parts(document)
    params = _parts(_mapping(parts.get("params"), "params"))
    path = parts.get("path")
    context = {name: value for name, value in _known_context(parts).items() if value}
    return RenderRequest(
        body=body_text(parts["body"]) if "body" in parts else None,
        answer=_answer(parts["response"]) if "response" in parts else body_text(parts.get("body")),
        path=parameters(params.get("path"), "params.path") | ({} if isinstance(path, str) else parameters(path, "path")),
        query=parameters(params.get("query"), "params.querystring") | parameters(parts.get("query"), "query"),
        headers=parameters(params.get("headers"), "params.header") | parameters(parts.get("headers"), "headers"),
        context=context | plain(_mapping(parts.get("context"), "context")),
        stage_variables=parameters(parts.get("stageVariables"), "stageVariables"),
        variables=plain(_mapping(parts.get("variables"), "variables")),
    )


def _known_context(parts: Mapping[str, Any]) -> dict[str, str]:
    path = parts.get("path")
    return {
        "httpMethod": text_of(parts.get("method")).upper(),
        "resourcePath": text_of(parts.get("resource")),
        "path": path if isinstance(path, str) else "",
    }


def _parts(document: Mapping[str, Any]) -> dict[str, Any]:
    parts = {}
    for name, value in document.items():
        if name not in _NAMES:
            close = get_close_matches(name, _NAMES, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(dict.fromkeys(_NAMES.values()))}"
            raise InputError(f"it has a key {name!r} that is not known", hint=hint)
        parts[_NAMES[name]] = value
    return parts


def _mapping(value: object, name: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InputError(f"its {name} is no object but {_kind(value)}")
    return value


def _kind(value: object) -> str:
    if isinstance(value, RawInteger | RawFraction):
        return "a number"
    return {str: "a text", bool: "true or false", list: "a list", dict: "an object"}.get(type(value), "a number")


def parameters(value: object, name: str) -> dict[str, str]:
    """Names and texts. A number or a boolean is written as text, a null is no parameter, of a list the last value counts.

    (AWS recording of parameter mappings: of a repeated header or query parameter the last value is taken.)
    """
    found = {}
    for key, item in _mapping(value, name).items():
        last = item[-1] if isinstance(item, list) and item else item
        if isinstance(last, dict | list):
            raise InputError(f"its {name}.{key} is no text but {_kind(item)}")
        if last is not None:
            found[key] = text_of(last)
    return found


def body_text(value: object) -> Body | None:
    """A body as text: a text as it is, null as none, anything else as compact JSON."""
    if value is None or (isinstance(value, str) and not isinstance(value, RawInteger | RawFraction)):
        return value
    return compact(value)


def _answer(value: object) -> Body | None:
    if isinstance(value, dict) and "body" in value and set(value) <= {"body", "status", "statusCode", "headers"}:
        return body_text(value["body"])
    return body_text(value)
