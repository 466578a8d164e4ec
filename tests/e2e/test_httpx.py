"""`vtl serve` asked by httpx: kept connections, many at once, streamed bodies, and the SOAP sample end to end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.e2e.commands import ROOT
from tests.e2e.servers import mock, serving, write_api

BRIDGE = ROOT / "samples" / "soap-bridge"
EXPECTED = [json.loads((BRIDGE / "expected" / f"{number}.txt").read_text(encoding="utf-8")) for number in range(1, 6)]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of an API with one mock that tells what it was asked, at every method."""
    folder = tmp_path_factory.mktemp("api")
    operation = mock('{"method": "$context.httpMethod", "q": "$util.escapeJavaScript($input.params(\'q\'))"}')
    operation["x-amazon-apigateway-integration"]["passthroughBehavior"] = "when_no_templates"
    write_api(folder / "api.json", {"/x": {"x-amazon-apigateway-any-method": operation}})
    with serving(folder, "api.json", "--log-format", "none") as server:
        yield f"http://127.0.0.1:{server.port}/test/x"


def test_one_kept_connection_serves_many_requests(base: str) -> None:
    with httpx.Client(trust_env=False, limits=httpx.Limits(max_connections=1)) as client:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            answer = client.request(method, base, params={"q": f"{method} é&+"}, json={} if method == "POST" else None)
            assert (answer.status_code, answer.json()) == (200, {"method": method, "q": f"{method} é&+"})
            assert answer.headers["x-amzn-requestid"]
        head = client.head(base)
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["content-length"]) > 0


def test_a_hundred_requests_at_once_get_their_own_answers(base: str) -> None:
    async def ask() -> list[str]:
        async with httpx.AsyncClient(trust_env=False) as client:
            answers = await asyncio.gather(*(client.get(base, params={"q": str(number)}) for number in range(100)))
        return [answer.json()["q"] for answer in answers]

    assert asyncio.run(ask()) == [str(number) for number in range(100)]


def test_a_body_that_comes_in_chunks_is_one_body(base: str) -> None:
    with httpx.Client(trust_env=False) as client:
        answer = client.post(base, content=iter([b'{"a"', b": 1}"]), headers={"Content-Type": "application/json"})
        assert answer.status_code == 200
        refused = client.post(base, content=iter([b"x" * 1_000_000] * 11))
        assert (refused.status_code, refused.json()) == (413, {"message": "Request Too Long"})
        assert client.get(base).status_code == 200


@pytest.fixture(scope="module")
def bridge() -> Iterator[str]:
    """A server of samples/soap-bridge before the stub of its WSDL."""
    pytest.importorskip("xmlschema")
    with serving(BRIDGE, "openapi.yaml", "-b", "https://parcels*=soap:parcels.wsdl?answers=answers") as server:
        yield f"http://127.0.0.1:{server.port}"


def test_json_callers_of_a_soap_service(bridge: str) -> None:
    with httpx.Client(trust_env=False, base_url=bridge) as client:
        tracked = client.get("/parcels/P000123")
        assert (tracked.status_code, tracked.json()) == (200, EXPECTED[0])
        assert tracked.json()["delivered"] is None
        for name, status, expected in (("register", 200, EXPECTED[1]), ("wrong", 400, EXPECTED[2])):
            document = (BRIDGE / "requests" / f"{name}.json").read_bytes()
            answer = client.post("/parcels", content=document, headers={"Content-Type": "application/json"})
            assert (answer.status_code, answer.json()) == (status, expected)
        assert EXPECTED[1]["number"] == ["P000123"], "an array of one stays an array"
        fault = client.get("/parcels/P000123", headers={"x-vtl-fault": "UnknownParcel"})
        assert (fault.status_code, fault.json()) == (404, EXPECTED[3])


def test_a_soap_service_that_answers_with_a_page(tmp_path: Path) -> None:
    pytest.importorskip("xmlschema")
    with serving(BRIDGE, "openapi.yaml", "-b", "https://parcels*=answers/down.http") as server:
        answer = httpx.get(f"http://127.0.0.1:{server.port}/parcels/P000123", trust_env=False)
    assert (answer.status_code, answer.json()) == (502, EXPECTED[4])
