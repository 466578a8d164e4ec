"""Any request to an API with every kind of integration, and any answer behind it: something that HTTP can carry comes out."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.gateway.apis import FUNCTION, api_of, function, http, method, mock, ok
from vtl.errors import BackendError, BackendTimeout, FunctionError, InputError
from vtl.gateway import Gateway, Watch
from vtl.messages import HttpRequest, HttpResponse
from vtl.server.wire import head_of

_LINE = re.compile(rb"[\r\n\0]")
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class _Ids:
    def request_id(self) -> str:
        return "request"

    def extended_id(self) -> str:
        return "extended"

    def trace_part(self, digits: int) -> str:
        return "0" * digits


_OVERRIDES = (
    "#set($o = $context.{0}Override)#set($o.header.X = $input.params('q'))"
    "#set($o.header[$input.params('n')] = $input.path('$.a'))"
    "#set($o.status = $input.path('$.s'))#set($o.querystring.q = $input.path('$'))#set($o.path.p = $input.path('$.a'))$input.body"
)
_REQUEST = {"application/json": _OVERRIDES.replace("{0}", "request"), "text/plain": "$util.parseJson($input.body)"}
_RESPONSE = {"application/json": _OVERRIDES.replace("{0}", "response"), "text/html": "$input.json('$.a')"}
_RESPONSES = {
    "default": ok(responseTemplates=_RESPONSE, responseParameters={"method.response.header.A": "integration.response.body.a"}),
    "4\\d\\d": {"statusCode": "404", "contentHandling": "CONVERT_TO_BINARY"},
    "(no|5).*": {"statusCode": "500", "contentHandling": "CONVERT_TO_TEXT"},
}
_MAPPED = {
    "integration.request.path.p": "method.request.path.p",
    "integration.request.header.B": "method.request.body.a",
    "integration.request.querystring.m": "method.request.multivaluequerystring.q",
}
_SERVICE = {**http("arn:aws:apigateway:us-east-1:sqs:path/{p}", requestTemplates=_REQUEST, responses=_RESPONSES), "type": "aws"}
_MODEL = {
    "type": "object",
    "properties": {"a": {"type": ["string", "number"], "pattern": "^(a|b)*$"}, "b": {"$ref": "#/components/schemas/M"}},
}
_VALIDATED = {
    "x-amazon-apigateway-request-validator": "all",
    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/M"}}}},
    "parameters": [{"name": "q", "in": "query", "required": True, "schema": {"type": "string"}}],
}
_SCHEME = {
    "type": "apiKey",
    "name": "Authorization",
    "in": "header",
    "x-amazon-apigateway-authtype": "custom",
    "x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri": FUNCTION},
}
_POOL = {
    "type": "apiKey",
    "name": "Authorization",
    "in": "header",
    "x-amazon-apigateway-authtype": "cognito_user_pools",
    "x-amazon-apigateway-authorizer": {
        "type": "cognito_user_pools",
        "providerARNs": ["arn:aws:cognito-idp:us-east-1:1:userpool/x"],
    },
}
_INTEGRATIONS: dict[str, dict[str, Any]] = {
    "mock": method(mock("$input.body", responseTemplates=_RESPONSE)),
    "http": method(http("https://b.test/{p}?own=1", requestTemplates=_REQUEST, responses=_RESPONSES, requestParameters=_MAPPED)),
    "http_proxy": method(http("https://${stageVariables.h}/{p}", "http_proxy", requestParameters=_MAPPED)),
    "aws": method(_SERVICE),
    "lambda": method(function("aws", requestTemplates=_REQUEST, responses=_RESPONSES, passthroughBehavior="never")),
    "aws_proxy": method(function()),
    "validated": method(http(), **_VALIDATED),
    "authorized": method(mock(responseTemplates={"application/json": "$context.authorizer"}), security=[{"auth": []}]),
    "pooled": method(mock(responseTemplates={"application/json": "$context.authorizer.claims.sub"}), security=[{"pool": []}]),
}
_API = api_of(
    {
        "paths": {f"/{name}/{{p}}": {"x-amazon-apigateway-any-method": operation} for name, operation in _INTEGRATIONS.items()},
        "components": {"schemas": {"M": _MODEL}, "securitySchemes": {"auth": _SCHEME, "pool": _POOL}},
        "x-amazon-apigateway-binary-media-types": ["image/png"],
        "x-amazon-apigateway-request-validators": {"all": {"validateRequestBody": True, "validateRequestParameters": True}},
        "x-amazon-apigateway-gateway-responses": {
            "DEFAULT_4XX": {
                "responseTemplates": {
                    "application/json": "$context.error.messageString $method.request.body.a $context.identity"
                },
                "responseParameters": {"gatewayresponse.header.Q": "method.request.querystring.q"},
            }
        },
    }
)

_WORDS = st.sampled_from(
    ["", "a", "1", "200", "image/png", "a\r\nX: y", "é\ud800", "{p}", "$context", "Root=1-a", "a.e30.b", "text/html, a/b"]
)
_TEXTS = _WORDS | st.text(max_size=12)
_NAMES = st.sampled_from(
    ["Accept", "content-type", "Authorization", "Host", "X-Amzn-Trace-Id", "X-HTTP-Method-Override", "TE", "q", "n", "X\r\nY", ""]
) | st.text(max_size=6)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.floats() | _TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "s", "statusCode"]) | _TEXTS, inner, max_size=3)
    ),
    max_leaves=6,
)
_BODIES = st.one_of(
    st.binary(max_size=20),
    st.sampled_from(
        [b"", b"{", b"[" * 3000, b'{"a": "x"}', b'{"statusCode": 200}', b"{statusCode: 404,}", b'{"a": "\\ud800", "s": 404}']
    ),
    _TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")),
)
_PAIRS = st.lists(st.tuples(_NAMES, _TEXTS), max_size=4)
_PATHS = st.builds("/{}/{}".format, st.sampled_from([*_INTEGRATIONS, "nowhere"]), _TEXTS)
_REQUESTS = st.builds(
    HttpRequest, st.sampled_from(["GET", "POST", "OPTIONS"]) | _TEXTS, _PATHS | _TEXTS, _PAIRS, _PAIRS, _BODIES, source_ip=_TEXTS
)
_ANSWERS = st.builds(HttpResponse, st.integers(100, 599), _PAIRS, _BODIES)
_RESULTS = st.one_of(
    _JSON,
    st.fixed_dictionaries(
        {},
        optional={
            "statusCode": st.integers(0, 700) | _TEXTS,
            "headers": st.dictionaries(_NAMES, _JSON, max_size=3),
            "multiValueHeaders": st.dictionaries(_NAMES, st.lists(_JSON, max_size=2), max_size=2),
            "body": _JSON,
            "isBase64Encoded": st.booleans(),
        },
    ),
    st.fixed_dictionaries(
        {
            "principalId": _TEXTS,
            "policyDocument": _JSON | st.just({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}),
        },
        optional={"context": _JSON},
    ),
    st.sampled_from([object(), {1, 2}, b"x", {"body": object()}]),
)
_ERRORS = st.none() | st.sampled_from(
    [
        BackendError("down"),
        BackendTimeout("slow"),
        FunctionError({"errorMessage": "no"}),
        FunctionError(None),
        InputError("x"),
        KeyError("own"),
    ]
)


def _gateway(answer: Any, result: Any, error: Exception | None, *, awaited: bool) -> Gateway:
    def http_backend(request: HttpRequest) -> Any:
        if error is not None:
            raise error
        return answer

    def functions(name: str, event: object) -> Any:
        if error is not None:
            raise error
        return result

    async def http_coroutine(request: HttpRequest) -> Any:
        return http_backend(request)

    async def coroutines(name: str, event: object) -> Any:
        return functions(name, event)

    backends: dict[str, Any] = {"http": http_backend, "aws": http_backend, "lambda": functions}
    if awaited:
        backends = {"http": http_coroutine, "aws": http_coroutine, "lambda": coroutines}
    settings: dict[str, Any] = {"clock": lambda: 1.0, "ids": _Ids(), "stage_variables": {"h": "b.test"}}
    return Gateway(_API, backends=backends, **settings)


@given(_REQUESTS, _ANSWERS | st.none(), _RESULTS, _ERRORS)
@example(
    HttpRequest("POST", "/http/x", [("q", "a\r\nb")], [("q", "a\r\nb"), ("n", "N\r\n")], b'{"a": "\\ud800"}'),
    HttpResponse(),
    {},
    None,
)
@example(HttpRequest("GET", "", (), (), b"[" * 3000), None, {}, None)
@example(HttpRequest("POST", "/validated/x", (), [("q", "1")], b'{"a": "' + b"a" * 50 + b'!"}'), HttpResponse(), {}, None)
def test_whatever_comes_in_an_answer_goes_out(
    request: HttpRequest, answer: HttpResponse | None, result: Any, error: Exception | None
) -> None:
    watch = Watch()
    response = _gateway(answer, result, error, awaited=False).handle(request, watch=watch)
    assert 100 <= response.status <= 599
    assert isinstance(response.body, bytes)
    for name, value in response.headers:
        assert not _LINE.search(name.encode("utf-8", "replace") + value.encode("utf-8", "replace"))
    for raw_name, raw_value in head_of(response):
        assert _TOKEN.fullmatch(raw_name)
        assert not _LINE.search(raw_value)
    assert (watch.failure is None) is (watch.steps[-1].step == "method_response")
    for awaited in (False, True):
        gateway = _gateway(answer, result, error, awaited=awaited)
        later = asyncio.run(gateway.handle_async(request))
        assert (later.status, list(later.headers)) == (response.status, list(response.headers))
        assert _without_frames(later.body) == _without_frames(response.body)


def _without_frames(body: bytes) -> bytes:
    """The stack trace of a function that raised is another one where a coroutine stands around it."""
    return re.sub(rb'"stackTrace": \[.*?\]\}', b"", body, flags=re.DOTALL)
