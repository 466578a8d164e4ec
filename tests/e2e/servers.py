"""`vtl serve` in a process of its own, and plain requests to it."""

from __future__ import annotations

import http.client
import json
import os
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.commands import ROOT


@dataclass
class Server:
    """A running server: its process, its port, and the lines that it has written on standard error."""

    process: subprocess.Popen[str]
    port: int
    lines: queue.Queue[str]

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers with small names, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def line(self, wanted: str, seconds: float = 20) -> str:
        """The next line on standard error with these words in it."""
        end = time.monotonic() + seconds
        while True:
            found = self.lines.get(timeout=max(0.1, end - time.monotonic()))
            if wanted in found:
                return found


@contextmanager
def serving(folder: Path, *arguments: str, **variables: str) -> Iterator[Server]:
    """`vtl serve` on a free port of 127.0.0.1, until the block ends."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **variables}
    command = [sys.executable, "-m", "vtl", "serve", "--port", "0", *arguments]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    ) as process:
        lines: queue.Queue[str] = queue.Queue()
        assert process.stderr is not None
        threading.Thread(target=_pump, args=(process.stderr, lines), daemon=True).start()
        try:
            while True:
                line = lines.get(timeout=30)
                found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
                if found:
                    break
            yield Server(process, int(found[1]), lines)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _pump(stream: Any, lines: queue.Queue[str]) -> None:
    for line in stream:
        lines.put(line.rstrip("\n"))


def mock(template: str, **more: Any) -> dict[str, Any]:
    """An operation that answers with a template."""
    integration = {
        "type": "mock",
        "passthroughBehavior": "never",
        "requestTemplates": {"application/json": '{"statusCode": 200}'},
        "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": template}, **more}},
    }
    return {"responses": {"200": {"description": "ok"}}, "x-amazon-apigateway-integration": integration}


def write_api(path: Path, paths: dict[str, Any], **more: Any) -> None:
    """An OpenAPI document."""
    path.write_text(json.dumps({"openapi": "3.0.1", "info": {"title": path.stem, "version": "1"}, "paths": paths, **more}))
