"""Content codings of requests and answers, as the guide has them."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import pytest

from tests.unit.gateway.apis import Remembering, ask, function, gateway_of, http, method, mock, one
from vtl.gateway.compression import MOST_BODY, answer_body, inflated, preferred, request_body
from vtl.mapping.failures import GatewayFailure
from vtl.messages import HttpResponse, header

TEXT = b'{"a": 1}'
RAW_DEFLATE = zlib.compress(TEXT)[2:-4]
BOMB = gzip.compress(bytes(MOST_BODY + 1))


@pytest.mark.parametrize(
    ("body", "coding", "plain"),
    [
        (TEXT, "", TEXT),
        (TEXT, "identity", TEXT),
        (gzip.compress(TEXT, mtime=0), "gzip", TEXT),
        (gzip.compress(TEXT, mtime=0), " X-GZIP", TEXT),
        (zlib.compress(TEXT), "deflate", TEXT),
        (RAW_DEFLATE, "deflate", TEXT),
        (gzip.compress(bytes(MOST_BODY)), "gzip", bytes(MOST_BODY)),
        (gzip.compress(TEXT, mtime=0)[:-9], "gzip", None),
        (TEXT, "gzip", None),
        (TEXT, "deflate", None),
        (b"", "gzip", None),
        (TEXT, "br", None),
    ],
)
def test_inflated(body: bytes, coding: str, plain: bytes | None) -> None:
    assert inflated(body, coding) == plain


def test_what_becomes_too_large_is_not_unfolded() -> None:
    with pytest.raises(GatewayFailure) as caught:
        request_body(BOMB, "gzip")
    assert caught.value.status == 413
    with pytest.raises(GatewayFailure) as caught:
        answer_body(BOMB, "gzip")
    assert caught.value.status == 500


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("", ""),
        ("*", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "gzip"),
        ("br, deflate", "deflate"),
        ("gzip;q=0.5, deflate;q=0.9", "deflate"),
        ("gzip;q=0.5, br", ""),
        ("identity, gzip;q=0.9", ""),
        ("GZIP; q=1", "gzip"),
        ("gzip;q=0", ""),
        ("gzip;q=x", ""),
        ("gzip;level=9", "gzip"),
    ],
)
def test_preferred(accept: str, coding: str) -> None:
    assert preferred(accept) == coding


def _gateway(integration: dict[str, Any], minimum: int | None, backend: Remembering | None = None) -> Any:
    document = one(method(integration))
    if minimum is not None:
        document["x-amazon-apigateway-minimum-compression-size"] = minimum
    return gateway_of(document, backend)


ECHO = mock(
    '{"statusCode": 200}#set($context.responseOverride.header.was = $input.body)', responseTemplates={"application/json": "12345"}
)


def test_requests_lose_their_coding_before_anything_reads_them() -> None:
    gateway = _gateway(ECHO, 0)
    answer = ask(gateway, body=gzip.compress(TEXT, mtime=0), headers=[("Content-Encoding", "gzip")])
    assert (answer.status, header(answer.headers, "was")) == (200, TEXT.decode())
    assert ask(gateway, body=TEXT, headers=[("Content-Encoding", "gzip")]).status == 415
    assert ask(gateway, body=TEXT, headers=[("Content-Encoding", "br")]).status == 415
    assert ask(gateway, body=BOMB, headers=[("Content-Encoding", "gzip")]).status == 413


def test_backends_do_not_see_the_coding_any_more() -> None:
    backend = Remembering()
    ask(_gateway(http(kind="http_proxy"), 0, backend), body=gzip.compress(TEXT, mtime=0), headers=[("Content-Encoding", "gzip")])
    assert (backend.requests[0].body, header(backend.requests[0].headers, "Content-Encoding")) == (TEXT, None)
    backend = Remembering(result={})
    ask(_gateway(function(), 0, backend), body=gzip.compress(TEXT, mtime=0), headers=[("Content-Encoding", "gzip")])
    assert backend.events[0]["body"] == TEXT.decode()
    assert "Content-Encoding" not in backend.events[0]["headers"]


def test_without_a_minimum_nothing_is_touched() -> None:
    backend = Remembering(result={"body": "x" * 100})
    answer = ask(
        _gateway(function(), None, backend), body=TEXT, headers=[("Content-Encoding", "deflate"), ("Accept-Encoding", "gzip")]
    )
    assert (answer.body, header(answer.headers, "Content-Encoding")) == (b"x" * 100, None)
    assert backend.events[0]["headers"]["Content-Encoding"] == "deflate"


@pytest.mark.parametrize(
    ("minimum", "accept", "coding"), [(5, "gzip", "gzip"), (5, "deflate", "deflate"), (6, "gzip", None), (0, "*", None)]
)
def test_answers_are_compressed_for_who_asks(minimum: int, accept: str, coding: str | None) -> None:
    answer = ask(_gateway(ECHO, minimum), headers=[("Accept-Encoding", accept)])
    assert header(answer.headers, "Content-Encoding") == coding
    assert inflated(answer.body, coding or "") == b"12345"


def test_what_has_a_coding_keeps_it() -> None:
    backend = Remembering(result={"body": "x" * 100, "headers": {"Content-Encoding": "br"}})
    answer = ask(_gateway(function(), 0, backend), headers=[("Accept-Encoding", "gzip")])
    assert (answer.body, header(answer.headers, "Content-Encoding")) == (b"x" * 100, "br")


@pytest.mark.parametrize(
    ("coding", "body", "plain", "left"),
    [
        ("gzip", gzip.compress(TEXT, mtime=0), TEXT, None),
        ("deflate", zlib.compress(TEXT), TEXT, None),
        ("br", b"\x8b\x03\x80", b"\x8b\x03\x80", "br"),
        ("br", b"", b"", None),
        ("gzip", TEXT, TEXT, None),
        ("odd", TEXT, TEXT, None),
    ],
)
def test_http_proxy_hands_on_plain_bodies(coding: str, body: bytes, plain: bytes, left: str | None) -> None:
    backend = Remembering(HttpResponse(200, [("Content-Encoding", coding)], body))
    answer = ask(_gateway(http(kind="http_proxy"), None, backend))
    assert (answer.status, answer.body, header(answer.headers, "Content-Encoding")) == (200, plain, left)


def test_an_answer_that_becomes_too_large_is_an_error() -> None:
    backend = Remembering(HttpResponse(200, [("Content-Encoding", "gzip")], BOMB))
    assert ask(_gateway(http(kind="http_proxy"), None, backend)).status == 500
