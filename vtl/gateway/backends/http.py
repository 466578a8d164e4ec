"""HTTP backends through httpx, which has the same client for plain and for coroutine functions.

Nothing is added to a request and nothing is decoded in an answer: no redirects, no proxies or passwords out of the environment,
no Accept-Encoding that the gateway did not send. Connections are kept alive; certificates are verified.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from vtl._lazy import require
from vtl.errors import BackendError, BackendTimeout, InputError
from vtl.messages import HttpRequest, HttpResponse

if TYPE_CHECKING:
    import httpx

MOST_BODY = 10 * 1024 * 1024
"""API Gateway's limit for an answer, in bytes."""
_CONNECTIONS = 2_000
_NOT_OURS = frozenset({"content-length", "transfer-encoding", "connection"})


class HttpClient:
    """A pool of connections for plain functions. Many threads may use it at once."""

    def __init__(self, *, insecure: bool = False):
        self._httpx = require("httpx", "gateway")
        self._client = self._httpx.Client(**_settings(self._httpx, insecure))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send the request to its URL. BackendTimeout when the answer is not there in `request.timeout` seconds, BackendError
        when there is none, or one that is too large."""
        deadline = time.monotonic() + (request.timeout or 29.0)
        try:
            answer = self._client.send(_outgoing(self._httpx, request), stream=True)
            try:
                return _answer(answer, _within(answer.iter_raw(), deadline))
            finally:
                answer.close()
        except Exception as error:
            raise _as_failure(self._httpx, error, request) from None


class AsyncHttpClient:
    """The same for coroutine functions of one event loop: waiting for a backend holds no thread."""

    def __init__(self, *, insecure: bool = False):
        self._httpx = require("httpx", "gateway")
        self._client = self._httpx.AsyncClient(**_settings(self._httpx, insecure))

    async def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send the request to its URL; see `HttpClient`. The caller bounds the time."""
        try:
            answer = await self._client.send(_outgoing(self._httpx, request), stream=True)
            try:
                chunks: list[bytes] = []
                size = 0
                async for chunk in answer.aiter_raw():
                    size += len(chunk)
                    if size > MOST_BODY:
                        raise BackendError(f"the backend's answer has more than {MOST_BODY:,} bytes")
                    chunks.append(chunk)
                return _answer(answer, chunks)
            finally:
                await answer.aclose()
        except Exception as error:
            raise _as_failure(self._httpx, error, request) from None


def _settings(httpx: Any, insecure: bool) -> dict[str, Any]:
    limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=100)
    return {"verify": not insecure, "trust_env": False, "follow_redirects": False, "limits": limits}


def _outgoing(httpx: Any, request: HttpRequest) -> httpx.Request:
    headers = [
        (name.encode("latin-1"), value.encode("utf-8")) for name, value in request.headers if name.lower() not in _NOT_OURS
    ]
    made = httpx.Request(request.method, request.url, headers=headers, content=request.body)
    made.extensions = {"timeout": httpx.Timeout(request.timeout or 29.0).as_dict()}
    return made  # type: ignore[no-any-return]


def _within(chunks: Iterable[bytes], deadline: float) -> Iterable[bytes]:
    """The chunks of a body, as long as there is time and the body is not too large."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BODY:
            raise BackendError(f"the backend's answer has more than {MOST_BODY:,} bytes")
        if time.monotonic() > deadline:
            raise BackendTimeout("the backend did not finish its answer in time")
        yield chunk


def _answer(answer: Any, chunks: Iterable[bytes]) -> HttpResponse:
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers.raw]
    return HttpResponse(answer.status_code, headers, b"".join(chunks))


def _as_failure(httpx: Any, error: Exception, request: HttpRequest) -> BackendError:
    if isinstance(error, BackendError):
        return error
    if isinstance(error, httpx.TimeoutException):
        return BackendTimeout(f"{request.url} did not answer in {request.timeout or 29.0:g} seconds")
    if isinstance(error, httpx.HTTPError | httpx.InvalidURL | httpx.StreamError | ValueError | OSError):
        return BackendError(f"{request.url}: {error or type(error).__name__}")
    raise error


def check_url(text: str) -> str:
    """A URL that a target may have; InputError for what is none."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        valid = False
    if not valid:
        raise InputError(f"{text!r} is no address", hint="http://localhost:8000")
    return text
