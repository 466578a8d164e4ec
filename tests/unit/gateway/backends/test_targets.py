"""`PATTERN=TARGET`: what answers in the place of a backend, and for which requests and functions."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import vtl
from tests.unit.gateway.backends.servers import saying, serving
from tests.unit.transforms.services import ORDERS, operation
from vtl.gateway.backends.targets import backends_of, read_targets, split_pair, target_of
from vtl.messages import HttpRequest, HttpResponse
from vtl.transforms.operation_messages import read_answer, request_message

HANDLERS = """
import asyncio, threading
from vtl import HttpResponse

def seen(event, context):
    return {"event": event, "name": context.function_name, "arn": context.invoked_function_arn,
            "version": context.function_version, "log": context.log_group_name,
            "time": 0 < context.get_remaining_time_in_millis() <= 29000, "thread": threading.current_thread().name}

async def later(event, context):
    await asyncio.sleep(0)
    return "later"

class Group:
    def one(event, context):
        return 1

def page(request):
    return HttpResponse(299, [], request.url.encode())
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a module of handlers."""
    import sys

    before = list(sys.path)
    (tmp_path / "handlers_of_a_test.py").write_text(HANDLERS, encoding="utf-8")
    (tmp_path / "broken_of_a_test.py").write_text("raise RuntimeError('at import')", encoding="utf-8")
    yield tmp_path
    sys.path[:] = before
    sys.modules.pop("handlers_of_a_test", None)


def request_to(url: str, uri: str = "", method: str = "GET") -> HttpRequest:
    return HttpRequest(method, url=url, uri=uri or url, timeout=5)


@pytest.mark.parametrize(
    ("pair", "pattern", "target"),
    [
        ("lambda:a=handlers:a", "lambda:a", "handlers:a"),
        ("https://x/?a=b*=answers", "https://x/?a=b*", "answers"),
        ("https://x/*=http://here:1/?a=b", "https://x/*", "http://here:1/?a=b"),
        ("*=soap:service.wsdl?a=b", "*", "soap:service.wsdl?a=b"),
        ("nothing", "", "nothing"),
    ],
)
def test_pairs(pair: str, pattern: str, target: str) -> None:
    assert split_pair(pair) == (pattern, target)


@pytest.mark.parametrize(
    "pair", ["nothing", "=x", "x=", "x=absent", "x=http://", "x=no.such.module:f", "x=json:nothing", "x=json:"]
)
def test_pairs_that_are_none(pair: str, tmp_path: Path) -> None:
    with pytest.raises(vtl.InputError):
        read_targets([pair], tmp_path)


def test_a_module_that_raises(folder: Path) -> None:
    with pytest.raises(vtl.InputError, match="RuntimeError: at import"):
        target_of("*", "broken_of_a_test:f", folder)


@pytest.mark.parametrize(
    ("pattern", "taken"),
    [
        ("https://pets.example/*", True),
        ("https://pets.example/a", True),
        ("https://pets.example/b", False),
        ("https://*.example/a?q=1", True),
        ("arn:aws:apigateway:*:sqs:*", True),
        ("lambda:*", False),
    ],
)
def test_requests_by_url_and_by_uri(pattern: str, taken: bool, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    target = target_of(pattern, "x.json", tmp_path)
    assert target.takes(request_to("https://pets.example/a?q=1", "arn:aws:apigateway:eu-west-1:sqs:path/1/q")) is taken


@pytest.mark.parametrize(
    ("pattern", "taken"),
    [
        ("lambda:list-pets", True),
        ("lambda:list-*", True),
        ("list-pets:live", True),
        ("lambda:list", False),
        ("arn:aws:lambda:*:function:list-pets", True),
        ("arn:aws:lambda:us-east-1:123456789012:function:list-pets*", True),
        ("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/*:list-pets:live/invocations", True),
        ("arn:aws:lambda:eu-west-1:123456789012:function:list-pets", False),
    ],
)
def test_functions_by_name_and_by_arn(pattern: str, taken: bool, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    assert target_of(pattern, "x.json", tmp_path).takes_function("list-pets:live") is taken


def test_handlers_get_an_event_and_a_context(folder: Path) -> None:
    backends = backends_of({"lambda:*": "handlers_of_a_test:seen"}, [], folder, "eu-west-1")
    assert backends["lambda"]("list:7", {"a": 1}) == {
        "event": {"a": 1},
        "name": "list",
        "arn": "arn:aws:lambda:eu-west-1:000000000000:function:list:7",
        "version": "7",
        "log": "/aws/lambda/list",
        "time": True,
        "thread": threading.current_thread().name,
    }


def test_plain_handlers_do_not_hold_an_event_loop(folder: Path) -> None:
    targets = {"lambda:seen": "handlers_of_a_test:seen", "lambda:later": "handlers_of_a_test:later"}
    backends = backends_of({**targets, "lambda:one": "handlers_of_a_test:Group.one"}, [], folder, "x")

    async def run() -> tuple[Any, Any, Any]:
        call = backends["lambda"].later
        return await call("seen", 1), await call("later", 1), await call("one", 1)

    seen, later, one = asyncio.run(run())
    assert seen["thread"] != threading.current_thread().name
    assert (later, one) == ("later", 1)


def test_functions_answer_requests_too(folder: Path) -> None:
    backends = backends_of({"https://*": "handlers_of_a_test:page"}, [], folder, "x")
    assert backends["http"](request_to("https://a/b")).body == b"https://a/b"


def test_the_first_that_fits_and_the_command_line_before_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "one.json").write_text("1", encoding="utf-8")
    (folder / "two.json").write_text("2", encoding="utf-8")
    monkeypatch.chdir(folder)
    backends = backends_of({"lambda:*": "two.json"}, ["lambda:a=one.json"], folder, "x")
    assert (backends["lambda"]("a", {}), backends["lambda"]("b", {})) == (1, 2)


def test_another_host_gets_the_path_behind_its_own(tmp_path: Path) -> None:
    with serving(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) as server:
        backends = backends_of({"https://far.example/*": f"{server.url}/base/"}, [], tmp_path, "x")
        request = HttpRequest("GET", headers=[("Host", "far.example")], url="https://far.example/a%20b?c=d", timeout=5)
        assert backends["http"](request).body == b"ok"

        async def run() -> HttpResponse:
            return await backends["http"].later(request)  # type: ignore[no-any-return]

        assert asyncio.run(run()).body == b"ok"
    assert [each.splitlines()[0] for each in server.requests] == [b"GET /base/a%20b?c=d HTTP/1.1"] * 2
    assert f"Host: {server.url[7:]}".encode() in server.requests[0]


def test_functions_in_a_runtime_over_http(tmp_path: Path) -> None:
    answer = b'{"statusCode": 200}'
    with serving(saying(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(answer) + answer)) as server:
        backends = backends_of({"lambda:*": server.url}, [], tmp_path, "x")
        assert backends["lambda"]("list:live", {"a": 1}) == {"statusCode": 200}

        async def run() -> object:
            return await backends["lambda"].later("list", {"a": 1})

        assert asyncio.run(run()) == {"statusCode": 200}
    assert server.requests[0].startswith(b"POST /2015-03-31/functions/list/invocations?Qualifier=live HTTP/1.1")
    assert json.loads(server.requests[0].partition(b"\r\n\r\n")[2]) == {"a": 1}


def test_a_soap_service_answers_from_its_wsdl(tmp_path: Path) -> None:
    answer = {"sku": "AB-123", "available": 3}
    (tmp_path / "GetStock.json").write_text(json.dumps(answer), encoding="utf-8")
    target = target_of("*", f"soap:{ORDERS}?answers={tmp_path}", Path())
    found = operation(ORDERS, "GetStock")
    message = request_message(found, {"sku": "AB-123"})
    headers = [(name.title(), value) for name, value in message.headers.items()]
    answered = target.call(HttpRequest("POST", headers=headers, body=message.body, url="https://x.example/"), False)
    assert (answered.status, read_answer(found, answered.body).value) == (200, answer)
    assert target.call(HttpRequest("POST", body=b"{}", url="https://x.example/"), False).status == 500
    with pytest.raises(vtl.BackendError, match="SOAP service"):
        target.function("list", {}, False)


@pytest.mark.parametrize("name", ["absent.wsdl", "bad.wsdl"])
def test_a_wsdl_that_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "bad.wsdl").write_text("<a>", encoding="utf-8")
    with pytest.raises(vtl.VtlError):
        target_of("*", f"soap:{name}", tmp_path)


def test_plain_calls_inside_of_an_event_loop(folder: Path) -> None:
    document = {
        "openapi": "3.0.1",
        "info": {"title": "x"},
        "paths": {
            f"/{name}": {
                "get": {
                    "x-amazon-apigateway-integration": {
                        "type": "aws",
                        "httpMethod": "POST",
                        "uri": f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{name}/invocations",
                        "responses": {"default": {"statusCode": "200"}},
                    }
                }
            }
            for name in ("seen", "later")
        },
    }
    (api,) = vtl.load(document).apis
    targets = {"lambda:seen": "handlers_of_a_test:seen", "lambda:later": "handlers_of_a_test:later"}
    gateway = vtl.Gateway(api, backends=backends_of(targets, [], folder, "us-east-1"))

    async def run() -> tuple[HttpResponse, HttpResponse]:
        return gateway.handle(HttpRequest("GET", "/seen")), gateway.handle(HttpRequest("GET", "/later"))

    seen, later = asyncio.run(run())
    assert json.loads(seen.body)["thread"] == threading.current_thread().name
    assert later.body == b'"later"'


def test_a_thousand_slow_backends_do_not_hold_up_a_mock() -> None:
    everyone = threading.Event()

    def speak(_request: bytes, connection: Any) -> None:
        everyone.wait(60)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with serving(speak) as server:
        slow = {"type": "http_proxy", "httpMethod": "GET", "uri": server.url}
        mock = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'}}
        mock |= {"responses": {"default": {"statusCode": "200"}}}
        paths = {
            "/slow": {"get": {"x-amazon-apigateway-integration": slow}},
            "/mock": {"get": {"x-amazon-apigateway-integration": mock}},
        }
        (api,) = vtl.load({"openapi": "3.0.1", "info": {"title": "x"}, "paths": paths}).apis
        gateway = vtl.Gateway(api)

        async def run() -> tuple[int, int, list[int]]:
            before = threading.active_count()
            waiting = [asyncio.create_task(gateway.handle_async(HttpRequest("GET", "/slow"))) for _ in range(1000)]
            while len(server.requests) < 1000:
                await asyncio.sleep(0.01)
            status = (await gateway.handle_async(HttpRequest("GET", "/mock"))).status
            more = threading.active_count() - server.connections - before
            assert not any(each.done() for each in waiting)
            everyone.set()
            return status, more, [each.status for each in await asyncio.gather(*waiting)]

        status, more, statuses = asyncio.run(run())
    assert status == 200
    assert more <= 1
    assert set(statuses) == {200}
