"""SOAP envelopes of both versions: made and opened, with the HTTP headers that go with them.

    wrap([element], version="1.2", action="urn:act")      bytes, Content-Type, SOAPAction
    unwrap(data, content_type=...)                        version, header and body elements

Attachments (MTOM, SOAP with attachments) and rpc/encoded messages are refused with a sentence. Faults are in
`vtl.transforms.soap_faults`, WS-Security in `vtl.transforms.soap_security`.

See: SOAP 1.1 (W3C note), sections 4 and 6; SOAP 1.2 Part 1, section 5, and Part 2, section 7; RFC 3902 for `action`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from vtl.errors import InputError, SoapError
from vtl.limits import Limits
from vtl.transforms.media_types import media_type
from vtl.transforms.safe import parse

Version = Literal["1.1", "1.2"]
ENVELOPES: Mapping[Version, str] = {
    "1.1": "http://schemas.xmlsoap.org/soap/envelope/",
    "1.2": "http://www.w3.org/2003/05/soap-envelope",
}
ENCODINGS = ("http://schemas.xmlsoap.org/soap/encoding/", "http://www.w3.org/2003/05/soap-encoding")
MEDIA_TYPES: Mapping[Version, str] = {"1.1": "text/xml", "1.2": "application/soap+xml"}
_XOP = "{http://www.w3.org/2004/08/xop/include}Include"
_ACTION = re.compile(r"[\x20\x21\x23-\x5b\x5d-\x7e]*")
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """What goes over the wire: the bytes of an envelope and the headers that belong to it."""

    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Envelope:
    """An opened envelope: the elements of its header and of its body, in their order."""

    version: Version
    headers: tuple[etree._Element, ...]
    body: tuple[etree._Element, ...]

    @property
    def fault(self) -> etree._Element | None:
        """The fault that the body is, None when it is none."""
        first = self.body[0] if self.body else None
        return first if first is not None and first.tag == f"{{{ENVELOPES[self.version]}}}Fault" else None


def wrap(
    body: Iterable[etree._Element], *, version: Version = "1.1", action: str = "", headers: Iterable[etree._Element] = ()
) -> HttpMessage:
    """An envelope around elements, in UTF-8, with its Content-Type, and in SOAP 1.1 its SOAPAction.

    The elements are moved into the envelope. InputError for an action that no HTTP header can carry.
    """
    return HttpMessage(envelope(body, version=version, headers=headers), http_headers(version, action))


def envelope(body: Iterable[etree._Element], *, version: Version = "1.1", headers: Iterable[etree._Element] = ()) -> bytes:
    """The bytes of an envelope around elements, which are moved into it."""
    space = ENVELOPES[version]
    root = etree.Element(f"{{{space}}}Envelope", nsmap={"soap": space})
    first = list(headers)
    if first:
        etree.SubElement(root, f"{{{space}}}Header").extend(first)
    etree.SubElement(root, f"{{{space}}}Body").extend(body)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="utf-8")


def http_headers(version: Version, action: str) -> dict[str, str]:
    """The Content-Type, and for SOAP 1.1 the SOAPAction, which must be there even when it is empty."""
    if not _ACTION.fullmatch(action):
        raise InputError(f"the SOAP action {action[:60]!r} has characters that a header cannot carry")
    if version == "1.1":
        return {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{action}"'}
    parameter = f'; action="{action}"' if action else ""
    return {"Content-Type": f"application/soap+xml; charset=utf-8{parameter}"}


def action_of(headers: Mapping[str, str]) -> str:
    """The action that a request names; `headers` has lower-case names. The parameter of SOAP 1.2 counts before SOAPAction."""
    parameter = media_type(headers.get("content-type")).parameters.get("action")
    return (parameter if parameter is not None else headers.get("soapaction", "")).strip().strip('"')


def unwrap(data: bytes, *, content_type: str | None = None, what: str = "the message", limits: Limits | None = None) -> Envelope:
    """The envelope in the bytes, whatever its version; `what` stands for them in messages.

    The charset is that of a byte order mark, of the Content-Type, of the XML declaration, or UTF-8. SoapError with a sentence for
    nothing at all, for HTML and whatever else is no envelope, for attachments, and for rpc/encoded; InvalidXml, with its place,
    for what is no XML; LimitExceeded beyond `limits`.
    """
    kind = media_type(content_type)
    if kind.is_multipart:
        raise SoapError(
            f"{what} has attachments (MTOM, {kind.name}), which are not supported",
            hint="most services send plain text/xml when their MTOM is switched off, or to a client that does not offer it",
        )
    if not data.strip():
        raise SoapError(f"{what} is empty")
    page = _page(data)
    if page is not None:
        raise SoapError(f"{what} is an HTML page{page}")
    root = parse(data, name=f"<{what.removeprefix('the ')}>", limits=limits, charset=kind.parameters.get("charset", ""))
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    name = etree.QName(root)
    version = next((key for key, space in ENVELOPES.items() if space == name.namespace), None)
    if name.localname != "Envelope" or version is None:
        raise SoapError(f"{what} is not a SOAP envelope: the root is <{name.localname}>")
    header, body = (root.find(f"{{{name.namespace}}}{part}") for part in ("Header", "Body"))
    if body is None:
        raise SoapError("the envelope has no body")
    found = Envelope(version, tuple(elements(header)), tuple(elements(body)))
    _refuse_encoded(found, what)
    return found


def elements(node: etree._Element | None) -> list[etree._Element]:
    """The child elements of a node, without comments and processing instructions."""
    return [] if node is None else [child for child in node if isinstance(child.tag, str)]


def described(data: bytes) -> str:
    """The beginning of a body as one line of text, for messages."""
    return " ".join(data[: 4 * _SHOWN].decode("utf-8", "replace").split())[:_SHOWN]


def _page(data: bytes) -> str | None:
    """The title of an HTML page, in brackets, "" when it has none; None for what is no HTML page."""
    start = data[:2_000].decode("latin-1").lstrip("\xef\xbb\xbf \t\r\n").lower()
    if not start.startswith(("<!doctype html", "<html")):
        return None
    found = re.search(rb"<title[^>]{0,200}>([^<]{1,200})", data[:50_000], re.IGNORECASE)
    return f" ({' '.join(found[1].decode('utf-8', 'replace').split())})" if found and found[1].strip() else ""


def _refuse_encoded(found: Envelope, what: str) -> None:
    """SoapError for a body in SOAP's own encoding, whose values are spread over references, and for included attachments."""
    if found.fault is not None:
        return
    style = f"{{{ENVELOPES[found.version]}}}encodingStyle"
    for entry in found.body:
        around: list[etree._Element] = [entry, *entry.iterancestors()]
        inside: list[etree._Element] = [*entry.iter(etree.Element)]
        if any((node.get(style) or "").rstrip("/") in (each.rstrip("/") for each in ENCODINGS) for node in [*around, *inside]):
            raise SoapError(
                f"{what} is rpc/encoded (encodingStyle), which is not supported",
                hint="WS-I Basic Profile forbids it; most servers offer a literal binding as well",
            )
        if any(node.tag == _XOP for node in inside):
            raise SoapError(f"{what} has attachments (xop:Include), which are not supported")
