"""Base paths of imported documents, and what imports drop or refuse. Documents and outcomes are recorded unless a comment says
otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vtl.errors import InputError
from vtl.gateway import Gateway
from vtl.loaders.base_paths import prefix_of, prefixed
from vtl.loaders.loading import load
from vtl.messages import HttpRequest
from vtl.model import HttpApi, RestApi

MOCK = {
    "type": "mock",
    "passthroughBehavior": "when_no_match",
    "requestTemplates": {"application/json": '{"statusCode": 200}'},
    "responses": {"default": {"statusCode": "200"}},
}
OPERATION = {"responses": {"200": {"description": "ok"}}, "x-amazon-apigateway-integration": MOCK}
PATHS = {"/test": {"get": OPERATION}, "/": {"get": OPERATION}}
VARIABLE = [{"url": "https://testdomain.com", "variables": {"basePath": {"default": "/base-var"}}}]
URL = [{"url": "https://testdomain.com/base-url/part/"}]


def _oas30(servers: object = (), **more: Any) -> dict[str, Any]:
    return {"openapi": "3.0.1", "info": {"title": "t", "version": "2.0"}, "servers": servers, "paths": PATHS, **more}


SWAGGER = {"swagger": "2.0", "info": {"title": "t", "version": "1.0"}, "basePath": "/base", "paths": PATHS}


def _paths(document: dict[str, Any], mode: str) -> list[str]:
    (api,) = load(document, base_path=mode).apis
    assert isinstance(api, RestApi)
    return [each.path for each in api.resources]


@pytest.mark.parametrize(
    ("document", "mode", "paths"),
    [
        (_oas30(VARIABLE), "ignore", ["/test", "/"]),
        (_oas30(VARIABLE), "prepend", ["/base-var/test", "/base-var"]),
        (_oas30(VARIABLE), "split", ["/test", "/"]),
        (_oas30(URL), "ignore", ["/test", "/"]),
        (_oas30(URL), "prepend", ["/base-url/part/test", "/base-url/part"]),
        (_oas30(URL), "split", ["/part/test", "/part"]),
        (SWAGGER, "ignore", ["/test", "/"]),
        (SWAGGER, "prepend", ["/base/test", "/base"]),
        (SWAGGER, "split", ["/test", "/"]),
        (_oas30(), "prepend", ["/test", "/"]),
        (_oas30([{"url": "https://[broken/x"}]), "prepend", ["/test", "/"]),
        (_oas30([{"url": "https://a.test/{version}"}]), "prepend", ["/test", "/"]),
    ],
)
def test_base_paths(document: dict[str, Any], mode: str, paths: list[str]) -> None:
    assert _paths(document, mode) == paths


def test_requests_come_below_the_base_path() -> None:
    (api,) = load(_oas30(URL), base_path="prepend").apis
    assert isinstance(api, RestApi)
    gateway = Gateway(api)
    assert gateway.handle(HttpRequest("GET", "/base-url/part/test")).status == 200
    assert gateway.handle(HttpRequest("GET", "/test")).status == 403


def test_templates_keep_their_pointers_and_know_their_resource() -> None:
    (template,) = [each for each in load(_oas30(URL), base_path="prepend").templates if "~1test" in each.pointer]
    assert template.pointer.startswith("/paths/~1test/get/")
    assert template.site.path == "/base-url/part/test"


def test_http_apis_have_no_base_path() -> None:
    (api,) = load(_oas30(URL, **{"x-amazon-apigateway-importexport-version": "1.0"}), base_path="prepend").apis
    assert isinstance(api, HttpApi)
    assert [each.route_key for each in api.routes] == ["GET /test", "GET /"]


def test_the_stack_says_what_becomes_of_it(tmp_path: Path) -> None:
    rest = {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": _oas30(URL), "Parameters": {"basepath": "prepend"}}}
    (tmp_path / "stack.json").write_text(json.dumps({"Resources": {"Api": rest}}))
    assert _paths(json.loads((tmp_path / "stack.json").read_text()), "split")[0] == "/base-url/part/test"
    (tmp_path / "main.tf").write_text(
        'resource "aws_api_gateway_rest_api" "a" {\n  name = "a"\n  parameters = { basepath = "split" }\n'
        f"  body = jsonencode({json.dumps(_oas30(URL)).replace(chr(36), chr(36) * 2)})\n}}\n"
    )
    (api,) = load(tmp_path / "main.tf").apis
    assert isinstance(api, RestApi)
    assert [each.path for each in api.resources] == ["/part/test", "/part"]


def test_another_word_is_refused() -> None:
    with pytest.raises(InputError, match="ignore, prepend, split, not 'append'"):
        load(SWAGGER, base_path="append")


@pytest.mark.parametrize(("mode", "resource"), [("ignore", ""), ("prepend", "/base-url/part"), ("split", "/part")])
def test_a_request_parameter_that_is_no_text_is_dropped_with_a_warning(mode: str, resource: str) -> None:
    parameters = {
        "integration.request.header.X-Amz-Invocation-Type": "'Event'",
        "integration.request.header.double-single": "'True'",
        "integration.request.header.nothing": True,
    }
    operation = {**OPERATION, "x-amazon-apigateway-integration": {**MOCK, "requestParameters": parameters}}
    loaded = load(_oas30(URL) | {"paths": {"/test": {"get": operation}}}, base_path=mode)
    assert [(each.severity.name, each.message) for each in loaded.diagnostics] == [
        (
            "WARNING",
            "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.nothing'"
            f" of resource '{resource}/test' and method 'GET' but got 'true'",
        )
    ]
    (api,) = loaded.apis
    assert isinstance(api, RestApi)
    integration = api.resources[0].methods[0].integration
    assert integration is not None
    assert list(integration.request_parameters) == list(parameters)[:2]


def test_the_warning_has_its_place(tmp_path: Path) -> None:
    file = tmp_path / "api.yaml"
    file.write_text(
        "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      x-amazon-apigateway-integration:\n"
        "        type: mock\n        requestParameters:\n          integration.request.header.a: method.request.header.a\n"
        "          integration.request.header.b: 7\n"
    )
    (warning,) = load(file).diagnostics
    assert (warning.line, warning.column) == (10, 41)
    assert warning.message.endswith("but got '7'")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", 'test:\n    value:\n        - "value ... "escaped": $var, "dt": $(var +"%a")}"\n        '),
        ("b.json", "{'key:value}"),
    ],
)
def test_a_bad_document_holds_no_api(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert load(tmp_path / name).apis == []
    (tmp_path / name).write_text(text + "\nopenapi: 3.0.1 x-amazon-apigateway-integration")
    broken = load(tmp_path / name)
    assert broken.apis == []
    assert [each.severity.name for each in broken.diagnostics] == ["ERROR"]


def test_prefixes() -> None:
    assert [prefix_of("//a//b/", mode) for mode in ("ignore", "prepend", "split")] == ["", "/a/b", "/b"]
    assert [prefixed("", "/"), prefixed("/a", "/"), prefixed("/a", "/b"), prefixed("", "/b")] == ["/", "/a", "/a/b", "/b"]
