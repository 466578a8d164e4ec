"""The API below /shop of a Starlette application, beside routes of its own: `uvicorn samples.embed.starlette_app:app`."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from samples.embed.orders_api import API, ledger
from vtl.server import asgi


async def home(request: Request) -> PlainTextResponse:
    """A page of the application itself."""
    return PlainTextResponse(f"orders are taken at {request.url}shop/orders\n")


app = Starlette(routes=[Route("/", home), Mount("/shop", asgi(API, stage="live", backends={"http": ledger}))])
