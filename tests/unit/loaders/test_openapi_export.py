"""`export`: AWS's shape of an exported API."""

from __future__ import annotations

import json
from typing import Any

import pytest

import vtl

PETS: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "Pets", "version": "1.0.0", "description": "All of them"},
    "x-amazon-apigateway-binary-media-types": ["image/png"],
    "x-amazon-apigateway-api-key-source": "AUTHORIZER",
    "x-amazon-apigateway-minimum-compression-size": 0,
    "x-amazon-apigateway-policy": {"Version": "2012-10-17"},
    "x-amazon-apigateway-request-validators": {"all": {"validateRequestBody": True, "validateRequestParameters": True}},
    "x-amazon-apigateway-gateway-responses": {
        "DEFAULT_4XX": {"responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"}},
        "ACCESS_DENIED": {"statusCode": "404", "responseTemplates": {"application/json": "{}"}},
    },
    "securityDefinitions": {
        "api_key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
        "sigv4": {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"},
        "door": {
            "type": "apiKey",
            "name": "Authorization",
            "in": "header",
            "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri": "arn:door", "authorizerResultTtlInSeconds": 0},
        },
    },
    "definitions": {
        "Pet": {
            "$schema": "http://json-schema.org/draft-04/schema#",
            "type": "object",
            "properties": {"kind": {"$ref": "https://apigateway.amazonaws.com/restapis/x/models/Kind"}},
        },
        "Kind": {"enum": ["dog", "cat"]},
        "Alone": {"type": "object"},
    },
    "paths": {
        "/pets": {
            "post": {
                "operationId": "CreatePet",
                "consumes": ["application/json"],
                "produces": ["application/json"],
                "parameters": [
                    {"name": "tag", "in": "query", "required": False, "type": "string"},
                    {"name": "X-Trace", "in": "header", "required": True, "type": "string"},
                    {"in": "body", "name": "Pet", "schema": {"$ref": "#/definitions/Pet"}},
                ],
                "security": [{"door": []}, {"api_key": []}],
                "x-amazon-apigateway-request-validator": "all",
                "responses": {
                    "200": {
                        "description": "fine",
                        "schema": {"$ref": "#/definitions/Empty"},
                        "headers": {"Access-Control-Allow-Origin": {"type": "string", "description": "who"}},
                    }
                },
                "x-amazon-apigateway-integration": {
                    "type": "aws",
                    "httpMethod": "POST",
                    "uri": "arn:aws:apigateway:us-east-1:sqs:path/1/queue",
                    "credentials": "arn:role",
                    "timeoutInMillis": 29000,
                    "connectionType": "INTERNET",
                    "requestTemplates": {"application/x-www-form-urlencoded": "Action=SendMessage"},
                    "responses": {"default": {"statusCode": "200"}, "4\\d{2}": {"statusCode": "400"}},
                    "x-vtl-transform": {"kind": "soap"},
                },
            },
            "x-amazon-apigateway-any-method": {
                "security": [{"sigv4": []}],
                "responses": {},
                "x-amazon-apigateway-integration": {
                    "type": "mock",
                    "passthroughBehavior": "never",
                    "responses": {"default": {"statusCode": "200", "responseTemplates": {"text/html": "<p>"}}},
                },
            },
        }
    },
}


def exported(to: str, extensions: str | None = None, document: dict[str, Any] = PETS) -> dict[str, Any]:
    (api,) = vtl.load(document).apis
    found = vtl.export(api, to, stage="dev", extensions=extensions)  # type: ignore[arg-type]
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]


def test_swagger_says_what_callers_need() -> None:
    found = exported("swagger")
    assert list(found) == ["swagger", "info", "host", "basePath", "schemes", "paths", "securityDefinitions", "definitions"]
    assert found["info"] == {"description": "All of them", "version": "1.0.0", "title": "Pets"}
    assert (found["host"], found["basePath"]) == ("API.execute-api.us-east-1.amazonaws.com", "/dev")
    assert found["paths"]["/pets"]["post"] == {
        "operationId": "CreatePet",
        "consumes": ["application/json", "application/x-www-form-urlencoded"],
        "produces": ["application/json"],
        "parameters": [
            {"name": "tag", "in": "query", "required": False, "type": "string"},
            {"name": "X-Trace", "in": "header", "required": True, "type": "string"},
            {"in": "body", "name": "Pet", "required": True, "schema": {"$ref": "#/definitions/Pet"}},
        ],
        "responses": {
            "200": {
                "description": "200 response",
                "schema": {"$ref": "#/definitions/Empty"},
                "headers": {"Access-Control-Allow-Origin": {"type": "string"}},
            }
        },
        "security": [{"door": []}, {"api_key": []}],
    }
    assert found["securityDefinitions"]["door"] == {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "custom",
    }


def test_only_models_that_something_names_and_their_references_rewritten() -> None:
    assert exported("swagger")["definitions"] == {
        "Empty": {"type": "object", "title": "Empty Schema"},
        "Kind": {"enum": ["dog", "cat"]},
        "Pet": {"type": "object", "properties": {"kind": {"$ref": "#/definitions/Kind"}}},
    }
    schemas = exported("oas30")["components"]["schemas"]
    assert schemas["Pet"]["properties"] == {"kind": {"$ref": "#/components/schemas/Kind"}}


def test_media_types_come_from_templates_too() -> None:
    found = exported("swagger")["paths"]["/pets"]["x-amazon-apigateway-any-method"]
    assert found == {"produces": ["text/html"], "responses": {}, "security": [{"sigv4": []}]}


def test_oas30_has_schemas_contents_and_a_server() -> None:
    found = exported("oas30")
    assert list(found) == ["openapi", "info", "servers", "paths", "components"]
    assert found["openapi"] == "3.0.1"
    assert found["servers"] == [
        {
            "url": "https://API.execute-api.us-east-1.amazonaws.com/{basePath}",
            "variables": {"basePath": {"default": "dev"}},
        }
    ]
    post = found["paths"]["/pets"]["post"]
    assert post["parameters"] == [
        {"name": "tag", "in": "query", "schema": {"type": "string"}},
        {"name": "X-Trace", "in": "header", "required": True, "schema": {"type": "string"}},
    ]
    schema = {"$ref": "#/components/schemas/Pet"}
    assert post["requestBody"] == {"content": {"application/json": {"schema": schema}}, "required": True}
    assert post["responses"]["200"] == {
        "description": "200 response",
        "headers": {"Access-Control-Allow-Origin": {"schema": {"type": "string"}}},
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Empty"}}},
    }


def test_an_api_without_models_has_empty_components_and_contents() -> None:
    document = {"openapi": "3.0.1", "info": {"title": "x"}, "paths": {"/": {"get": {"responses": {"200": {}}}}}}
    found = exported("oas30", None, document)
    assert found["components"] == {}
    assert found["paths"]["/"]["get"]["responses"] == {"200": {"description": "200 response", "content": {}}}
    assert found["info"] == {"title": "x", "version": "1.0"}
    assert "definitions" not in exported("swagger", None, document)


@pytest.mark.parametrize("to", ["swagger", "oas30"])
def test_integrations_alone(to: str) -> None:
    found = exported(to, "integrations")
    assert found["paths"]["/pets"]["post"]["x-amazon-apigateway-integration"] == {
        "type": "aws",
        "httpMethod": "POST",
        "credentials": "arn:role",
        "uri": "arn:aws:apigateway:us-east-1:sqs:path/1/queue",
        "responses": {"default": {"statusCode": "200"}, "4\\d{2}": {"statusCode": "400"}},
        "requestTemplates": {"application/x-www-form-urlencoded": "Action=SendMessage"},
        "passthroughBehavior": "when_no_match",
    }
    assert not [name for name in found if name.startswith("x-")]
    assert "x-amazon-apigateway-request-validator" not in found["paths"]["/pets"]["post"]


def test_every_extension_of_aws_and_none_of_ours() -> None:
    found = exported("swagger", "apigateway")
    assert {name: value for name, value in found.items() if name.startswith("x-")} == {
        "x-amazon-apigateway-policy": {"Version": "2012-10-17"},
        "x-amazon-apigateway-api-key-source": "AUTHORIZER",
        "x-amazon-apigateway-minimum-compression-size": 0,
        "x-amazon-apigateway-gateway-responses": {
            "DEFAULT_4XX": {"responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"}},
            "ACCESS_DENIED": {"statusCode": 404, "responseTemplates": {"application/json": "{}"}},
        },
        "x-amazon-apigateway-request-validators": {"all": {"validateRequestParameters": True, "validateRequestBody": True}},
        "x-amazon-apigateway-binary-media-types": ["image/png"],
    }
    door = found["securityDefinitions"]["door"]["x-amazon-apigateway-authorizer"]
    assert door == {"authorizerUri": "arn:door", "authorizerResultTtlInSeconds": 0, "type": "token"}
    assert found["paths"]["/pets"]["post"]["x-amazon-apigateway-request-validator"] == "all"
    assert "x-vtl" not in json.dumps(found)


@pytest.mark.parametrize("to", ["swagger", "oas30"])
def test_an_export_is_an_api_again(to: str) -> None:
    first = exported(to, "apigateway")
    assert exported(to, "apigateway", first) == first


def test_circular_models_end() -> None:
    document = json.loads(json.dumps(PETS))
    document["definitions"]["Kind"] = {"properties": {"of": {"$ref": "#/definitions/Pet"}}}
    assert exported("swagger", None, document)["definitions"]["Kind"] == {"properties": {"of": {"$ref": "#/definitions/Pet"}}}


@pytest.mark.parametrize(("to", "extensions"), [("raml", None), ("oas30", "postman")])
def test_words_that_aws_does_not_know(to: str, extensions: str | None) -> None:
    with pytest.raises(vtl.InputError):
        exported(to, extensions)


def test_an_http_api_has_no_export() -> None:
    document = {"openapi": "3.0.1", "info": {"title": "x"}, "x-amazon-apigateway-importexport-version": "1.0", "paths": {}}
    with pytest.raises(vtl.InputError, match="REST"):
        exported("oas30", None, document)
