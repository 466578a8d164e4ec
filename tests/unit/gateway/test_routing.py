"""Fixed beats variable beats greedy; a method that the best resource lacks is looked for further on."""

from __future__ import annotations

import pytest

from vtl.gateway.routing import match_route

RESOURCES = {
    "/": ["GET"],
    "/pets": ["GET", "ANY"],
    "/pets/{id}": ["PUT"],
    "/pets/top": ["GET"],
    "/pets/{id}/toys/{toy}": ["GET"],
    "/files/{path+}": ["GET", "DELETE"],
    "/files/list": ["POST"],
    "/{proxy+}": ["OPTIONS"],
}


@pytest.mark.parametrize(
    ("method", "path", "resource", "parameters"),
    [
        ("GET", "/", "/", {}),
        ("GET", "", "/", {}),
        ("GET", "/pets", "/pets", {}),
        ("GET", "/pets/", "/pets", {}),
        ("GET", "//pets", "/pets", {}),
        ("GET", "/pets/top", "/pets/top", {}),
        ("PUT", "/pets/top", "/pets/{id}", {"id": "top"}),
        ("PUT", "/pets/a%2Fb", "/pets/{id}", {"id": "a%2Fb"}),
        ("GET", "/pets/1/toys/2", "/pets/{id}/toys/{toy}", {"id": "1", "toy": "2"}),
        ("GET", "/files/a/b//c", "/files/{path+}", {"path": "a/b//c"}),
        ("GET", "/files/a/", "/files/{path+}", {"path": "a"}),
        ("DELETE", "/files/list", "/files/{path+}", {"path": "list"}),
        ("OPTIONS", "/pets/1/toys", "/{proxy+}", {"proxy": "pets/1/toys"}),
        ("OPTIONS", "/pets/1", "/{proxy+}", {"proxy": "pets/1"}),
    ],
)
def test_the_best_resource_with_the_method(method: str, path: str, resource: str, parameters: dict[str, str]) -> None:
    found = match_route(RESOURCES, method, path)
    assert found is not None
    assert (found.resource, found.path_parameters) == (resource, parameters)


def test_the_own_method_beats_any() -> None:
    for verb, expected in (("GET", "GET"), ("PATCH", "ANY"), ("OPTIONS", "ANY")):
        found = match_route(RESOURCES, verb, "/pets")
        assert found is not None
        assert found.method == expected


@pytest.mark.parametrize(("method", "path"), [("POST", "/"), ("GET", "/files"), ("GET", "/nowhere"), ("GET", "/pets//toys/2")])
def test_no_such_route(method: str, path: str) -> None:
    assert match_route(RESOURCES, method, path) is None


def test_kinds_count_and_not_the_alphabet() -> None:
    resources = {"/x/{a+}": ["GET"], "/x/{id}": ["GET"], "/x/~": ["GET"], "/{b}/y": ["GET"]}
    found = [match_route(resources, "GET", path) for path in ("/x/~", "/x/1", "/x/y", "/x/1/2", "/z/y")]
    assert [each.resource for each in found if each] == ["/x/~", "/x/{id}", "/x/{id}", "/x/{a+}", "/{b}/y"]
