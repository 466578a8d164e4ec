"""Content codings: gzip and deflate, taken off requests and put on answers where the API has a minimum compression size.

See: "Payload compression for REST APIs in API Gateway": its rules for Content-Encoding and Accept-Encoding.
"""

from __future__ import annotations

import gzip
import zlib

from vtl.mapping.failures import GatewayFailure, internal_error
from vtl.messages import HttpResponse, header

MOST_BODY = 10 * 1024 * 1024
"""API Gateway's limit for a payload, in bytes; it counts for what comes out of a compressed one, too."""
_IDENTITY = ("", "identity")
_OTHERS = ("br", "zstd", "compress")
_GZIP, _DEFLATE = ("gzip", "x-gzip"), "deflate"


def inflated(body: bytes, coding: str) -> bytes | None:
    """The body without its coding; None for a coding that is not known, and for what is not of it.

    GatewayFailure, 413, for a body that becomes too large.
    """
    word = coding.strip().lower()
    if word in _IDENTITY:
        return body
    if word not in (*_GZIP, _DEFLATE):
        return None
    # What is called deflate has zlib's head, or, from some senders, none.
    for bits in (zlib.MAX_WBITS | 16,) if word in _GZIP else (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        reader = zlib.decompressobj(bits)
        try:
            made = reader.decompress(body, MOST_BODY + 1)
        except zlib.error:
            continue
        if len(made) > MOST_BODY:
            raise GatewayFailure("REQUEST_TOO_LARGE", reason=f"the body has more than {MOST_BODY} bytes without its coding")
        if reader.eof:
            return made
    return None


def request_body(body: bytes, coding: str | None) -> bytes:
    """A caller's body without its coding. GatewayFailure, 415, for another coding or a body that is not of it,
    413 for one that becomes too large."""
    found = inflated(body, coding or "")
    if found is None:
        raise GatewayFailure("UNSUPPORTED_MEDIA_TYPE", reason=f"the body is no {coding!r}")
    return found


def answer_body(body: bytes, coding: str) -> tuple[bytes, str]:
    """The body of a backend's answer without its coding, and the coding that is left on it, "" for none.

    HTTP_PROXY does not hand on Content-Encoding, so that its callers get plain bodies; a coding that nobody here reads has to
    stay with its body. GatewayFailure, 500, for a body that becomes too large.
    """
    try:
        plain = inflated(body, coding)
    except GatewayFailure as failure:
        raise internal_error(failure.reason) from None
    return (body, coding if coding.strip().lower() in _OTHERS else "") if plain is None else (plain, "")


def compressed(response: HttpResponse, accept_encoding: str | None, minimum: int) -> HttpResponse:
    """The answer in the coding that its caller likes best, unless it is smaller than the minimum or has a coding already."""
    coding = preferred(accept_encoding or "")
    if not coding or len(response.body) < minimum or header(response.headers, "Content-Encoding") is not None:
        return response
    body = gzip.compress(response.body, mtime=0) if coding == "gzip" else zlib.compress(response.body)
    return HttpResponse(response.status, [*response.headers, ("Content-Encoding", coding)], body)


def preferred(accept_encoding: str) -> str:
    """gzip or deflate where an Accept-Encoding puts it above all others, "" where it does not; `*` names no coding."""
    weights: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        name, _, parameters = part.partition(";")
        weights.setdefault(name.strip(), _weight(parameters))
    best = max(weights.values(), default=0.0)
    return next((name for name, weight in weights.items() if name in ("gzip", _DEFLATE) and weight == best > 0), "")


def _weight(parameters: str) -> float:
    name, _, value = parameters.partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
