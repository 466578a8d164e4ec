"""serverless.yml: events, proxies, step functions, resources and the framework's variables."""

from __future__ import annotations

from pathlib import Path

from tests.unit.loaders.places import loaded, only
from vtl.model import HttpApi, RestApi

SERVICE = """\
service: shop
custom:
  table: ${self:service}-${opt:stage, 'dev'}
  shared: ${file(shared.yml):templates}
  apiGatewayServiceProxies:
    - sqs:
        path: /queue
        method: post
        queueName: q
        request:
          template: {application/json: "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"}
        response:
          template: {success: '{"ok": 1}', clientError: '{"ok": 0}'}
    - kinesis:
        path: /stream
        method: post
        response:
          - {statusCode: 200, responseTemplates: {application/json: done}}
provider:
  name: aws
  stage: test
  logs: {restApi: {format: "$context.requestId"}}
functions:
  make:
    handler: h
    events:
      - http: GET short/path
      - httpApi: 'POST /h'
      - http:
          path: pets/{id}
          method: put
          integration: lambda
          private: true
          request:
            passThrough: NEVER
            template:
              application/json: |
                {"table": "${self:custom.table}",
                 "user": "$context.identity.user"}
              text/plain: ${file(plain.vtl)}
              text/html: ${self:custom.shared.html}
          response:
            headers: {X-A: "'1'"}
            template: $input.path('$')
            statusCodes:
              404:
                pattern: .*gone.*
                template: {application/json: '{"gone": 1}'}
stepFunctions:
  stateMachines:
    flow:
      events:
        - http: {path: start, method: post, request: {template: {application/json: "${ssm:/x}!"}}}
resources:
  Resources:
    Method:
      Type: AWS::ApiGateway::Method
      Properties:
        HttpMethod: GET
        Integration: {Type: AWS, RequestTemplates: {a/b: !Sub "${AWS::Region} ${self:custom.table}"}}
"""
FILES = {"serverless.yml": SERVICE, "plain.vtl": "plain\n", "shared.yml": "templates: {html: '<p>${self:service}</p>'}\n"}


def test_every_template_of_a_service(tmp_path: Path) -> None:
    result = loaded(tmp_path, FILES, "serverless.yml")
    found = {(item.name, str(item.text), Path(item.file).name, item.line, item.column) for item in result.templates}
    own = "serverless.yml"
    assert found == {
        ("PUT /pets/{id} request application/json", '{"table": "shop-test",\n "user": "$context.identity.user"}\n', own, 38, 17),
        ("PUT /pets/{id} request text/plain", "plain\n", "plain.vtl", 1, 1),
        ("PUT /pets/{id} request text/html", "<p>shop</p>", "shared.yml", 1, 20),
        ("PUT /pets/{id} response 200 application/json", "$input.path('$')", own, 44, 23),
        ("PUT /pets/{id} response 404 application/json", '{"gone": 1}', own, 48, 47),
        ("POST /start request application/json", "ssm-x!", own, 53, 85),
        (
            "POST /queue request application/json",
            "Action=SendMessage&MessageBody=$util.urlEncode($input.body)",
            own,
            11,
            41,
        ),
        ("POST /queue response 200 application/json", '{"ok": 1}', own, 13, 32),
        ("POST /queue response 400 application/json", '{"ok": 0}', own, 13, 58),
        ("POST /stream response 200 application/json", "done", own, 18, 69),
        ("access-log", "$context.requestId", own, 22, 29),
        ("GET / request a/b", "us-east-1 shop-test", own, 60, 64),
    }
    assert not result.diagnostics


def test_the_apis_of_a_service(tmp_path: Path) -> None:
    apis = loaded(tmp_path, FILES, "serverless.yml").apis
    rest, http, resources = apis
    assert isinstance(rest, RestApi)
    assert isinstance(http, HttpApi)
    assert isinstance(resources, RestApi)
    assert [(item.path, item.methods[0].http_method) for item in rest.resources] == [
        ("/short/path", "GET"),
        ("/pets/{id}", "PUT"),
        ("/start", "POST"),
        ("/queue", "POST"),
        ("/stream", "POST"),
    ]
    method = rest.resources[1].methods[0]
    assert method.integration is not None
    assert (method.api_key_required, method.integration.type, method.integration.passthrough_behavior) == (True, "AWS", "NEVER")
    assert [(item.status_code, item.selection_pattern) for item in method.integration.responses] == [
        ("200", None),
        ("404", ".*gone.*"),
    ]
    assert method.integration.responses[1].response_parameters == {"X-A": "'1'"}
    assert rest.resources[0].methods[0].integration is not None
    assert rest.resources[0].methods[0].integration.type == "AWS_PROXY"
    assert [route.route_key for route in http.routes] == ["POST /h"]


def test_variables_that_lead_in_circles_or_nowhere_are_placeholders(tmp_path: Path) -> None:
    text = (
        "service: s\nprovider: {name: aws}\n"
        "custom: {a: '${self:custom.b}', b: '${self:custom.a}'}\nfunctions:\n  f:\n    events:\n"
        "      - http: {path: p, method: get, integration: lambda, request: {template: {a/b: 'x "
        "${self:custom.a} ${env:HOME} ${no'}}}\n"
    )
    template = only(loaded(tmp_path, {"serverless.yml": text}, "serverless.yml"))
    assert template.text == "x self-custom-a env-HOME ${no"
    assert [mark.expression for mark in template.placeholders] == ["self:custom.a", "env:HOME"]


def test_references_of_velocity_are_no_variables(tmp_path: Path) -> None:
    text = (
        "service: s\nprovider: {name: aws}\nfunctions:\n  f:\n    events:\n"
        "      - http: {path: p, method: get, request: {template: {a/b: '${context.stage} ${x}'}}}\n"
    )
    assert only(loaded(tmp_path, {"serverless.yml": text}, "serverless.yml")).text == "${context.stage} ${x}"
