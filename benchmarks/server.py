"""`python -m benchmarks.server`: requests per second of `vtl serve`'s application, beside a bare ASGI application.

The bare one reads the body and sends it back. Both run on the same server, one worker, 32 connections, in one run. The API is a
MOCK with a template that passes the body on in both directions, and no request log. Needs the extra `server`, and wrk (Debian's
package) for the load.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ECHO = "benchmarks.server:echo"
OURS = "benchmarks.server:ours"
AT_LEAST = 0.15
SCRIPT = 'wrk.method = "POST"\nwrk.body = \'{"name": "Ada", "age": 36}\'\nwrk.headers["Content-Type"] = "application/json"\n'
DOCUMENT = {
    "openapi": "3.0.1",
    "info": {"title": "bench", "version": "1"},
    "paths": {
        "/things/{id}": {
            "post": {
                "responses": {"200": {"description": "the body again"}},
                "x-amazon-apigateway-integration": {
                    "type": "mock",
                    "passthroughBehavior": "never",
                    "requestTemplates": {"application/json": '{"statusCode": 200, "body": $input.json(\'$\')}'},
                    "responses": {
                        "default": {"statusCode": "200", "responseTemplates": {"application/json": "$input.json('$')"}}
                    },
                },
            }
        }
    },
}


async def echo(scope, receive, send):  # type: ignore[no-untyped-def]
    """The bare application."""
    if scope["type"] != "http":
        return
    body = b""
    while True:
        event = await receive()
        body += event.get("body", b"")
        if not event.get("more_body"):
            break
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _ours():  # type: ignore[no-untyped-def]
    import vtl
    from vtl.server import asgi

    return asgi(*vtl.load(DOCUMENT).apis)


def __getattr__(name: str) -> object:
    """The application is made when the server asks for it."""
    if name == "ours":
        return _ours()
    raise AttributeError(name)


def measure(application: str, script: Path, seconds: int) -> float:
    """Requests per second. The server takes a free port and is ended by its id."""
    command = [sys.executable, "-m", "uvicorn", application, "--port", "0", "--no-access-log", "--lifespan", "off"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        port = next(found[1] for line in server.stderr if (found := re.search(r"http://127\.0\.0\.1:(\d+)", line)))
        url = f"http://127.0.0.1:{port}/things/1"
        load = ["wrk", "-t1", "-c32", "-s", str(script)]
        subprocess.run([*load, "-d1s", url], capture_output=True, check=True)
        done = subprocess.run([*load, f"-d{seconds}s", url], capture_output=True, text=True, check=True)
    finally:
        server.terminate()
        server.wait()
    if "Non-2xx" in done.stdout:
        raise SystemExit(done.stdout)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])  # type: ignore[index]


def main() -> int:
    """Prints both and their ratio; 1 when it is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "post.lua"
        script.write_text(SCRIPT, encoding="utf-8")
        rounds = [[measure(each, script, options.seconds) for each in (ECHO, OURS)] for _ in range(options.rounds)]
    bare, ours = (statistics.median(each) for each in zip(*rounds, strict=True))
    print(f"bare ASGI echo {bare:9.0f} requests/s\nours           {ours:9.0f} requests/s")
    print(f"ratio          {ours / bare:9.3f}  (asked for {AT_LEAST})")
    return 0 if ours / bare >= AT_LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
