"""Plans and states of Terraform."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.unit.loaders.places import loaded
from vtl.model import RestApi


def resource(kind: str, name: str, values: dict[str, Any], address: str = "", index: str = "") -> dict[str, Any]:
    found = {"address": address or f"{kind}.{name}", "mode": "managed", "type": kind, "name": name, "values": values}
    return {**found, "index": index} if index else found


PLAN = {
    "format_version": "1.2",
    "terraform_version": "1.9.0",
    "planned_values": {
        "root_module": {
            "resources": [
                resource("aws_api_gateway_rest_api", "a", {"name": "shop"}),
                resource("aws_api_gateway_resource", "r", {"path_part": "pets"}),
                resource("aws_api_gateway_method", "m", {"http_method": "GET", "authorization": "NONE"}),
                resource(
                    "aws_api_gateway_integration",
                    "i",
                    {"http_method": "GET", "type": "AWS", "request_templates": {"a/b": "one\n$x"}},
                ),
                resource("aws_sqs_queue", "q", {"request_templates": {"a/b": "no"}}),
            ],
            "child_modules": [
                {
                    "address": "module.c",
                    "resources": [
                        resource(
                            "aws_api_gateway_gateway_response",
                            "g",
                            {"response_type": "DEFAULT_5XX", "response_templates": {"a/b": "two"}},
                            'module.c.aws_api_gateway_gateway_response.g["k"]',
                            "k",
                        )
                    ],
                }
            ],
        }
    },
    "configuration": {
        "root_module": {
            "resources": [
                {
                    "address": "aws_api_gateway_resource.r",
                    "expressions": {
                        "parent_id": {
                            "references": ["aws_api_gateway_rest_api.a.root_resource_id", "aws_api_gateway_rest_api.a"]
                        },
                        "rest_api_id": {"references": ["aws_api_gateway_rest_api.a.id", "aws_api_gateway_rest_api.a"]},
                    },
                },
                *(
                    {
                        "address": f"aws_api_gateway_{kind}",
                        "expressions": {
                            "resource_id": {"references": ["aws_api_gateway_resource.r.id", "aws_api_gateway_resource.r"]},
                            "rest_api_id": {"references": ["aws_api_gateway_rest_api.a.id", "aws_api_gateway_rest_api.a"]},
                        },
                    }
                    for kind in ("method.m", "integration.i")
                ),
            ]
        }
    },
}


def test_a_plan_with_its_configuration(tmp_path: Path) -> None:
    result = loaded(tmp_path, {"plan.json": json.dumps(PLAN, indent=1)}, "plan.json")
    assert [(item.name, str(item.text), item.site.address, item.site.api) for item in result.templates] == [
        ("GET /pets request a/b", "one\n$x", "aws_api_gateway_integration.i", "shop"),
        ("DEFAULT_5XX gateway-response a/b", "two", 'module.c.aws_api_gateway_gateway_response.g["k"]', ""),
    ]
    first = result.templates[0]
    assert first.where(4).column == first.where(0).column + 5
    api = result.apis[0]
    assert isinstance(api, RestApi)
    assert [(item.path, item.methods[0].http_method) for item in api.resources] == [("/pets", "GET")]


def test_a_state_knows_its_ids(tmp_path: Path) -> None:
    def instance(**attributes: object) -> list[dict[str, object]]:
        return [{"attributes": attributes}]

    def entry(kind: str, **attributes: object) -> dict[str, object]:
        return {"mode": "managed", "type": f"aws_api_gateway_{kind}", "name": "x", "instances": instance(**attributes)}

    state = {
        "version": 4,
        "terraform_version": "1.9.0",
        "serial": 1,
        "lineage": "l",
        "resources": [
            entry("rest_api", id="api1", name="shop"),
            entry("resource", id="res1", rest_api_id="api1", parent_id="root", path_part="pets"),
            entry("method", id="m", rest_api_id="api1", resource_id="res1", http_method="GET"),
            entry("integration", rest_api_id="api1", resource_id="res1", http_method="GET", request_templates={"a/b": "one"}),
            {"mode": "data", "type": "aws_api_gateway_rest_api", "name": "d", "instances": instance(id="d")},
            {**entry("integration", request_templates={"a/b": "two"}), "module": 'module.m["k"]'},
        ],
    }
    result = loaded(tmp_path, {"terraform.tfstate.json": json.dumps(state)}, "terraform.tfstate.json")
    assert [(item.name, str(item.text), item.site.address, item.site.api) for item in result.templates] == [
        ("GET /pets request a/b", "one", "aws_api_gateway_integration.x", "shop"),
        ("/ request a/b", "two", "module.m.aws_api_gateway_integration.x", ""),
    ]
    assert [api.name for api in result.apis] == ["shop"]
