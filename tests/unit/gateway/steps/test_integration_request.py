"""From the caller's request to the integration's: which template, what it sees, where parameters go."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.unit.gateway.apis import Remembering, ask, function, gateway_of, http, method, one
from vtl.messages import header

XML, JSON = [("Content-Type", "application/xml; charset=utf-8")], [("Content-Type", "application/json")]


@pytest.mark.parametrize(
    ("behaviour", "templates", "headers", "sent"),
    [
        ("when_no_match", {"application/json": "T"}, JSON, b"T"),
        ("never", {"application/json": "T"}, [("Accept", "*/*")], b"T"),
        ("never", {"APPLICATION/JSON;charset=utf-8": "T"}, JSON, b"T"),
        ("never", {"$default": "D"}, XML, b"D"),
        (None, {"application/json": "T"}, XML, b"body"),
        ("when_no_match", {}, XML, b"body"),
        ("when_no_templates", {}, XML, b"body"),
        ("when_no_templates", {"application/json": "T"}, XML, None),
        ("never", {"application/json": "T"}, XML, None),
        ("never", {}, JSON, None),
        ("when_no_match", {"application/json": ""}, JSON, b""),
    ],
)
def test_templates_and_passthrough(
    behaviour: str | None, templates: dict[str, str], headers: list[tuple[str, str]], sent: bytes | None
) -> None:
    backend = Remembering()
    settings = {"requestTemplates": templates, **({"passthroughBehavior": behaviour} if behaviour else {})}
    answer = ask(gateway_of(one(method(http(**settings))), backend), body=b"body", headers=headers)
    if sent is None:
        assert (answer.status, answer.body) == (415, b'{"message": "Unsupported Media Type"}')
        assert dict(answer.headers)["x-amzn-ErrorType"] == "BadRequestException"
        assert backend.requests == []
    else:
        assert (answer.status, backend.requests[0].body) == (200, sent)


def test_mapped_parameters_and_overrides_reach_the_backend() -> None:
    backend = Remembering()
    template = (
        "#set($context.requestOverride.path.p = 'over')#set($context.requestOverride.querystring.q = ['1', '2'])"
        "#set($context.requestOverride.header.X-New = $input.params('id'))#set($context.requestOverride.header.x-a = 'b')x"
    )
    parameters = {
        "integration.request.path.p": "method.request.path.id",
        "integration.request.header.X-A": "method.request.header.X-From",
        "integration.request.querystring.c": "context.httpMethod",
        "integration.request.querystring.lost": "method.request.querystring.none",
    }
    integration = http(
        "https://backend.test/{p}?own=1", requestParameters=parameters, requestTemplates={"application/json": template}
    )
    headers = [*JSON, ("X-From", "1"), ("X-From", "2")]
    ask(gateway_of(one(method(integration), path="/a/{id}"), backend), "/a/7", headers=headers)
    (request,) = backend.requests
    parts = urlsplit(request.url)
    assert parts.path == "/over"
    assert parse_qsl(parts.query) == [("own", "1"), ("c", "POST"), ("q", "1"), ("q", "2")] == list(request.query)
    assert header(request.headers, "X-New") == "7"
    assert [value for name, value in request.headers if name.lower() == "x-a"] == ["2", "b"]


def test_http_proxy_hands_the_query_on_and_adds_to_it() -> None:
    backend = Remembering()
    integration = http(kind="http_proxy", requestParameters={"integration.request.querystring.q": "'mapped'"})
    ask(gateway_of(one(method(integration)), backend), query=[("q", "a b"), ("r", "")])
    assert list(backend.requests[0].query) == [("q", "a b"), ("r", ""), ("q", "mapped")]


@pytest.mark.parametrize("uri", ["https:///x", "https://${stageVariables.none}/", "ftp://a/", "nothing", "https://a:99999/"])
def test_an_address_that_is_none_is_an_error_of_the_configuration(uri: str) -> None:
    backend = Remembering()
    answer = ask(gateway_of(one(method(http(uri))), backend))
    assert (answer.status, backend.requests) == (500, [])


@pytest.mark.parametrize(
    ("uri", "url"),
    [
        ("arn:aws:apigateway:eu-west-1:sqs:path/111/queue", "https://sqs.eu-west-1.amazonaws.com/111/queue"),
        ("arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem", "https://dynamodb.eu-west-1.amazonaws.com/?Action=PutItem"),
        ("arn:aws:apigateway:us-east-1:bucket.s3:path/${stageVariables.key}", "https://bucket.s3.us-east-1.amazonaws.com/k/1"),
        (
            "arn:aws-cn:apigateway:cn-north-1:sns:action/Publish&A=1",
            "https://sns.cn-north-1.amazonaws.com.cn/?Action=Publish&A=1",
        ),
    ],
)
def test_services_of_aws(uri: str, url: str) -> None:
    backend = Remembering()
    ask(gateway_of(one(method({**http(uri), "type": "aws"})), backend, stage_variables={"key": "k/1"}))
    assert backend.requests[0].url == url
    assert backend.requests[0].uri == uri.replace("${stageVariables.key}", "k/1")
    assert header(backend.requests[0].headers, "X-Amzn-Apigateway-Api-Id") is None


def test_any_takes_the_method_of_the_caller() -> None:
    backend = Remembering()
    ask(gateway_of(one(method({**http(), "httpMethod": "ANY"}), "put"), backend), verb="PUT")
    assert backend.requests[0].method == "PUT"


@pytest.mark.parametrize(
    ("template", "event"),
    [('{"a": $input.json("$.x")}', {"a": 1}), ("", {}), ('"text"', "text"), ("[1]", [1])],
)
def test_a_function_gets_json(template: str, event: object) -> None:
    backend = Remembering(result="done")
    integration = function("aws", requestTemplates={"application/json": template})
    answer = ask(gateway_of(one(method(integration)), backend), body=b'{"x": 1}')
    assert (backend.events, answer.body) == ([event], b'"done"')


def test_a_function_gets_nothing_but_json() -> None:
    backend = Remembering()
    answer = ask(gateway_of(one(method(function("aws", requestTemplates={"application/json": "{bad"}))), backend))
    assert answer.status == 400
    assert json.loads(answer.body)["message"].startswith("Could not parse request body into json")
    assert backend.events == []


def test_a_proxied_function_is_invoked_with_post_only() -> None:
    assert ask(gateway_of(one(method({**function(), "httpMethod": "GET"})), Remembering(result={}))).status == 500


@pytest.mark.parametrize(
    ("handling", "types", "body", "sent"),
    [
        (None, ["image/png"], b"\x89P", b"\x89P"),
        (None, [], b"\x89P", "\ufffdP".encode()),
        ("CONVERT_TO_TEXT", ["image/png"], b"\x89P", b"iVA="),
        ("CONVERT_TO_TEXT", [], b"\x89P", "\ufffdP".encode()),
        ("CONVERT_TO_BINARY", ["image/png"], b"\x89P", b"\x89P"),
        ("CONVERT_TO_BINARY", [], b"iVA=", b"\x89P"),
        ("CONVERT_TO_BINARY", [], b"**", None),
    ],
)
def test_content_handling(handling: str | None, types: list[str], body: bytes, sent: bytes | None) -> None:
    backend = Remembering()
    integration = http(**({"contentHandling": handling} if handling else {}))
    document = one(method(integration), **{"x-amazon-apigateway-binary-media-types": types})
    answer = ask(gateway_of(document, backend), body=body, headers=[("Content-Type", "image/png")])
    if sent is None:
        assert answer.status == 500
    else:
        assert backend.requests[0].body == sent


def test_a_template_cannot_meet_bytes() -> None:
    integration = http(contentHandling="CONVERT_TO_BINARY", requestTemplates={"application/json": "x"})
    assert ask(gateway_of(one(method(integration))), body=b"eA==").status == 500
    text = http(contentHandling="CONVERT_TO_TEXT", requestTemplates={"image/png": "$input.body"})
    backend = Remembering()
    document = one(method(text), **{"x-amazon-apigateway-binary-media-types": ["image/png"]})
    ask(gateway_of(document, backend), body=b"\x89P", headers=[("Content-Type", "image/png")])
    assert backend.requests[0].body == b"iVA="


def test_a_template_that_fails_is_a_500_that_says_nothing() -> None:
    backend = Remembering()
    answer = ask(gateway_of(one(method(http(requestTemplates={"application/json": "$input.path('$[')"}))), backend))
    assert (answer.status, answer.body) == (500, b'{"message": "Internal server error"}')
    assert backend.requests == []
