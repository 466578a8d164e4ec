"""A server that says exactly what a test wants, byte for byte, and keeps what it heard."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


class Server:
    """Listens on loopback. `speak` gets each request's bytes and the connection, and answers on it as it likes."""

    def __init__(self, speak: Callable[[bytes, socket.socket], None], context: ssl.SSLContext | None = None):
        self._speak, self._context = speak, context
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.requests: list[bytes] = []
        self.connections = 0
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
                self._open.append(connection)
            while request := _request(connection):
                self.requests.append(request)
                self._speak(request, connection)

    def close(self) -> None:
        """Stop listening, and close every connection."""
        for each in (self._listener, *self._open):
            with suppress(OSError):
                each.close()


def _request(connection: socket.socket) -> bytes:
    """One request: its head, and as much body as its Content-Length says."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return b""
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def serving(speak: Callable[[bytes, socket.socket], None], context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server for the time of a test."""
    server = Server(speak, context)
    try:
        yield server
    finally:
        server.close()


def saying(answer: bytes) -> Callable[[bytes, socket.socket], None]:
    """A server's words that are always the same."""
    return lambda _request, connection: connection.sendall(answer)


def then_closing(answer: bytes) -> Callable[[bytes, socket.socket], None]:
    """The same, and then the connection is closed."""

    def speak(_request: bytes, connection: socket.socket) -> None:
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_RDWR)

    return speak
