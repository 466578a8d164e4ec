"""The HTTP client behind the gateway: what goes over the wire, and what becomes of servers that do not behave."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

import vtl
from tests.unit.gateway.backends.servers import saying, serving, then_closing
from vtl.gateway.backends.http import MOST_BODY, AsyncHttpClient, HttpClient, check_url
from vtl.messages import HttpRequest, HttpResponse

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Send = Callable[[HttpRequest], HttpResponse]


def plain(request: HttpRequest) -> HttpResponse:
    return HttpClient()(request)


def awaited(request: HttpRequest) -> HttpResponse:
    async def run() -> HttpResponse:
        return await AsyncHttpClient()(request)

    return asyncio.run(run())


@pytest.fixture(params=[plain, awaited], ids=["plain", "coroutine"])
def send(request: pytest.FixtureRequest) -> Send:
    return request.param  # type: ignore[no-any-return]


def request_to(url: str, method: str = "GET", body: bytes = b"", seconds: float = 10, **headers: str) -> HttpRequest:
    pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return HttpRequest(method, headers=pairs, body=body, url=url, timeout=seconds)


def test_the_request_goes_out_as_it_is(send: Send) -> None:
    with serving(saying(OK)) as server:
        url = f"{server.url}/a/../b//c%2Fd;x?q=%41&q=b+c&e"
        headers = [("hOST", "other.example"), ("X-Two", "1"), ("X-two", "2"), ("X-Latin", "caf\xc3\xa9")]
        answer = send(HttpRequest("PATCH", headers=headers, body=b"\x00\xff", url=url, timeout=10))
    assert (answer.status, answer.body) == (200, b"ok")
    assert server.requests == [
        b"PATCH /a/../b//c%2Fd;x?q=%41&q=b+c&e HTTP/1.1\r\nhOST: other.example\r\nX-Two: 1\r\nX-two: 2\r\n"
        b"X-Latin: caf\xc3\xa9\r\nContent-Length: 2\r\n\r\n\x00\xff"
    ]


def test_nothing_is_added_but_a_missing_host(send: Send) -> None:
    with serving(saying(OK)) as server:
        send(request_to(f"{server.url}"))
    assert server.requests == [b"GET / HTTP/1.1\r\nHost: " + server.url[7:].encode() + b"\r\n\r\n"]


def test_lengths_and_codings_of_the_caller_are_replaced(send: Send) -> None:
    with serving(saying(OK)) as server:
        send(request_to(server.url, "POST", b"", Content_Length="99", Transfer_Encoding="chunked", Connection="close"))
    assert server.requests[0].lower().endswith(b"\r\ncontent-length: 0\r\n\r\n")
    assert b"99" not in server.requests[0].partition(b"Host")[2].partition(b"\r\n")[2]


def test_the_answer_comes_as_it_is(send: Send) -> None:
    packed = gzip.compress(b"text")
    head = b"HTTP/1.1 299 Odd\r\nset-cookie: a\r\nSet-Cookie: b\r\nContent-Encoding: gzip\r\nX-L: caf\xe9\r\n"
    with serving(saying(head + b"Content-Length: %d\r\n\r\n" % len(packed) + packed)) as server:
        answer = send(request_to(server.url))
    assert answer.status == 299
    assert list(answer.headers)[:4] == [
        ("set-cookie", "a"),
        ("Set-Cookie", "b"),
        ("Content-Encoding", "gzip"),
        ("X-L", "caf\xe9"),
    ]
    assert answer.body == packed


def test_chunks_are_put_together(send: Send) -> None:
    body = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
    with serving(saying(body)) as server:
        assert send(request_to(server.url)).body == b"abc"


def test_an_answer_without_length_ends_with_the_connection(send: Send) -> None:
    with serving(then_closing(b"HTTP/1.0 200 OK\r\n\r\nall of it")) as server:
        assert send(request_to(server.url)).body == b"all of it"


def test_redirects_are_answers(send: Send) -> None:
    with serving(saying(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n")) as server:
        assert send(request_to(server.url)).status == 302


def test_the_environment_does_not_matter(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(saying(OK)) as server:
        assert send(request_to(server.url)).status == 200


def test_connections_are_kept() -> None:
    with serving(saying(OK)) as server:
        client = HttpClient()
        for _ in range(5):
            assert client(request_to(server.url)).body == b"ok"
        assert (server.connections, len(server.requests)) == (1, 5)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 O",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"no HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 300_000 + b"\r\n\r\n",
    ],
    ids=["nothing", "half-line", "half-body", "half-chunk", "no-chunk", "no-http", "two-lengths", "negative", "endless-head"],
)
def test_broken_answers(send: Send, answer: bytes) -> None:
    with serving(then_closing(answer)) as server, pytest.raises(vtl.BackendError) as caught:
        send(request_to(server.url))
    assert not isinstance(caught.value, vtl.BackendTimeout)


def test_nobody_there(send: Send) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(vtl.BackendError, match=str(port)):
        send(request_to(f"http://127.0.0.1:{port}/"))


@pytest.mark.parametrize("url", ["ftp://x/", "http://", "http://[::1/", "http://x:99999/", "", "http://no.such.host.invalid/"])
def test_addresses_that_are_none(send: Send, url: str) -> None:
    with pytest.raises(vtl.BackendError):
        send(request_to(url))


def test_a_header_that_would_make_two(send: Send) -> None:
    with serving(saying(OK)) as server:
        with pytest.raises(vtl.BackendError):
            send(request_to(server.url, X_Evil="a\r\nX-Other: b"))
        assert not server.requests


def never(_request: bytes, _connection: socket.socket) -> None:
    """An answer that does not come."""


def drop_by_drop(_request: bytes, connection: socket.socket) -> None:
    """An answer of which always another byte comes in time."""
    for byte in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000:
        connection.sendall(bytes([byte]))
        time.sleep(0.02)


def endless(_request: bytes, connection: socket.socket) -> None:
    """An answer that is never complete."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(1000):
        connection.sendall(b"x")
        time.sleep(0.02)


@pytest.mark.parametrize("speak", [never, drop_by_drop, endless])
def test_the_time_is_for_the_whole_answer(send: Send, speak: Callable[[bytes, socket.socket], None]) -> None:
    with serving(speak) as server, pytest.raises(vtl.BackendTimeout, match=r"0\.3 seconds"):
        send(request_to(server.url, seconds=0.3))


def test_answers_have_an_end(send: Send) -> None:
    length = MOST_BODY + 1
    with (
        serving(saying(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % length + b"x" * length)) as server,
        pytest.raises(vtl.BackendError, match="10,485,760 bytes"),
    ):
        send(request_to(server.url))


def test_after_a_failure_the_client_goes_on() -> None:
    answers = iter([b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", OK])
    with serving(lambda request, connection: then_closing(next(answers))(request, connection)) as server:
        client = HttpClient()
        with pytest.raises(vtl.BackendError):
            client(request_to(server.url))
        assert client(request_to(server.url)).body == b"ok"


def test_hundreds_wait_without_threads() -> None:
    everyone = threading.Event()
    with serving(lambda _request, connection: (everyone.wait(30), connection.sendall(OK))[1]) as server:

        async def run() -> tuple[int, int, list[HttpResponse]]:
            before = threading.active_count()
            client = AsyncHttpClient()
            waiting = [asyncio.create_task(client(request_to(server.url, seconds=60))) for _ in range(300)]
            while len(server.requests) < 300:
                await asyncio.sleep(0.01)
            during = threading.active_count() - server.connections
            everyone.set()
            return before, during, await asyncio.gather(*waiting)

        before, during, answers = asyncio.run(run())
    assert during <= before + 1
    assert {answer.body for answer in answers} == {b"ok"}


@pytest.fixture
def secure(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS, and the file of the authority that nobody knows."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return context, tmp_path / "ca.pem"


def test_certificates_are_verified(send: Send, secure: tuple[ssl.SSLContext, Path]) -> None:
    with serving(saying(OK), secure[0]) as server, pytest.raises(vtl.BackendError, match="CERTIFICATE_VERIFY_FAILED"):
        send(request_to(server.url))


def test_the_authorities_are_those_of_openssl(secure: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure[1]))
    with serving(saying(OK), secure[0]) as server:
        assert HttpClient()(request_to(server.url)).body == b"ok"


def test_verification_can_be_skipped(secure: tuple[ssl.SSLContext, Path]) -> None:
    with serving(saying(OK), secure[0]) as server:
        assert HttpClient(insecure=True)(request_to(server.url)).body == b"ok"

        async def run() -> HttpResponse:
            return await AsyncHttpClient(insecure=True)(request_to(server.url))

        assert asyncio.run(run()).body == b"ok"


def test_addresses_of_targets() -> None:
    assert check_url("http://localhost:8000/x") == "http://localhost:8000/x"
    for text in ("localhost:8000", "http://", "http://x:0/", "http://x:y/"):
        with pytest.raises(vtl.InputError):
            check_url(text)


def test_given_up_connections_do_not_pile_up() -> None:
    with serving(never) as server:

        async def run() -> int:
            client = AsyncHttpClient()
            waiting = [client(request_to(server.url, seconds=0.2)) for _ in range(50)]
            answers = await asyncio.gather(*waiting, return_exceptions=True)
            assert {type(each) for each in answers} == {vtl.BackendTimeout}
            task = asyncio.create_task(client(request_to(server.url)))
            while len(server.requests) < 51:
                await asyncio.sleep(0.01)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            return len(client._pool.connections)

        assert asyncio.run(run()) == 0


def test_an_answer_to_head_has_no_body(send: Send) -> None:
    with serving(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")) as server:
        answer = send(request_to(server.url, "HEAD"))
    assert (list(answer.headers), answer.body) == ([("Content-Length", "99")], b"")
