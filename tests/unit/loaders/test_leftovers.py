"""Templates in shapes that no reader knows."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.loaders.places import loaded


def test_any_mapping_of_templates_is_found_once(tmp_path: Path) -> None:
    document = {
        "shapes": {
            "ns#Op": {
                "traits": {
                    "aws.apigateway#integration": {
                        "type": "aws",
                        "uri": "arn",
                        "requestTemplates": {"application/json": "one"},
                        "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/xml": "two"}}},
                    }
                }
            }
        },
        "endpoints": [{"path": "/p", "method": "POST", "requestTemplate": {"a/b": "three"}}],
    }
    result = loaded(tmp_path, {"x.json": json.dumps(document)}, "x.json")
    assert [(str(item.text), item.content_type, item.direction) for item in result.templates] == [
        ("one", "application/json", "request"),
        ("two", "application/xml", "response"),
        ("three", "a/b", "request"),
    ]
    assert result.templates[0].site.integration is not None
    assert result.templates[0].pointer == "/shapes/ns#Op/traits/aws.apigateway#integration/requestTemplates/application~1json"


def test_anchored_integrations_beside_the_paths_are_found_at_their_methods_only(tmp_path: Path) -> None:
    text = (
        "swagger: '2.0'\nx-shared:\n  one: &one\n    type: aws\n    requestTemplates: {a/b: x}\n"
        "  two:\n    responseTemplates: {a/b: y}\n"
        "paths:\n  /a: {get: {x-amazon-apigateway-integration: *one}}\n"
        "  /b: {get: {x-amazon-apigateway-integration: {<<: *one, uri: u}}}\n"
    )
    result = loaded(tmp_path, {"x.yaml": text}, "x.yaml")
    assert [(item.name, str(item.text), item.line) for item in result.templates] == [
        ("GET /a request a/b", "x", 5),
        ("GET /b request a/b", "x", 5),
        ("response a/b", "y", 7),
    ]
