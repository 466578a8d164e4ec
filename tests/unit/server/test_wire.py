"""Scopes become requests, answers become events, and neither breaks out of its line."""

from __future__ import annotations

import asyncio

import pytest

from tests.unit.server.fakes import scope_of
from vtl.messages import HttpResponse
from vtl.server.wire import MOST_BODY, Event, head_of, path_of, read_body, request_of, send_response


def _body(*events: Event) -> bytes | None:
    queue = list(events)

    async def receive() -> Event:
        return queue.pop(0)

    return asyncio.run(read_body(receive))


def test_a_request_has_what_was_sent() -> None:
    request = request_of(scope_of("POST", "/a%2Fb?x=1&x=a+b&y=", [("x-api-key", "k"), ("Accept", "*/*")]), b"body")
    assert (request.method, request.path, request.body, request.source_ip) == ("POST", "/a%2Fb", b"body", "127.0.0.1")
    assert list(request.query) == [("x", "1"), ("x", "a b"), ("y", "")]
    assert list(request.headers) == [("X-Api-Key", "k"), ("Accept", "*/*")]


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        (scope_of(target="/a"), "/a"),
        (scope_of(target="/api/a", root_path="/api"), "/a"),
        (scope_of(target="/api", root_path="/api"), "/"),
        (scope_of(target="/apix", root_path="/api"), "/apix"),
        ({**scope_of(), "raw_path": None, "path": "/ä b"}, "/%C3%A4%20b"),
    ],
)
def test_a_path_is_encoded_and_without_the_mount(scope: dict[str, object], path: str) -> None:
    assert path_of(scope) == path


def test_a_body_is_joined_and_cut_one_byte_after_the_limit() -> None:
    assert _body({"type": "http.request", "body": b"a", "more_body": True}, {"type": "http.request", "body": b"b"}) == b"ab"
    large = [{"type": "http.request", "body": b"x" * 1_000_000, "more_body": True}] * 12
    body = _body(*large, {"type": "http.request"})
    assert body is not None
    assert len(body) == MOST_BODY + 1


def test_a_client_that_goes_away_has_no_request() -> None:
    assert _body({"type": "http.request", "body": b"a", "more_body": True}, {"type": "http.disconnect"}) is None


def test_headers_stay_in_their_lines_and_the_server_frames_the_body() -> None:
    headers = [
        ("X-A", "1\r\nSet-Cookie: x"),
        ("bad name", "x"),
        ("Content-Length", "99"),
        ("Transfer-Encoding", "chunked"),
        ("é", "x"),
    ]
    assert head_of(HttpResponse(200, headers, b"abc")) == [(b"X-A", b"1 Set-Cookie: x"), (b"content-length", b"3")]
    assert head_of(HttpResponse(204, [("X-A", "ü€")])) == [(b"X-A", b"\xfc?")]


@pytest.mark.parametrize(("status", "sent", "body"), [(200, 200, b"x"), (204, 204, b""), (999, 502, None), (100, 502, None)])
def test_a_status_that_http_does_not_have_is_a_bad_gateway(status: int, sent: int, body: bytes | None) -> None:
    events: list[Event] = []

    async def send(event: Event) -> None:
        events.append(event)

    asyncio.run(send_response(send, HttpResponse(status, (), b"x")))
    assert events[0]["status"] == sent
    assert body is None or events[1]["body"] == body
