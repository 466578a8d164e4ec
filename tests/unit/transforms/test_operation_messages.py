"""Whole messages: envelopes of both versions, faults both ways with their statuses, and answers that are none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.transforms.services import CLAIMS, FEWER, LEDGER, OPERATIONS, ORDERS, operation, values
from vtl.errors import InvalidValue, SoapError, VtlError
from vtl.transforms.operation_messages import (
    Answer,
    FaultMessage,
    answer_message,
    bridge,
    fault_message,
    read_answer,
    read_request,
    request_message,
)
from vtl.transforms.scaffold import sample_request
from vtl.transforms.soap import HttpMessage, Version, unwrap
from vtl.transforms.soap_faults import STATUSES


@pytest.mark.parametrize(("path", "name"), OPERATIONS, ids=[name for _, name in OPERATIONS])
@FEWER
@given(data=st.data())
def test_requests_and_answers_come_back(path: Path, name: str, data: st.DataObject) -> None:
    found = operation(path, name)
    assert found.output is not None
    request = data.draw(values(found.schema, found.input.body[0]))
    assert read_request(found, request_message(found, request).body) == request
    answer = data.draw(values(found.schema, found.output.body[0]))
    assert read_answer(found, answer_message(found, answer)) == Answer(200, answer)


def test_the_headers_of_both_versions() -> None:
    stock = {"sku": "AB-123"}
    assert request_message(operation(ORDERS, "GetStock"), stock).headers == {
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": '"urn:example:orders/GetStock"',
    }
    assert request_message(operation(ORDERS, "GetStock", "1.2"), stock).headers == {
        "Content-Type": 'application/soap+xml; charset=utf-8; action="urn:example:orders/GetStock"'
    }
    assert request_message(operation(LEDGER, "Book"), sample_request(operation(LEDGER, "Book"))).headers["SOAPAction"] == '""'


def test_the_header_of_the_envelope() -> None:
    found = operation(CLAIMS, "FileClaim")
    value = sample_request(found)
    assert isinstance(value, dict)
    assert value["soap:Header"] == {"Context": {"tenant": "tenant"}}
    assert read_request(found, request_message(found, value).body) == value
    with pytest.raises(InvalidValue, match="no such header"):
        request_message(found, {**value, "soap:Header": {"Other": {}}})
    with pytest.raises(InvalidValue, match="an object is expected"):
        request_message(found, {**value, "soap:Header": 1})


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("code", ["Client", "Sender", "Server", "Receiver", "VersionMismatch"])
def test_faults_both_ways(version: Version, code: str) -> None:
    found = operation(ORDERS, "PlaceOrder", version)
    detail = {"sku": "AB-123", "left": 2}
    answer = read_answer(found, fault_message(found, FaultMessage(code, "no & none", found.faults[0].element, detail)))
    assert isinstance(answer.value, dict)
    fault = answer.value["fault"]
    assert answer.status == (400 if code in ("Client", "Sender") else 502)
    assert fault | {"code": ""} == {"code": "", "message": "no & none", "name": "OutOfStock", "detail": detail}
    assert STATUSES.get(fault["code"], 502) == answer.status


def test_a_detail_that_breaks_its_schema_is_left_out() -> None:
    found = operation(ORDERS, "PlaceOrder")
    data = fault_message(found, FaultMessage("Server", "m", found.faults[0].element, {"sku": "AB-123", "left": 0}))
    answer = read_answer(found, data.replace(b">0<", b">few<"), statuses={"OutOfStock": 409})
    assert answer == Answer(409, {"fault": {"code": "Server", "message": "m", "name": "OutOfStock"}})


def test_a_status_may_be_chosen_by_name_element_or_code() -> None:
    found = operation(ORDERS, "PlaceOrder")
    data = fault_message(found, FaultMessage("Server", "m", found.faults[0].element, {"sku": "AB-123", "left": 0}))
    assert read_answer(found, data, statuses={"OutOfStock": 409, "Server": 500}).status == 409
    assert read_answer(found, data, statuses={"Server": 500}).status == 500
    assert read_answer(found, data.replace(b"soap:Server", b"soap:Server.Busy"), statuses={"Server": 503}).status == 503
    assert read_answer(found, data, statuses={}).status == 502


@pytest.mark.parametrize(
    "data",
    [b"", b"<html><body>Bad Gateway</body></html>", b"plain", b"\xff\xfe", b'{"a": 1}', b"<a", b"<!DOCTYPE a><a/>", b"\x00" * 50],
)
def test_what_is_no_soap_is_a_readable_answer(data: bytes) -> None:
    answer = read_answer(operation(ORDERS, "GetStock"), data)
    assert answer.status == 502
    assert isinstance(answer.value, dict)
    assert answer.value["fault"]["code"] == "NotSoap"
    assert answer.value["fault"]["message"].startswith("the backend did not answer with SOAP")


@given(data=st.binary(max_size=60) | st.text(st.sampled_from("<>/abE:='\" "), max_size=60).map(str.encode))
def test_nothing_but_our_errors_leaves(data: bytes) -> None:
    assert read_answer(operation(ORDERS, "GetStock"), data).status == 502
    with pytest.raises(VtlError):
        read_request(operation(ORDERS, "GetStock"), data)


def test_envelopes_without_a_body_and_with_another_one() -> None:
    space = "http://schemas.xmlsoap.org/soap/envelope/"
    with pytest.raises(SoapError, match="no body"):
        unwrap(f'<s:Envelope xmlns:s="{space}"/>'.encode())
    with pytest.raises(InvalidValue, match="<GetStock> is expected in the body, <a> is there"):
        read_request(operation(ORDERS, "GetStock"), f'<s:Envelope xmlns:s="{space}"><s:Body><a/></s:Body></s:Envelope>'.encode())


def test_a_bridge_from_json_to_json() -> None:
    found = operation(ORDERS, "GetStock")
    sent: list[HttpMessage] = []

    def send(message: HttpMessage) -> bytes:
        sent.append(message)
        return answer_message(found, {"sku": "AB-123", "available": 3, "price": Decimal("1.10")})

    assert bridge(found, '{"sku": "AB-123"}', send) == Answer(200, {"sku": "AB-123", "available": 3, "price": Decimal("1.10")})
    assert read_request(found, sent[0].body) == {"sku": "AB-123"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "the body is not JSON"),
        ("[" * 100_000, "the body is not JSON"),
        ('{"sku": NaN}', "NaN is not JSON"),
        ("", "$.sku: is required"),
        ('{"sku": "x"}', "$.sku: 'x' does not fit the pattern of Sku"),
        ("9" * 10_000, "the body is not JSON"),
    ],
)
def test_a_bridge_refuses_what_does_not_fit(text: str, message: str) -> None:
    def send(_: HttpMessage) -> bytes:
        raise AssertionError("nothing may be sent")

    answer = bridge(operation(ORDERS, "GetStock"), text, send)
    assert answer.status == 400
    assert isinstance(answer.value, dict)
    assert message in answer.value["fault"]["message"]


@pytest.mark.parametrize(
    ("error", "status"), [(TimeoutError(), 504), (ConnectionRefusedError(111, "Connection refused"), 502), (OSError("no"), 502)]
)
def test_a_bridge_tells_of_a_backend_that_fails(error: OSError, status: int) -> None:
    def send(_: HttpMessage) -> bytes:
        raise error

    assert bridge(operation(ORDERS, "GetStock"), '{"sku": "AB-123"}', send).status == status


def test_a_bridge_tells_of_an_answer_that_does_not_fit() -> None:
    found = operation(ORDERS, "GetStock")
    wrong = answer_message(found, {"sku": "AB-123", "available": 3}).replace(b">3<", b">three<")
    answer = bridge(found, '{"sku": "AB-123"}', lambda _: wrong)
    assert answer == Answer(502, {"fault": {"code": "Server", "message": "the backend failed: $.available: 'three' is no int"}})
