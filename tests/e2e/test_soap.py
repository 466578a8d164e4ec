"""`vtl soap`: the scaffold and the stub as commands; zeep, which shares no code with the product, is the client of the stub."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import ROOT, vtl

SERVICES = ROOT / "tests" / "corpus" / "wsdl"
ORDERS, LEDGER, CLAIMS = (str(SERVICES / name / f"{name}.wsdl") for name in ("orders", "ledger", "claims"))
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@contextmanager
def stub(*arguments: str, folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A stub on a free port, as a process of its own that is ended by its number; its URL and the process."""
    command = [sys.executable, "-m", "vtl", "soap", "stub", *arguments, "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, cwd=folder, env=environment
    )
    assert process.stdout
    try:
        yield process.stdout.readline().strip(), process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def _post(url: str, body: bytes, **headers: str) -> tuple[int, bytes]:
    names = {"Content-Type": "text/xml; charset=utf-8", **{name.replace("_", "-"): value for name, value in headers.items()}}
    try:
        with _DIRECT.open(urllib.request.Request(url, data=body, headers=names), timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def _client(url: str, port: str) -> Any:
    """A proxy of zeep for one port, made from the WSDL that the stub itself serves."""
    zeep = pytest.importorskip("zeep")
    transport = zeep.Transport()
    transport.session.trust_env = False
    client = zeep.Client(f"{url}?wsdl" if "?" not in url else url, transport=transport)
    binding = next(
        found.binding.name for item in client.wsdl.services.values() for found in item.ports.values() if found.name == port
    )
    return client.create_service(str(binding), url.partition("?")[0])


def test_scaffold_writes_what_renders(tmp_path: Path) -> None:
    done = vtl("soap", "scaffold", ORDERS, "--operation", "GetStock", "--output", "out", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    names = ["request.vtl", "fault.vtl", "response.vtl", "request.json", "handler.py", "openapi.json", "wsdl/orders.wsdl"]
    assert done.stdout.decode().splitlines() == [f"out/{name}" for name in names]
    assert json.loads((tmp_path / "out" / "request.json").read_text()) == {"sku": "AA-000"}
    rendered = vtl("render", "out/request.vtl", "--body", "@out/request.json", "--strict", folder=tmp_path)
    assert (rendered.returncode, rendered.stderr) == (0, b"")
    assert b"<o:GetStock>\n      <o:sku>AA-000</o:sku>\n    </o:GetStock>" in rendered.stdout
    again = vtl("soap", "scaffold", ORDERS, "--operation", "GetStock", "--output", "out", folder=tmp_path)
    assert (again.returncode, b"is there already" in again.stderr, b"--force" in again.stderr) == (2, True, True)
    forced = vtl("soap", "scaffold", ORDERS, "--operation", "GetStock", "--output", "out", "--force", folder=tmp_path)
    assert forced.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([ORDERS], "--operation is one of PlaceOrder, GetStock"),
        ([ORDERS, "--operation", "Nothing"], "no operation 'Nothing'"),
        ([LEDGER, "--operation", "Book", "--soap-version", "1.2"], "no such port"),
        ([ORDERS, "--operation", "PlaceOrder", "--integration", "http"], "may hold several 'line'"),
        (["nothing.wsdl", "--operation", "x"], "cannot read 'nothing.wsdl'"),
    ],
)
def test_scaffold_tells_what_is_wrong(arguments: list[str], words: str, tmp_path: Path) -> None:
    done = vtl("soap", "scaffold", *arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()
    assert not list(tmp_path.iterdir())


def test_scaffold_notes_why_it_takes_lambda(tmp_path: Path) -> None:
    done = vtl("soap", "scaffold", CLAIMS, "--operation", "FileClaim", folder=tmp_path)
    assert done.returncode == 0
    assert b"note: no response template: <FileClaimResult> may hold several 'damage'" in done.stderr
    assert (tmp_path / "FileClaim" / "wsdl" / "types" / "party.xsd").is_file()


def test_zeep_calls_document_literal_of_both_versions(tmp_path: Path) -> None:
    order = {
        "customer": {"id": 7, "name": 'Ada & <Co> "\'" ]]>', "email": "a@example.com"},
        "lines": {
            "line": [{"sku": "AB-123", "quantity": 2, "price": {"_value_1": Decimal("1.50"), "currency": "EUR"}, "gift": True}]
        },
        "discount": None,
        "tags": ["a", "b"],
    }
    with stub(ORDERS, folder=tmp_path) as (url, _):
        for port in ("Orders11", "Orders12"):
            client = _client(url, port)
            answer = client.PlaceOrder(**order)
            assert (answer.orderId, answer.total._value_1, answer.total.currency) == (1, Decimal("1"), "currency")
            assert [line.sku for line in answer.line] == ["AA-000"]
            assert client.GetStock(sku="AB-123").shelf.heated is True


def test_zeep_calls_rpc_literal_and_imports_with_inheritance(tmp_path: Path) -> None:
    with stub(LEDGER, folder=tmp_path) as (url, _):
        client = _client(url, "Ledger")
        answer = client.Book(account="a", bookings={"booking": [{"text": "t", "amount": Decimal("1.10")}]})
        assert (answer.balance, answer.booked.booking[0].text) == (Decimal("1"), "text")
        assert client.Balance(account="a") == Decimal("1")
    zeep = pytest.importorskip("zeep")
    with stub(CLAIMS, folder=tmp_path) as (url, _):
        local = zeep.Client(CLAIMS)
        person = local.get_type("{http://example.org/party}Person")(name="N")
        client = _client(f"{url}claims.wsdl?wsdl", "Claims12")
        answer = client.FileClaim(policy="p", claimant=person, damage=[{"what": "w", "grade": 3}])
        assert (answer.number, answer.handler.name, type(answer.handler).__name__) == ("number", "name", "Person")


def test_zeep_meets_faults(tmp_path: Path) -> None:
    zeep = pytest.importorskip("zeep")
    with stub(ORDERS, "--fault", "GetStock=Nothing", folder=tmp_path) as (url, process):
        assert url == ""
        assert process.wait(timeout=30) == 2
    with stub(ORDERS, "--fault", "PlaceOrder=OutOfStock", folder=tmp_path) as (url, _):
        with pytest.raises(zeep.exceptions.Fault, match="OutOfStock") as caught:
            _client(url, "Orders11").PlaceOrder(customer={"id": 1, "name": "n", "phone": "p"}, lines={}, discount=1)
        assert caught.value.detail[0].tag == "{urn:example:orders}OutOfStock"
        with pytest.raises(zeep.exceptions.Fault, match=r"\$\.sku: 'ab' does not fit the pattern"):
            _client(url, "Orders12").GetStock(sku="ab")


def test_a_whole_call_with_templates_alone(tmp_path: Path) -> None:
    """JSON, request template, stub, response template, JSON; and a fault with its status."""
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "GetStock.json").write_text('{"sku": "AB-123", "available": 3, "price": 1.10}', encoding="utf-8")
    assert vtl("soap", "scaffold", ORDERS, "--operation", "GetStock", "--output", "out", folder=tmp_path).returncode == 0
    with stub(ORDERS, "--answers", "answers", folder=tmp_path) as (url, _):
        rendered = vtl("render", "out/request.vtl", "--body", '{"sku": "AB-123"}', folder=tmp_path)
        status, answer = _post(url, rendered.stdout, SOAPAction='"urn:example:orders/GetStock"')
        assert status == 200
        mapped = vtl("render", "out/response.vtl", "--response", "--body", "-", folder=tmp_path, stdin=answer)
        assert json.loads(mapped.stdout) == {"sku": "AB-123", "available": 3, "price": 1.1}
        rendered = vtl("render", "out/request.vtl", "--body", '{"sku": "<&>"}', folder=tmp_path)
        status, answer = _post(url, rendered.stdout)
        assert status == 500
        mapped = vtl("render", "out/fault.vtl", "--response", "--body", "-", "--show", "overrides", folder=tmp_path, stdin=answer)
        assert json.loads(mapped.stdout)["fault"]["message"] == "$.sku: '<&>' does not fit the pattern of Sku"
        assert b"responseOverride.status = 400" in mapped.stderr


def test_many_callers_at_once(tmp_path: Path) -> None:
    with stub(ORDERS, "--quiet", folder=tmp_path) as (url, _):
        rendered = (
            b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
            b'<GetStock xmlns="urn:example:orders"><sku>%s</sku></GetStock></s:Body></s:Envelope>'
        )
        with ThreadPoolExecutor(16) as pool:
            bodies = [rendered % (b"AB-123" if number % 2 else b"wrong") for number in range(200)]
            statuses = [status for status, _ in pool.map(lambda body: _post(url, body), bodies)]
    assert statuses == [500, 200] * 100


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stub_ends_in_order_and_listens_on_loopback_only(number: signal.Signals, tmp_path: Path) -> None:
    with stub(ORDERS, folder=tmp_path) as (url, process):
        assert url.startswith("http://127.0.0.1:")
        port = int(url.rstrip("/").rpartition(":")[2])
        hexadecimal = f":{port:04X}"
        table = Path("/proc/net/tcp")
        listening = [line.split() for line in table.read_text().splitlines()[1:]] if table.exists() else []
        assert {line[1] for line in listening if line[1].endswith(hexadecimal) and line[3] == "0A"} <= {f"0100007F{hexadecimal}"}
        idle = socket.create_connection(("127.0.0.1", port))
        status, _ = _post(url, b"<x/>")
        assert status == 500
        taken = vtl("soap", "stub", ORDERS, "--port", str(port), folder=tmp_path)
        assert (taken.returncode, b"cannot listen on port" in taken.stderr) == (2, True)
        process.send_signal(number)
        _, log = process.communicate(timeout=30)
        idle.close()
        assert process.returncode == 0
        assert log.startswith("? (SOAP 1.1): 500 the request is not a SOAP envelope")
        assert "Traceback" not in log


def test_a_stub_serves_its_files_and_refuses_the_rest(tmp_path: Path) -> None:
    with stub(CLAIMS, folder=tmp_path) as (url, _):
        for path, start in (("?wsdl", b"<?xml"), ("interface.wsdl", b"<?xml"), ("types/party.xsd", b"<?xml")):
            with _DIRECT.open(f"{url}{path}", timeout=30) as answer:
                assert answer.read().startswith(start)
        for path in ("", "other", "../../../../pyproject.toml", "%2e%2e/x"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                _DIRECT.open(f"{url}{path}", timeout=30)
        host, port = url.removeprefix("http://").rstrip("/").split(":")
        for head, status in ((b"Content-Length: 99999999999\r\n", b"413"), (b"Transfer-Encoding: chunked\r\n", b"411")):
            with socket.create_connection((host, int(port)), timeout=30) as raw:
                raw.sendall(b"POST / HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n")
                assert raw.recv(1000).split()[1] == status
