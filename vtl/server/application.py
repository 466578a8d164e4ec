"""`Application`: a bare ASGI application that hands each request to the gateway of the API that it is for.

See: https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence

from vtl.messages import HttpResponse
from vtl.server.lines import RequestLine
from vtl.server.mounts import Mounts
from vtl.server.origins import Origins
from vtl.server.wire import Receive, Scope, Send, path_of, read_body, request_of, send_response

HEALTH = "/_vtl/health"
Log = Callable[[RequestLine], None]


class Application:
    """The APIs of a server as one ASGI application.

    `mounts` may be replaced while it runs: requests that have begun end with the ones that they began with. `problems` is what
    the health endpoint tells: why a newer version of an API could not be taken.
    """

    def __init__(self, mounts: Mounts, *, log: Log | None = None, origins: Origins | None = None):
        self.mounts = mounts
        self.problems: Sequence[str] = ()
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
            await _lifespan(receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter() if self._log else 0.0
        body = await read_body(receive)
        if body is None:
            return
        if path_of(scope) == HEALTH:
            await send_response(send, self._health())
            return
        request = request_of(scope, body)
        mount, inside = self.mounts.find(self._origins.request(request))
        response = self._origins.response(request, await mount.gateway.handle_async(inside))
        await send_response(send, response, bodiless=request.method == "HEAD")
        if self._log:
            self._log(RequestLine(request.method, request.path, response.status, (time.perf_counter() - started) * 1e3))

    def _health(self) -> HttpResponse:
        apis = [{"name": each.name, "stage": each.stage} for each in self.mounts.all]
        text = json.dumps({"status": "stale" if self.problems else "ok", "apis": apis, "problems": list(self.problems)})
        return HttpResponse(200, [("Content-Type", "application/json")], text.encode())


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        event = await receive()
        await send({"type": f"{event['type']}.complete"})
        if event["type"] == "lifespan.shutdown":
            return
