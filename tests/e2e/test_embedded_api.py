"""samples/embed: a whole API in a Starlette application and behind a WSGI function, asked by httpx."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from wsgiref.validate import validator

import httpx
import pytest

from samples.embed import wsgi_gateway
from samples.embed.starlette_app import app

ORDER = {"id": "A-1", "lines": [{"sku": "q-77", "quantity": 3}]}
BASE = "http://shop.test"

Client = Callable[[httpx.Request], httpx.Response]


def over_starlette(request: httpx.Request) -> httpx.Response:
    """The request below /shop, where the application has the API."""

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
            request.url = request.url.copy_with(raw_path=b"/shop" + request.url.raw_path)
            return await client.send(request)

    return asyncio.run(ask())


def over_wsgi(request: httpx.Request) -> httpx.Response:
    with httpx.Client(transport=httpx.WSGITransport(app=validator(wsgi_gateway.application))) as client:
        return client.send(request)


both = pytest.mark.parametrize("client", [over_starlette, over_wsgi])


@both
def test_an_order_goes_through_the_api(client: Client) -> None:
    answer = client(httpx.Request("POST", f"{BASE}/orders", json=ORDER))
    assert (answer.status_code, answer.json()) == (201, {"id": "A-1", "state": "stored"})
    assert answer.headers["content-type"] == "application/json"


@both
def test_a_refusal_takes_its_integration_response(client: Client) -> None:
    answer = client(httpx.Request("POST", f"{BASE}/orders", json=ORDER | {"lines": []}))
    assert (answer.status_code, answer.json()) == (409, {"error": "order A-1 has no lines"})


@pytest.mark.parametrize(
    ("client", "path"), [(over_starlette, "/orders/a%20b"), (over_starlette, "/live/orders/a%20b"), (over_wsgi, "/orders/a%20b")]
)
def test_a_path_stays_as_it_was_on_the_wire(client: Client, path: str) -> None:
    answer = client(httpx.Request("GET", BASE + path))
    assert (answer.status_code, answer.json()) == (200, {"id": "a%20b", "state": "open"})


@both
def test_what_the_api_has_not_is_the_gateways_own_answer(client: Client) -> None:
    answer = client(httpx.Request("GET", f"{BASE}/prices"))
    assert (answer.status_code, answer.json()) == (403, {"message": "Missing Authentication Token"})
    assert answer.headers["x-amzn-errortype"] == "MissingAuthenticationTokenException"


@both
def test_another_media_type_is_refused(client: Client) -> None:
    answer = client(httpx.Request("POST", f"{BASE}/orders", content=b"<order/>", headers={"Content-Type": "text/xml"}))
    assert (answer.status_code, answer.json()) == (415, {"message": "Unsupported Media Type"})


def test_the_applications_own_route_answers_beside_the_api() -> None:
    async def ask() -> str:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
            return (await client.get(f"{BASE}/")).text

    assert asyncio.run(ask()) == "orders are taken at http://shop.test/shop/orders\n"


def test_one_gateway_answers_many_threads() -> None:
    def ask(number: int) -> dict[str, str]:
        order = ORDER | {"id": f"A-{number}"}
        found: dict[str, str] = over_wsgi(httpx.Request("POST", f"{BASE}/orders", json=order)).json()
        return found

    with ThreadPoolExecutor(8) as pool:
        assert [each["id"] for each in pool.map(ask, range(100))] == [f"A-{number}" for number in range(100)]
