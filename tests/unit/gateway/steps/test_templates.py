"""What a template sees, what it may leave behind, and how it fails."""

from __future__ import annotations

import pytest

from tests.unit.gateway.apis import Remembering, ask, gateway_of, http, method, mock, one
from vtl.gateway.steps.templates import excerpt
from vtl.gateway.watch import Watch
from vtl.messages import HttpRequest, header


def test_a_template_sees_the_whole_request() -> None:
    backend = Remembering()
    template = (
        "$input.body|$input.params('id')|$input.params().querystring.get('q')|$input.params().header.get('H')"
        "|$input.params().header.containsKey('TE')|$stageVariables.v|$context.httpMethod"
    )
    gateway = gateway_of(
        one(method(http(requestTemplates={"application/json": template})), path="/a/{id}"), backend, stage_variables={"v": "s"}
    )
    ask(gateway, "/a/7", body=b'"x"', headers=[("H", "1"), ("H", "2"), ("TE", "t")], query=[("q", "1"), ("q", "2")])
    assert backend.requests[0].body == b'"x"|7|2|2|false|s|POST'


def test_templates_and_mappings_see_what_the_front_added() -> None:
    names = ("Host", "X-Amzn-Trace-Id", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto")
    template = "|".join(f"$input.params('{name}')" for name in names)
    mapped = {"integration.request.header.From": "method.request.header.X-Forwarded-For"}
    integration = http(requestTemplates={"application/json": template}, requestParameters=mapped)
    required = [{"name": "X-Forwarded-For", "in": "header", "required": True, "schema": {"type": "string"}}]
    validators = {"v": {"validateRequestBody": False, "validateRequestParameters": True}}
    document = one(
        method(integration, parameters=required, **{"x-amazon-apigateway-request-validator": "v"}),
        **{"x-amazon-apigateway-request-validators": validators},
    )
    backend = Remembering()
    gateway = gateway_of(document, backend)
    ask(gateway, headers=[("x-forwarded-proto", "http"), ("X-Amzn-Trace-Id", "Root=1;Parent=2;Sampled=0")])
    request = backend.requests[0]
    assert request.body == b"api123.execute-api.us-east-1.amazonaws.com|Root=1;Parent=2;Sampled=0|127.0.0.1|443|http"
    assert header(request.headers, "From") == "127.0.0.1"
    assert header(request.headers, "X-Forwarded-For") is None
    # A test of a method does not pass the front.
    assert gateway.test_invoke("/a", "POST").status == 400
    assert gateway.test_invoke("/a", "POST", headers={"X-Forwarded-For": "9.9.9.9"}).status == 200
    assert backend.requests[1].body == b"||9.9.9.9||"


def test_both_templates_share_the_context() -> None:
    first = "#set($context.requestOverride.header.X = 'kept'){\"statusCode\": 200}"
    second = "$context.requestOverride.header.X $context.requestId"
    answer = ask(gateway_of(one(method(mock(first, responseTemplates={"application/json": second})))))
    assert answer.body.startswith(b"kept ")
    assert len(answer.body) == len("kept ") + 36


def test_one_request_leaves_nothing_to_the_next() -> None:
    template = '#set($context.requestOverride.header.X = "$!{context.requestOverride.header.X}x"){"statusCode": 200}'
    gateway = gateway_of(one(method(mock(template, responseTemplates={"application/json": "$context.requestOverride.header.X"}))))
    assert [ask(gateway).body for _ in range(3)] == [b"x"] * 3


@pytest.mark.parametrize(
    "template",
    [
        "#if(",
        "$input.path('$[')",
        "#foreach($i in [1..100000000])x#end",
        "$util.parseJson('{')",
    ],
    ids=["syntax", "path", "endless", "json"],
)
def test_a_template_that_fails_is_a_500(template: str) -> None:
    watch, backend = Watch(), Remembering()
    gateway = gateway_of(one(method(http(requestTemplates={"application/json": template}))), backend)
    answer = gateway.handle(HttpRequest("POST", "/a", body=b"{}"), watch=watch)
    assert (answer.status, answer.body) == (500, b'{"message": "Internal server error"}')
    assert backend.requests == []
    assert watch.failure is not None
    assert watch.failure.reason.startswith("Unable to transform: ")
    assert watch.error is not None
    assert watch.failed == template


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "(nothing)"),
        (" a\n\tb ", "a b"),
        (b"\xff", "\ufffd"),
        ("x" * 200, "x" * 200),
        ("x" * 2000, "x" * 200 + " ... (2,000 characters)"),
    ],
)
def test_excerpts_are_one_short_line(body: str | bytes, expected: str) -> None:
    assert excerpt(body) == expected
