"""An API on a stage."""

from __future__ import annotations

import pytest

from tests.unit.gateway.apis import ask, gateway_of, method, mock, one
from vtl.errors import InputError
from vtl.gateway import Gateway
from vtl.model import HttpApi


def test_ids_are_words_and_stay() -> None:
    document = {"paths": {path: {"get": method()} for path in ("/", "/a", "/b")}}
    first, second = (gateway_of(document).deployment for _ in range(2))
    assert first.deployment_id == second.deployment_id
    ids = {path: plan.resource_id for (path, _), plan in first.plans.items()}
    assert ids == {path: plan.resource_id for (path, _), plan in second.plans.items()}
    assert [len(ids[path]) for path in ("/", "/a", "/b")] == [10, 6, 6]
    assert len(set(ids.values())) == 3
    assert all(word.isalnum() and word.islower() | word.isdigit() for word in ids.values())


def test_stage_variables_are_copied_as_text() -> None:
    variables = {"a": "x", "n": 5}
    deployment = gateway_of(one(method()), stage_variables=variables).deployment
    variables["a"] = "changed"
    assert dict(deployment.stage_variables) == {"a": "x", "n": "5"}
    with pytest.raises(TypeError):
        deployment.stage_variables["a"] = "y"  # type: ignore[index]


@pytest.mark.parametrize("api", [None, {}, HttpApi("h")])
def test_other_things_are_refused(api: object) -> None:
    with pytest.raises(InputError, match=f"REST APIs, not {type(api).__name__}"):
        Gateway(api)  # type: ignore[arg-type]


def test_problems_are_those_of_all_methods() -> None:
    document = {"paths": {"/a": {"get": method(mock("#if(")), "put": method()}, "/b": {"get": method(mock("#end"))}}}
    assert len(gateway_of(document).problems()) == 2
    assert gateway_of(one(method())).problems() == []


def test_an_api_without_resources_takes_nothing() -> None:
    gateway = gateway_of({"paths": {}})
    assert ask(gateway, "/").status == 403
    assert not gateway.has_route("GET", "/")


def test_has_route_asks_for_the_method_too() -> None:
    gateway = gateway_of(
        {"paths": {"/a/{id}": {"get": method(), "x-amazon-apigateway-any-method": method()}, "/b": {"get": method()}}}
    )
    assert gateway.has_route("GET", "/a/1")
    assert gateway.has_route("PUT", "/a/1")
    assert gateway.has_route("GET", "/b")
    assert not gateway.has_route("PUT", "/b")
    assert gateway.api.resources


def test_headers_are_spelt_as_the_api_first_spells_them() -> None:
    parameters = {
        "integration.request.header.a": "method.request.header.X-API-Version",
        "integration.request.header.b": "method.request.multivalueheader.eTag",
        "integration.request.header.c": "method.request.header.ETAG",
        "integration.request.header.d": "'method.request.header.Constant'",
        "integration.request.header.e": "method.request.querystring.Query",
    }
    declared = {"parameters": [{"name": "X-ID", "in": "header"}, {"name": "Path", "in": "path"}]}
    document = one(method({**mock(), "requestParameters": parameters}, **declared))
    kinds = {"DEFAULT_4XX": {"responseParameters": {"gatewayresponse.header.o": "method.request.header.ORIGIN"}}}
    document["x-amazon-apigateway-gateway-responses"] = kinds
    names = gateway_of(document).deployment.header_names
    assert names == {"x-id": "X-ID", "x-api-version": "X-API-Version", "etag": "eTag", "origin": "ORIGIN"}
    assert gateway_of(one(method())).deployment.header_names == {}
