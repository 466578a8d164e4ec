"""HTTP backends through httpcore: connections kept alive, for plain and for coroutine functions alike.

httpcore and not one of the larger clients: what the gateway decided goes over the wire as it is. The path is not normalised, no
header is added but a missing Host and the length of the body, no redirect is followed, nothing in the answer is decoded, and no
proxy or password comes out of the environment. Certificates are verified against the system's authorities and certifi's.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Iterable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vtl._lazy import require
from vtl.errors import BackendError, BackendTimeout, InputError
from vtl.messages import HttpRequest, HttpResponse

if TYPE_CHECKING:
    import httpcore

MOST_BODY = 10 * 1024 * 1024
"""API Gateway's limit for an answer, in bytes."""
DEFAULT_SECONDS = 29.0
_CONNECTIONS = 2_000
_KEPT = 100
_KEPT_SECONDS = 3.0
"""Less than the five seconds after which most servers close a connection: one must not be reused while it is being closed."""
_NOT_OURS = frozenset({"content-length", "transfer-encoding", "connection"})
_WITH_LENGTH = frozenset({"POST", "PUT", "PATCH"})
_PORTS = {"http": 80, "https": 443}
_deadline: ContextVar[float] = ContextVar("deadline")


class HttpClient:
    """A pool of connections for plain functions. Many threads may use it at once."""

    def __init__(self, *, insecure: bool = False):
        self._httpcore = require("httpcore", "gateway")
        backend = _hurried(self._httpcore)()
        self._pool = self._httpcore.ConnectionPool(**_settings(insecure, self._httpcore), network_backend=backend)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send the request to its URL. BackendTimeout when the whole answer is not there in `request.timeout` seconds,
        BackendError when there is none, half of one, or one that is too large."""
        before = _deadline.set(time.monotonic() + (request.timeout or DEFAULT_SECONDS))
        try:
            answer = self._pool.handle_request(_outgoing(self._httpcore, request))
            try:
                return _answer(answer, _bounded(answer.iter_stream()))
            finally:
                answer.close()
        except Exception as error:
            raise _as_failure(self._httpcore, error, request) from None
        finally:
            _deadline.reset(before)


class AsyncHttpClient:
    """The same for coroutine functions of one event loop: waiting for a backend holds no thread."""

    def __init__(self, *, insecure: bool = False):
        self._httpcore = require("httpcore", "gateway")
        self._pool = self._httpcore.AsyncConnectionPool(**_settings(insecure, self._httpcore))

    async def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send the request to its URL; see `HttpClient`."""
        try:
            async with asyncio.timeout(request.timeout or DEFAULT_SECONDS):
                answer = await self._pool.handle_async_request(_outgoing(self._httpcore, request))
                try:
                    chunks: list[bytes] = []
                    size = 0
                    async for chunk in answer.aiter_stream():
                        size = _within_limit(size + len(chunk))
                        chunks.append(chunk)
                    return _answer(answer, chunks)
                finally:
                    await answer.aclose()
        except Exception as error:
            raise _as_failure(self._httpcore, error, request) from None


def _settings(insecure: bool, httpcore: Any) -> dict[str, Any]:
    context: ssl.SSLContext = httpcore.default_ssl_context()
    if insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return {
        "ssl_context": context,
        "max_connections": _CONNECTIONS,
        "max_keepalive_connections": _KEPT,
        "keepalive_expiry": _KEPT_SECONDS,
    }


def _outgoing(httpcore: Any, request: HttpRequest) -> httpcore.Request:
    parts = urlsplit(request.url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise BackendError(f"{request.url!r} is no address")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    address = httpcore.URL(
        scheme=parts.scheme.encode(),
        host=parts.hostname.encode("idna" if not parts.hostname.isascii() else "ascii"),
        port=parts.port,
        target=_wire(target),
    )
    headers = [(_wire(name), _wire(value)) for name, value in request.headers if name.lower() not in _NOT_OURS]
    if not any(name.lower() == b"host" for name, _ in headers):
        headers.insert(0, (b"Host", _wire(parts.netloc.rpartition("@")[2])))
    if request.body or request.method in _WITH_LENGTH:
        headers.append((b"Content-Length", str(len(request.body)).encode()))
    seconds = request.timeout or DEFAULT_SECONDS
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    content = request.body or None
    return httpcore.Request(  # type: ignore[no-any-return]
        request.method, address, headers=headers, content=content, extensions={"timeout": timeouts}
    )


def _wire(text: str) -> bytes:
    """A name or value as bytes: a server hands on the bytes that came as Latin-1, so they go out as they came."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _bounded(chunks: Iterable[bytes]) -> Iterable[bytes]:
    size = 0
    for chunk in chunks:
        size = _within_limit(size + len(chunk))
        yield chunk


def _within_limit(size: int) -> int:
    if size > MOST_BODY:
        raise BackendError(f"the backend's answer has more than {MOST_BODY:,} bytes")
    return size


def _answer(answer: Any, chunks: Iterable[bytes]) -> HttpResponse:
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers]
    return HttpResponse(answer.status, headers, b"".join(chunks))


def _as_failure(httpcore: Any, error: Exception, request: HttpRequest) -> Exception:
    if isinstance(error, BackendError):
        return error
    if isinstance(error, TimeoutError | httpcore.TimeoutException):
        return BackendTimeout(f"{request.url} did not answer in {request.timeout or DEFAULT_SECONDS:g} seconds")
    known = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, ValueError, OSError)
    if isinstance(error, known):
        return BackendError(f"{request.url}: {error or type(error).__name__}")
    return error


def _hurried(httpcore: Any) -> Any:
    """A backend whose streams wait no longer than the request as a whole may: each read alone would start the time anew."""

    def left(timeout: float | None) -> float:
        seconds = _deadline.get() - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("the time for the whole answer is over")
        return min(seconds, timeout) if timeout is not None else seconds

    class Stream(httpcore.NetworkStream):  # type: ignore[misc]
        def __init__(self, inner: Any):
            self._inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self._inner.read(max_bytes, left(timeout))  # type: ignore[no-any-return]

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self._inner.write(buffer, left(timeout))

        def close(self) -> None:
            self._inner.close()

        def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> Stream:
            return Stream(self._inner.start_tls(ssl_context, server_hostname, left(timeout)))

        def get_extra_info(self, info: str) -> Any:
            return self._inner.get_extra_info(info)

    class Backend(httpcore.SyncBackend):  # type: ignore[misc]
        def connect_tcp(self, *arguments: Any, timeout: float | None = None, **named: Any) -> Stream:
            return Stream(super().connect_tcp(*arguments, timeout=left(timeout), **named))

    return Backend


def check_url(text: str) -> str:
    """A URL that a target may have; InputError for what is none."""
    try:
        parts = urlsplit(text)
        valid = parts.scheme in _PORTS and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        valid = False
    if not valid:
        raise InputError(f"{text!r} is no address", hint="http://localhost:8000")
    return text
