"""What the gateway answers itself, as the API's author has it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.gateway.apis import Remembering, ask, gateway_of, http, method, one
from vtl.errors import BackendError, BackendTimeout
from vtl.messages import HttpResponse, header

CUSTOM = {
    "statusCode": 404,
    "responseTemplates": {"application/json": '{"m":$context.error.messageString,"t":"$context.error.responseType"}'},
    "responseParameters": {
        "gatewayresponse.header.X-Static": "'s'",
        "gatewayresponse.header.X-From": "method.request.header.Own",
        "gatewayresponse.header.X-None": "method.request.header.None",
        "gatewayresponse.header.Content-Type": "'text/x'",
    },
}


def _answer(responses: dict[str, Any], path: str = "/nowhere", **more: Any) -> HttpResponse:
    backend = Remembering(error=more.pop("error", None))
    document = one(method(http()), **{"x-amazon-apigateway-gateway-responses": responses})
    return ask(gateway_of(document, backend), path, headers=[("Own", "1"), *more.pop("headers", ())], **more)


def test_a_type_with_settings_of_its_own() -> None:
    answer = _answer({"MISSING_AUTHENTICATION_TOKEN": CUSTOM})
    assert answer.status == 404
    assert answer.body == b'{"m":"Missing Authentication Token","t":"MISSING_AUTHENTICATION_TOKEN"}'
    assert [header(answer.headers, name) for name in ("X-Static", "X-From", "X-None")] == ["s", "1", None]
    assert [value for name, value in answer.headers if name.lower() == "content-type"] == ["text/x"]
    assert header(answer.headers, "x-amzn-ErrorType") == "MissingAuthenticationTokenException"


def test_the_family_counts_for_types_without_settings_alone() -> None:
    family = {"DEFAULT_4XX": {"statusCode": 418, "responseParameters": {"gatewayresponse.header.A": "'b'"}}}
    answer = _answer(family)
    assert (answer.status, header(answer.headers, "A"), answer.body) == (418, "b", b'{"message":"Missing Authentication Token"}')
    own = {"MISSING_AUTHENTICATION_TOKEN": {"responseTemplates": {"application/json": "x"}}}
    answer = _answer({**family, **own})
    assert (answer.status, header(answer.headers, "A"), answer.body) == (403, None, b"x")
    assert _answer({"DEFAULT_5XX": {"statusCode": 418}}).status == 403


def test_a_template_is_chosen_by_accept() -> None:
    templates = {"responseTemplates": {"application/json": "j", "application/xml": "<x>$context.requestId</x>"}}
    answer = _answer({"DEFAULT_4XX": templates}, headers=[("Accept", "application/xml")])
    assert answer.body.startswith(b"<x>")
    assert header(answer.headers, "Content-Type") == "application/xml"


def test_what_is_too_large_cannot_be_customised() -> None:
    answer = _answer({"REQUEST_TOO_LARGE": {"statusCode": 418}, "DEFAULT_4XX": {"statusCode": 418}}, "/a", body=b"x" * 10_485_761)
    assert (answer.status, answer.body) == (413, b'{"message":"Request Too Long"}')


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (BackendError("down"), 504, b'{"message": "Network error communicating with endpoint"}'),
        (BackendTimeout("slow"), 504, b'{"message": "Endpoint request timed out"}'),
        (RuntimeError("own"), 504, b'{"message": "Network error communicating with endpoint"}'),
    ],
)
def test_backends_that_fail(error: Exception, status: int, message: bytes) -> None:
    answer = _answer({}, "/a", error=error)
    assert (answer.status, answer.body) == (status, message)
    assert _answer({"DEFAULT_5XX": {"statusCode": 599}}, "/a", error=error).status == 599
    assert header(answer.headers, "X-Amzn-Trace-Id") is None


def test_nothing_of_the_reason_is_told_to_the_caller() -> None:
    answer = _answer({}, "/a", error=BackendError("password in https://user:secret@host"))
    assert b"secret" not in answer.body + repr(answer.headers).encode()


TYPES_OF_ERRORS = {
    "ACCESS_DENIED": (403, "AccessDeniedException"),
    "API_CONFIGURATION_ERROR": (500, "InternalServerErrorException"),
    "BAD_REQUEST_BODY": (400, "BadRequestException"),
    "INTEGRATION_FAILURE": (504, "InternalServerErrorException"),
    "INVALID_API_KEY": (403, "ForbiddenException"),
    "UNAUTHORIZED": (401, "UnauthorizedException"),
    "UNSUPPORTED_MEDIA_TYPE": (415, "BadRequestException"),
}


@pytest.mark.parametrize("name", TYPES_OF_ERRORS)
def test_every_type_with_the_default_template(name: str) -> None:
    from vtl.gateway.gateway_responses import gateway_response
    from vtl.gateway.invocation import Invocation
    from vtl.mapping.failures import GatewayFailure
    from vtl.messages import HttpRequest

    settings = {"responseTemplates": {"application/json": '{"message":$context.error.messageString}'}}
    deployment = gateway_of(one(method(), **{"x-amazon-apigateway-gateway-responses": {name: settings}})).deployment
    invocation = Invocation(deployment, HttpRequest("GET"), "r", "e", 0.0)
    failure = GatewayFailure(name)
    answer = gateway_response(invocation, failure)
    status, error_type = TYPES_OF_ERRORS[name]
    assert (answer.status, header(answer.headers, "x-amzn-ErrorType")) == (status, error_type)
    assert answer.body.decode() == f'{{"message":"{failure.error_message}"}}'


def test_the_502_of_a_function_is_of_the_family_alone() -> None:
    from tests.unit.gateway.apis import function

    responses = {"DEFAULT_5XX": {"statusCode": 599, "responseTemplates": {"application/json": "$context.error.responseType"}}}
    document = one(method(function()), **{"x-amazon-apigateway-gateway-responses": responses})
    answer = ask(gateway_of(document, Remembering(result="text")))
    assert (answer.status, answer.body) == (599, b"DEFAULT_5XX")
    document["x-amazon-apigateway-gateway-responses"] = {"INTEGRATION_FAILURE": responses["DEFAULT_5XX"]}
    assert ask(gateway_of(document, Remembering(result="text"))).status == 502


def test_variables_are_put_in_and_nothing_is_rendered() -> None:
    template = (
        "#set($a = 1)$a ${context.error.message}|$context.error.messageString|$stageVariables.v|$method.request.header.Own"
        "|$method.request.querystring.q|$method.request.path.none|$context.none|$input.body"
    )
    answer = _answer({"DEFAULT_4XX": {"responseTemplates": {"application/json": template}}}, query=[("q", "x")])
    expected = '#set($a = 1)$a Missing Authentication Token|"Missing Authentication Token"||1|x|||$input.body'
    assert answer.body.decode() == expected


@pytest.mark.parametrize("status", ["", "999", "x", None])
def test_a_status_that_is_none_leaves_the_types_own(status: Any) -> None:
    from dataclasses import replace

    from vtl.gateway import Gateway
    from vtl.model import GatewayResponse, RestApi

    api = replace(RestApi("t"), gateway_responses=(GatewayResponse("DEFAULT_4XX", status),))
    assert ask(Gateway(api)).status == 403


def test_a_broken_body_does_not_break_the_answer() -> None:
    settings = {
        "responseTemplates": {"application/json": "[$method.request.body.a][$method.request.body]"},
        "responseParameters": {
            "gatewayresponse.header.A": "method.request.body.a",
            "gatewayresponse.header.B": "method.request.multivaluequerystring.q",
            "gatewayresponse.header.C": "'x\r\ny'",
            "gatewayresponse.querystring.D": "'x'",
        },
    }
    answer = _answer({"DEFAULT_4XX": settings}, body=b"{broken", query=[("q", "1"), ("q", "2")])
    assert (answer.status, answer.body) == (403, b"[][{broken]")
    assert header(answer.headers, "A") is None
    assert [value for name, value in answer.headers if name == "B"] == ["1", "2"]
    assert header(answer.headers, "C") == "x y"
    assert header(answer.headers, "D") is None


def test_the_context_of_the_request_is_there() -> None:
    settings = {"responseTemplates": {"application/json": "$context.resourcePath $context.httpMethod $context.stage"}}
    answer = _answer({"DEFAULT_5XX": settings}, "/a", error=BackendError("x"))
    assert answer.body == b"/a POST test"


FAILURES: dict[str, dict[str, Any]] = {
    "INTEGRATION_FAILURE": {"error": BackendError("no")},
    "INTEGRATION_TIMEOUT": {"error": BackendTimeout("slow")},
}


@pytest.mark.parametrize("kind", FAILURES)
def test_the_family_replaces_status_parameters_and_template_of_what_has_none(kind: str) -> None:
    family = {
        "statusCode": "599",
        "responseTemplates": {"application/json": '{"family":$context.error.messageString}'},
        "responseParameters": {"gatewayresponse.header.F": "'f'"},
    }
    answer = _answer({"DEFAULT_5XX": family}, "/a", **FAILURES[kind])
    assert (answer.status, header(answer.headers, "F"), answer.body[:11]) == (599, "f", b'{"family":"')
    own = {kind: {"responseParameters": {"gatewayresponse.header.O": "'o'"}}}
    answer = _answer({"DEFAULT_5XX": family, **own}, "/a", **FAILURES[kind])
    assert [header(answer.headers, name) for name in "FO"] == [None, "o"]
    assert (answer.status, answer.body[:12]) == (504, b'{"message": ')
