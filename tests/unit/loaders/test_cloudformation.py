"""CloudFormation: single resources, bodies, nested stacks, and positions through `Fn::Sub` and `Fn::Join`."""

from __future__ import annotations

from pathlib import Path

from tests.unit.loaders.places import loaded, only
from vtl.model import HttpApi, RestApi, WebSocketApi

STACK = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: shop, BinaryMediaTypes: [a/b], EndpointConfiguration: {Types: [REGIONAL]}, ApiKeySourceType: HEADER}
  Pets:
    Type: AWS::ApiGateway::Resource
    Properties: {RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: pets}
  Pet:
    Type: AWS::ApiGateway::Resource
    Properties: {RestApiId: !Ref Api, ParentId: !Ref Pets, PathPart: "{id}"}
  Schema:
    Type: AWS::ApiGateway::Model
    Properties: {RestApiId: !Ref Api, Name: PetModel, Schema: {type: object}}
  Check:
    Type: AWS::ApiGateway::RequestValidator
    Properties: {RestApiId: !Ref Api, ValidateRequestBody: true}
  Auth:
    Type: AWS::ApiGateway::Authorizer
    Properties: {RestApiId: !Ref Api, Type: REQUEST, IdentitySource: "method.request.header.A, method.request.querystring.b"}
  PutPet:
    Type: AWS::ApiGateway::Method
    Metadata: {aws:cdk:path: Stack/Api/PUT/Resource}
    Properties:
      RestApiId: !Ref Api
      ResourceId: {Ref: Pet}
      HttpMethod: PUT
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Auth
      ApiKeyRequired: true
      RequestValidatorId: !Ref Check
      RequestParameters: {method.request.path.id: true, method.request.header.T: false}
      RequestModels: {application/json: !Ref Schema}
      Integration:
        Type: AWS
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:dynamodb:action/PutItem
        IntegrationHttpMethod: POST
        PassthroughBehavior: NEVER
        RequestTemplates:
          application/json: !Sub |
            {"TableName": "${Table}",
             "Key": "${!context.requestId}"}
          text/plain:
            Fn::Join: ["", ["a=", !GetAtt Table.Arn, "\\n", "b"]]
        IntegrationResponses:
          - StatusCode: 200
            ResponseTemplates: {application/json: ""}
          - StatusCode: "500"
            SelectionPattern: "5.."
            ResponseParameters: {method.response.header.X: "'1'"}
      MethodResponses: [{StatusCode: 200, ResponseModels: {application/json: Empty}, ResponseParameters: {method.response.header.X: true}}]
  Denied:
    Type: AWS::ApiGateway::GatewayResponse
    Properties: {RestApiId: !Ref Api, ResponseType: ACCESS_DENIED, StatusCode: "403", ResponseTemplates: {text/plain: no}}
  Live:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      StageName: live
      Variables: {table: pets}
      AccessLogSetting: {Format: "$context.requestId"}
      MethodSettings: [{ResourcePath: /*, HttpMethod: "*", ThrottlingRateLimit: 5, ThrottlingBurstLimit: 2, CachingEnabled: true, CacheTtlInSeconds: 9}]
"""  # noqa: E501


def test_resources_make_an_api(tmp_path: Path) -> None:
    (api,) = loaded(tmp_path, {"t.yaml": STACK}, "t.yaml").apis
    assert isinstance(api, RestApi)
    assert (api.name, api.address, api.binary_media_types, api.endpoint_types) == ("shop", "Api", ("a/b",), ("REGIONAL",))
    (resource,) = api.resources
    (method,) = resource.methods
    assert (resource.path, method.http_method, method.authorization_type, method.authorizer) == (
        "/pets/{id}",
        "PUT",
        "CUSTOM",
        "Auth",
    )
    assert (method.api_key_required, method.request_validator, method.request_models) == (
        True,
        "Check",
        {"application/json": "Schema"},
    )
    assert method.request_parameters == {"method.request.path.id": True, "method.request.header.T": False}
    assert [(item.status_code, item.response_models) for item in method.responses] == [("200", {"application/json": "Empty"})]
    assert api.authorizers[0].identity_source == ("method.request.header.A", "method.request.querystring.b")
    assert [(item.name, item.schema) for item in api.models] == [("PetModel", {"type": "object"})]
    (stage,) = api.stages
    assert (stage.name, stage.variables, stage.access_log_format) == ("live", {"table": "pets"}, "$context.requestId")
    assert (stage.throttles["*/*"].rate_limit, stage.throttles["*/*"].burst_limit) == (5.0, 2)
    assert stage.caches["*/*"].ttl_in_seconds == 9


def test_templates_have_places_through_sub_and_join(tmp_path: Path) -> None:
    result = loaded(tmp_path, {"t.yaml": STACK}, "t.yaml")
    sub, join, empty, gateway, log = result.templates
    assert sub.text == '{"TableName": "Table",\n "Key": "${context.requestId}"}\n'
    assert (sub.line, sub.column) == (41, 13)
    assert (sub.where(sub.text.index("Key")).line, sub.where(sub.text.index("Key")).column) == (42, 15)
    assert [(mark.expression, sub.text[mark.start : mark.end]) for mark in sub.placeholders] == [("Table", "Table")]
    assert join.text == "a=Table-Arn\nb"
    assert [join.where(at).column for at in (0, 1, 2, 11, 12)] == [30, 31, 35, 55, 61]
    assert (empty.text, empty.name, empty.line) == ("", "PUT /pets/{id} response 200 application/json", 47)
    assert (gateway.kind, gateway.name, gateway.site.api) == (
        "gateway-response",
        "ACCESS_DENIED gateway-response text/plain",
        "shop",
    )
    assert (log.kind, log.text, log.site.address) == ("access-log", "$context.requestId", "Live")
    assert (sub.site.address, sub.site.path, sub.site.method) == ("Stack/Api/PUT/Resource", "/pets/{id}", "PUT")
    assert sub.pointer == "/Resources/PutPet/Properties/Integration/RequestTemplates/application~1json"
    assert sub.site.integration is not None
    assert [item.selection_pattern for item in sub.site.integration.responses] == [None, "5.."]
    assert not result.diagnostics


def test_both_branches_of_a_condition_are_found(tmp_path: Path) -> None:
    text = (
        "Resources:\n  M:\n    Type: AWS::ApiGateway::Method\n    Properties:\n"
        "      HttpMethod: GET\n      RestApiId: !ImportValue x\n"
        "      Integration:\n        Type: AWS\n        RequestTemplates: !If [c, {a/b: one}, {a/b: !If [d, two, three]}]\n"
    )
    result = loaded(tmp_path, {"t.yaml": text}, "t.yaml")
    assert [item.text for item in result.templates] == ["one", "two", "three"]
    integration = result.templates[0].site.integration
    assert integration is not None
    assert integration.request_templates == {"a/b": "one"}


BODY = (
    '{"swagger": "2.0", '
    '"paths": {"/a": {"get": {"x-amazon-apigateway-integration": {"type": "mock", "requestTemplates": {"a/b": "x"}}}}}}'
)


def test_a_body_stands_inline_in_a_string_or_in_a_file(tmp_path: Path) -> None:
    inline = f'{{"Resources": {{"A": {{"Type": "AWS::ApiGateway::RestApi", "Properties": {{"Name": "n", "Body": {BODY}}}}}}}}}'
    template = only(loaded(tmp_path, {"t.json": inline}, "t.json"))
    assert template.pointer.startswith("/Resources/A/Properties/Body/paths/~1a/get")
    assert (template.site.api, template.site.address) == ("n", "A")
    string = f"Resources:\n  A:\n    Type: AWS::ApiGateway::RestApi\n    Properties:\n      Body: |\n        {BODY}\n"
    template = only(loaded(tmp_path, {"s.yaml": string}, "s.yaml"))
    assert (template.line, template.column) == (6, 9 + BODY.index('"x"') + 1)
    located = (
        "Resources:\n  A:\n    Type: AWS::ApiGateway::RestApi\n"
        "    Properties: {BodyS3Location: {Bucket: b, Key: api/body.json}}\n"
    )
    template = only(loaded(tmp_path, {"l.yaml": located, "body.json": BODY}, "l.yaml"))
    assert (Path(template.file).name, template.column) == ("body.json", BODY.index('"x"') + 2)


def test_nested_stacks_get_their_arguments(tmp_path: Path) -> None:
    files = {
        "t.yaml": "Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n"
        "    Properties: {TemplateURL: ./n.yaml, Parameters: {Api: !Ref Shop, T: pets}}\n"
        "  Far:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: https://bucket/x.yaml}\n"
        "  Self:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: t.yaml}\n",
        "n.yaml": "Parameters: {T: {Type: String}}\nResources:\n  M:\n    Type: AWS::ApiGateway::Method\n"
        "    Properties: {RestApiId: !Ref Api, HttpMethod: GET, Integration: {Type: AWS, "
        "RequestTemplates: {a/b: !Sub '${T}!'}}}\n",
    }
    result = loaded(tmp_path, files, "t.yaml")
    template = only(result)
    assert (template.text, Path(template.file).name) == ("pets!", "n.yaml")


SOCKETS = """\
Resources:
  Chat: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.do}}
  Send:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Chat, RouteKey: send, Target: !Sub "integrations/${Sender}", AuthorizationType: NONE}
  Connect:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Chat, RouteKey: $connect, Target: !Join [/, [integrations, !Ref Sender]]}
  Back: {Type: AWS::ApiGatewayV2::RouteResponse, Properties: {ApiId: !Ref Chat, RouteId: !Ref Send, RouteResponseKey: $default}}
  Sender:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Chat, IntegrationType: AWS, IntegrationUri: u, IntegrationMethod: POST, TemplateSelectionExpression: \\$default,
      RequestTemplates: {$default: '{"a": $input.body}'}}
  Answer:
    Type: AWS::ApiGatewayV2::IntegrationResponse
    Properties: {ApiId: !Ref Chat, IntegrationId: !Ref Sender, IntegrationResponseKey: /400/, ResponseTemplates: {bad: no}}
  Live: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Chat, StageName: live, AccessLogSettings: {Format: $context.routeKey}}}
"""  # noqa: E501


def test_a_websocket_api_with_its_routes(tmp_path: Path) -> None:
    result = loaded(tmp_path, {"t.yaml": SOCKETS}, "t.yaml")
    (api,) = result.apis
    assert isinstance(api, WebSocketApi)
    assert (api.name, api.route_selection_expression) == ("chat", "$request.body.do")
    assert [route.route_key for route in api.routes] == ["send", "$connect"]
    assert [item.route_response_key for item in api.routes[0].responses] == ["$default"]
    assert api.routes[0].integration is not None
    assert api.routes[0].integration.responses[0].selection_pattern == "/400/"
    assert [(item.name, item.kind) for item in result.templates] == [
        ("Live access-log", "access-log"),
        ("send request $default", "mapping"),
        ("send response bad", "mapping"),
        ("$connect request $default", "mapping"),
        ("$connect response bad", "mapping"),
    ]


def test_an_http_api_with_a_body(tmp_path: Path) -> None:
    text = (
        "Resources:\n  A:\n    Type: AWS::ApiGatewayV2::Api\n"
        "    Properties: {ProtocolType: HTTP, Body: {openapi: 3.0.1, info: {title: h},\n"
        "      paths: {/a: {get: {x-amazon-apigateway-integration: {type: HTTP_PROXY, uri: 'http://x'}}}}}}\n"
    )
    (api,) = loaded(tmp_path, {"t.yaml": text}, "t.yaml").apis
    assert isinstance(api, HttpApi)
    assert [route.route_key for route in api.routes] == ["GET /a"]


def test_resources_that_refer_to_each_other_in_a_circle_end(tmp_path: Path) -> None:
    text = (
        "Resources:\n  A: {Type: AWS::ApiGateway::Resource, Properties: {ParentId: !Ref B, PathPart: a}}\n"
        "  B: {Type: AWS::ApiGateway::Resource, Properties: {ParentId: !Ref A, PathPart: b}}\n"
        "  M: {Type: AWS::ApiGateway::Method, Properties: {ResourceId: !Ref A, HttpMethod: GET}}\n"
    )
    (api,) = loaded(tmp_path, {"t.yaml": text}, "t.yaml").apis
    assert isinstance(api, RestApi)
    assert api.resources[0].path.startswith("/")
