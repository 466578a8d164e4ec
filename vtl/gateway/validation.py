"""Request validation: parameters that have to be there, and bodies that a model has to take.

See: "Request validation for REST APIs in API Gateway"; messages and order are recorded. Models are JSON Schema draft 4.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from vtl._lazy import require
from vtl.errors import JavaError, LimitExceeded
from vtl.limits import Limits
from vtl.mapping.failures import GatewayFailure, internal_error
from vtl.mapping.selection import DEFAULT, media_type
from vtl.model import Model

_BUILT_IN: Mapping[str, object] = {"Empty": {}, "Error": {"type": "object", "properties": {"message": {"type": "string"}}}}
_PREFIXES = ("#/components/schemas/", "#/definitions/")
_MOST_DEPTH = 200
_LIMITS = Limits()


class BodyModels:
    """The models of an API by name, each compiled when a body first meets it."""

    def __init__(self, models: Sequence[Model]):
        self._schemas = {**_BUILT_IN, **{each.name: each.schema for each in models}}
        self._validator = lru_cache(maxsize=None)(self._compile)

    def check(self, body: bytes, content_type: str | None, models: Mapping[str, str]) -> None:
        """GatewayFailure, 400, when the model for this media type does not take the body; without a model every body passes."""
        wanted = media_type(content_type)
        name = next((name for key, name in models.items() if media_type(key) == wanted), models.get(DEFAULT))
        if name is None or name not in self._schemas:
            return
        problem = self._problem(name, body)
        if problem:
            raise GatewayFailure("BAD_REQUEST_BODY", reason=f"[{problem}]")

    def _problem(self, name: str, body: bytes) -> str:
        try:
            document = json.loads(body)
        except (ValueError, RecursionError):
            return "the body is no JSON"
        try:
            found = next(self._validator(name).iter_errors(document), None)
        except RecursionError:
            return "the body is too deep"
        except LimitExceeded as error:
            return error.message
        return str(found.message) if found is not None else ""

    def _compile(self, name: str) -> Any:
        jsonschema = require("jsonschema", "gateway")
        definitions = {key: _rewritten(schema, 0) for key, schema in self._schemas.items()}
        root = {"$ref": f"#/definitions/{_escaped(name)}", "definitions": definitions}
        draft = jsonschema.validators.extend(jsonschema.Draft4Validator, {"pattern": _pattern})
        return draft(root)


def _pattern(_validator: object, pattern: str, instance: object, _schema: object) -> Iterator[Exception]:
    """A model's pattern as Java reads it, with a bound for its time: the caller chooses the text."""
    if isinstance(instance, str):
        from vtl.values.regex import compile as compile_pattern

        try:
            matches = next(compile_pattern(pattern).find(_LIMITS, instance), None) is not None
        except JavaError as error:
            raise internal_error(f"the pattern {pattern!r} of a model is no regular expression: {error.message}") from None
        if not matches:
            yield require("jsonschema", "gateway").ValidationError(f"{instance[:80]!r} does not match {pattern!r}")


def _rewritten(schema: object, depth: int) -> Any:
    """A schema whose references lead to the definitions of one document, however they were written."""
    if depth > _MOST_DEPTH:
        raise internal_error("a model is too deep")
    if isinstance(schema, Mapping):
        made = {key: _rewritten(value, depth + 1) for key, value in schema.items() if key not in ("$schema", "id", "$id")}
        if isinstance(made.get("$ref"), str):
            made["$ref"] = _reference(made["$ref"])
        return made
    if isinstance(schema, list | tuple):
        return [_rewritten(each, depth + 1) for each in schema]
    return schema


def _reference(reference: str) -> str:
    for prefix in _PREFIXES:
        if reference.startswith(prefix):
            return f"#/definitions/{reference.removeprefix(prefix)}"
    _, models, name = reference.rpartition("/models/")
    return f"#/definitions/{_escaped(unquote(name))}" if models else reference


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def missing_parameters(
    required: Sequence[tuple[str, str]], header: Mapping[str, str], path: Mapping[str, str], querystring: Mapping[str, str]
) -> list[str]:
    """The required parameters that are not there, or blank, in the order in which they are asked for."""
    low = {name.lower(): value for name, value in header.items()}
    found = []
    for place, name in required:
        value = low.get(name.lower()) if place == "header" else (path if place == "path" else querystring).get(name)
        if value is None or not value.strip():
            found.append(name)
    return found
