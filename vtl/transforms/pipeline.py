"""`Transform`: the step between template and backend that AWS lacks, which turns JSON into XML or SOAP and answers back.

It stands after the request template and before the response template. What it does goes by Content-Type: JSON is turned into
XML on the way out, and XML into JSON on the way back; whatever else comes is left as it is, except where SOAP is expected and
something else answers, which becomes an error that can be read. It opens no connection.

    transform = Transform.from_document({"request": "soap", "response": "unsoap", "wsdl": "a.wsdl", "operation": "Get"}, folder)
    body, headers = transform.request(body, headers)
    status, body, headers = transform.response(status, body, headers)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from vtl.errors import ConversionError, InputError, InvalidValue, LimitExceeded, SoapError, VtlError
from vtl.limits import Limits
from vtl.messages import header
from vtl.transforms.convention import Convention
from vtl.transforms.media_types import MediaType, media_type
from vtl.transforms.operation_messages import Answer, fault_value, from_json, not_soap, read_answer, request_message
from vtl.transforms.safe import parse
from vtl.transforms.soap import Envelope, HttpMessage, Version, unwrap, wrap
from vtl.transforms.soap_faults import read_fault, status_of
from vtl.transforms.soap_security import security_header
from vtl.transforms.transform_settings import Settings, read_settings
from vtl.transforms.wsdl import Operation, read_wsdl
from vtl.transforms.xml_reader import xml_to_json
from vtl.transforms.xml_writer import json_to_xml
from vtl.values.json import to_json

Headers = Sequence[tuple[str, str]]
_OF_THE_BODY = frozenset({"content-type", "content-length", "content-md5", "content-encoding", "transfer-encoding"})
"""Headers that speak of the body as it was, and so go with it."""
_MOST_PARTS = 1_000
_JSON_TYPE = ("Content-Type", "application/json")


class Transform:
    """One transform. It never changes, and may be used from many threads at once."""

    __slots__ = ("_limits", "_operation", "settings")

    def __init__(self, settings: Settings, operation: Operation | None = None, *, limits: Limits | None = None):
        """`operation` is that of the WSDL, for settings that have one."""
        self.settings = settings
        self._operation = operation
        self._limits = limits or Limits()

    @classmethod
    def from_document(cls, value: object, folder: str | Path, *, limits: Limits | None = None) -> Transform:
        """The transform that the value of `x-vtl-transform` describes; a path in it starts from `folder`, its document's.

        InputError, with a sentence, for what it cannot mean, and for a WSDL that cannot be read; MissingExtra without xmlschema.
        """
        settings = read_settings(value)
        operation = None
        if settings.wsdl is not None and settings.operation is not None:
            described = read_wsdl(Path(folder) / settings.wsdl)
            operation = described.operation(settings.operation, version=settings.version, port=settings.port)
        return cls(settings, operation, limits=limits)

    @property
    def version(self) -> Version:
        """The version of SOAP that is sent."""
        return self._operation.version if self._operation is not None else self.settings.version or "1.1"

    def request(self, body: bytes, headers: Headers) -> tuple[bytes, list[tuple[str, str]]]:
        """The body and the headers for the backend. InvalidValue and ConversionError where the body cannot be turned.

        JSON, and a body without a Content-Type, is turned; for `soap`, XML is put into an envelope unless it is one.
        """
        kind = media_type(header(headers, "content-type"))
        if self.settings.request == "json2xml" and _is_json(kind):
            text = json_to_xml(_value(body), convention=self.settings.convention, limits=self._limits)
            return text.encode("utf-8"), [*_without_body(headers), ("Content-Type", "application/xml; charset=utf-8")]
        if self.settings.request == "soap" and (_is_json(kind) or kind.is_xml):
            return self._addressed(self._enveloped(body, kind), headers)
        return body, list(headers)

    def response(self, status: int, body: bytes, headers: Headers) -> tuple[int, bytes, list[tuple[str, str]]]:
        """The status, the body and the headers for the response template. It raises nothing: what goes wrong is an answer too.

        A fault has the status that stands for it; an answer that is none, or does not fit its schema, is a 502.
        """
        kind = media_type(header(headers, "content-type"))
        if self.settings.response is None or kind.is_json or (self.settings.response == "xml2json" and not kind.is_xml):
            return status, body, list(headers)
        if not body.strip() and status < 400 and (self._one_way or status in (202, 204)):
            return status, body, list(headers)
        encoding = (header(headers, "content-encoding") or "identity").lower()
        if encoding != "identity":
            answer = _failed("NotXml", f"the backend's answer is compressed ({encoding[:20]}), which is not undone here")
        elif self.settings.response == "xml2json":
            answer = self._from_xml(body, kind)
        else:
            answer = self._from_soap(body, header(headers, "content-type"))
        answer = answer if answer.status != 200 else replace(answer, status=status)
        return answer.status, to_json(answer.value).encode("utf-8"), [*_without_body(headers), _JSON_TYPE]

    def refusal(self, error: VtlError) -> tuple[int, bytes, list[tuple[str, str]]]:
        """What a caller gets whose body `request` refused: 400, with the path of what does not fit."""
        path = {"path": error.path} if isinstance(error, InvalidValue) else {}
        value = {"fault": {"code": "Client", "message": error.message, **path}}
        return 400, to_json(value).encode("utf-8"), [_JSON_TYPE]

    @property
    def _one_way(self) -> bool:
        return self._operation is not None and self._operation.output is None

    def _enveloped(self, body: bytes, kind: MediaType) -> HttpMessage:
        token, version = self.settings.security, self.version
        secure = () if token is None else (security_header(token, version),)
        if not _is_json(kind):
            return self._wrapped_xml(body, kind, secure)
        value = _value(body)
        if self._operation is not None:
            return request_message(self._operation, value, headers=secure)
        text = json_to_xml(value, convention=replace(self.settings.convention, declaration=False), limits=self._limits)
        root = parse(text, name="<body>", limits=self._limits)
        return wrap([root], version=version, action=self.settings.action, headers=secure)

    def _wrapped_xml(self, body: bytes, kind: MediaType, secure: tuple[etree._Element, ...]) -> HttpMessage:
        """A body that is XML already: inside an envelope; one that is an envelope keeps its parts and its version."""
        action = self._operation.action if self._operation is not None else self.settings.action
        root = parse(body, name="<body>", limits=self._limits, charset=kind.parameters.get("charset", ""))
        if etree.QName(root).localname != "Envelope":
            return wrap([root], version=self.version, action=action, headers=secure)
        found = unwrap(body, content_type=f"text/xml; charset={kind.parameters.get('charset', '')}", limits=self._limits)
        return wrap(found.body, version=found.version, action=action, headers=[*secure, *found.headers])

    def _addressed(self, message: HttpMessage, headers: Headers) -> tuple[bytes, list[tuple[str, str]]]:
        """The message with the headers that were there; a SOAPAction among them counts before an empty one."""
        made = dict(message.headers)
        given = header(headers, "soapaction")
        if given is not None and made.get("SOAPAction") == '""':
            made["SOAPAction"] = given
        kept = [(name, value) for name, value in _without_body(headers) if name.lower() != "soapaction"]
        return message.body, [*kept, *made.items()]

    def _from_xml(self, body: bytes, kind: MediaType) -> Answer:
        try:
            charset = kind.parameters.get("charset", "")
            value = xml_to_json(body, convention=self.settings.convention, limits=self._limits, name="<answer>", charset=charset)
        except (ConversionError, LimitExceeded) as error:
            return _failed("NotXml", f"the backend did not answer with XML ({error.message})")
        return Answer(200, value)

    def _from_soap(self, body: bytes, content_type: str | None) -> Answer:
        try:
            if self._operation is not None:
                return read_answer(
                    self._operation, body, statuses=self.settings.statuses, content_type=content_type, limits=self._limits
                )
            found = unwrap(body, content_type=content_type, what="the answer", limits=self._limits)
            return envelope_answer(found, self.settings, self._limits)
        except InvalidValue as error:
            return _failed("Server", f"the answer of the backend does not fit its schema: {error.message}")
        except (ConversionError, LimitExceeded) as error:
            return not_soap(error, body)


def envelope_answer(found: Envelope, settings: Settings, limits: Limits) -> Answer:
    """An envelope as JSON by the convention of the settings, without a schema: the body's element, or the fault with its status.

    Several elements are one object. ConversionError for what the convention cannot say.
    """
    if found.fault is None:
        return Answer(200, _values(found.body, settings.convention, limits))
    fault = read_fault(found.fault)
    detail = {"detail": _values(fault.detail, settings.convention, limits)} if fault.detail else {}
    return Answer(status_of(fault, settings.statuses), {"fault": {**fault_value(fault), **detail}})


def _values(nodes: Sequence[etree._Element], convention: Convention, limits: Limits) -> object:
    """The JSON of elements; null for none. SoapError for more than a body or a detail has in earnest."""
    if len(nodes) > _MOST_PARTS:
        raise SoapError(f"the envelope has {len(nodes):,} elements side by side; {_MOST_PARTS:,} are taken")
    found = [_value_of(node, convention, limits) for node in nodes]
    if len(found) == 1:
        return found[0]
    merged: dict[str, object] = {}
    for value in found:
        if not isinstance(value, dict) or merged.keys() & value.keys():
            return found
        merged |= value
    return merged or None


def _value_of(node: etree._Element, convention: Convention, limits: Limits) -> object:
    """One element by itself: prefixes that only the envelope used are not part of it."""
    copied = etree.fromstring(etree.tostring(node, with_tail=False))
    etree.cleanup_namespaces(copied)
    return xml_to_json(etree.tostring(copied, encoding="unicode"), convention=convention, limits=limits, name="<answer>")


def _is_json(kind: MediaType) -> bool:
    """JSON, or nothing said: a mapping template makes JSON unless it says otherwise."""
    return kind.is_json or not kind.name


def _value(body: bytes) -> object:
    try:
        return from_json(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"the body is not UTF-8: byte 0x{body[error.start]:02x} at offset {error.start}") from None
    except ValueError as error:
        raise InputError(f"the body is not JSON: {error}") from None


def _failed(code: str, message: str) -> Answer:
    return Answer(502, {"fault": {"code": code, "message": message}})


def _without_body(headers: Headers) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _OF_THE_BODY]
