"""Whole SOAP messages of an operation from JSON and back, with the HTTP headers and statuses that go with them.

`vtl.transforms.soap` has the envelopes and `vtl.transforms.soap_faults` the faults; here both meet the schema of an operation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from vtl.errors import ConversionError, InvalidValue, LimitExceeded
from vtl.limits import Limits
from vtl.transforms.schema import HEADER_KEY, Element
from vtl.transforms.schema_to_json import json_from_element
from vtl.transforms.schema_to_xml import element_from_json
from vtl.transforms.soap import HttpMessage, described, envelope, unwrap, wrap
from vtl.transforms.soap_faults import STATUSES, Fault, fault_element, read_fault, status_of
from vtl.transforms.wsdl import Message, Operation

_SHOWN_NAMES = 5
"""Elements that a message names at most."""


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


def request_message(operation: Operation, value: object, *, headers: tuple[etree._Element, ...] = ()) -> HttpMessage:
    """The request for a JSON value; `headers` stand before those of the value.

    InvalidValue, with the JSONPath, where the value does not fit.
    """
    own, body = _children(operation, operation.input, value)
    return wrap(body, version=operation.version, action=operation.action, headers=[*headers, *own])


def answer_message(operation: Operation, value: object) -> bytes:
    """The answer for a JSON value, as a server sends it."""
    headers, body = _children(operation, operation.output or Message(()), value)
    return envelope(body, version=operation.version, headers=headers)


def fault_message(operation: Operation, fault: FaultMessage) -> bytes:
    """A fault as a server sends it, in the version of the operation; the codes of both versions are taken."""
    detail = () if fault.element is None else (element_from_json(operation.schema, fault.element, fault.detail),)
    return envelope(
        [fault_element(Fault(fault.code, fault.message, detail=detail), operation.version)], version=operation.version
    )


def read_request(operation: Operation, data: bytes, *, content_type: str | None = None) -> object:
    """The JSON value of a request. ConversionError for what is no envelope, InvalidValue for what does not fit the schema."""
    found = unwrap(data, content_type=content_type, what="the request")
    return _value(operation, operation.input, found.headers, found.body)


def read_answer(
    operation: Operation,
    data: bytes,
    *,
    statuses: Mapping[str, int] = STATUSES,
    content_type: str | None = None,
    limits: Limits | None = None,
) -> Answer:
    """The answer of a backend as a REST caller gets it; a fault, and what is no SOAP at all, are answers too.

    `statuses` gives the status for a fault by its name, by the local name of its detail element or by its code. InvalidValue
    where the answer does not fit the schema.
    """
    if operation.output is None and not data.strip():
        return Answer(202, None)
    try:
        found = unwrap(data, content_type=content_type, what="the answer", limits=limits)
    except (ConversionError, LimitExceeded) as error:
        return not_soap(error, data)
    if found.fault is not None:
        return _fault_answer(operation, found.fault, statuses)
    return Answer(200, _value(operation, operation.output or Message(()), found.headers, found.body))


def not_soap(error: ConversionError | LimitExceeded, data: bytes) -> Answer:
    """The answer where the backend's is no SOAP: why, and how it begins."""
    shown = described(data)
    message = f"the backend did not answer with SOAP ({error.message})"
    return Answer(502, {"fault": {"code": "NotSoap", "message": message, **({"answer": shown} if shown else {})}})


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


def _value(operation: Operation, message: Message, headers: Sequence[etree._Element], body: Sequence[etree._Element]) -> object:
    """The JSON value of a body, with the declared elements of the header where that can have members."""
    by_tag = {str(node.tag): node for node in body}
    for element in message.body:
        if element.tag not in by_tag:
            found = ", ".join(f"<{etree.QName(node).localname}>" for node in body[:_SHOWN_NAMES]) or "nothing"
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
    fault = read_fault(node)
    value = fault_value(fault)
    for child in fault.detail:
        declared = next((item for item in operation.faults if item.element.tag == child.tag), None)
        if declared is not None:
            value["name"] = declared.name
            # A detail that breaks its schema is left out: the caller still gets what failed, with its status.
            with suppress(InvalidValue):
                value["detail"] = json_from_element(operation.schema, declared.element, child, path="$.fault.detail")
            return Answer(status_of(fault, statuses, names=(declared.name,)), {"fault": value})
    return Answer(status_of(fault, statuses), {"fault": value})


def fault_value(fault: Fault) -> dict[str, object]:
    """What the JSON of every fault has: its code, the innermost subcode where there is one, and its message."""
    subcode = {"subcode": fault.subcodes[-1]} if fault.subcodes else {}
    return {"code": fault.code, **subcode, "message": fault.message}


def bridge(
    operation: Operation,
    text: str | bytes,
    send: Callable[[HttpMessage], HttpMessage | bytes],
    *,
    statuses: Mapping[str, int] = STATUSES,
) -> Answer:
    """The answer for the JSON text of a REST caller; `send` takes a request to the backend and brings what comes back.

    That is a message, whose Content-Type tells the charset and attachments, or its bytes alone.

    Whatever goes wrong on the way is an answer too: 400 for a text that is no JSON or does not fit (with its `path`), 504 for a
    TimeoutError of `send`, 502 for its other OSErrors and for an answer of the backend that does not fit its schema.
    """
    try:
        request = request_message(operation, from_json(text))
    except InvalidValue as error:
        return Answer(400, {"fault": {"code": "Client", "message": error.message, "path": error.path}})
    except ValueError as error:
        return Answer(400, {"fault": {"code": "Client", "message": f"the body is not JSON: {error}"}})
    try:
        got = send(request)
        message = got if isinstance(got, HttpMessage) else HttpMessage(got, {})
        content_type = next((text for name, text in message.headers.items() if name.lower() == "content-type"), None)
        return read_answer(operation, message.body, statuses=statuses, content_type=content_type)
    except TimeoutError:
        return Answer(504, {"fault": {"code": "Server", "message": "the backend did not answer in time"}})
    except (OSError, InvalidValue) as error:
        reason = error.message if isinstance(error, InvalidValue) else str(error.strerror or error)
        return Answer(502, {"fault": {"code": "Server", "message": f"the backend failed: {reason}"}})


def from_json(text: str | bytes) -> object:
    """The value of a JSON text, decimals with all digits; an empty text is an empty object. ValueError for what is no JSON."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant) if text.strip() else {}
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")
