"""Which API answers a request when one server has several: `Mount` and `Mounts`.

`/stage/path`, as AWS has it, and `/path` both reach an API. Of several APIs a request chooses by its Host (`name.localhost`, or
the API's id as on AWS), by `/name/...`, else the first one with a route for it answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from vtl.gateway.watch import Watch
from vtl.messages import HttpRequest, HttpResponse, header


class Answerer(Protocol):
    """What a mount needs of a gateway."""

    async def handle_async(self, request: HttpRequest, *, watch: Watch | None = None) -> HttpResponse:
        """Answer one request, and tell `watch` of it."""

    def has_route(self, method: str, path: str) -> bool:
        """Whether a method of the API takes the request."""


@dataclass(frozen=True, slots=True)
class Mount:
    """An API on the server: its name there, its stage, and the gateway that walks requests through it."""

    name: str
    stage: str
    gateway: Answerer
    api_id: str = ""
    spelling: Mapping[str, str] = field(default_factory=dict)
    """How the API spells headers, by their names in lower case, in which servers hand them over."""

    def inside(self, method: str, path: str) -> str:
        """The path without the stage. A resource of the stage's name is reached without a stage in front too."""
        prefix = f"/{self.stage}"
        if path != prefix and not path.startswith(f"{prefix}/"):
            return path
        rest = path[len(prefix) :] or "/"
        return path if not self.gateway.has_route(method, rest) and self.gateway.has_route(method, path) else rest


@dataclass(frozen=True, slots=True)
class Mounts:
    """The APIs of a server, in the order in which they were given."""

    all: Sequence[Mount]

    def find(self, request: HttpRequest) -> tuple[Mount, HttpRequest]:
        """The API that answers, and the request with path and headers as that API knows them."""
        mount, path = self._named(request)
        if mount is None:
            mount = next((each for each in self.all if _takes(each, request.method, path)), self.all[0])
        inside = mount.inside(request.method, path)
        if inside != request.path:
            request = replace(request, path=inside)
        if mount.spelling:
            spelt = [(mount.spelling.get(name.lower(), name), value) for name, value in request.headers]
            request = replace(request, headers=spelt)
        return mount, request

    def _named(self, request: HttpRequest) -> tuple[Mount | None, str]:
        """The API that the Host or the first part of the path names, and what is left of the path."""
        if len(self.all) == 1:
            return self.all[0], request.path
        label = (header(request.headers, "Host") or "").split(".", 1)[0].lower()
        for mount in self.all:
            if label and label in (mount.name.lower(), mount.api_id.lower()):
                return mount, request.path
        first, slash, rest = request.path.removeprefix("/").partition("/")
        for mount in self.all:
            if first == mount.name:
                return mount, f"/{rest}" if slash else "/"
        return None, request.path


def _takes(mount: Mount, method: str, path: str) -> bool:
    return mount.gateway.has_route(method, mount.inside(method, path))
