"""Start uvicorn around an application; the only place that knows of it."""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable

from vtl._lazy import require
from vtl.errors import InputError
from vtl.server.application import Application

_SECONDS_TO_END = 5


def run(application: Application, *, host: str, port: int, started: Callable[[str, int], None]) -> None:
    """Serve until it is interrupted, then end what has begun. `started` is told the address when the socket listens: port 0 takes
    a free one. InputError when the address cannot be had, MissingExtra without uvicorn."""
    uvicorn = require("uvicorn", "server")
    listening = _socket(host, port)
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )
    # uvicorn ends in order at SIGTERM and SIGINT, and then raises the signal again for whoever was there before.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        started(host, listening.getsockname()[1])
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
        listening.close()


def _socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(2048)
        made.set_inheritable(True)
    except (OSError, OverflowError) as error:
        made.close()
        taken = getattr(error, "errno", None) in (errno.EADDRINUSE, errno.EACCES)
        hint = "--port 0 takes a free port" if taken else "--host takes an address of this machine, such as 127.0.0.1"
        text = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"cannot listen on {host}:{port}: {text}", hint=hint) from None
    return made
