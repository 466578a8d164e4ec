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
