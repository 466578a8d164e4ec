"""`--backend PATTERN=TARGET`: what answers in the place of a backend.

A pattern is a glob over the integration's URI or ARN with its variables filled in, over the URL of the request, or `lambda:NAME`;
the first one that fits counts. A target is a file or a folder of recorded answers, a URL (for a function: of a Lambda runtime),
`module:function`, or `soap:FILE.wsdl`, a service that answers from its WSDL.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from vtl.errors import InputError
from vtl.gateway.backends.aws_calls import invocation_request, invocation_result
from vtl.gateway.backends.defaults import AWS, HTTP, LAMBDA, DefaultBackends
from vtl.gateway.backends.functions import function_named, handler_call, is_coroutine
from vtl.gateway.backends.http import check_url
from vtl.gateway.backends.recorded import recorded_answer, recorded_result
from vtl.messages import HttpRequest, HttpResponse

_FUNCTION = "lambda:"


@dataclass(frozen=True, slots=True)
class Target:
    """What answers for a pattern: `call` for requests, `function` for functions; both are told whether an event loop waits."""

    pattern: str
    call: Callable[[HttpRequest, bool], Any]
    function: Callable[[str, object, bool], Any]

    def takes(self, request: HttpRequest) -> bool:
        """Whether a request is for it."""
        return any(fnmatchcase(each, self.pattern) for each in (request.uri, request.url, request.url.partition("?")[0]))

    def takes_function(self, name: str) -> bool:
        """Whether a function, called `name` or `name:alias`, is for it."""
        wanted = self.pattern.removeprefix(_FUNCTION)
        return any(fnmatchcase(each, wanted) for each in (name, name.partition(":")[0]))


class Backends:
    """Targets in front of the real things, as functions that `Gateway` takes: plain, or coroutines where `asynchronous`."""

    def __init__(self, targets: Iterable[Target], region: str):
        self._targets = tuple(targets)
        self._defaults = DefaultBackends(region)

    def mapping(self) -> dict[str, Callable[..., Any]]:
        """For `Gateway(backends=...)`. Each answers at once in a plain call, and with something to await inside an event loop."""
        return {
            HTTP: lambda request: self._request(HTTP, request),
            AWS: lambda request: self._request(AWS, request),
            LAMBDA: self._function,
        }

    def _request(self, kind: str, request: HttpRequest) -> Any:
        asynchronous = _in_a_loop()
        for target in self._targets:
            if target.takes(request):
                return target.call(request, asynchronous)
        return self._default(kind, asynchronous, request.insecure)(request)

    def _function(self, name: str, event: object) -> Any:
        asynchronous = _in_a_loop()
        for target in self._targets:
            if target.takes_function(name):
                return target.function(name, event, asynchronous)
        return self._default(LAMBDA, asynchronous, False)(name, event)

    def _default(self, kind: str, asynchronous: bool, insecure: bool) -> Callable[..., Any]:
        make = self._defaults.coroutine if asynchronous else self._defaults.plain
        return make(kind, insecure=insecure)


def _in_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def read_targets(pairs: Iterable[str], folder: Path, region: str = "us-east-1") -> list[Target]:
    """The targets of `PATTERN=TARGET` pairs; files are looked for from the folder. InputError for what is none."""
    found = []
    for pair in pairs:
        pattern, _, text = pair.rpartition("=")
        if not pattern or not text:
            raise InputError(f"{pair!r} is no PATTERN=TARGET", hint="lambda:list-pets=handlers:list_pets, 'https://*=answers/'")
        found.append(target_of(pattern, text, folder, region))
    return found


def target_of(pattern: str, text: str, folder: Path, region: str = "us-east-1") -> Target:
    """The target that a text names. InputError when it names none."""
    if text.startswith(("http://", "https://")):
        return _address(pattern, check_url(text), DefaultBackends(region), region)
    place = folder / text
    if place.exists():
        return Target(
            pattern, lambda request, _: recorded_answer(place, request), lambda name, _event, _: recorded_result(place, name)
        )
    if ":" not in text:
        raise InputError(f"{text!r} is no file, no URL and no module:function")
    call = function_named(text, folder)
    return Target(
        pattern, _calling(call), lambda name, event, asynchronous: _calling(handler_call(call), call)(name, event, asynchronous)
    )


def _calling(call: Callable[..., Any], judged: Callable[..., Any] | None = None) -> Callable[..., Any]:
    """A function of the user's, in a thread when an event loop must not wait for it."""

    def run(*arguments: Any) -> Any:
        *given, asynchronous = arguments
        if asynchronous and not is_coroutine(judged or call):
            return asyncio.to_thread(call, *given)
        return call(*given)

    return run


def _address(pattern: str, url: str, defaults: DefaultBackends, region: str) -> Target:
    """Requests go to another host, functions to a runtime's endpoint."""

    def call(request: HttpRequest, asynchronous: bool) -> Any:
        make = defaults.coroutine if asynchronous else defaults.plain
        return make(HTTP, insecure=request.insecure)(moved(request, url))

    def function(name: str, event: object, asynchronous: bool) -> Any:
        make = defaults.coroutine if asynchronous else defaults.plain
        answer = make(HTTP, insecure=False)(invocation_request(name, event, region, url=url))
        return _awaited(answer) if inspect.isawaitable(answer) else invocation_result(answer)

    return Target(pattern, call, function)


async def _awaited(answer: Any) -> object:
    result: HttpResponse = await answer
    return invocation_result(result)


def moved(request: HttpRequest, url: str) -> HttpRequest:
    """The request at another host, its path behind that of the URL."""
    there, here = urlsplit(url), urlsplit(request.url)
    path = f"{there.path.rstrip('/')}{here.path}"
    headers = [pair for pair in request.headers if pair[0].lower() != "host"]
    return replace(request, url=urlunsplit((there.scheme, there.netloc, path, here.query, "")), headers=headers)


def backends_of(targets: Mapping[str, str], pairs: Iterable[str], folder: Path, region: str) -> dict[str, Callable[..., Any]]:
    """For `Gateway(backends=...)`: pairs of the command line before `[tool.vtl.backends]`, whose files lie under `folder`."""
    listed = [*read_targets(pairs, Path(), region), *(target_of(name, text, folder, region) for name, text in targets.items())]
    return Backends(listed, region).mapping()
