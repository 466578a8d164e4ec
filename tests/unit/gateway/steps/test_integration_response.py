"""From the backend's answer to the caller's: which response, which template, what overrides."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.gateway.apis import FAILED, Remembering, ask, function, gateway_of, http, method, mock, ok, one
from vtl.errors import FunctionError
from vtl.messages import HttpResponse, header

RESPONSES = {"default": ok(), "4\\d{2}": {"statusCode": "400"}, "404|5..": {"statusCode": "502"}}


@pytest.mark.parametrize(("status", "expected"), [(200, 200), (404, 400), (503, 502), (301, 200)])
def test_the_first_pattern_that_matches_all_of_the_status(status: int, expected: int) -> None:
    backend = Remembering(HttpResponse(status, (), b""))
    assert ask(gateway_of(one(method(http(responses=RESPONSES))), backend)).status == expected


def test_without_a_match_and_a_default_it_is_an_error() -> None:
    backend = Remembering(HttpResponse(404, (), b""))
    assert ask(gateway_of(one(method(http(responses={"200": ok()}))), backend)).status == 500


@pytest.mark.parametrize("pattern", ["(4..", "[", "*"])
def test_a_pattern_that_is_none_is_an_error_of_the_configuration(pattern: str) -> None:
    assert ask(gateway_of(one(method(http(responses={pattern: ok(), "default": ok()}))))).status == 500


@pytest.mark.parametrize(
    ("pattern", "failed", "expected"),
    [("no", True, 418), (".+", True, 418), (".+", False, 200), (".*", False, 418), ("200", False, 200), ("n", True, 200)],
)
def test_functions_are_told_apart_by_their_error_message(pattern: str, failed: bool, expected: int) -> None:
    backend = Remembering(result={"x": 1}, error=FAILED if failed else None)
    responses = {"default": ok(), pattern: {"statusCode": "418"}}
    answer = ask(gateway_of(one(method(function("aws", responses=responses))), backend))
    assert answer.status == expected
    assert answer.body == (b'{"errorMessage": "no", "errorType": "Error"}' if failed else b'{"x": 1}')


@pytest.mark.parametrize(
    ("accept", "templates", "body", "content_type"),
    [
        ("text/html", {"application/json": "j", "text/html": "h"}, b"h", "text/html"),
        ("text/html, application/json", {"application/json": "j", "text/html": "h"}, b"h", "text/html"),
        ("image/png", {"text/html": "h", "application/json": "j"}, b"j", "application/json"),
        (None, {"text/html": "h", "application/json": "j"}, b"j", "application/json"),
        ("image/png", {"text/html": "h", "text/plain": "p"}, b"h", "text/html"),
        ("image/png", {}, b"raw", "application/json"),
        ("image/png", {"application/json": ""}, b"raw", "application/json"),
    ],
)
def test_the_template_for_what_the_caller_accepts(
    accept: str | None, templates: dict[str, str], body: bytes, content_type: str
) -> None:
    backend = Remembering(HttpResponse(200, [("Content-Type", "text/plain")], b"raw"))
    integration = http(responses={"default": ok(responseTemplates=templates)})
    answer = ask(gateway_of(one(method(integration)), backend), headers=[("Accept", accept)] if accept else [("X", "y")])
    assert answer.body == body
    assert header(answer.headers, "Content-Type") == content_type


def _override(template: str, **more: Any) -> HttpResponse:
    parameters = {"method.response.header.X-A": "'mapped'", "method.response.header.X-B": "integration.response.header.Own"}
    response = ok(responseTemplates={"application/json": template}, responseParameters=parameters, **more)
    backend = Remembering(HttpResponse(200, [("Own", "1"), ("Own", "2")], b"{}"))
    return ask(gateway_of(one(method(http(responses={"default": response}))), backend))


def test_overrides_beat_what_is_mapped() -> None:
    answer = _override("#set($context.responseOverride.status = 404)#set($context.responseOverride.header.X-A = ['1', '2'])")
    assert answer.status == 404
    assert [value for name, value in answer.headers if name == "X-A"] == ["1", "2"]
    assert header(answer.headers, "X-B") == "2"


@pytest.mark.parametrize(("status", "expected"), [("'202'", 202), ("99", 200), ("600", 200), ("'x'", 200)])
def test_a_status_that_http_does_not_have_is_ignored(status: str, expected: int) -> None:
    assert _override(f"#set($context.responseOverride.status = {status})").status == expected


def test_overrides_of_the_request_template_reach_the_answer() -> None:
    template = "#set($context.responseOverride.status = 444)#set($context.responseOverride.mine = 'x'){\"statusCode\": 200}"
    answer = ask(
        gateway_of(one(method(mock(template, responseTemplates={"application/json": "$context.responseOverride.mine"}))))
    )
    assert (answer.status, answer.body) == (444, b"x")


@pytest.mark.parametrize(
    ("message", "part"),
    [('{"code": 7, "of": {"a": [1]}}', '{"a":[1]}'), ("{no", None), ("text", None)],
)
def test_headers_look_into_the_json_of_an_error_message(message: str, part: str | None) -> None:
    """As "Handle Lambda errors in API Gateway" has it; templates see the text."""
    source = "integration.response.body.errorMessage"
    parameters = {"method.response.header.X-All": source, "method.response.header.X-Of": f"{source}.of"}
    response = ok(responseParameters=parameters, responseTemplates={"application/json": "$input.path('$.errorMessage')"})
    error = FunctionError({"errorMessage": message})
    answer = ask(gateway_of(one(method(function("aws", responses={"default": response}))), Remembering(error=error)))
    assert (header(answer.headers, "X-All"), header(answer.headers, "X-Of")) == (message, part)
    assert answer.body == message.encode()


def test_a_mapped_content_type_wins() -> None:
    answer = ask(gateway_of(one(method(mock(responseParameters={"method.response.header.Content-Type": "'text/css'"})))))
    assert [value for name, value in answer.headers if name.lower() == "content-type"] == ["text/css"]


def test_a_mock_has_no_body_and_its_document_is_not_seen() -> None:
    assert ask(gateway_of(one(method(mock())))).body == b""
    assert ask(gateway_of(one(method(mock(responseTemplates={"application/json": "$input.body"}))))).body == b"{}"


@pytest.mark.parametrize(
    ("handling", "content_type", "accept", "types", "body", "expected"),
    [
        (None, "text/plain", "text/plain", [], b"\xffa", "\ufffda".encode()),
        (None, "text/plain", "image/png", ["image/png"], b"eA==", b"x"),
        (None, "text/plain", "image/png", ["image/png"], b"**", None),
        (None, "image/png", "text/plain", ["image/png"], b"x", b"eA=="),
        (None, "image/png", "image/png", ["image/png"], b"\xff", b"\xff"),
        ("CONVERT_TO_TEXT", "image/png", "image/png", ["image/png"], b"x", b"eA=="),
        ("CONVERT_TO_TEXT", "text/plain", "image/png", ["image/png"], b"\xffa", "\ufffda".encode()),
        ("CONVERT_TO_BINARY", "text/plain", "text/plain", [], b"eA==", b"x"),
        ("CONVERT_TO_BINARY", "text/plain", "text/plain", [], b"**", None),
        ("CONVERT_TO_BINARY", "image/png", "text/plain", ["image/png"], b"\xff", b"\xff"),
    ],
)
def test_content_handling(
    handling: str | None, content_type: str, accept: str, types: list[str], body: bytes, expected: bytes | None
) -> None:
    backend = Remembering(HttpResponse(200, [("Content-Type", content_type)], body))
    response = ok(**({"contentHandling": handling} if handling else {}))
    document = one(method(http(responses={"default": response})), **{"x-amazon-apigateway-binary-media-types": types})
    answer = ask(gateway_of(document, backend), headers=[("Accept", accept)])
    assert answer.status == (500 if expected is None else 200)
    assert expected is None or answer.body == expected


def test_a_template_cannot_meet_bytes() -> None:
    response = ok(contentHandling="CONVERT_TO_BINARY", responseTemplates={"application/json": "x"})
    backend = Remembering(HttpResponse(200, (), b"eA=="))
    assert ask(gateway_of(one(method(http(responses={"default": response}))), backend)).status == 500
