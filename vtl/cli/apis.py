"""The APIs of a file or folder, for the commands that work on one of them."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from vtl.cli import console
from vtl.diagnostics import Severity
from vtl.errors import InputError
from vtl.model import RestApi


def load_api(path: str, name: str | None = None) -> RestApi:
    """The REST API in a file or folder, or that of the given name or address (logical id) where there are several.

    What is wrong in the documents is shown on standard error; InputError when that stops them from being read, when there is no
    such API, and when several are there and none was named.
    """
    if not Path(path).exists():
        raise InputError(f"no such file or folder: {path!r}")
    from vtl.loaders.loading import load

    loaded = load(path)
    for diagnostic in loaded.diagnostics:
        console.complain(diagnostic)
    apis = [api for api in loaded.apis if isinstance(api, RestApi)]
    if not apis:
        broken = any(each.severity is Severity.ERROR for each in loaded.diagnostics)
        others = "an API of another kind, but " if loaded.apis else ""
        raise InputError(f"{path!r} cannot be read" if broken else f"{path!r} holds {others}no REST API")
    if name is not None:
        apis = [api for api in apis if name in (api.name, api.address)] or _unknown(name, apis, path)
    if len(apis) > 1:
        raise InputError(f"{path!r} holds {len(apis)} REST APIs", hint=f"choose one with --api: {_names(apis)}")
    return apis[0]


def _unknown(name: str, apis: list[RestApi], path: str) -> list[RestApi]:
    near = get_close_matches(name, [each for api in apis for each in (api.name, api.address) if each], 1)
    hint = f"did you mean {str(near[0])!r}?" if near else f"there is: {_names(apis)}"
    raise InputError(f"{path!r} holds no REST API named {name!r}", hint=hint)


def _names(apis: list[RestApi]) -> str:
    return ", ".join(repr(str(api.address or api.name)) for api in apis[:20])
