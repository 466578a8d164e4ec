"""`python -m benchmarks.soak`: mixed good and bad requests to `vtl serve` for a while, with a backend that fails one time in ten.

Each request is known with the answer that AWS's rules ask for; any other answer is told, and ends the run with status 1, as does
memory that goes on growing. Needs the extra `server`, and /proc for the memory.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.backend import FAILURES, Backend, failure_of

JSON = {"Content-Type": "application/json"}
MODEL = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}
FORBIDDEN = b'{"message":"Missing Authentication Token"}'
SERVER_ERROR = b'{"message": "Internal server error"}'
ROOM = 12
"""Megabytes between two peaks of memory that say nothing: the size of the largest body on its way."""
INVALID = b'{"message": "Invalid request body"}'
FAILS = {"application/json": '#set($text = "abc")$text.substring(7)'}
PARAMETERS = {"application/json": '{"id":"$input.params(\'id\')","q":"$input.params(\'q\')"}'}


@dataclass(frozen=True)
class Case:
    """One request and the answer that it must get; a body of None is any."""

    name: str
    method: str
    path: str
    status: int
    body: bytes | None = None
    sent: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: JSON)


def _operation(integration: dict[str, Any], **more: Any) -> dict[str, Any]:
    answers = {code: {"description": code} for code in ("200", "502")}
    return {"post": {"responses": answers, "x-amazon-apigateway-integration": {"httpMethod": "POST", **integration}, **more}}


def document(backend: int) -> dict[str, Any]:
    """An API with every kind of integration, over a backend at this port."""
    default = {"default": {"statusCode": "200"}}
    json_in = {"application/json": "$input.json('$')"}
    mock = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200, "n": $input.json(\'$.n\')}'}}
    told = {"default": {"statusCode": "200", "responseTemplates": PARAMETERS}}
    http = {"type": "http", "uri": f"http://127.0.0.1:{backend}/plain", "timeoutInMillis": 1000, "requestTemplates": json_in}
    failed = {"statusCode": "502", "responseTemplates": {"application/json": '{"failed":true}'}}
    function = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:{}/invocations"
    checked = {
        "parameters": [{"name": "page", "in": "query", "required": True, "schema": {"type": "string"}}],
        "requestBody": {"content": {"application/json": {"schema": MODEL}}},
        "x-amazon-apigateway-request-validator": "all",
    }
    return {
        "openapi": "3.0.1",
        "info": {"title": "soak", "version": "1"},
        "x-amazon-apigateway-request-validators": {"all": {"validateRequestBody": True, "validateRequestParameters": True}},
        "paths": {
            "/mock/{id}": _operation({**mock, "responses": told}),
            "/never": _operation({**mock, "passthroughBehavior": "never", "responses": default}),
            "/broken": _operation({**mock, "responses": {"default": {"statusCode": "200", "responseTemplates": FAILS}}}),
            "/checked": _operation({**mock, "responses": told}, **checked),
            "/plain": _operation({**http, "responses": {**default, "5\\d{2}": failed}}),
            "/proxied": _operation({"type": "http_proxy", "uri": f"http://127.0.0.1:{backend}/proxied", "timeoutInMillis": 1000}),
            "/function": _operation({"type": "aws_proxy", "uri": function.format("answers")}),
        },
    }


def cases(number: int) -> Iterator[Case]:
    """The requests of one round, one of each kind."""
    sent = b'{"n":%d}' % number
    long = b'{"n":%d,"text":"%s"}' % (number, b"x" * (number % 500))
    yield Case("mock", "POST", f"/mock/{number}?q=a%20{number}", 200, b'{"id":"%d","q":"a %d"}' % (number, number), long)
    yield Case("passthrough never", "POST", "/never", 415, None, b"<a/>", {"Content-Type": "text/xml"})
    yield Case("no such route", "POST", f"/nowhere/{number}", 403, FORBIDDEN, long)
    yield Case("a method that is not there", "DELETE", "/mock/1", 403, FORBIDDEN)
    yield Case("a template that fails", "POST", "/broken", 500, SERVER_ERROR, long)
    yield Case("valid", "POST", "/checked?page=1", 200, b'{"id":"","q":""}', sent)
    yield Case("a parameter missing", "POST", "/checked", 400, None, sent)
    yield Case("an invalid body", "POST", "/checked?page=1", 400, INVALID, b'{"n": "no"}')
    yield Case("not JSON", "POST", "/checked?page=1", 400, INVALID, b"\xff\xfe{")
    if number % 200 == 0:
        yield Case("too long", "POST", "/mock/1", 413, None, b" " * 10_500_000)
    yield from with_backend(failure_of(number), sent)


def with_backend(failure: str, sent: bytes) -> Iterator[Case]:
    """The requests that reach a backend, which echoes or fails."""
    if not failure:
        yield Case("HTTP", "POST", "/plain", 200, sent, sent)
        yield Case("HTTP_PROXY", "POST", "/proxied", 200, sent, sent)
        yield Case("function", "POST", "/function", 200, sent, sent)
        return
    answered = failure == "500"
    yield Case(f"HTTP: {failure}", "POST", "/plain", 502 if answered else 504, b'{"failed":true}' if answered else None, sent)
    yield Case(f"HTTP_PROXY: {failure}", "POST", "/proxied", 500 if answered else 504, b"{}" if answered else None, sent)
    yield Case("function: raises", "POST", "/function", 502, SERVER_ERROR, sent)


def answers(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The function behind `/function`."""
    if failure_of(json.loads(event["body"])["n"]):
        raise RuntimeError("one time in ten")
    return {"statusCode": 200, "body": event["body"]}


class Client(threading.Thread):
    """Rounds over one kept connection until the end; counts the answers, keeps the wrong ones."""

    def __init__(self, port: int, numbers: range, end: float) -> None:
        super().__init__(daemon=True)
        self.port, self.numbers, self.end = port, numbers, end
        self.counts: Counter[tuple[str, int]] = Counter()
        self.wrong: list[str] = []

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        for number in self.numbers:
            if time.monotonic() > self.end:
                break
            for case in cases(number):
                try:
                    self._ask(connection, case)
                except OSError as error:
                    self.wrong.append(f"{case}: {error!r}")
                    connection.close()
            if number % 50 == 0:
                self._nonsense()
        connection.close()

    def _ask(self, connection: http.client.HTTPConnection, case: Case) -> None:
        connection.request(case.method, case.path, case.sent or None, case.headers)
        answer = connection.getresponse()
        body = answer.read()
        self.counts[case.name, answer.status] += 1
        if answer.status != case.status or case.body not in (None, body):
            self.wrong.append(f"{case.name}: {answer.status} {body[:200]!r} instead of {case.status} {case.body!r}")

    def _nonsense(self) -> None:
        """Bytes that are no request, and a client that leaves in the middle of one."""
        with socket.create_connection(("127.0.0.1", self.port)) as wire:
            wire.sendall(b"\x16\x03\x01 nonsense\r\n\r\n")
            status = int((wire.recv(100).split() or [b"", b"0"])[1])
            self.counts["nonsense", status] += 1
            if status != 400:
                self.wrong.append(f"nonsense: {status}")
        with socket.create_connection(("127.0.0.1", self.port)) as wire:
            wire.sendall(b"POST /plain HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{")


@contextmanager
def _serving(folder: Path, backend: int) -> Iterator[tuple[int, int]]:
    """`vtl serve` over that backend: its process and its port."""
    (folder / "api.json").write_text(json.dumps(document(backend)), encoding="utf-8")
    options = ["--port", "0", "--log-format", "none", "-b", "lambda:*=benchmarks.soak:answers"]
    command = [sys.executable, "-m", "vtl", "serve", *options, str(folder / "api.json")]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        found = (re.search(r"http://127\.0\.0\.1:(\d+)", line) for line in server.stderr)
        port = next((int(each[1]) for each in found if each), 0)
        if not port:
            raise SystemExit("the server did not start")
        threading.Thread(target=server.stderr.read, daemon=True).start()
        yield server.pid, port
    finally:
        server.terminate()
        server.wait()


def _megabytes(process: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


def watch(clients: list[Client], measured: Callable[[], float], every: float) -> list[float]:
    """The memory, in megabytes, until the clients have ended."""
    memory = []
    while any(client.is_alive() for client in clients):
        time.sleep(every)
        memory.append(measured())
    return memory


def report(clients: list[Client], memory: list[float]) -> int:
    """Prints what was asked and answered; 1 when anything was wrong."""
    counts: Counter[tuple[str, int]] = sum((client.counts for client in clients), Counter())
    wrong = [each for client in clients for each in client.wrong]
    for (name, status), count in sorted(counts.items()):
        print(f"{count:8} {status} {name}")
    third = len(memory) // 3
    before, after = max(memory[third : 2 * third], default=0.0), max(memory[2 * third :], default=0.0)
    print(f"{sum(counts.values()):8} requests, {len(wrong)} wrong answers")
    print(f"memory: {memory[0]:.1f} MB at first, at most {before:.1f} MB in the second third and {after:.1f} MB in the last")
    for each in wrong[:20]:
        print(each)
    return 1 if wrong or after > before + ROOM else 0


def main() -> int:
    """Runs it; 1 when an answer was wrong or memory grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--clients", type=int, default=8)
    options = parser.parse_args()
    seconds = options.minutes * 60
    with tempfile.TemporaryDirectory() as folder, Backend() as backend, _serving(Path(folder), backend.port) as (process, port):
        end = time.monotonic() + seconds
        clients = [Client(port, range(index, 10**9, options.clients), end) for index in range(options.clients)]
        for client in clients:
            client.start()
        memory = watch(clients, lambda: _megabytes(process), seconds / 60)
        print(f"{options.minutes:g} minutes, {options.clients} clients; the backend fails one time in ten: {', '.join(FAILURES)}")
        return report(clients, memory)


if __name__ == "__main__":
    sys.exit(main())
