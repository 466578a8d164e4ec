"""What a stub answers; no connection is opened here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.transforms.services import CLAIMS, LEDGER, ORDERS, operation, service
from vtl.errors import InputError, InvalidValue, SoapError
from vtl.transforms.operation_messages import Answer, answer_message, read_answer, request_message
from vtl.transforms.scaffold import sample_request
from vtl.transforms.soap_stub import Stub
from vtl.transforms.wsdl import Operation, read_wsdl


def _ask(stub: Stub, found: Operation, value: object, **headers: str) -> tuple[int, Answer]:
    message = request_message(found, value)
    sent = {name.lower(): text for name, text in message.headers.items()} | {
        name.replace("_", "-"): text for name, text in headers.items()
    }
    answer = stub.answer(sent, message.body)
    assert ("soap+xml" in answer.content_type) == (found.version == "1.2")
    return answer.status, read_answer(found, answer.body)


@pytest.mark.parametrize(
    ("path", "name", "version"),
    [
        (ORDERS, "PlaceOrder", "1.1"),
        (ORDERS, "GetStock", "1.2"),
        (LEDGER, "Book", None),
        (LEDGER, "Balance", None),
        (CLAIMS, "FileClaim", None),
    ],
)
def test_sample_values(path: Path, name: str, version: str | None) -> None:
    found = operation(path, name, version)
    status, answer = _ask(Stub(service(path)), found, sample_request(found))
    assert (status, answer.status) == (200, 200)


def test_recorded_answers(tmp_path: Path) -> None:
    found = operation(ORDERS, "GetStock")
    (tmp_path / "GetStock.json").write_text('{"sku": "AB-123", "available": 3, "price": 1.10}', encoding="utf-8")
    assert _ask(Stub(service(ORDERS), answers=tmp_path), found, {"sku": "AB-123"})[1].value == {
        "sku": "AB-123",
        "available": 3,
        "price": __import__("decimal").Decimal("1.10"),
    }
    envelope = answer_message(found, {"sku": "ZZ-999", "available": 0})
    (tmp_path / "GetStock.xml").write_bytes(envelope)
    stub = Stub(service(ORDERS), answers=tmp_path)
    assert stub.answer({}, request_message(found, {"sku": "AB-123"}).body).body == envelope


@pytest.mark.parametrize("text", ["{", '{"sku": "x", "available": 3}', '{"sku": "AB-123"}'])
def test_recorded_answers_that_do_not_fit_are_refused_at_once(text: str, tmp_path: Path) -> None:
    (tmp_path / "GetStock.json").write_text(text, encoding="utf-8")
    with pytest.raises((InputError, InvalidValue)):
        Stub(service(ORDERS), answers=tmp_path)
    (tmp_path / "GetStock.json").unlink()
    (tmp_path / "GetStock.xml").write_text("<html/>", encoding="utf-8")
    with pytest.raises(SoapError, match="is an HTML page"):
        Stub(service(ORDERS), answers=tmp_path)


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_faults_by_name(version: str, tmp_path: Path) -> None:
    (tmp_path / "PlaceOrder.OutOfStock.json").write_text(json.dumps({"sku": "QQ-111", "left": 9}), encoding="utf-8")
    found = operation(ORDERS, "PlaceOrder", version)
    stub = Stub(service(ORDERS), answers=tmp_path)
    assert _ask(stub, found, sample_request(found))[0] == 200
    status, answer = _ask(stub, found, sample_request(found), x_vtl_fault="OutOfStock")
    assert (status, answer.status) == (500, 502)
    assert isinstance(answer.value, dict)
    assert answer.value["fault"]["detail"] == {"sku": "QQ-111", "left": 9}
    always = Stub(service(ORDERS), faults={"PlaceOrder": "OutOfStock"})
    assert _ask(always, found, sample_request(found))[0] == 500
    assert _ask(stub, found, sample_request(found), x_vtl_fault="Nothing")[1].status == 400
    for faults in ({"PlaceOrder": "Nothing"}, {"Nothing": "OutOfStock"}):
        with pytest.raises(InputError):
            Stub(service(ORDERS), faults=faults)


@pytest.mark.parametrize(("version", "status"), [("1.1", 500), ("1.2", 400)])
def test_requests_that_do_not_fit_are_faults_of_the_client(version: str, status: int) -> None:
    found = operation(ORDERS, "GetStock", version)
    message = request_message(found, {"sku": "AB-123"})
    headers = {name.lower(): text for name, text in message.headers.items()}
    stub = Stub(service(ORDERS))
    for body in (message.body.replace(b"AB-123", b"x"), message.body.replace(b"GetStock", b"Other"), b"<html/>", b"", b"<a"):
        answer = stub.answer(headers, body)
        read = read_answer(found, answer.body)
        assert (answer.status, read.status) == (status, 400)
    assert "$.sku: 'x' does not fit" in stub.answer(headers, message.body.replace(b"AB-123", b"x")).log


def test_operations_that_cannot_be_called_are_left_out_while_there_are_others(tmp_path: Path) -> None:
    text = LEDGER.read_text(encoding="utf-8")
    path = tmp_path / "x.wsdl"
    path.write_text(text.replace('use="literal"', 'use="encoded"', 1), encoding="utf-8")
    stub = Stub(read_wsdl(path))
    assert ([item.name for item in stub.operations], len(stub.skipped)) == (["Balance"], 1)
    assert "Book is rpc/encoded" in stub.skipped[0]
    path.write_text(text.replace('use="literal"', 'use="encoded"'), encoding="utf-8")
    with pytest.raises(InputError, match="rpc/encoded"):
        Stub(read_wsdl(path))
