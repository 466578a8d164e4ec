"""Requests find their API by stage, host, name and route."""

from __future__ import annotations

import pytest

from tests.unit.server.fakes import FakeGateway
from vtl.messages import HttpRequest
from vtl.server.mounts import Mount, Mounts

PETS = Mount("pets", "dev", FakeGateway(routes=frozenset({"GET /pets", "GET /dev/x", "GET /"})), "abc123")
SHOP = Mount("shop", "dev", FakeGateway(routes=frozenset({"GET /items"})))


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("/pets", "/pets"),
        ("/dev/pets", "/pets"),
        ("/dev", "/"),
        ("/dev/x", "/dev/x"),
        ("/dev/unknown", "/unknown"),
        ("/devil", "/devil"),
    ],
)
def test_one_api_answers_with_and_without_its_stage(path: str, inside: str) -> None:
    mount, request = Mounts([PETS]).find(HttpRequest("GET", path))
    assert (mount, request.path) == (PETS, inside)


@pytest.mark.parametrize(
    ("path", "host", "mount", "inside"),
    [
        ("/dev/items", "", SHOP, "/items"),
        ("/items", "localhost:3000", SHOP, "/items"),
        ("/shop/dev/items", "", SHOP, "/items"),
        ("/shop/pets", "", SHOP, "/pets"),
        ("/shop", "", SHOP, "/"),
        ("/pets", "", PETS, "/"),
        ("/items", "abc123.execute-api.us-east-1.amazonaws.com", PETS, "/items"),
        ("/pets", "shop.localhost:3000", SHOP, "/pets"),
        ("/nowhere", "", PETS, "/nowhere"),
    ],
)
def test_several_apis_are_told_apart(path: str, host: str, mount: Mount, inside: str) -> None:
    found, request = Mounts([PETS, SHOP]).find(HttpRequest("GET", path, [("Host", host)]))
    assert (found.name, request.path) == (mount.name, inside)


def test_headers_are_spelt_as_the_api_spells_them() -> None:
    mount = Mount("pets", "dev", FakeGateway(routes=frozenset({"GET /pets"})), spelling={"x-api-version": "X-API-Version"})
    sent = HttpRequest("GET", "/dev/pets", [("X-Api-Version", "7"), ("Accept", "*/*")])
    _, request = Mounts([mount]).find(sent)
    assert request.path == "/pets"
    assert request.headers == [("X-API-Version", "7"), ("Accept", "*/*")]
