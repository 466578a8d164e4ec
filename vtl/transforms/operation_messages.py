"""Whole SOAP messages of an operation from JSON and back, with the HTTP headers and statuses that go with them.

See: SOAP 1.1 (W3C note), sections 4 and 6; SOAP 1.2 Part 1, section 5, and Part 2, section 7; RFC 3902 for `action`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from vtl.errors import InputError, InvalidValue
from vtl.transforms.schema import HEADER_KEY, Element
from vtl.transforms.schema_files import parse
from vtl.transforms.schema_to_json import json_from_element
from vtl.transforms.schema_to_xml import element_from_json
from vtl.transforms.wsdl import ENVELOPES, Message, Operation, Version

STATUSES: Mapping[str, int] = {"Client": 400, "Sender": 400, "Server": 502, "Receiver": 502}
"""The status for a fault's code; any other code is a 502."""
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """What goes over the wire: the bytes of an envelope and the headers that belong to it."""

    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a REST caller gets: a status and a JSON value; of a fault `{"fault": {"code", "message", "name", "detail"}}`."""

    status: int
    value: object


@dataclass(frozen=True, slots=True)
class FaultMessage:
    """A fault to be sent: a code such as `Client`, a message, and the detail element with its JSON value."""

    code: str
    message: str
    element: Element | None = None
    detail: object = None


def request_message(operation: Operation, value: object) -> HttpMessage:
    """The request for a JSON value. InvalidValue, with the JSONPath, where the value does not fit."""
    body = _envelope(operation.version, _children(operation, operation.input, value))
    if operation.version == "1.1":
        return HttpMessage(body, {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{operation.action}"'})
    action = f'; action="{operation.action}"' if operation.action else ""
    return HttpMessage(body, {"Content-Type": f"application/soap+xml; charset=utf-8{action}"})


def answer_message(operation: Operation, value: object) -> bytes:
    """The answer for a JSON value, as a server sends it."""
    return _envelope(operation.version, _children(operation, operation.output or Message(()), value))


def fault_message(operation: Operation, fault: FaultMessage) -> bytes:
    """A fault as a server sends it, in the version of the operation; the codes of both versions are taken."""
    space = ENVELOPES[operation.version]
    node = etree.Element(f"{{{space}}}Fault")
    codes = (
        {"Client": "Sender", "Server": "Receiver"} if operation.version == "1.2" else {"Sender": "Client", "Receiver": "Server"}
    )
    code = f"soap:{codes.get(fault.code, fault.code)}"
    if operation.version == "1.1":
        etree.SubElement(node, "faultcode").text = code
        etree.SubElement(node, "faultstring").text = fault.message
        detail = "detail"
    else:
        etree.SubElement(etree.SubElement(node, f"{{{space}}}Code"), f"{{{space}}}Value").text = code
        text = etree.SubElement(etree.SubElement(node, f"{{{space}}}Reason"), f"{{{space}}}Text")
        text.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
        text.text = fault.message
        detail = f"{{{space}}}Detail"
    if fault.element is not None:
        etree.SubElement(node, detail).append(element_from_json(operation.schema, fault.element, fault.detail))
    return _envelope(operation.version, ([], [node]))


def read_request(operation: Operation, data: bytes) -> object:
    """The JSON value of a request. InputError for what is no envelope, InvalidValue for what does not fit the schema."""
    headers, body = opened(data, "the request")
    return _value(operation, operation.input, headers, body)


def read_answer(operation: Operation, data: bytes, *, statuses: Mapping[str, int] = STATUSES) -> Answer:
    """The answer of a backend as a REST caller gets it; a fault, and what is no SOAP at all, are answers too.

    `statuses` gives the status for a fault by its name, by the local name of its detail element or by its code. InvalidValue
    where the answer does not fit the schema.
    """
    if operation.output is None and not data.strip():
        return Answer(202, None)
    try:
        headers, body = opened(data, "the answer")
    except InputError as error:
        shown = " ".join(data[: 4 * _SHOWN].decode("utf-8", "replace").split())[:_SHOWN]
        message = f"the backend did not answer with SOAP ({error.message})"
        return Answer(502, {"fault": {"code": "NotSoap", "message": message, **({"answer": shown} if shown else {})}})
    if body and etree.QName(body[0]).localname == "Fault" and etree.QName(body[0]).namespace in ENVELOPES.values():
        return _fault_answer(operation, body[0], statuses)
    return Answer(200, _value(operation, operation.output or Message(()), headers, body))


def opened(data: bytes, what: str) -> tuple[list[etree._Element], list[etree._Element]]:
    """The elements of the header and of the body of an envelope, of either version. InputError when it is none."""
    source, root = parse(data, what)
    name = etree.QName(root)
    if name.localname != "Envelope" or name.namespace not in ENVELOPES.values():
        raise InputError(f"not a SOAP envelope: the root is <{name.localname}>", source=source)
    header, body = root.find(f"{{{name.namespace}}}Header"), root.find(f"{{{name.namespace}}}Body")
    if body is None:
        raise InputError("the envelope has no body", source=source)
    return _elements(header), _elements(body)


def _elements(node: etree._Element | None) -> list[etree._Element]:
    return [] if node is None else [child for child in node if isinstance(child.tag, str)]


def _envelope(version: Version, parts: tuple[list[etree._Element], list[etree._Element]]) -> bytes:
    space = ENVELOPES[version]
    root = etree.Element(f"{{{space}}}Envelope", nsmap={"soap": space})
    headers, body = parts
    if headers:
        etree.SubElement(root, f"{{{space}}}Header").extend(headers)
    etree.SubElement(root, f"{{{space}}}Body").extend(body)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="utf-8")


def _children(operation: Operation, message: Message, value: object) -> tuple[list[etree._Element], list[etree._Element]]:
    """The elements of header and body for a JSON value."""
    headers: list[etree._Element] = []
    if isinstance(value, dict) and HEADER_KEY in value:
        given, value = value[HEADER_KEY], {key: item for key, item in value.items() if key != HEADER_KEY}
        path = f"$['{HEADER_KEY}']"
        if not isinstance(given, dict):
            raise InvalidValue(path, "an object is expected")
        known = {element.key: element for element in message.headers}
        for key, item in given.items():
            if key not in known:
                raise InvalidValue(f"{path}.{key}", "the operation has no such header")
            headers.append(element_from_json(operation.schema, known[key], item, path=f"{path}.{key}"))
    if len(message.body) == 1:
        return headers, [element_from_json(operation.schema, message.body[0], value)]
    if not isinstance(value, dict) and (message.body or value is not None):
        raise InvalidValue("$", "an object is expected, with a member for each element of the body")
    members: dict[str, object] = value if isinstance(value, dict) else {}
    keys = [element.key for element in message.body]
    for key in members:
        if key not in keys:
            raise InvalidValue(f"$.{key}", "the body of the message has no such element")
    body = []
    for element in message.body:
        if element.key not in members:
            raise InvalidValue(f"$.{element.key}", "is required")
        body.append(element_from_json(operation.schema, element, members[element.key], path=f"$.{element.key}"))
    return headers, body


def _value(operation: Operation, message: Message, headers: list[etree._Element], body: list[etree._Element]) -> object:
    """The JSON value of a body, with the declared elements of the header where that can have members."""
    by_tag = {str(node.tag): node for node in body}
    for element in message.body:
        if element.tag not in by_tag:
            found = ", ".join(f"<{etree.QName(node).localname}>" for node in body) or "nothing"
            raise InvalidValue("$", f"<{element.name}> is expected in the body, {found} is there")
    if len(message.body) == 1:
        value = json_from_element(operation.schema, message.body[0], by_tag[message.body[0].tag])
    else:
        value = {
            element.key: json_from_element(operation.schema, element, by_tag[element.tag], path=f"$.{element.key}")
            for element in message.body
        }
    known = {element.tag: element for element in message.headers}
    read = {
        known[str(node.tag)].key: json_from_element(operation.schema, known[str(node.tag)], node, path=f"$['{HEADER_KEY}']")
        for node in headers
        if str(node.tag) in known
    }
    return {HEADER_KEY: read, **value} if read and isinstance(value, dict) else value


def _fault_answer(operation: Operation, node: etree._Element, statuses: Mapping[str, int]) -> Answer:
    space = etree.QName(node).namespace
    old = space == ENVELOPES["1.1"]
    code = node.findtext("faultcode" if old else f"{{{space}}}Code/{{{space}}}Value", "").strip().rpartition(":")[2]
    message = node.findtext("faultstring" if old else f"{{{space}}}Reason/{{{space}}}Text", "")
    fault: dict[str, object] = {"code": code, "message": message}
    names = []
    for child in _elements(node.find("detail" if old else f"{{{space}}}Detail")):
        names.append(etree.QName(child).localname)
        declared = next((item for item in operation.faults if item.element.tag == child.tag), None)
        if declared is not None:
            names.insert(0, declared.name)
            fault |= {
                "name": declared.name,
                "detail": json_from_element(operation.schema, declared.element, child, path="$.fault.detail"),
            }
            break
    words = [*names, code, code.partition(".")[0]]
    return Answer(next((statuses[word] for word in words if word in statuses), 502), {"fault": fault})


def bridge(
    operation: Operation, text: str, send: Callable[[HttpMessage], bytes], *, statuses: Mapping[str, int] = STATUSES
) -> Answer:
    """The answer for the JSON text of a REST caller; `send` takes a request to the backend and brings the bytes that come back.

    Whatever goes wrong on the way is an answer too: 400 for a text that is no JSON or does not fit (with its `path`), 504 for a
    TimeoutError of `send`, 502 for its other OSErrors and for an answer of the backend that does not fit its schema.
    """
    try:
        request = request_message(operation, _from_json(text))
    except InvalidValue as error:
        return Answer(400, {"fault": {"code": "Client", "message": error.message, "path": error.path}})
    except ValueError as error:
        return Answer(400, {"fault": {"code": "Client", "message": f"the body is not JSON: {error}"}})
    try:
        return read_answer(operation, send(request), statuses=statuses)
    except TimeoutError:
        return Answer(504, {"fault": {"code": "Server", "message": "the backend did not answer in time"}})
    except (OSError, InvalidValue) as error:
        reason = error.message if isinstance(error, InvalidValue) else str(error.strerror or error)
        return Answer(502, {"fault": {"code": "Server", "message": f"the backend failed: {reason}"}})


def _from_json(text: str) -> object:
    """The value of a JSON text, decimals with all digits; an empty text is an empty object. ValueError for what is no JSON."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant) if text.strip() else {}
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")
