"""`Origins`: a page on a local origin is taken for the real one, so that the API's own CORS answers are what is tested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from vtl.errors import InputError
from vtl.messages import HttpRequest, HttpResponse, header
from vtl.server.wire import replaced


@dataclass(frozen=True, slots=True)
class Origins:
    """Which real origin each local one stands for."""

    real: Mapping[str, str] = field(default_factory=dict)

    def request(self, request: HttpRequest) -> HttpRequest:
        """The request as the page would have sent it from the real origin."""
        if not self.real or header(request.headers, "Origin") not in self.real:
            return request
        return replace(request, headers=replaced(request.headers, "Origin", lambda value: self.real.get(value, value)))

    def response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The answer as the browser expects it: the real origin, where it is allowed, becomes the local one that asked."""
        local = header(request.headers, "Origin") if self.real else None
        real = self.real.get(local) if local is not None else None
        if local is None or real is None:
            return response
        changed = replaced(response.headers, "Access-Control-Allow-Origin", lambda value: local if value == real else value)
        return replace(response, headers=changed)


def read_origins(pairs: Iterable[str]) -> Origins:
    """`LOCAL=REAL` pairs, such as `http://localhost:3000=https://app.example.com`. InputError for what is no such pair."""
    real: dict[str, str] = {}
    for pair in pairs:
        local, equals, other = pair.partition("=")
        if not equals or not _is_origin(local) or not _is_origin(other):
            raise InputError(f"{pair!r} is no pair of origins", hint="http://localhost:3000=https://app.example.com")
        real[local] = other
    return Origins(real)


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and text == f"{parts.scheme}://{parts.netloc}"
