"""The two drivers of the steps: equal answers, failures of backends, time, threads."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import vtl
from tests.unit.gateway.apis import FAILED, Remembering, api_of, ask, function, gateway_of, http, method, mock, one
from vtl.errors import BackendError, BackendTimeout, InputError
from vtl.gateway import Gateway, Watch
from vtl.messages import HttpRequest, HttpResponse, header


class FixedIds:
    def request_id(self) -> str:
        return "request"

    def extended_id(self) -> str:
        return "extended"

    def trace_part(self, digits: int) -> str:
        return "0" * digits


def test_every_answer_has_its_ids() -> None:
    gateway = gateway_of(one(method(http())), ids=FixedIds(), clock=lambda: 1.0)
    for answer in (ask(gateway), ask(gateway, "/nowhere")):
        assert header(answer.headers, "x-amzn-RequestId") == "request"
        assert header(answer.headers, "x-amz-apigw-id") == "extended"
        assert header(answer.headers, "Content-Type") == "application/json"
    trace = f"Root=1-00000001-{'0' * 24};Parent={'0' * 16};Sampled=0"
    assert header(ask(gateway).headers, "X-Amzn-Trace-Id") == trace


@pytest.mark.parametrize(
    ("sent", "starts"),
    [("Root=1-a-b;Parent=c;Sampled=1", "Root=1-a-b;Parent=c;Sampled=1"), ("Root=1-a-b", "Root=1-a-b;Parent="), ("x", "Root=1-")],
)
def test_a_trace_id_goes_on(sent: str, starts: str) -> None:
    answer = ask(gateway_of(one(method(http()))), headers=[("X-Amzn-Trace-Id", sent)])
    assert (header(answer.headers, "X-Amzn-Trace-Id") or "").startswith(starts)


@pytest.mark.parametrize(
    ("integration", "traced"),
    [(mock(), False), (http(), True), (http(kind="http_proxy"), False), (function(), True), (function("aws"), True)],
)
def test_both_drivers_answer_alike(integration: dict[str, Any], traced: bool) -> None:
    backend = Remembering(result={"statusCode": 200, "body": "x"})
    gateway = gateway_of(one(method(integration)), backend, ids=FixedIds(), clock=lambda: 1.0)
    request = HttpRequest("POST", "/a", [("Content-Type", "application/json")], body=b"{}")
    plain = gateway.handle(request)
    assert asyncio.run(gateway.handle_async(request)) == plain
    assert gateway.handle(request, watch=Watch()) == plain
    assert (header(plain.headers, "X-Amzn-Trace-Id") is not None) is traced


def test_coroutine_functions_are_awaited_by_both() -> None:
    async def backend(request: HttpRequest) -> HttpResponse:
        await asyncio.sleep(0)
        return HttpResponse(201, (), b"")

    gateway = Gateway(api_of(one(method(http(kind="http_proxy")))), backends={"http": backend})
    request = HttpRequest("POST", "/a")
    assert gateway.handle(request).status == asyncio.run(gateway.handle_async(request)).status == 201


def test_a_backend_that_never_answers_is_a_timeout() -> None:
    async def backend(request: HttpRequest) -> HttpResponse:
        await asyncio.sleep(60)
        return HttpResponse()

    integration = http(timeoutInMillis=50)
    gateway = Gateway(api_of(one(method(integration))), backends={"http": backend})
    answer = asyncio.run(gateway.handle_async(HttpRequest("POST", "/a")))
    assert (answer.status, answer.body) == (504, b'{"message": "Endpoint request timed out"}')


def test_waiting_requests_hold_nobody_up() -> None:
    async def backend(request: HttpRequest) -> HttpResponse:
        await asyncio.sleep(0.3)
        return HttpResponse()

    paths = {"/slow": {"get": method(http())}, "/fast": {"get": method(mock())}}
    gateway = Gateway(api_of({"paths": paths}), backends={"http": backend})

    async def main() -> tuple[float, list[int]]:
        slow = [asyncio.create_task(gateway.handle_async(HttpRequest("GET", "/slow"))) for _ in range(1000)]
        await asyncio.sleep(0.05)
        started = time.perf_counter()
        await gateway.handle_async(HttpRequest("GET", "/fast"))
        passed = time.perf_counter() - started
        return passed, [answer.status for answer in await asyncio.gather(*slow)]

    _, statuses = asyncio.run(main())
    assert statuses == [200] * 1000


def test_many_threads_use_one_gateway() -> None:
    document = one(method(mock(responseTemplates={"application/json": "$input.params('id')"})), path="/a/{id}")
    gateway = gateway_of(document)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: ask(gateway, f"/a/{number}").body, range(400)))
    assert answers == [str(number).encode() for number in range(400)]


def test_a_method_without_an_integration_is_an_error_of_the_configuration() -> None:
    assert ask(gateway_of({"paths": {"/a": {"post": {"responses": {}}}}})).status == 500


def test_the_method_may_be_overridden() -> None:
    gateway = gateway_of(one(method(), "put"))
    assert ask(gateway).status == 403
    assert ask(gateway, headers=[("X-HTTP-Method-Override", "PUT")]).status == 200


def test_templates_that_do_not_parse_are_known_beforehand_and_a_500_later() -> None:
    gateway = gateway_of(one(method(mock("#if(", responseTemplates={"application/json": "#end"}))))
    assert len(gateway.problems()) == 2
    assert ask(gateway).status == 500


def test_only_rest_apis_are_served() -> None:
    with pytest.raises(InputError, match="serves REST APIs"):
        Gateway(object())  # type: ignore[arg-type]


def test_a_watch_is_told_of_every_step() -> None:
    watch = Watch()
    backend = Remembering()
    integration = http(requestTemplates={"application/json": "made of $input.body"})
    gateway_of(one(method(integration)), backend).handle(HttpRequest("POST", "/a", body=b"x"), watch=watch)
    names = [step.step for step in watch.steps]
    assert names == [
        "routing",
        "resource_policy",
        "authorizer",
        "api_key",
        "validation",
        "integration_request",
        "transform_request",
        "integration",
        "transform_response",
        "integration_response",
        "method_response",
    ]
    notes = "\n".join(note for step in watch.steps for note in step.notes)
    assert "POST https://backend.test/" in notes
    assert "made of x" in notes
    assert watch.route == "POST /a"
    assert len(watch.templates) == 1


def test_a_watch_knows_what_failed() -> None:
    watch = Watch()
    gateway_of(one(method(mock("\n$input.path('$[')")))).handle(HttpRequest("POST", "/a"), watch=watch)
    assert watch.failure is not None
    assert watch.failure.response_type == "API_CONFIGURATION_ERROR"
    assert watch.error is not None
    assert watch.error.line == 2
    assert watch.failed == "\n$input.path('$[')"


def test_the_public_names() -> None:
    assert vtl.Gateway is Gateway
    assert vtl.gateway.match_route({"/": ["GET"]}, "GET", "/") is not None
    with pytest.raises(vtl.GatewayFailure):
        vtl.mapping.map_parameters({"integration.request.header.a": "method.request.body.x"}, body="{")
    assert issubclass(BackendTimeout, vtl.BackendError)


def test_plain_calls_wait_no_longer_than_the_integration_says() -> None:
    async def backend(request: HttpRequest) -> HttpResponse:
        await asyncio.sleep(60)
        return HttpResponse()

    gateway = Gateway(api_of(one(method(http(timeoutInMillis=50)))), backends={"http": backend})
    answer = gateway.handle(HttpRequest("POST", "/a"))
    assert (answer.status, answer.body) == (504, b'{"message": "Endpoint request timed out"}')


def test_a_function_that_never_answers_is_a_timeout() -> None:
    async def backend(name: str, event: object) -> object:
        await asyncio.sleep(60)
        return {}

    for kind in ("aws", "aws_proxy"):
        gateway = Gateway(api_of(one(method(function(kind, timeoutInMillis=50)))), backends={"lambda": backend})
        assert asyncio.run(gateway.handle_async(HttpRequest("POST", "/a"))).status == 504


def test_whoever_stops_waiting_stops_the_backend() -> None:
    stopped = []

    async def backend(request: HttpRequest) -> HttpResponse:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            stopped.append(request.url)
            raise
        return HttpResponse()

    gateway = Gateway(api_of(one(method(http()))), backends={"http": backend})

    async def main() -> None:
        task = asyncio.create_task(gateway.handle_async(HttpRequest("POST", "/a")))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert stopped == ["https://backend.test/"]


@pytest.mark.parametrize(
    "error", [BackendError("down"), BackendTimeout("slow"), InputError("no file"), ValueError("own"), FAILED]
)
@pytest.mark.parametrize("integration", [http(), http(kind="http_proxy"), function(), function("aws")])
def test_failures_of_backends_are_alike_in_both_drivers(integration: dict[str, Any], error: Exception) -> None:
    async def backend(*arguments: Any) -> Any:
        raise error

    document = one(method(integration))
    request = HttpRequest("POST", "/a")
    settings: dict[str, Any] = {"ids": FixedIds(), "clock": lambda: 1.0}
    plain = gateway_of(document, Remembering(error=error), **settings)
    coroutine = Gateway(api_of(document), backends=dict.fromkeys(("http", "aws", "lambda"), backend), api_id="api123", **settings)
    answers = [plain.handle(request), asyncio.run(plain.handle_async(request))]
    answers += [coroutine.handle(request), asyncio.run(coroutine.handle_async(request))]
    statuses = {answer.status for answer in answers}
    assert len(statuses) == 1
    assert statuses <= {200, 500, 502, 504}


def test_what_is_not_installed_is_told() -> None:
    from vtl.errors import MissingExtra

    gateway = gateway_of(one(method(http())), Remembering(error=MissingExtra("not installed")))
    with pytest.raises(MissingExtra):
        ask(gateway)
    with pytest.raises(MissingExtra):
        asyncio.run(gateway.handle_async(HttpRequest("POST", "/a")))


def test_templates_put_no_line_breaks_into_headers() -> None:
    override = "#set($context.{}Override.header.X = $input.params('q'))#set($context.{}Override.header['A\r\nB'] = 'x')"
    backend = Remembering()
    response = {"statusCode": "200", "responseTemplates": {"application/json": override.replace("{}", "response")}}
    integration = http(
        requestTemplates={"application/json": override.replace("{}", "request")},
        responses={"default": response},
        requestParameters={"integration.request.header.Y": "method.request.querystring.q"},
    )
    answer = ask(gateway_of(one(method(integration)), backend), query=[("q", "a\r\nSet-Cookie: b\0c")])
    for headers in (answer.headers, backend.requests[0].headers):
        assert header(headers, "X") == "a Set-Cookie: b c"
        assert not [name for name, _ in headers if "\n" in name]
    assert header(backend.requests[0].headers, "Y") == "a Set-Cookie: b c"


def test_functions_put_no_line_breaks_into_headers() -> None:
    backend = Remembering(result={"headers": {"X": "a\nb", "Y\r\nZ": "c", "": "d"}})
    headers = ask(gateway_of(one(method(function())), backend)).headers
    assert header(headers, "X") == "a b"
    assert [name for name, _ in headers if name.startswith("Y") or not name] == []


def test_threads_with_all_kinds_of_integrations_do_not_mix_their_requests() -> None:
    echo = "$input.params('id') $context.requestId"
    paths = {
        "/mock/{id}": {"post": method(mock(responseTemplates={"application/json": echo}))},
        "/function/{id}": {"post": method(function())},
        "/http/{id}": {
            "post": method(
                http("https://b.test/{id}", requestParameters={"integration.request.path.id": "method.request.path.id"})
            )
        },
    }
    backends = {
        "http": lambda request: HttpResponse(200, (), request.path.removeprefix("/").encode()),
        "lambda": lambda name, event: {"body": event["pathParameters"]["id"]},
    }
    gateway = Gateway(api_of({"paths": paths}), backends=backends)

    def one_request(number: int) -> tuple[str, str]:
        kind = ("mock", "function", "http")[number % 3]
        answer = gateway.handle(HttpRequest("POST", f"/{kind}/{number}", [("Content-Type", "application/json")]))
        body = answer.body.decode()
        if kind == "mock":
            body, _, request_id = body.partition(" ")
            assert request_id == header(answer.headers, "x-amzn-RequestId")
        return body, header(answer.headers, "x-amzn-RequestId") or ""

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one_request, range(300)))
    assert [body for body, _ in answers] == [str(number) for number in range(300)]
    assert len({request_id for _, request_id in answers}) == 300
