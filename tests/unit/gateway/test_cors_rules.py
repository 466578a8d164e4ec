"""The rules of browsers, one by one."""

from __future__ import annotations

import pytest

from vtl.gateway.cors_rules import Asked, complaints, needed_headers, needs_preflight, sample_path, sent_method
from vtl.messages import HttpResponse
from vtl.model import Authorizer, Method, RestApi


@pytest.mark.parametrize(
    ("origin", "credentials", "value", "allowed"),
    [
        (None, False, "*", True),
        (None, True, "*", False),
        (None, False, "https://a.example", True),
        (None, False, "a.example", False),
        (None, False, "https://a.example,https://b.example", False),
        ("https://a.example", False, "*", True),
        ("https://a.example", True, "https://a.example", True),
        ("https://a.example", False, "https://a.example/", False),
        ("https://a.example", False, "", False),
    ],
)
def test_origins(origin: str | None, credentials: bool, value: str, allowed: bool) -> None:
    asked = Asked(origin, (), credentials)
    assert asked.allows(value) is allowed
    assert asked.allows_mapping(f"'{value}'") is allowed
    assert asked.allows_mapping("integration.response.header.x")


def test_paths_and_methods() -> None:
    assert sample_path("/a/{b}/{c+}") == "/a/x/x"
    assert sent_method(Method("ANY")) == "POST"
    assert sent_method(Method("PUT")) == "PUT"
    assert needs_preflight("PUT", [])
    assert needs_preflight("GET", ["x-a"])
    assert not needs_preflight("POST", [])


def test_needed_headers() -> None:
    api = RestApi("x", authorizers=(Authorizer("door", "REQUEST", identity_source=("method.request.querystring.token",)),))
    assert needed_headers(api, Method("GET", "AWS_IAM"), Asked()) == ["authorization", "x-amz-date"]
    assert needed_headers(api, Method("GET", "CUSTOM", "door"), Asked()) == []
    assert needed_headers(api, Method("GET", "CUSTOM", "elsewhere"), Asked(headers=("X-B", "Accept"))) == ["authorization", "x-b"]
    assert needed_headers(api, Method("PATCH"), Asked()) == ["content-type"]
    assert needed_headers(api, Method("POST", request_models={"text/plain; charset=x": "Empty"}), Asked()) == []
    assert needed_headers(RestApi("x", api_key_source="AUTHORIZER"), Method("GET", api_key_required=True), Asked()) == []


def test_stars_do_not_stand_for_authorization_nor_with_cookies() -> None:
    headers = [
        ("Access-Control-Allow-Origin", "https://page.example"),
        ("Access-Control-Allow-Methods", "*"),
        ("access-control-allow-headers", "*"),
        ("Access-Control-Allow-Credentials", "true"),
    ]
    answer = HttpResponse(204, headers)
    assert [each[0] for each in complaints(answer, "PUT", ["x-a"], Asked())] == []
    found = list(complaints(answer, "PUT", ["authorization", "x-a"], Asked()))
    assert [(code, text) for code, text, _ in found] == [("cors-headers", "its Access-Control-Allow-Headers lacks authorization")]
    assert [each[0] for each in complaints(answer, "PUT", ["x-a"], Asked(credentials=True))] == ["cors-methods", "cors-headers"]
