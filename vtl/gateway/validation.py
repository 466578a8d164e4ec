"""Request validation: parameters that have to be there, and bodies that a model has to take.

See: "Request validation for REST APIs in API Gateway"; messages and order are recorded. Models are JSON Schema draft 4.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import isfinite
from typing import Any
from urllib.parse import unquote

from vtl._lazy import require
from vtl.errors import JavaError, LimitExceeded, MissingExtra
from vtl.limits import Limits
from vtl.mapping.failures import GatewayFailure, internal_error
from vtl.mapping.selection import DEFAULT, media_type
from vtl.model import Model

_BUILT_IN: Mapping[str, object] = {
    "Empty": {"type": "object"},
    "Error": {"type": "object", "properties": {"message": {"type": "string"}}},
}
_PREFIXES = ("#/components/schemas/", "#/definitions/")
_MOST_DEPTH = 200
_LIMITS = Limits()


class BodyModels:
    """The models of an API by name, each compiled when a body first meets it. No reference of a model leads out of the API."""

    def __init__(self, models: Sequence[Model]):
        self._schemas = {**_BUILT_IN, **{each.name: each.schema for each in models}}
        self._validator = lru_cache(maxsize=None)(self._compile)

    def check(self, body: bytes, content_type: str | None, models: Mapping[str, str]) -> bool:
        """Whether there is a model for this media type, which takes the body; without one every body passes.

        GatewayFailure, 400, when it does not.
        """
        wanted = media_type(content_type)
        name = next((name for key, name in models.items() if media_type(key) == wanted), models.get(DEFAULT))
        if name is None or name not in self._schemas:
            return False
        problem = self._problem(name, body)
        if problem:
            raise GatewayFailure("BAD_REQUEST_BODY", reason=f"[{problem}]")
        return True

    def has(self, name: str) -> bool:
        """Whether there is a model of this name."""
        return name in self._schemas

    def unusable(self, name: str) -> str:
        """Why a model is no schema, "" when it is one. MissingExtra without jsonschema."""
        draft = require("jsonschema", "gateway").Draft4Validator
        try:
            draft.check_schema(_rewritten(self._schemas.get(name, {}), 0))
        except GatewayFailure as failure:
            return str(failure.reason)
        except require("jsonschema", "gateway").SchemaError as error:
            return str(error.message)
        return ""

    def _problem(self, name: str, body: bytes) -> str:
        """Why the model does not take the body, "" when it does. GatewayFailure, 500, for a model that is no schema.

        No body at all counts as an empty object, as recorded for every other reader of a body; a model with required members
        refuses it, as recorded.
        """
        try:
            document = json.loads(body or b"{}", parse_constant=_no_number, parse_float=_finite)
        except (ValueError, RecursionError):
            return "the body is no JSON"
        try:
            found = next(self._validator(name).iter_errors(document), None)
        except RecursionError:
            return "the body is too deep"
        except LimitExceeded as error:
            return error.message
        except (GatewayFailure, MissingExtra):
            raise
        except Exception as error:  # jsonschema meets what is no schema with exceptions of many kinds
            raise internal_error(f"the model {name} is no schema that can be used: {type(error).__name__}: {error}") from None
        return str(found.message) if found is not None else ""

    def _compile(self, name: str) -> Any:
        jsonschema = require("jsonschema", "gateway")
        definitions = {key: _rewritten(schema, 0) for key, schema in self._schemas.items()}
        root = {"$ref": f"#/definitions/{_escaped(name)}", "definitions": definitions}
        rules = {
            "pattern": _pattern,
            "patternProperties": _pattern_properties,
            "additionalProperties": _additional_properties,
        }
        draft = jsonschema.validators.extend(jsonschema.Draft4Validator, rules)
        return draft(root, registry=require("referencing", "gateway").Registry())


def _no_number(text: str) -> float:
    """What JSON has no number for, such as NaN."""
    raise ValueError(text)


def _finite(text: str) -> float:
    """A number with a fraction or an exponent. ValueError for one that is too large for any comparison."""
    number = float(text)
    return number if isfinite(number) else _no_number(text)


def _found(pattern: str, text: str) -> bool:
    """Whether a pattern of a model is in a text, as Java reads it, with a bound for its time: the caller chooses the text."""
    from vtl.values.regex import compile as compile_pattern

    try:
        return next(compile_pattern(pattern).find(_LIMITS, text), None) is not None
    except JavaError as error:
        raise internal_error(f"the pattern {pattern!r} of a model is no regular expression: {error.message}") from None


def _pattern(_validator: Any, pattern: str, instance: object, _schema: object) -> Iterator[Exception]:
    if isinstance(instance, str) and not _found(pattern, instance):
        yield require("jsonschema", "gateway").ValidationError(f"{instance[:80]!r} does not match {pattern!r}")


def _pattern_properties(validator: Any, patterns: Mapping[str, Any], instance: object, _schema: object) -> Iterator[Exception]:
    if isinstance(instance, dict):
        for pattern, schema in patterns.items():
            for name, value in instance.items():
                if _found(pattern, name):
                    yield from validator.descend(value, schema, path=name, schema_path=pattern)


def _additional_properties(validator: Any, allowed: Any, instance: object, schema: Mapping[str, Any]) -> Iterator[Exception]:
    if not isinstance(instance, dict):
        return
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    extras = [name for name in instance if name not in known and not any(_found(pattern, name) for pattern in patterns)]
    if isinstance(allowed, dict):
        for name in extras:
            yield from validator.descend(instance[name], allowed, path=name)
    elif allowed is False and extras:
        yield require("jsonschema", "gateway").ValidationError(f"{extras[0][:80]!r} is a property too many")


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
