"""The two messages of the house, `HttpRequest` and `HttpResponse`, as a caller, the gateway and a backend exchange them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NOT_SEEN = frozenset(
    {
        "connection",
        "content-length",
        "content-md5",
        "expect",
        "max-forwards",
        "proxy-authenticate",
        "server",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "www-authenticate",
    }
)
"""Headers of a caller, in small letters, that reach no template, mapping or function: recorded on AWS, regional endpoint."""


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request; `path` is still percent-encoded, `query` holds decoded pairs; both keep the order and the repeats of the wire.

    Toward a backend `url` is the full URL, its query included, `timeout` the seconds that the gateway waits for the answer, `uri`
    the integration's own with its variables filled in, and `insecure` tells that certificates are not to be verified.
    From a caller `url` is empty, `path` has no stage, and `source_ip` is the address that the request came from, where known.
    """

    method: str
    path: str = "/"
    headers: Sequence[tuple[str, str]] = ()
    query: Sequence[tuple[str, str]] = ()
    body: bytes = b""
    url: str = ""
    source_ip: str = ""
    protocol: str = "HTTP/1.1"
    timeout: float | None = None
    uri: str = ""
    insecure: bool = False


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """An answer: the status, headers in their order with repeats, and the body as bytes."""

    status: int = 200
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""


def header_values(headers: Sequence[tuple[str, str]], name: str) -> list[str]:
    """All values of the header of that name, whatever the case of its letters, in their order."""
    wanted = name.lower()
    return [value for key, value in headers if key.lower() == wanted]


def header(headers: Sequence[tuple[str, str]], name: str) -> str | None:
    """The last value of the header of that name, None when there is none."""
    wanted = name.lower()
    for key, value in reversed(headers):
        if key.lower() == wanted:
            return value
    return None
