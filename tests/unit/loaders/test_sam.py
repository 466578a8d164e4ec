"""SAM: documents in and beside a template, and the events of functions and state machines."""

from __future__ import annotations

from pathlib import Path

from tests.unit.loaders.places import loaded, only
from vtl.model import HttpApi, RestApi

SAM = """\
Transform: AWS::Serverless-2016-10-31
Globals: {Api: {BinaryMediaTypes: [image~1png]}}
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      AccessLogSetting: {Format: $context.status}
      GatewayResponses:
        DEFAULT_4XX:
          ResponseParameters: {Headers: {X-A: "'1'"}}
          ResponseTemplates: {application/json: '{"m": 1}'}
      DefinitionBody:
        openapi: 3.0.1
        paths:
          /a:
            post:
              x-amazon-apigateway-integration:
                type: aws
                requestTemplates:
                  application/json: !Sub "{\\"arn\\": \\"${Machine}\\"}"
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        A: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /f, Method: any}}
        B: {Type: Api, Properties: {Path: /g, Method: get, Auth: {Authorizer: AWS_IAM, ApiKeyRequired: true}}}
        C: {Type: HttpApi, Properties: {Path: /h, Method: post}}
        D: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
        E: {Type: HttpApi}
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      Events:
        A: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /start, Method: post, UnescapeMappingTemplate: true}}
"""


def test_an_api_with_its_body_its_events_and_its_settings(tmp_path: Path) -> None:
    result = loaded(tmp_path, {"t.yaml": SAM}, "t.yaml")
    own, rest, http = result.apis
    assert isinstance(own, RestApi)
    assert [(item.path, item.methods[0].http_method) for item in own.resources] == [
        ("/a", "POST"),
        ("/f", "ANY"),
        ("/start", "POST"),
    ]
    assert own.binary_media_types == ("image/png",)
    assert own.gateway_responses[0].response_parameters == {"gatewayresponse.header.X-A": "'1'"}
    assert own.stages[0].name == "v1"
    start = own.resources[2].methods[0].integration
    assert start is not None
    assert start.request_templates == {
        "application/json": '{"input": "$util.escapeJavaScript($input.json(\'$\')).replaceAll("\\\\\'","\'")", '
        '"stateMachineArn": "Machine"}'
    }
    assert isinstance(rest, RestApi)
    assert (rest.name, rest.resources[0].methods[0].authorization_type) == ("ServerlessRestApi", "AWS_IAM")
    assert isinstance(http, HttpApi)
    assert [route.route_key for route in http.routes] == ["POST /h", "$default"]
    assert [item.name for item in result.templates] == [
        "Api access-log",
        "DEFAULT_4XX gateway-response application/json",
        "POST /a request application/json",
    ]
    assert [(item.line, item.column) for item in result.templates] == [(8, 34), (12, 50), (21, 43)]


def test_a_definition_beside_the_template_or_included_in_it(tmp_path: Path) -> None:
    document = (
        "swagger: '2.0'\n"
        "paths: {/a: {get: {x-amazon-apigateway-integration: {type: mock, requestTemplates: {a/b: !Sub '${X}'}}}}}\n"
    )
    head = "Resources:\n  Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      StageName: x\n"
    for name, line in (
        ("uri", "      DefinitionUri: api/doc.yaml\n"),
        ("s3", "      DefinitionUri: {Bucket: b, Key: api/doc.yaml}\n"),
        ("include", "      DefinitionBody: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: ./api/doc.yaml}}}\n"),
    ):
        result = loaded(tmp_path, {f"{name}.yaml": head + line, "api/doc.yaml": document}, f"{name}.yaml")
        assert not result.templates, "a template of nothing but a stand-in says nothing"
        document_two = document.replace("${X}", "x${X}")
        template = only(loaded(tmp_path, {f"{name}.yaml": head + line, "api/doc.yaml": document_two}, f"{name}.yaml"))
        assert (Path(template.file).name, template.text, template.site.address) == ("doc.yaml", "xX", "Api")
    result = loaded(tmp_path, {"t.yaml": head + "      DefinitionUri: missing.yaml\n"}, "t.yaml")
    assert [(item.code, item.line) for item in result.diagnostics] == [("load-missing-file", 6)]
