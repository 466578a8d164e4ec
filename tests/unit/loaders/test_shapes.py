"""What must be a mapping and is something else is told, each at its place; models out of JSON texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from vtl.loaders.loading import load
from vtl.model import RestApi

BROKEN = """openapi: 3.0.1
info: {title: t, version: '1'}
x-amazon-apigateway-gateway-responses: {DEFAULT_4XX: 7}
paths:
  /a:
    get:
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: [1, 2]
        responses: 5
    post: 7
    put:
      x-amazon-apigateway-integration: mock
    patch:
      x-amazon-apigateway-integration: {type: mock, responses: {default: ok}}
  b: {get: {}}
  /c: text
"""
TERRAFORM = """resource "aws_api_gateway_rest_api" "a" {
  name = "a"
}
resource "aws_api_gateway_model" "m" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  name        = "M"
  schema      = <<EOF
{"type": "object"}
EOF
}
"""
CLOUDFORMATION = """Resources:
  A: {Type: AWS::ApiGateway::RestApi, Properties: {Name: a}}
  M: {Type: AWS::ApiGateway::Model, Properties: {RestApiId: !Ref A, Name: M, Schema: '{"type": "object"}'}}
"""


def test_every_wrong_shape_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(BROKEN)
    found = load(str(tmp_path / "api.yaml")).diagnostics
    assert {each.code for each in found} == {"load-shape"}
    assert sorted((each.line, each.message) for each in found) == [
        (3, "'DEFAULT_4XX' must be a mapping"),
        (9, "'requestTemplates' must be a mapping"),
        (10, "'responses' must be a mapping"),
        (11, "'post' must be a mapping"),
        (13, "'x-amazon-apigateway-integration' must be a mapping"),
        (15, "'default' must be a mapping"),
        (16, "the path 'b' must begin with a slash"),
        (17, "'/c' must be a mapping"),
    ]


def test_paths_that_are_a_list(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text("openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths: [/a]\n")
    (found,) = load(str(tmp_path / "api.yaml")).diagnostics
    assert (found.line, found.message) == (3, "'paths' must be a mapping")


@pytest.mark.parametrize(("name", "text"), [("main.tf", TERRAFORM), ("template.yaml", CLOUDFORMATION)])
def test_a_schema_in_a_text_is_read(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    (api,) = load(str(tmp_path)).apis
    assert isinstance(api, RestApi)
    assert [(each.name, each.schema) for each in api.models] == [("M", {"type": "object"})]


def test_a_schema_in_a_text_that_is_no_json_stays_one(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(TERRAFORM.replace('{"type"', "{type"))
    (api,) = load(str(tmp_path)).apis
    assert isinstance(api, RestApi)
    assert str(api.models[0].schema).startswith("{type")
