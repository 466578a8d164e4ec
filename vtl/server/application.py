"""`Application`: a bare ASGI application that hands each request to the gateway of the API that it is for.

See: https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from vtl.gateway.watch import Watch
from vtl.messages import HttpRequest, HttpResponse
from vtl.server.lines import RequestLine
from vtl.server.mounts import Mount, Mounts
from vtl.server.origins import Origins
from vtl.server.wire import Receive, Scope, Send, path_of, read_body, request_of, send_response

HEALTH = "/_vtl/health"
Log = Callable[[RequestLine, Watch, HttpResponse], None]
Background = Callable[[], Coroutine[Any, Any, None]]


class Application:
    """The APIs of a server as one ASGI application.

    `mounts` may be replaced while it runs: requests that have begun end with the ones that they began with. `problems` is what
    the health endpoint tells: why a newer version of an API could not be taken. `background` runs while the server does.
    """

    def __init__(
        self,
        mounts: Mounts,
        *,
        log: Log | None = None,
        origins: Origins | None = None,
        background: Background | None = None,
    ):
        self.mounts = mounts
        self.problems: Sequence[str] = ()
        self.background = background
        self._log = log
        self._origins = origins or Origins()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection's scope."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            # Without an answer a server would report an error of ours; closing before accepting is a 403.
            await receive()
            await send({"type": "websocket.close", "code": 1000})
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_body(receive)
        if body is None:
            return
        if path_of(scope) == HEALTH:
            await send_response(send, self._health())
            return
        request = request_of(scope, body)
        mount, inside = self.mounts.find(self._origins.request(request))
        if self._log is None:
            answer = await mount.gateway.handle_async(inside)
        else:
            answer = await self._logged(mount, request, inside)
        response = self._origins.response(request, answer)
        await send_response(send, response, bodiless=request.method == "HEAD")

    async def _logged(self, mount: Mount, request: HttpRequest, inside: HttpRequest) -> HttpResponse:
        watch, started = Watch(), time.perf_counter()
        response = await mount.gateway.handle_async(inside, watch=watch)
        ms = (time.perf_counter() - started) * 1e3
        template = watch.templates[-1] if watch.templates else ""
        line = RequestLine(request.method, request.path, response.status, ms, template, mount.name)
        assert self._log is not None
        self._log(line, watch, response)
        return response

    def _health(self) -> HttpResponse:
        apis = [{"name": each.name, "stage": each.stage} for each in self.mounts.all]
        text = json.dumps({"status": "stale" if self.problems else "ok", "apis": apis, "problems": list(self.problems)})
        return HttpResponse(200, [("Content-Type", "application/json")], text.encode())

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        task: asyncio.Task[None] | None = None
        while True:
            event = await receive()
            if event["type"] == "lifespan.startup" and self.background is not None:
                task = asyncio.create_task(self.background())
            if event["type"] == "lifespan.shutdown" and task is not None:
                task.cancel()
            await send({"type": f"{event['type']}.complete"})
            if event["type"] == "lifespan.shutdown":
                return
