"""What AWS's own commands print."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.loaders.places import loaded, only
from vtl.model import RestApi

RESOURCES = {
    "items": [
        {"id": "root", "path": "/"},
        {
            "id": "x",
            "parentId": "root",
            "pathPart": "pets",
            "path": "/pets",
            "resourceMethods": {
                "POST": {
                    "httpMethod": "POST",
                    "authorizationType": "AWS_IAM",
                    "apiKeyRequired": True,
                    "requestParameters": {"method.request.header.A": True},
                    "methodResponses": {"200": {"statusCode": "200", "responseModels": {"application/json": "Empty"}}},
                    "methodIntegration": {
                        "type": "AWS",
                        "httpMethod": "PUT",
                        "uri": "arn",
                        "passthroughBehavior": "WHEN_NO_MATCH",
                        "requestTemplates": {"application/json": '{\n"a": 1}'},
                        "integrationResponses": {
                            "200": {"statusCode": "200", "responseTemplates": {"application/json": None}},
                            "400": {"statusCode": "400", "selectionPattern": "4..", "responseTemplates": {"text/plain": "no"}},
                        },
                    },
                }
            },
        },
    ]
}


def test_get_resources_with_embedded_methods(tmp_path: Path) -> None:
    result = loaded(tmp_path, {"d.json": json.dumps(RESOURCES, indent=2)}, "d.json")
    assert [(item.name, str(item.text)) for item in result.templates] == [
        ("POST /pets request application/json", '{\n"a": 1}'),
        ("POST /pets response 400 text/plain", "no"),
    ]
    (api,) = result.apis
    assert isinstance(api, RestApi)
    assert [resource.path for resource in api.resources] == ["/", "/pets"]
    method = api.resources[1].methods[0]
    assert (method.authorization_type, method.api_key_required) == ("AWS_IAM", True)
    assert method.request_parameters == {"method.request.header.A": True}
    assert method.integration is not None
    assert (method.integration.type, method.integration.http_method) == ("AWS", "PUT")
    assert [item.selection_pattern for item in method.integration.responses] == [None, "4.."]
    assert [item.response_models for item in method.responses] == [{"application/json": "Empty"}]


def test_single_answers(tmp_path: Path) -> None:
    integration = RESOURCES["items"][1]["resourceMethods"]["POST"]["methodIntegration"]  # type: ignore[index]
    result = loaded(tmp_path, {"i.json": json.dumps({"status_code": 201, "data": integration})}, "i.json")
    assert [(item.direction, item.site.status) for item in result.templates] == [("request", ""), ("response", "400")]
    assert result.templates[0].site.integration is not None
    response = {"statusCode": "200", "responseTemplates": {"a/b": "x"}}
    template = only(loaded(tmp_path, {"r.json": json.dumps(response)}, "r.json"))
    assert (template.direction, template.kind, template.pointer) == ("response", "mapping", "/responseTemplates/a~1b")
    gateway = {"items": [{"responseType": "THROTTLED", "responseTemplates": {"a/b": "x"}}]}
    template = only(loaded(tmp_path, {"g.json": json.dumps(gateway)}, "g.json"))
    assert (template.direction, template.kind) == ("response", "gateway-response")
