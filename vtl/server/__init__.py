"""The local server: gateways as an ASGI application. `asgi(api)` mounts one in an application of the user's own."""

from __future__ import annotations

from typing import Any

from vtl.errors import InputError
from vtl.model import RestApi
from vtl.server.apis import Source, mount_of
from vtl.server.application import Application
from vtl.server.mounts import Mount, Mounts

__all__ = ["Application", "asgi"]


def asgi(*apis: RestApi, stage: str | None = None, **settings: Any) -> Application:
    """An ASGI application that answers for one or several APIs, such as `vtl.load(path).apis` gives.

    `stage` is the stage's name, else the API's first one, else "test"; `settings` are arguments of `Gateway`, such as `backends`.
    Both `/stage/path` and `/path` answer, below whatever prefix it is mounted at. InputError for what is no REST API, and
    for none at all.
    """
    variables = settings.pop("stage_variables", {})
    source = Source((), stage, variables, settings)
    mounts: list[Mount] = []
    if not apis:
        raise InputError("there is no API to serve")
    for api in apis:
        if not isinstance(api, RestApi):
            raise InputError(f"a gateway serves REST APIs, not {type(api).__name__}", hint="vtl.load(path).apis gives them")
        mounts.append(mount_of(api, source, {each.name for each in mounts}, "api"))
    return Application(Mounts(tuple(mounts)))
