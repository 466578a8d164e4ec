"""A backend that echoes JSON and fails one time in ten, in one of five ways."""

from __future__ import annotations

import json
import re
import socket
import socketserver
import threading
import time

FAILURES = ("500", "closes at once", "half an answer", "never answers", "nonsense")


def failure_of(number: int) -> str:
    """How the request with this number fails; empty when it doesn't."""
    return "" if number % 10 else FAILURES[number // 10 % len(FAILURES)]


def _head(status: str, length: int) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n".encode()


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        while self._one():
            pass

    def _one(self) -> bool:
        """Answers a request; whether the connection stays."""
        length = None
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            found = re.match(rb"content-length: (\d+)", line, re.IGNORECASE)
            length = int(found[1]) if found else length
        if length is None:
            return False
        body = self.rfile.read(length)
        failure = failure_of(json.loads(body)["n"])
        if failure == "500":
            self.wfile.write(_head("500 Internal Server Error", 2) + b"{}")
        elif failure == "half an answer":
            self.wfile.write(_head("200 OK", len(body)) + body[:3])
        elif failure == "never answers":
            time.sleep(3)
        elif failure == "nonsense":
            self.wfile.write(b"\x00\x01 nonsense\r\n\r\n")
        elif not failure:
            self.wfile.write(_head("200 OK", len(body)) + body)
        return failure in ("", "500")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A gateway that has left is none of this server's business."""


class Backend:
    """`with Backend() as backend`: it listens on `backend.port` of 127.0.0.1."""

    def __enter__(self) -> Backend:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *ignored: object) -> None:
        self._server.shutdown()
        self._server.server_close()
