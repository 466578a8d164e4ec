"""What a scaffold writes, and that its Lambda handler runs."""

from __future__ import annotations

import base64
import json
import sys
import urllib.error
import urllib.request
from email.message import Message
from http.client import BadStatusLine
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.response import addinfourl

import pytest

from tests.unit.transforms.services import CLAIMS, LEDGER, OPERATIONS, ORDERS, operation, service
from vtl.errors import InputError
from vtl.mapping import MappingTemplate
from vtl.transforms.operation_messages import FaultMessage, answer_message, fault_message, read_request, request_message
from vtl.transforms.scaffold import Scaffold, sample_request, scaffold


def _made(path: Path, name: str, **options: Any) -> Scaffold:
    return scaffold(service(path), operation(path, name), **options)


@pytest.mark.parametrize(
    ("path", "name", "integration"),
    [
        (ORDERS, "PlaceOrder", "lambda"),
        (ORDERS, "GetStock", "http"),
        (LEDGER, "Book", "lambda"),
        (LEDGER, "Balance", "http"),
        (CLAIMS, "FileClaim", "lambda"),
    ],
)
def test_the_integration_is_http_where_the_answer_is_flat(path: Path, name: str, integration: str) -> None:
    made = _made(path, name)
    assert made.integration == integration
    assert ("response.vtl" in made.files) == (integration == "http")
    assert bool(made.notes) == (integration == "lambda")
    assert {"request.vtl", "fault.vtl", "request.json", "handler.py", "openapi.json", f"wsdl/{path.name}"} <= set(made.files)
    document = json.loads(made.files["openapi.json"])
    method = document["paths"][f"/{name}"]["post"]
    assert method["x-amazon-apigateway-integration"]["type"] == ("http" if integration == "http" else "aws_proxy")
    assert method["requestBody"]["content"]["application/json"]["schema"]["$ref"] == f"#/components/schemas/{name}Request"
    assert f"{name}Request" in document["components"]["schemas"]


def test_the_openapi_document_holds_templates_and_headers() -> None:
    made = _made(ORDERS, "GetStock", endpoint="https://orders.example.com/soap")
    integration = json.loads(made.files["openapi.json"])["paths"]["/GetStock"]["post"]["x-amazon-apigateway-integration"]
    assert integration["uri"] == "https://orders.example.com/soap"
    assert integration["requestTemplates"]["application/json"] == made.files["request.vtl"].decode()
    assert integration["requestParameters"] == {
        "integration.request.header.Content-Type": "'text/xml; charset=utf-8'",
        "integration.request.header.SOAPAction": "'\"urn:example:orders/GetStock\"'",
    }
    assert integration["responses"]["200"]["responseTemplates"]["application/json"] == made.files["response.vtl"].decode()
    assert integration["responses"]["default"]["responseTemplates"]["application/json"] == made.files["fault.vtl"].decode()
    assert integration["passthroughBehavior"] == "never"


def test_http_may_be_asked_for_and_refused() -> None:
    assert _made(ORDERS, "GetStock", integration="lambda").integration == "lambda"
    with pytest.raises(InputError, match="may hold several 'line'"):
        _made(ORDERS, "PlaceOrder", integration="http")


@pytest.mark.parametrize(("path", "name"), OPERATIONS, ids=[name for _, name in OPERATIONS])
def test_the_sample_request_renders(path: Path, name: str) -> None:
    made = _made(path, name)
    xml = MappingTemplate(made.files["request.vtl"].decode()).apply(made.files["request.json"]).body
    assert read_request(operation(path, name), xml.encode()) == sample_request(operation(path, name))


@pytest.fixture
def handler(tmp_path: Path) -> ModuleType:
    """The handler of a scaffold, loaded from where it was written."""
    for name, data in _made(CLAIMS, "FileClaim").files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    sys.path.insert(0, str(tmp_path))
    try:
        sys.modules.pop("handler", None)
        return __import__("handler")
    finally:
        sys.path.remove(str(tmp_path))
        sys.modules.pop("handler", None)


def test_the_handler_runs(handler: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    found = operation(CLAIMS, "FileClaim")
    answer = {"number": "7", "handler": {"@xsi:type": "Company", "name": "N", "register": "R"}, "damage": [{"what": "w"}]}
    sent: list[urllib.request.Request] = []

    def opened(request: urllib.request.Request, timeout: float) -> addinfourl:
        sent.append(request)
        return _answered(answer_message(found, answer))

    monkeypatch.setattr(urllib.request, "urlopen", opened)
    body = json.dumps(json.loads(_made(CLAIMS, "FileClaim").files["request.json"]))
    result = handler.handler({"body": body}, None)
    assert (result["statusCode"], json.loads(result["body"])) == (200, answer)
    assert sent[0].full_url == "https://claims.example.org/soap"
    assert isinstance(sent[0].data, bytes)
    assert read_request(found, sent[0].data) == sample_request(found)
    assert sent[0].get_header("Content-type") == request_message(found, sample_request(found)).headers["Content-Type"]
    coded = {"body": base64.b64encode(body.encode()).decode(), "isBase64Encoded": True}
    assert handler.handler(coded, None) == result
    assert handler.handler({"body": None}, None)["statusCode"] == 400


def test_the_handler_goes_by_the_content_type(handler: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    found = operation(CLAIMS, "FileClaim")
    answer = {"number": "7", "handler": {"@xsi:type": "Person", "name": "Zoë"}, "damage": [{"what": "w"}]}
    data = answer_message(found, answer).partition(b"\n")[2].decode().encode("latin-1")
    body = _made(CLAIMS, "FileClaim").files["request.json"].decode()
    for content_type, status, words in (
        ("text/xml; charset=iso-8859-1", 200, "Zoë"),
        ("multipart/related; type=application/xop+xml", 502, "attachments (MTOM"),
    ):
        monkeypatch.setattr(urllib.request, "urlopen", lambda *_, kind=content_type, **__: _answered(data, kind))
        result = handler.handler({"body": body}, None)
        assert (result["statusCode"], words in result["body"]) == (status, True)
    broken = {"body": base64.b64encode(b'{"a": "\xff"}').decode(), "isBase64Encoded": True}
    assert handler.handler(broken, None)["statusCode"] == 400


def _answered(data: bytes, content_type: str = "text/xml; charset=utf-8") -> addinfourl:
    headers = Message()
    headers["content-type"] = content_type
    return addinfourl(BytesIO(data), headers, "http://localhost/", 200)


def test_the_handler_tells_of_faults_and_failures(handler: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    found = operation(CLAIMS, "FileClaim")
    body = _made(CLAIMS, "FileClaim").files["request.json"].decode()
    fault = fault_message(found, FaultMessage("Sender", "not insured", found.faults[0].element, "P-1"))
    failures: list[tuple[Exception, int]] = [
        (urllib.error.HTTPError("u", 500, "x", {}, BytesIO(fault)), 400),  # type: ignore[arg-type]
        (urllib.error.HTTPError("u", 502, "x", {}, BytesIO(b"<html/>")), 502),  # type: ignore[arg-type]
        (urllib.error.URLError(ConnectionRefusedError(111, "refused")), 502),
        (urllib.error.URLError(TimeoutError("late")), 504),
        (TimeoutError("late"), 504),
        (BadStatusLine("nonsense"), 502),
    ]
    for error, status in failures:

        def opened(request: urllib.request.Request, timeout: float, error: Exception = error) -> BytesIO:
            raise error

        monkeypatch.setattr(urllib.request, "urlopen", opened)
        result = handler.handler({"body": body}, None)
        assert result["statusCode"] == status
        assert "fault" in json.loads(result["body"])
    monkeypatch.setattr(handler, "ENDPOINT", "file:///etc/passwd")
    assert handler.handler({"body": body}, None)["statusCode"] == 502
