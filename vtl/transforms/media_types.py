"""Content-Type as a transform reads it: the media type and its parameters. See: RFC 9110, section 8.3."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_PARAMETER = re.compile(r';\s*([\w!#$&^.+-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))')
_LONGEST = 4_096


@dataclass(frozen=True, slots=True)
class MediaType:
    """A Content-Type: `name` in lower case ("" without one), parameters with lower-case names."""

    name: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_json(self) -> bool:
        """application/json, text/json or a `+json` type."""
        return self.name in ("application/json", "text/json") or self.name.endswith("+json")

    @property
    def is_xml(self) -> bool:
        """text/xml, application/xml or a `+xml` type other than XHTML, which is a page and not data."""
        return self.name in ("text/xml", "application/xml") or (
            self.name.endswith("+xml") and self.name != "application/xhtml+xml"
        )

    @property
    def is_multipart(self) -> bool:
        """MTOM or SOAP with attachments, or another message of several parts."""
        return self.name.startswith("multipart/") or self.name == "application/xop+xml"


def media_type(content_type: str | None) -> MediaType:
    """The parts of a Content-Type; what cannot be read of it is left out."""
    text = (content_type or "")[:_LONGEST]
    name, semicolon, rest = text.partition(";")
    parameters: dict[str, str] = {}
    for key, quoted, bare in _PARAMETER.findall(semicolon + rest):
        parameters.setdefault(key.lower(), re.sub(r"\\(.)", r"\1", quoted) if quoted else bare)
    return MediaType(name.strip().lower(), parameters)
