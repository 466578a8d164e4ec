"""Which template, and which media type: by Content-Type, by Accept, by the API's binary media types.

See: "Method request behavior for payloads without mapping templates", "Content type conversions in API Gateway".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TypeVar

from vtl.mapping.failures import GatewayFailure

JSON = "application/json"
DEFAULT = "$default"
Value = TypeVar("Value")


class Passthrough(StrEnum):
    """What happens to a body that no request template is for."""

    WHEN_NO_MATCH = "WHEN_NO_MATCH"
    WHEN_NO_TEMPLATES = "WHEN_NO_TEMPLATES"
    NEVER = "NEVER"


def passthrough_of(setting: str | None) -> Passthrough:
    """The behaviour that a document names; WHEN_NO_MATCH where it names none."""
    word = (setting or "").upper()
    return Passthrough(word) if word in Passthrough.__members__ else Passthrough.WHEN_NO_MATCH


def media_type(value: str | None) -> str:
    """The media type of a Content-Type or of the first part of an Accept, without parameters; application/json without one."""
    if not value:
        return JSON
    return value.split(",", 1)[0].split(";", 1)[0].strip().lower() or JSON


def request_template(templates: Mapping[str, Value], content_type: str | None, passthrough: Passthrough) -> Value | None:
    """The template for a body of this type, None when the body passes as it is.

    GatewayFailure, 415, when the behaviour does not let it pass. `$default` takes what no other key is for.
    """
    wanted = media_type(content_type)
    found = _of_type(templates, wanted)
    if found is not None:
        return found
    if passthrough is Passthrough.NEVER or (passthrough is Passthrough.WHEN_NO_TEMPLATES and templates):
        raise GatewayFailure("UNSUPPORTED_MEDIA_TYPE", reason=f"no request template for {wanted}")
    return None


def response_template(templates: Mapping[str, Value], accept: str | None) -> tuple[str, Value] | None:
    """The media type and template for a caller that accepts this; application/json's, else the first one, when none matches."""
    if not templates:
        return None
    wanted = media_type(accept)
    for key, value in templates.items():
        if media_type(key) == wanted:
            return key, value
    for key, value in templates.items():
        if media_type(key) == JSON:
            return key, value
    return next(iter(templates.items()))


def _of_type(templates: Mapping[str, Value], wanted: str) -> Value | None:
    found = templates.get(wanted)
    if found is not None:
        return found
    return next((value for key, value in templates.items() if media_type(key) == wanted), templates.get(DEFAULT))


def is_binary(value: str | None, binary_media_types: Collection[str]) -> bool:
    """Whether a Content-Type, or an Accept by its first part, is one of an API's binary media types.

    `*/*` covers all of them and `application/*` all of its kind; `*/x` covers nothing, and a wildcard that the client sends
    matches only itself or what covers it. Recorded for answers of functions.
    """
    if not binary_media_types or not value:
        return False
    wanted = value.split(",", 1)[0].split(";", 1)[0].strip().lower()
    kind, slash, _ = wanted.partition("/")
    return bool(slash) and any(each.lower() in ("*/*", wanted, f"{kind}/*") for each in binary_media_types)
