"""The recorded fate of each header, both ways."""

from __future__ import annotations

import pytest

from tests.unit.gateway.apis import Remembering, ask, function, gateway_of, http, method, mock, one
from vtl.gateway.headers import NOT_SEEN, REMAPPED
from vtl.messages import HttpResponse, header

SENT = [
    ("Accept", "application/xml"),
    ("Content-Type", "application/json"),
    ("user-agent", "curl"),
    ("tEsT", "1"),
    ("Via", "x"),
    *((name.title(), "x") for name in sorted(NOT_SEEN)),
]


def test_http_sends_what_the_gateway_says_and_the_content_type() -> None:
    backend = Remembering()
    ask(gateway_of(one(method(http())), backend), headers=SENT, body=b"{}")
    names = {name.lower() for name, _ in backend.requests[0].headers}
    assert names == {
        "host",
        "accept",
        "user-agent",
        "content-type",
        "content-length",
        "x-amzn-apigateway-api-id",
        "x-amzn-trace-id",
    }
    assert header(backend.requests[0].headers, "Accept") == "application/json"
    assert header(backend.requests[0].headers, "User-Agent") == "AmazonAPIGateway_api123"


def test_a_get_does_not_send_the_content_type() -> None:
    backend = Remembering()
    ask(gateway_of(one(method(http()), "get"), backend), verb="GET", headers=SENT)
    assert header(backend.requests[0].headers, "Content-Type") is None


def test_http_proxy_hands_on_what_the_caller_sent() -> None:
    backend = Remembering()
    ask(gateway_of(one(method(http(kind="http_proxy"))), backend), headers=[*SENT, ("Host", "me"), ("Content-Encoding", "br")])
    sent = {name.lower(): value for name, value in backend.requests[0].headers}
    assert sent["test"] == "1"
    assert sent["user-agent"] == "curl"
    assert sent["host"] == "backend.test"
    assert not {"via", "content-encoding", *NOT_SEEN} - {"content-length"} & sent.keys()


@pytest.mark.parametrize("name", ["Content-Length", "Transfer-Encoding"])
@pytest.mark.parametrize("integration", [http(), http(kind="http_proxy"), function(), function("aws")])
def test_a_forbidden_mapping_is_an_error_of_the_configuration(name: str, integration: dict[str, object]) -> None:
    mapped = {**integration, "requestParameters": {f"integration.request.header.{name}": "'1'"}}
    backend = Remembering(result={})
    answer = ask(gateway_of(one(method(mapped)), backend))
    assert (answer.status, answer.body) == (500, b'{"message": "Internal server error"}')
    assert not backend.requests + backend.events


@pytest.mark.parametrize("name", ["Authorization", "Connection", "Expect", "Proxy-Authenticate", "TE"])
def test_aws_forbids_more_than_http(name: str) -> None:
    mapping = {"requestParameters": {f"integration.request.header.{name}": "'x'"}}
    assert ask(gateway_of(one(method({**http(), **mapping})))).status == 200
    assert ask(gateway_of(one(method({**function("aws"), **mapping})))).status == 500


@pytest.mark.parametrize("name", ["Connection", "Expect", "Proxy-Authenticate", "TE", "Via"])
def test_mapped_headers_that_do_not_arrive(name: str) -> None:
    backend = Remembering()
    mapped = http(requestParameters={f"integration.request.header.{name}": "'x'"})
    ask(gateway_of(one(method(mapped)), backend))
    assert header(backend.requests[0].headers, name) is None


def test_mapped_headers_of_the_answer_are_renamed() -> None:
    names = [*sorted(REMAPPED), "via", "warn", "transfer-encoding"]
    parameters = {f"method.response.header.{name}": "'x'" for name in names}
    answer = ask(gateway_of(one(method(mock(responseParameters=parameters)))))
    found = {name.lower() for name, _ in answer.headers}
    assert {f"x-amzn-remapped-{name}" for name in REMAPPED} <= found
    assert {"via", "warn"} <= found
    assert "transfer-encoding" not in found


def test_what_a_proxied_backend_says_comes_back_renamed() -> None:
    headers = [("Server", "s"), ("Date", "d"), ("X-Amzn-RequestId", "r"), ("Via", "v"), ("X-Own", "1"), ("X-Own", "2")]
    backend = Remembering(HttpResponse(404, headers, b"x"))
    answer = ask(gateway_of(one(method(http(kind="http_proxy"))), backend))
    assert answer.status == 404
    assert header(answer.headers, "x-amzn-Remapped-Server") == "s"
    assert header(answer.headers, "x-amzn-Remapped-x-amzn-requestid") == "r"
    assert header(answer.headers, "Via") is None
    assert [value for name, value in answer.headers if name == "X-Own"] == ["1", "2"]
