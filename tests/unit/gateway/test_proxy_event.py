"""The event of AWS_PROXY, in the recorded order, with nulls where AWS has them."""

from __future__ import annotations

import base64

import pytest

from tests.unit.gateway.apis import Remembering, ask, function, gateway_of, method, one

KEYS = [
    "resource",
    "path",
    "httpMethod",
    "headers",
    "multiValueHeaders",
    "queryStringParameters",
    "multiValueQueryStringParameters",
    "pathParameters",
    "stageVariables",
    "requestContext",
    "body",
    "isBase64Encoded",
]
CONTEXT = [
    "resourceId",
    "resourcePath",
    "httpMethod",
    "extendedRequestId",
    "requestTime",
    "path",
    "accountId",
    "protocol",
    "stage",
    "domainPrefix",
    "requestTimeEpoch",
    "requestId",
    "identity",
    "domainName",
    "deploymentId",
    "apiId",
]


def test_keys_come_in_order_and_what_is_absent_is_null() -> None:
    backend = Remembering(result={})
    ask(gateway_of(one(method(function())), backend, clock=lambda: 0.0))
    (event,) = backend.events
    assert list(event) == KEYS
    assert list(event["requestContext"]) == CONTEXT
    absent = ("queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables", "body")
    assert [event[name] for name in absent] == [None] * 5
    assert event["isBase64Encoded"] is False
    assert event["requestContext"]["requestTime"] == "01/Jan/1970:00:00:00 +0000"
    assert backend.names == ["fn"]


def test_what_was_sent_arrives() -> None:
    backend = Remembering(result={})
    headers = [("authorization", "a"), ("X-Two", "1"), ("X-Two", "2"), ("Host", "api123.execute-api.us-east-1.amazonaws.com")]
    gateway = gateway_of(one(method(function()), path="/a/{id}"), backend, stage_variables={"v": "1"}, stage="dev")
    ask(gateway, "//a/x%2By/", body=b"text", headers=headers, query=[("q", "1"), ("q", "2")])
    (event,) = backend.events
    assert (event["path"], event["requestContext"]["path"]) == ("/a/x%2By/", "/dev//a/x%2By/")
    assert event["pathParameters"] == {"id": "x%2By"}
    assert event["headers"]["Authorization"] == "a"
    assert (event["headers"]["X-Two"], event["multiValueHeaders"]["X-Two"]) == ("2", ["1", "2"])
    assert (event["queryStringParameters"], event["multiValueQueryStringParameters"]) == ({"q": "2"}, {"q": ["1", "2"]})
    assert (event["body"], event["stageVariables"]) == ("text", {"v": "1"})
    assert list(event["headers"]) == sorted(event["headers"], key=str.lower)
    assert event["requestContext"]["domainPrefix"] == "api123"


@pytest.mark.parametrize(("types", "binary"), [((), False), (("image/png",), True), (("*/*",), True), (("*/png",), False)])
def test_a_binary_body_is_base64(types: tuple[str, ...], binary: bool) -> None:
    backend = Remembering(result={})
    document = one(method(function()), **{"x-amazon-apigateway-binary-media-types": list(types)})
    ask(gateway_of(document, backend), body=b"\x89PNG\xff", headers=[("Content-Type", "image/png")])
    (event,) = backend.events
    assert event["isBase64Encoded"] is binary
    assert event["body"] == (base64.b64encode(b"\x89PNG\xff").decode() if binary else "\ufffdPNG\ufffd")
