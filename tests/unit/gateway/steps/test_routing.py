"""The first step: the method, what the caller sent, and what is too large."""

from __future__ import annotations

import pytest

from tests.unit.gateway.apis import Remembering, ask, function, gateway_of, http, method, mock, one
from vtl.gateway.steps.routing import MOST_BODY
from vtl.messages import header

PATHS = {
    "/pets": {"get": method(mock(responseTemplates={"application/json": "fixed"}))},
    "/pets/{id}": {"x-amazon-apigateway-any-method": method(mock(responseTemplates={"application/json": "$input.params('id')"}))},
    "/{proxy+}": {"options": method(mock(responseTemplates={"application/json": "greedy $input.params('proxy')"}))},
}


@pytest.mark.parametrize(
    ("verb", "path", "body"),
    [
        ("GET", "/pets", b"fixed"),
        ("PATCH", "/pets/a%20b", b"a%20b"),
        ("OPTIONS", "/pets/1", b"1"),
        ("OPTIONS", "/pets", b"greedy pets"),
        ("OPTIONS", "/x/y", b"greedy x/y"),
    ],
)
def test_the_method_that_takes_a_request(verb: str, path: str, body: bytes) -> None:
    assert ask(gateway_of({"paths": PATHS}), path, verb).body == body


@pytest.mark.parametrize(("verb", "path"), [("POST", "/pets"), ("GET", "/x"), ("GET", "/pets/1/2"), ("get", "/pets"), ("", "/")])
def test_no_method_takes_it(verb: str, path: str) -> None:
    answer = ask(gateway_of({"paths": PATHS}), path, verb)
    assert (answer.status, answer.body) == (403, b'{"message":"Missing Authentication Token"}')
    assert header(answer.headers, "x-amzn-ErrorType") == "MissingAuthenticationTokenException"
    assert header(answer.headers, "X-Amzn-Trace-Id") is None


def test_a_body_may_have_ten_mebibytes_and_no_more() -> None:
    backend = Remembering()
    gateway = gateway_of(one(method(http(kind="http_proxy"))), backend)
    assert ask(gateway, body=b"x" * MOST_BODY).status == 200
    answer = ask(gateway, body=b"x" * (MOST_BODY + 1))
    assert (answer.status, answer.body) == (413, b'{"message":"Request Too Long"}')
    assert header(answer.headers, "x-amzn-ErrorType") == "RequestTooLargeException"
    assert len(backend.requests) == 1


@pytest.mark.parametrize(("value", "status"), [("put", 200), ("PUT", 200), ("", 403), ("PUT x", 403), ("GET", 403)])
def test_a_caller_may_name_another_method(value: str, status: int) -> None:
    backend = Remembering(result={})
    answer = ask(gateway_of(one(method(function()), "put"), backend), headers=[("x-http-method-override", value)])
    assert answer.status == status
    assert [event["httpMethod"] for event in backend.events] == ["PUT"] * (status == 200)


def test_the_header_goes_to_a_backend_by_a_mapping_only() -> None:
    backend = Remembering()
    mapping = {"integration.request.header.X-HTTP-Method-Override": "method.request.header.X-HTTP-Method-Override"}
    for parameters in ({}, mapping):
        ask(
            gateway_of(one(method({**http(), "requestParameters": parameters}), "put"), backend),
            headers=[("X-HTTP-Method-Override", "PUT")],
        )
    assert [header(each.headers, "X-HTTP-Method-Override") for each in backend.requests] == [None, "PUT"]


def test_stage_variables_reach_templates_and_uris() -> None:
    backend = Remembering()
    integration = http("https://${stageVariables.host}/${stageVariables.none}x?${stageVariables.q}")
    integration["requestTemplates"] = {"application/json": "[$stageVariables.host][$!stageVariables.none]"}
    ask(gateway_of(one(method(integration)), backend, stage_variables={"host": "b.test", "q": "a=b&c=d"}))
    (request,) = backend.requests
    assert (request.url, list(request.query)) == ("https://b.test/x?a=b&c=d", [("a", "b"), ("c", "d")])
    assert request.body == b"[b.test][]"


def test_stage_variables_name_functions() -> None:
    backend = Remembering(result={})
    integration = function()
    integration["uri"] = integration["uri"].replace(":fn/", ":fn:${stageVariables.alias}/")
    ask(gateway_of(one(method(integration)), backend, stage_variables={"alias": "live"}))
    assert backend.names == ["fn:live"]
