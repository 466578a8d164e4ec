"""`check_cors`: a browser's questions to whole APIs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import vtl
from vtl.diagnostics import Severity
from vtl.gateway.cors import check_cors
from vtl.messages import HttpRequest, HttpResponse

ORIGIN = "method.response.header.Access-Control-Allow-Origin"
GATEWAY = "gatewayresponse.header.Access-Control-Allow-Origin"


def console(
    methods: str = "'DELETE,OPTIONS,POST'", headers: str = "'Content-Type,Authorization,X-Api-Key'", origin: str = "'*'"
) -> Any:
    """The preflight method that the console makes."""
    parameters = {
        "method.response.header.Access-Control-Allow-Methods": methods,
        "method.response.header.Access-Control-Allow-Headers": headers,
        ORIGIN: origin,
    }
    return {
        "responses": {"200": {"headers": {name.rpartition(".")[2]: {} for name in parameters}}},
        "x-amazon-apigateway-integration": {
            "type": "mock",
            "requestTemplates": {"application/json": '{"statusCode": 200}'},
            "responses": {"default": {"statusCode": "200", "responseParameters": parameters}},
        },
    }


def method(kind: str = "http", origin: str | None = "'*'", **more: Any) -> Any:
    """A method behind which something else stands."""
    parameters = {ORIGIN: origin} if origin else {}
    integration = {
        "type": kind,
        "httpMethod": "POST",
        "uri": "https://backend.example/",
        "responses": {"default": {"statusCode": "200", "responseParameters": parameters}},
    }
    return {"responses": {"200": {}}, "x-amazon-apigateway-integration": integration, **more}


def api(operations: Any, responses: Any = None, path: str = "/pets/{id}", **more: Any) -> vtl.model.RestApi:  # type: ignore[name-defined]
    families = {kind: {"responseParameters": {GATEWAY: "'*'"}} for kind in ("DEFAULT_4XX", "DEFAULT_5XX")}
    document = {
        "openapi": "3.0.1",
        "info": {"title": "x"},
        "paths": {path: operations},
        "x-amazon-apigateway-gateway-responses": families if responses is None else responses,
        **more,
    }
    (found,) = vtl.load(document).apis
    return found


def codes(found: Any, **asked: Any) -> list[str]:
    return [each.code for each in check_cors(found, **asked)]


def test_what_the_console_makes_is_fine() -> None:
    assert codes(api({"delete": method(), "post": method(), "get": method(), "options": console()})) == []


def test_no_preflight_method() -> None:
    (found,) = check_cors(api({"put": method()}))
    assert (found.code, found.severity) == ("cors-no-preflight", Severity.ERROR)
    assert "before PUT /pets/{id}" in found.message
    assert found.line > 1


def test_simple_requests_need_none() -> None:
    form = method()
    form["x-amazon-apigateway-integration"]["requestTemplates"] = {"application/x-www-form-urlencoded": "x"}
    assert codes(api({"get": method(), "post": form})) == []
    assert codes(api({"get": method()}), headers=["X-Mine"]) == ["cors-no-preflight"]


def test_a_preflight_that_lacks_the_method_and_headers() -> None:
    found = api({"put": method(), "options": console()})
    (only,) = check_cors(found)
    assert (only.code, only.hint) == ("cors-methods", "it has: DELETE, OPTIONS, POST")
    assert codes(api({"post": method(), "options": console(headers="'Authorization'")})) == ["cors-headers"]
    assert codes(api({"post": method(), "options": console(headers="'*'")})) == []
    assert codes(api({"put": method(), "options": console(methods="'*'")})) == []


def test_origins() -> None:
    named = api({"delete": method(origin="'https://a.example'"), "options": console(origin="'https://a.example'")})
    assert codes(named) == []
    assert codes(named, origin="https://a.example") == []
    assert codes(named, origin="https://b.example") == ["cors-origin", "cors-origin"]
    several = api({"delete": method(), "options": console(origin="'https://a.example, https://b.example'")})
    assert codes(several, origin="https://a.example") == ["cors-origin"]


def test_with_cookies_a_star_is_not_enough() -> None:
    found = codes(api({"delete": method(), "options": console()}), credentials=True)
    assert found[:2] == ["cors-origin", "cors-credentials"]
    assert "cors-answer" in found
    assert found.count("cors-origin") == 4


def test_a_preflight_that_wants_authorization() -> None:
    schemes = {
        "key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
        "iam": {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"},
    }
    for scheme, word in (("key", "an API key"), ("iam", "authorization")):
        found = api(
            {"delete": method(), "options": {**console(), "security": [{scheme: []}]}}, components={"securitySchemes": schemes}
        )
        (only,) = check_cors(found)
        assert only.code == "cors-preflight-refused"
        assert f"asks for {word}" in only.message


def test_headers_of_authorizers_keys_and_parameters_are_asked_for() -> None:
    schemes = {
        "key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
        "door": {
            "type": "apiKey",
            "name": "X-Token",
            "in": "header",
            "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri": "arn:x"},
        },
    }
    needy = method(
        security=[{"door": []}, {"key": []}],
        parameters=[
            {"name": "X-Must", "in": "header", "required": True, "schema": {"type": "string"}},
            {"name": "X-May", "in": "header", "schema": {"type": "string"}},
        ],
    )
    (only,) = check_cors(api({"get": needy, "options": console(headers="''")}, components={"securitySchemes": schemes}))
    assert only.message.endswith("lacks x-api-key, x-must, x-token")


def test_answers_and_templates() -> None:
    assert codes(api({"get": method(origin=None)})) == ["cors-answer"]
    by_template = method(origin=None)
    by_template["x-amazon-apigateway-integration"]["responses"]["default"]["responseTemplates"] = {
        "application/json": "#set($context.responseOverride.header.Access-Control-Allow-Origin = '*')"
    }
    assert codes(api({"get": by_template})) == []
    assert codes(api({"get": method(origin="integration.response.header.Access-Control-Allow-Origin")})) == []


def test_the_gateways_own_answers() -> None:
    families = {"DEFAULT_4XX": {"responseParameters": {GATEWAY: "'https://a.example'"}}, "UNAUTHORIZED": {"statusCode": 401}}
    found = check_cors(api({"get": method()}, families), origin="https://b.example")
    assert [(each.code, each.severity, each.message.split(":")[0]) for each in found] == [
        ("cors-origin", Severity.WARNING, "DEFAULT_4XX"),
        ("cors-gateway-response", Severity.WARNING, "DEFAULT_5XX"),
        ("cors-gateway-response", Severity.WARNING, "UNAUTHORIZED"),
    ]
    assert found[2].line > found[0].line


def test_an_api_that_has_only_preflights_is_nobodys_concern() -> None:
    assert codes(api({"options": console()}, {})) == []


def answering(*headers: tuple[str, str], status: int = 200) -> Callable[[HttpRequest], HttpResponse]:
    return lambda _request: HttpResponse(status, headers)


def test_backends_are_not_asked_unless_something_stands_in() -> None:
    found = api({"x-amazon-apigateway-any-method": method("http_proxy")}, path="/{proxy+}")
    assert [(each.code, each.severity) for each in check_cors(found)] == [("cors-backend", Severity.INFO)] * 2
    allow = ("Access-Control-Allow-Origin", "*")
    assert codes(found, backends={"http": answering(allow, ("Access-Control-Allow-Headers", "content-type"))}) == []
    assert codes(found, backends={"http": answering(allow)}) == ["cors-headers"]
    assert codes(found, backends={"http": answering(allow, allow)}) == ["cors-origin", "cors-headers", "cors-origin"]
    refused = answering(allow, ("Access-Control-Allow-Headers", "*"), status=404)
    assert codes(found, backends={"http": refused}) == ["cors-preflight-refused"]
