"""Documents as the linter sees them: sites, integrations, places and placeholders."""

from __future__ import annotations

from pathlib import Path

import pytest

from vtl.lint.config import Config
from vtl.lint.finding import Finding
from vtl.lint.linter import Linter
from vtl.lint.site import Site
from vtl.lint.sources import Sources, read_sources

API = """\
openapi: 3.0.1
info: {title: Pets, version: "1"}
paths:
  /pets/{petId}:
    post:
      responses:
        "200": {description: ok, headers: {X-Known: {schema: {type: string}}}}
      x-amazon-apigateway-integration:
        type: aws
        httpMethod: POST
        uri: arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem
        requestTemplates:
          application/json: |
            {"TableName": "pets",
             "id": "$input.params('petid')"}
        responses:
          default:
            statusCode: "201"
            responseParameters: {method.response.header.X-Other: "'1'"}
            responseTemplates:
              application/json: "{\\"id\\": \\"x\\",}"
"""


def _sources(tmp_path: Path, text: str = API, name: str = "api.yaml", config: Config | None = None) -> Sources:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_sources([path], config or Config())


def _findings(sources: Sources, *select: str) -> list[Finding]:
    return Linter(Config(select=select or None)).lint(sources.templates, sources.integrations)


def test_a_template_knows_its_method_and_its_integration(tmp_path: Path) -> None:
    request, response = _sources(tmp_path).templates
    assert (request.site.method, request.site.path, request.site.direction) == ("POST", "/pets/{petId}", "request")
    assert request.site.service == "dynamodb"
    assert request.site.parameters == {"path.petId"}
    assert request.site.stage_variables is None
    assert (response.site.direction, response.site.media_type) == ("response", "application/json")
    assert not request.editable


def test_findings_stand_where_the_document_has_them(tmp_path: Path) -> None:
    found = _findings(_sources(tmp_path), "U204", "J402", "U203")
    assert [(each.code, each.line, each.column, each.severity.value) for each in found] == [
        ("U204", 15, 21, "error"),
        ("U203", 15, 35, "warning"),
        ("J402", 21, 48, "error"),
    ]


def test_settings_stand_at_their_place(tmp_path: Path) -> None:
    found = _findings(_sources(tmp_path), "G")
    assert {each.code for each in found} == {"G602", "G605"}
    assert all(each.message.startswith("POST /pets/{petId}: ") and each.line > 7 for each in found)


@pytest.mark.parametrize(
    ("old", "new", "silenced"),
    [
        ("          application/json: |\n", "          # noqa: U204\n          application/json: |\n", "U204"),
        ("          application/json: |\n", "          application/json: |  # noqa: U204\n", "U204"),
        ("            responseTemplates:\n", "            responseTemplates:\n              # noqa: J402\n", "J402"),
        ("      x-amazon-apigateway-integration:\n", "      x-amazon-apigateway-integration: # noqa: G602\n", "G602"),
    ],
)
def test_a_comment_of_the_document_silences_what_stands_below_it(old: str, new: str, silenced: str, tmp_path: Path) -> None:
    before = {each.code for each in _findings(_sources(tmp_path))}
    after = {each.code for each in _findings(_sources(tmp_path, API.replace(old, new)))}
    assert before - after == {silenced}


def test_a_placeholder_may_be_anything(tmp_path: Path) -> None:
    text = """\
Resources:
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      HttpMethod: POST
      Integration:
        Type: HTTP
        RequestTemplates:
          application/json: !Sub '{"port": ${Port}, "arn": "${AWS::Region}"}'
"""
    sources = _sources(tmp_path, text, "template.yaml")
    (template,) = sources.templates
    assert len(template.placeholders) == 2
    assert not _findings(sources, "J", "P", "U")


def test_a_file_that_no_document_names_takes_its_site_from_the_settings(tmp_path: Path) -> None:
    (tmp_path / "a.vtl").write_text("x", encoding="utf-8")
    config = Config(root=tmp_path, sites=(("*.vtl", Site(direction="response")),))
    (template,) = read_sources([tmp_path], config).templates
    assert template.site.direction == "response"
    assert template.editable


def test_two_paths_to_one_document_give_each_template_once(tmp_path: Path) -> None:
    once = _sources(tmp_path)
    twice = read_sources([tmp_path, tmp_path / "api.yaml"], Config())
    assert len(twice.templates) == len(once.templates)
    assert len(twice.integrations) == len(once.integrations) == 1


def test_a_broken_document_is_told_and_the_others_are_checked(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("openapi: 3.0.1\nx-amazon-apigateway-integration: {\n", encoding="utf-8")
    (tmp_path / "api.yaml").write_text(API, encoding="utf-8")
    sources = read_sources([tmp_path], Config())
    assert sources.problems
    assert Finding.of(sources.problems[0]).code == "P000"
    assert sources.templates
