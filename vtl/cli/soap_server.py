"""The HTTP server of `vtl soap stub`: on the loopback address only, a thread for each connection, an orderly end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from vtl.transforms.soap_stub import Stub, StubAnswer

ADDRESS = "127.0.0.1"
MOST_BYTES = 10_000_000
_SECONDS = 30


@contextmanager
def serving(stub: Stub, files: Mapping[str, bytes], *, port: int, log: Callable[[str], None]) -> Iterator[str]:
    """Serve until the block ends; the value is the URL. Port 0 is any free one.

    POST calls an operation whatever the path, GET gives the files of the description by their paths, and the first one for
    `?wsdl`. OSError when the port is taken.
    """
    server = _Server((ADDRESS, port), _Handler)
    server.stub, server.files, server.log = stub, files, log
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{ADDRESS}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    stub: Stub
    files: Mapping[str, bytes]
    log: Callable[[str], None]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _SECONDS
    server: _Server

    def do_POST(self) -> None:
        """Call an operation."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            self._send(StubAnswer(411, "text/plain", b"a Content-Length is needed\n", "411"), close=True)
        elif int(length) > MOST_BYTES:
            self._send(StubAnswer(413, "text/plain", b"the request is too long\n", "413"), close=True)
        else:
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._send(self.server.stub.answer(headers, self.rfile.read(int(length))))

    def do_GET(self) -> None:
        """Send a file of the description."""
        path, _, query = self.path.partition("?")
        files = self.server.files
        data = next(iter(files.values())) if query.lower() == "wsdl" else files.get(path.lstrip("/"))
        if data is None:
            self._send(
                StubAnswer(
                    404, "text/plain", b"operations are called with POST; ?wsdl is the description\n", f"GET {self.path}: 404"
                )
            )
        else:
            self._send(StubAnswer(200, "text/xml", data, f"GET {self.path}: 200"))

    def _send(self, answer: StubAnswer, *, close: bool = False) -> None:
        self.server.log(answer.log)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if close:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: the log has a line for each answer."""
