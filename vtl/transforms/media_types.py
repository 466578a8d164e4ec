"""Content-Type as a transform reads it: the media type, its parameters, and the charset that a body is decoded by.

See: RFC 9110, section 8.3; RFC 7303, section 3, for the order in which a byte order mark, the charset parameter and the XML
declaration count.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from vtl.errors import InputError

_PARAMETER = re.compile(r';\s*([\w!#$&^.+-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))')
_CHARSET = re.compile(
    r"(?:us-)?ascii|utf-?8|utf-?16(?:[lb]e)?|latin-?1|iso-?8859-\d{1,2}|windows-\d{3,4}|cp125\d|koi8-[ru]"
    r"|shift_jis|euc-(?:jp|kr)|gb(?:k|2312|18030)|big5"
)
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
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


def declared_charset(data: bytes, content_type: str | None) -> str | None:
    """The charset of an XML body that is declared outside of it; None: the XML declaration says, or it is UTF-8.

    A byte order mark counts before the charset parameter. InputError for a charset that no XML should have.
    """
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return name
    charset = media_type(content_type).parameters.get("charset", "").strip().lower()
    if not charset:
        return None
    if not _CHARSET.fullmatch(charset):
        raise InputError(f"the charset {charset[:40]!r} of the Content-Type is not known")
    return charset


def to_utf8(data: bytes, content_type: str | None) -> tuple[bytes, bool]:
    """An XML body as UTF-8 where its charset is declared outside of it, and whether it is; else the bytes as they are.

    InputError, with the offset, for bytes that are not of the declared charset.
    """
    charset = declared_charset(data, content_type)
    if charset is None:
        return data, False
    try:
        return data.decode(charset).removeprefix("\ufeff").encode("utf-8"), True
    except UnicodeDecodeError as error:
        raise InputError(
            f"the body is not {charset}, as it is declared: byte 0x{data[error.start]:02x} at offset {error.start}"
        ) from None
    except (LookupError, UnicodeEncodeError):
        raise InputError(f"the body cannot be read as {charset}") from None
