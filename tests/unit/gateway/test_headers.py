"""The recorded fate of each header, both ways."""

from __future__ import annotations

import pytest

from tests.unit.gateway.apis import Remembering, ask, function, gateway_of, http, method, mock, one
from vtl.gateway.headers import NOT_SEEN, REMAPPED, clean, merged, seen, texts
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
@pytest.mark.parametrize("integration", [mock(), http(), http(kind="http_proxy"), function(), function("aws")])
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


@pytest.mark.parametrize(
    ("integration", "result"),
    [
        (http(kind="http_proxy"), None),
        (function(), {"headers": {"X-Amz-Apigw-Id": "theirs", "X-Amzn-Trace-Id": "theirs", "x-amzn-requestid": "theirs"}}),
    ],
)
def test_what_the_gateway_says_of_itself_it_says_once(integration: dict[str, object], result: object) -> None:
    backend = Remembering(HttpResponse(200, [("X-Amz-Apigw-Id", "theirs")], b""), result=result)
    answer = ask(gateway_of(one(method(integration)), backend))
    names = [name.lower() for name, _ in answer.headers]
    assert names.count("x-amz-apigw-id") == names.count("x-amzn-requestid") == 1
    assert "theirs" not in [value for _, value in answer.headers]


def test_values_are_spelt_as_java_and_json_spell_them() -> None:
    assert [list(texts(value)) for value in ("a", True, 1.0, {"a": [1]}, ["x", None, False], ())] == [
        ["a"],
        ["true"],
        ["1.0"],
        ['{"a":[1]}'],
        ["x", "null", "false"],
        [],
    ]


def test_mapped_headers_take_the_place_of_others() -> None:
    base = [("Accept", "a"), ("Host", "h")]
    assert merged(base, [("ACCEPT", ["1", "2"]), ("accept", "3")]) == [
        ("Host", "h"),
        ("ACCEPT", "1"),
        ("ACCEPT", "2"),
        ("accept", "3"),
    ]


@pytest.mark.parametrize(("value", "expected"), [("a\r\nb", "a b"), ("\n", " "), ("a\0b", "a b"), ("ä\tb", "ä\tb")])
def test_nothing_breaks_out_of_its_line(value: str, expected: str) -> None:
    assert clean([("X", value)]) == [("X", expected)]


@pytest.mark.parametrize("name", ["", "a b", "a:", "a\r\nb", "ä", "a\0"])
def test_names_that_http_does_not_have_are_left_out(name: str) -> None:
    assert clean([(name, "x"), ("X-Y_z.1", "y")]) == [("X-Y_z.1", "y")]


@pytest.mark.parametrize(
    ("name", "spelt"), [("authorization", "Authorization"), ("user-Agent", "User-Agent"), ("HOST", "Host"), ("tEsT", "tEsT")]
)
def test_the_case_of_names(name: str, spelt: str) -> None:
    assert seen([(name, "x")]) == [(spelt, "x")]


@pytest.mark.parametrize("name", ["X-Amzn-Trace-Id", "x-amzn-apigateway-api-id"])
@pytest.mark.parametrize("integration", [http(), function("aws")])
def test_the_gateways_own_headers_cannot_be_mapped(name: str, integration: dict[str, object]) -> None:
    mapped = {**integration, "requestParameters": {f"integration.request.header.{name}": "'1'"}}
    assert ask(gateway_of(one(method(mapped)), Remembering(result={}))).status == 500


def test_a_forbidden_override_is_an_error_too() -> None:
    template = {"application/json": "#set($context.requestOverride.header.Content-Length = '1')"}
    assert ask(gateway_of(one(method(http(requestTemplates=template))))).status == 500


@pytest.mark.parametrize(
    "name",
    [
        "Accept",
        "Accept-Charset",
        "Age",
        "Authorization",
        "Content-Encoding",
        "Content-MD5",
        "Date",
        "Max-Forwards",
        "Pragma",
        "Range",
        "Referer",
        "Server",
        "Trailer",
        "Upgrade",
        "User-Agent",
        "Warn",
        "WWW-Authenticate",
    ],
)
def test_mapped_headers_that_arrive(name: str) -> None:
    backend = Remembering()
    ask(gateway_of(one(method(http(requestParameters={f"integration.request.header.{name}": "'x'"}))), backend))
    assert [value for key, value in backend.requests[0].headers if key.lower() == name.lower()] == ["x"]


def test_a_mapped_host_takes_the_place_of_the_backends() -> None:
    backend = Remembering()
    ask(gateway_of(one(method(http(requestParameters={"integration.request.header.Host": "'me'"}))), backend))
    assert [value for key, value in backend.requests[0].headers if key == "Host"] == ["me"]
