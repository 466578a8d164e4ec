"""Request files in YAML, which need the extra `loaders`."""

from __future__ import annotations

from typing import Any

from vtl._lazy import require
from vtl.errors import InputError


def load(text: str) -> Any:
    """The first document of a YAML text, with dates left as text and every key a string.

    MissingExtra without PyYAML; InputError when the text is not YAML.
    """
    yaml = require("yaml", "loaders")
    try:
        return _with_text_keys(yaml.load(text, _loader(yaml)), {})
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        where = f" (line {place.line + 1}, column {place.column + 1})" if place else ""
        problem = getattr(error, "problem", None) or "a character that YAML does not allow"
        raise InputError(f"it is not YAML: {problem}{where}") from None
    except (ValueError, AttributeError, TypeError) as error:
        # PyYAML's constructors fail so on a value that does not suit its tag, such as `!!int foo`.
        raise InputError(f"it is not YAML: a value does not suit its tag ({error})") from None


def _loader(yaml: Any) -> Any:
    """PyYAML's safe loader without timestamps: a date in a request is the text that a client sends."""

    class Loader(yaml.SafeLoader):  # type: ignore[misc]
        yaml_implicit_resolvers = {  # noqa: RUF012
            first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return Loader


def _with_text_keys(value: Any, done: dict[int, Any]) -> Any:
    """The value with string keys; what several aliases share is visited once. InputError for a value that contains itself."""
    if not isinstance(value, dict | list):
        if value is None or isinstance(value, str | int | float):
            return value
        raise InputError(f"it has a YAML value that JSON lacks: {type(value).__name__}")
    if id(value) in done:
        if done[id(value)] is None:
            raise InputError("its YAML refers to itself")
        return done[id(value)]
    done[id(value)] = None
    result: Any
    if isinstance(value, list):
        result = [_with_text_keys(item, done) for item in value]
    else:
        result = {key if isinstance(key, str) else _key_text(key): _with_text_keys(item, done) for key, item in value.items()}
    done[id(value)] = result
    return result


def _key_text(key: object) -> str:
    if isinstance(key, bool):
        return "true" if key else "false"
    return "null" if key is None else str(key)
