"""OpenAPI 2 and 3 with API Gateway's extensions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.loaders.places import loaded, only
from vtl.loaders import load
from vtl.model import HttpApi, RestApi

SWAGGER = """\
swagger: "2.0"
info: {title: Pets, version: "1"}
basePath: /v1
schemes: [https]
x-amazon-apigateway-binary-media-types: [image/png, "*/*"]
x-amazon-apigateway-minimum-compression-size: 1024
x-amazon-apigateway-api-key-source: authorizer
x-amazon-apigateway-endpoint-configuration: {disableExecuteApiEndpoint: true, vpcEndpointIds: [vpce-1]}
x-amazon-apigateway-request-validator: all
x-amazon-apigateway-request-validators:
  all: {validateRequestBody: true, validateRequestParameters: true}
  none: {validateRequestBody: false, validateRequestParameters: false}
x-amazon-apigateway-policy: {Version: "2012-10-17", Statement: []}
x-amazon-apigateway-gateway-responses:
  BAD_REQUEST_BODY:
    statusCode: 422
    responseParameters:
      gatewayresponse.header.X-Why: "'body'"
    responseTemplates:
      application/json: '{"message": $context.error.messageString}'
securityDefinitions:
  key: {type: apiKey, name: x-api-key, in: header}
  mine:
    type: apiKey
    name: Authorization
    in: header
    x-amazon-apigateway-authtype: custom
    x-amazon-apigateway-authorizer:
      type: token
      authorizerUri: arn:authorizer
      authorizerResultTtlInSeconds: 60
      identityValidationExpression: "^x"
  iam: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
definitions:
  Pet: {type: object, properties: {name: {type: string}}}
paths:
  /pets/{id}:
    parameters:
      - {name: id, in: path, required: true, type: string}
    post:
      operationId: makePet
      consumes: [application/json, text/plain]
      produces: [application/json]
      parameters:
        - {name: trace, in: header, required: false, type: string}
        - {in: query, name: dry, required: true, type: boolean}
        - {in: body, name: body, schema: {$ref: "#/definitions/Pet"}}
      security: [{mine: [], key: []}]
      responses:
        "200": {description: ok, schema: {$ref: "#/definitions/Pet"}, headers: {X-A: {type: string}}}
      x-amazon-apigateway-request-validator: none
      x-amazon-apigateway-integration:
        type: aws
        uri: arn:aws:apigateway:us-east-1:sqs:path/1/q
        httpMethod: POST
        credentials: arn:role
        passthroughBehavior: when_no_templates
        contentHandling: CONVERT_TO_TEXT
        timeoutInMillis: 1500
        cacheNamespace: ns
        cacheKeyParameters: [method.request.querystring.dry]
        connectionType: VPC_LINK
        connectionId: link
        tlsConfig: {insecureSkipVerification: true}
        requestParameters:
          integration.request.header.Content-Type: "'application/x-www-form-urlencoded'"
        requestTemplates:
          application/json: |
            #set($x = 1)
            Action=SendMessage
          text/plain: "a\\nb"
        responses:
          default:
            statusCode: 200
            responseParameters: {method.response.header.X-A: "'1'"}
            responseTemplates: {application/json: "$input.json('$')"}
          "4\\\\d{2}":
            statusCode: "400"
            contentHandling: CONVERT_TO_BINARY
            responseTemplates:
              application/json: >-
                {"a":
                1}
    x-amazon-apigateway-any-method:
      security: [{iam: []}]
      x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}}
"""


def test_every_extension_of_a_rest_api(tmp_path: Path) -> None:
    api = loaded(tmp_path, {"a.yaml": SWAGGER}, "a.yaml").apis[0]
    assert isinstance(api, RestApi)
    assert (api.name, api.base_path, api.api_key_source, api.minimum_compression_size) == ("Pets", "/v1", "AUTHORIZER", 1024)
    assert api.binary_media_types == ("image/png", "*/*")
    assert api.disable_execute_api_endpoint
    assert api.policy == {"Version": "2012-10-17", "Statement": []}
    assert [(item.name, item.validate_request_body) for item in api.request_validators] == [("all", True), ("none", False)]
    assert [(item.name, item.schema) for item in api.models] == [
        ("Pet", {"type": "object", "properties": {"name": {"type": "string"}}})
    ]
    response = api.gateway_responses[0]
    assert (response.response_type, response.status_code) == ("BAD_REQUEST_BODY", "422")
    assert response.response_parameters == {"gatewayresponse.header.X-Why": "'body'"}
    authorizer = api.authorizers[0]
    assert (authorizer.name, authorizer.type, authorizer.result_ttl_in_seconds) == ("mine", "TOKEN", 60)
    assert authorizer.identity_source == ("method.request.header.Authorization",)


def test_a_method_with_all_that_it_asks_for(tmp_path: Path) -> None:
    api = loaded(tmp_path, {"a.yaml": SWAGGER}, "a.yaml").apis[0]
    assert isinstance(api, RestApi)
    (resource,) = api.resources
    post, any_method = resource.methods
    assert (resource.path, post.http_method, any_method.http_method) == ("/pets/{id}", "POST", "ANY")
    assert post.operation_name == "makePet"
    assert post.request_parameters == {
        "method.request.path.id": True,
        "method.request.header.trace": False,
        "method.request.querystring.dry": True,
    }
    assert post.request_models == {"application/json": "Pet", "text/plain": "Pet"}
    assert (post.authorization_type, post.authorizer, post.api_key_required) == ("CUSTOM", "mine", True)
    assert (any_method.authorization_type, any_method.request_validator, post.request_validator) == ("AWS_IAM", "all", "none")
    assert [(item.status_code, item.response_models) for item in post.responses] == [("200", {"application/json": "Pet"})]
    assert post.responses[0].response_parameters == {"method.response.header.X-A": False}


def test_an_integration_with_all_its_settings(tmp_path: Path) -> None:
    api = loaded(tmp_path, {"a.yaml": SWAGGER}, "a.yaml").apis[0]
    assert isinstance(api, RestApi)
    integration = api.resources[0].methods[0].integration
    assert integration is not None
    assert (integration.type, integration.http_method, integration.credentials) == ("AWS", "POST", "arn:role")
    assert (integration.passthrough_behavior, integration.content_handling) == ("WHEN_NO_TEMPLATES", "CONVERT_TO_TEXT")
    assert (integration.timeout_in_millis, integration.cache_namespace) == (1500, "ns")
    assert (integration.connection_type, integration.connection_id) == ("VPC_LINK", "link")
    assert integration.insecure_skip_verification
    assert integration.cache_key_parameters == ("method.request.querystring.dry",)
    assert integration.request_templates == {"application/json": "#set($x = 1)\nAction=SendMessage\n", "text/plain": "a\nb"}
    default, other = integration.responses
    assert (default.selection_pattern, default.status_code) == (None, "200")
    assert (other.selection_pattern, other.status_code, other.content_handling) == ("4\\d{2}", "400", "CONVERT_TO_BINARY")


def test_each_template_has_its_place_and_its_site(tmp_path: Path) -> None:
    result = loaded(tmp_path, {"a.yaml": SWAGGER}, "a.yaml")
    at = "/paths/~1pets~1{id}/post/x-amazon-apigateway-integration"
    found = [(item.name, item.line, item.column, item.pointer) for item in result.templates]
    assert found == [
        ("POST /pets/{id} request application/json", 69, 13, f"{at}/requestTemplates/application~1json"),
        ("POST /pets/{id} request text/plain", 71, 24, f"{at}/requestTemplates/text~1plain"),
        ("POST /pets/{id} response 200 application/json", 76, 52, f"{at}/responses/default/responseTemplates/application~1json"),
        (
            "POST /pets/{id} response 400 application/json",
            82,
            17,
            f"{at}/responses/4\\d{{2}}/responseTemplates/application~1json",
        ),
        (
            "ANY /pets/{id} request application/json",
            86,
            91,
            "/paths/~1pets~1{id}/x-amazon-apigateway-any-method/x-amazon-apigateway-integration/requestTemplates/application~1json",
        ),
        (
            "BAD_REQUEST_BODY gateway-response application/json",
            20,
            26,
            "/x-amazon-apigateway-gateway-responses/BAD_REQUEST_BODY/responseTemplates/application~1json",
        ),
    ]
    first = result.templates[0]
    assert (first.site.api, first.site.method, first.site.path, first.site.format) == ("Pets", "POST", "/pets/{id}", "openapi")
    assert first.site.integration is not None
    assert first.site.integration.uri.endswith("sqs:path/1/q")
    assert (result.templates[3].site.pattern, result.templates[3].site.status) == ("4\\d{2}", "400")
    assert [item.kind for item in result.templates] == ["mapping"] * 5 + ["gateway-response"]
    assert not result.diagnostics


OPENAPI = """\
{
  "openapi": "3.0.1",
  "info": {"title": "t", "version": "1"},
  "servers": [{"url": "https://x/{basePath}", "variables": {"basePath": {"default": "/live"}},
    "x-amazon-apigateway-endpoint-configuration": {"disableExecuteApiEndpoint": true}}],
  "paths": {"/a": {"$ref": "#/components/pathItems/a"}},
  "components": {
    "pathItems": {"a": {"put": {
      "requestBody": {"$ref": "#/components/requestBodies/b"},
      "parameters": [{"$ref": "#/components/parameters/p"}],
      "responses": {"200": {"$ref": "#/components/responses/ok"}},
      "x-amazon-apigateway-auth": {"type": "aws_iam"},
      "x-amazon-apigateway-integration": {"$ref": "#/components/x-amazon-apigateway-integrations/i"}
    }}},
    "parameters": {"p": {"name": "q", "in": "query", "required": true}},
    "requestBodies": {"b": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}}},
    "responses": {"ok": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}}},
    "schemas": {"S": {"type": "object", "properties": {"again": {"$ref": "#/components/schemas/S"}}}},
    "securitySchemes": {},
    "x-amazon-apigateway-integrations": {"i": {"type": "aws", "requestTemplates": {"application/json": "{\\n  \\"a\\": 1}"}}}
  }
}
"""


def test_references_are_followed_and_recursive_schemas_are_fine(tmp_path: Path) -> None:
    result = loaded(tmp_path, {"a.json": OPENAPI}, "a.json")
    assert not result.diagnostics
    template = only(result)
    assert (template.text, template.name) == ('{\n  "a": 1}', "PUT /a request application/json")
    assert template.line == 20
    assert template.where(4).column == template.where(0).column + 5
    api = result.apis[0]
    assert isinstance(api, RestApi)
    method = api.resources[0].methods[0]
    assert (api.base_path, api.disable_execute_api_endpoint, method.authorization_type) == ("/live", True, "AWS_IAM")
    assert method.request_models == {"application/json": "S"}
    assert method.request_parameters == {"method.request.querystring.q": True}
    assert method.responses[0].response_models == {"application/json": "S"}


def test_a_schema_that_is_written_out_is_a_model_of_its_own(tmp_path: Path) -> None:
    written = "{type: object, required: [a]}"
    three = (
        f'openapi: "3.0.0"\npaths:\n  /a:\n    post:\n      requestBody: {{content: {{application/json: {{schema: {written}}}, '
        f"text/x: {{schema: {{}}}}}}}}\n      responses: {{200: {{content: {{application/json: {{schema: {written}}}}}}}}}\n"
    )
    two = (
        f'swagger: "2.0"\npaths:\n  /a:\n    post:\n      parameters: [{{in: body, name: b, schema: {written}}}]\n'
        f"      responses: {{200: {{schema: {{type: array, items: {written}}}}}}}\n"
    )
    api = loaded(tmp_path, {"a.yaml": three}, "a.yaml").apis[0]
    assert isinstance(api, RestApi)
    method = api.resources[0].methods[0]
    (model,) = api.models
    assert re.fullmatch("MODEL[0-9a-f]{6}", model.name)
    assert (model.schema, model.where and model.where.line) == ({"type": "object", "required": ["a"]}, 5)
    assert method.request_models == {"application/json": model.name, "text/x": ""}
    assert method.responses[0].response_models == {"application/json": model.name}
    other = loaded(tmp_path, {"b.yaml": two}, "b.yaml").apis[0]
    assert isinstance(other, RestApi)
    assert [each.name == model.name for each in other.models] == [True, False]
    assert other.resources[0].methods[0].request_models == {"application/json": model.name}


def test_a_circular_reference_is_said_with_its_place(tmp_path: Path) -> None:
    text = 'openapi: "3.0.0"\npaths:\n  /a:\n    $ref: "#/x/a"\n  /b: {}\nx:\n  a: {$ref: "#/x/b"}\n  b: {$ref: "#/x/a"}\n'
    result = loaded(tmp_path, {"a.yaml": text}, "a.yaml")
    (found,) = result.diagnostics
    assert (found.code, found.line) == ("load-circular-ref", 8)
    assert "circular $ref" in found.message


def test_references_lead_into_other_files_and_dead_ones_are_said(tmp_path: Path) -> None:
    files = {
        "a.yaml": 'openapi: "3.0.0"\npaths:\n  /a: {$ref: "paths/a.yaml#/one"}\n  /b: {$ref: "#/nowhere"}\n'
        '  /c: {$ref: "no.yaml"}\n',
        "paths/a.yaml": "one:\n  get:\n    x-amazon-apigateway-integration:\n      type: mock\n"
        "      requestTemplates:\n        a/b: hi\n",
    }
    result = loaded(tmp_path, files, "a.yaml")
    template = only(result)
    assert (Path(template.file).name, template.line, template.column) == ("a.yaml", 6, 14)
    assert template.file.endswith("paths/a.yaml")
    assert [(found.code, found.line) for found in result.diagnostics] == [("load-dead-ref", 4), ("load-missing-file", 5)]


def test_an_http_api_is_told_by_its_extensions(tmp_path: Path) -> None:
    text = (
        'openapi: "3.0.1"\ninfo: {title: h}\nx-amazon-apigateway-importexport-version: "1.0"\npaths:\n'
        "  /pets:\n    get:\n      security: [{j: [a, b]}]\n"
        "      x-amazon-apigateway-integration: {type: AWS_PROXY, uri: arn, "
        "payloadFormatVersion: '2.0', integrationSubtype: SQS-SendMessage}\n"
        "  /$default:\n    x-amazon-apigateway-any-method: {isDefaultRoute: true}\n"
        "components: {securitySchemes: {j: {type: oauth2, x-amazon-apigateway-authorizer: {type: jwt,\n"
        "  identitySource: $request.header.Authorization, jwtConfiguration: {issuer: i, audience: [x]}}}}}\n"
    )
    api = loaded(tmp_path, {"a.yaml": text}, "a.yaml").apis[0]
    assert isinstance(api, HttpApi)
    assert [route.route_key for route in api.routes] == ["GET /pets", "$default"]
    assert api.routes[0].integration is not None
    assert (api.routes[0].integration.payload_format_version, api.routes[0].integration.subtype) == ("2.0", "SQS-SendMessage")
    assert api.routes[0].authorization_scopes == ("a", "b")
    assert (api.authorizers[0].issuer, api.authorizers[0].audience) == ("i", ("x",))


def test_functions_of_cloudformation_stand_anywhere_in_a_bare_document(tmp_path: Path) -> None:
    text = (
        'openapi: "3.0.1"\ninfo: {title: {"Fn::Sub": "${AWS::StackName}-api"}}\npaths:\n  /a:\n    post:\n'
        "      x-amazon-apigateway-integration:\n        type: aws\n"
        "        uri: !Sub arn:${AWS::Region}:x\n        requestTemplates:\n"
        "          application/json:\n            Fn::Sub: |\n"
        '              {"arn": "${Machine.Arn}",\n               "keep": "${!context.x}", "in": $input.json(\'$\')}\n'
    )
    result = loaded(tmp_path, {"a.yaml": text}, "a.yaml")
    template = only(result)
    assert template.text == '{"arn": "Machine-Arn",\n "keep": "${context.x}", "in": $input.json(\'$\')}\n'
    assert [mark.expression for mark in template.placeholders] == ["Machine.Arn"]
    assert (template.line, template.column) == (12, 15)
    assert (template.where(9).line, template.where(9).column) == (12, 24)
    second = template.text.index('"keep"')
    assert (template.where(second).line, template.where(second).column) == (13, 16)
    assert template.site.api == "my-stack-api"
    assert template.site.integration is not None
    assert template.site.integration.uri == "arn:us-east-1:x"


def test_a_terraform_template_file_has_placeholders_inside_and_outside_strings(tmp_path: Path) -> None:
    text = (
        '{"swagger": "2.0", "info": {"title": "${title}"}, "x-amazon-apigateway-minimum-compression-size": ${size},\n'
        '%{ if cors ~}\n "paths": {"/a": {"get": {"x-amazon-apigateway-integration": {"type": "aws",\n'
        '  "uri": "arn:${region}:${lower("A")}", '
        '"requestTemplates": {"application/json": "{\\"t\\": \\"${table}\\", \\"k\\": $${x}}"}}}}}\n'
        "%{ else }\n , \n%{ endif }}\n"
    )
    for name in ("a.json.tpl", "a.tftpl"):
        template = only(loaded(tmp_path, {name: text}, name))
        assert template.text == '{"t": "table", "k": ${x}}'
        assert [mark.expression for mark in template.placeholders] == ["table"]
        assert (template.line, template.where(0).column) == (4, 83)
        assert template.site.api == "title"


def test_a_parsed_document_is_read_as_well() -> None:
    integration = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}\n'}}
    result = load({"swagger": "2.0", "paths": {"/": {"get": {"x-amazon-apigateway-integration": integration}}}})
    template = only(result)
    assert (template.text, template.file, template.name) == (
        '{"statusCode": 200}\n',
        "<document>",
        "GET / request application/json",
    )


def test_a_template_that_is_no_string_is_said(tmp_path: Path) -> None:
    text = (
        'swagger: "2.0"\npaths:\n  /a:\n    get:\n      x-amazon-apigateway-integration:\n'
        "        type: aws\n        requestTemplates:\n          a/b: {x: 1}\n          c/d:\n"
    )
    result = loaded(tmp_path, {"a.yaml": text}, "a.yaml")
    assert not result.templates
    assert [(found.code, found.line) for found in result.diagnostics] == [("load-template", 8)]


def test_a_transform_of_the_local_gateway_is_kept_frozen_with_its_place(tmp_path: Path) -> None:
    document = (
        'openapi: "3.0.1"\npaths:\n  /a:\n    post:\n      x-amazon-apigateway-integration:\n        type: http\n'
        "        x-vtl-transform:\n          request: soap\n          faults: {Client: 409}\n          list: [a]\n"
    )
    (tmp_path / "api.yaml").write_text(document, encoding="utf-8")
    result = load(tmp_path / "api.yaml")
    (api,) = result.apis
    integration = api.resources[0].methods[0].integration
    assert integration is not None and integration.transform is not None and integration.transform_where is not None
    assert dict(integration.transform) == {"request": "soap", "faults": {"Client": 409}, "list": ("a",)}
    assert (integration.transform_where.line, integration.transform_where.file) == (8, str(tmp_path / "api.yaml"))
    with pytest.raises(TypeError):
        integration.transform["request"] = "x"  # type: ignore[index]
    (tmp_path / "api.yaml").write_text(document.partition("          request")[0] + "          [soap]\n", encoding="utf-8")
    result = load(tmp_path / "api.yaml")
    assert [(found.code, found.line) for found in result.diagnostics] == [("load-transform", 8)]


INLINE = """\
swagger: "2.0"
info: {title: Inline, version: "1"}
paths:
  /a:
    post:
      parameters: [{in: body, name: body, schema: {type: object, required: [a]}}]
      responses:
        "200": {description: ok, schema: {required: [a], type: object}}
        "400": {description: no, schema: {$ref: "#/definitions/Problem"}}
        "404": {description: no, schema: {}}
definitions:
  Problem: {type: object}
"""


def test_a_schema_without_a_name_gets_a_model_of_its_own_once(tmp_path: Path) -> None:
    (api,) = loaded(tmp_path, {"a.yaml": INLINE}, "a.yaml").apis
    assert isinstance(api, RestApi)
    (method,) = api.resources[0].methods
    name = method.request_models["application/json"]
    assert [dict(response.response_models) for response in method.responses] == [
        {"application/json": name},
        {"application/json": "Problem"},
        {},
    ]
    assert {model.name: model.schema for model in api.models} == {
        "Problem": {"type": "object"},
        name: {"type": "object", "required": ["a"]},
    }
    assert name.startswith("MODEL") and name.isalnum()
