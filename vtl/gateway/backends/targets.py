"""`--backend PATTERN=TARGET`: what answers in the place of a backend.

A pattern is a glob over the integration's URI or ARN with its variables filled in, over the URL of the request, or over the name
or ARN of a function, `lambda:NAME`; the first one that fits counts. Account numbers in ARNs are not minded. A target is a file or
a folder of recorded answers, a URL (for a function: of a Lambda runtime), `module:function`, or `soap:FILE.wsdl`, a service that
answers from its WSDL, with recorded answers as `soap:FILE.wsdl?answers=FOLDER`.
"""

from __future__ import annotations

import asyncio
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Any

from vtl.errors import BackendError, InputError
from vtl.gateway.backends.aws_calls import invocation_request, invocation_result, moved
from vtl.gateway.backends.defaults import AWS, HTTP, LAMBDA, DefaultBackends
from vtl.gateway.backends.functions import function_named, handler_call, is_coroutine
from vtl.gateway.backends.http import check_url
from vtl.gateway.backends.recorded import recorded_answer, recorded_result
from vtl.messages import HttpRequest, HttpResponse

_FUNCTION = "lambda:"
_SOAP = "soap:"
_NO_ACCOUNT = "000000000000"
_ACCOUNT = re.compile(r":\d{12}:")
_TARGET = re.compile(r"=(?=https?://|soap:)")


@dataclass(frozen=True, slots=True)
class Target:
    """What answers for a pattern: `call` for requests, `function` for functions; both are told whether an event loop waits."""

    pattern: str
    call: Callable[[HttpRequest, bool], Any]
    function: Callable[[str, object, bool], Any]

    def takes(self, request: HttpRequest) -> bool:
        """Whether a request is for it."""
        return any(fnmatchcase(each, self.pattern) for each in (request.uri, request.url, request.url.partition("?")[0]))

    def takes_function(self, name: str, region: str = "us-east-1") -> bool:
        """Whether a function, called `name` or `name:alias`, is for it."""
        wanted = _ACCOUNT.sub(":*:", self.pattern.removeprefix(_FUNCTION))
        names = (name, name.partition(":")[0])
        arns = [f"arn:aws:lambda:{region}:{_NO_ACCOUNT}:function:{each}" for each in names]
        uris = [f"arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations" for arn in arns]
        return any(fnmatchcase(each, wanted) for each in (*names, *arns, *uris))


class NoTarget(BackendError):
    """No target is for this request, and the real thing is not to be asked."""


@dataclass(frozen=True, slots=True)
class Backend:
    """A backend in two forms: called itself it gives the answer, `later` may give something to await instead."""

    plain: Callable[..., Any]
    later: Callable[..., Any]

    def __call__(self, *arguments: Any) -> Any:
        """The answer, now. Whoever drives the gateway in an event loop calls `later`."""
        return self.plain(*arguments)


class Backends:
    """Targets in front of the real things, or of nothing where those are not to be asked, as functions that `Gateway` takes."""

    def __init__(self, targets: Iterable[Target], region: str, *, real: bool = True):
        self._targets = tuple(targets)
        self._real = real
        self._region = region
        self._defaults = DefaultBackends(region)

    def mapping(self) -> dict[str, Backend]:
        """For `Gateway(backends=...)`."""
        return {
            HTTP: Backend(partial(self._request, HTTP, False), partial(self._request, HTTP, True)),
            AWS: Backend(partial(self._request, AWS, False), partial(self._request, AWS, True)),
            LAMBDA: Backend(partial(self._function, False), partial(self._function, True)),
        }

    def _request(self, kind: str, asynchronous: bool, request: HttpRequest) -> Any:
        for target in self._targets:
            if target.takes(request):
                return target.call(request, asynchronous)
        return self._default(kind, asynchronous, request.insecure)(request)

    def _function(self, asynchronous: bool, name: str, event: object) -> Any:
        for target in self._targets:
            if target.takes_function(name, self._region):
                return target.function(name, event, asynchronous)
        return self._default(LAMBDA, asynchronous, False)(name, event)

    def _default(self, kind: str, asynchronous: bool, insecure: bool) -> Callable[..., Any]:
        if not self._real:
            raise NoTarget("nothing stands in for this backend")
        make = self._defaults.coroutine if asynchronous else self._defaults.plain
        return make(kind, insecure=insecure)


def read_targets(pairs: Iterable[str], folder: Path, region: str = "us-east-1") -> list[Target]:
    """The targets of `PATTERN=TARGET` pairs; files are looked for from the folder. InputError for what is none."""
    found = []
    for pair in pairs:
        pattern, text = split_pair(pair)
        if not pattern or not text:
            raise InputError(f"{pair!r} is no PATTERN=TARGET", hint="lambda:list-pets=handlers:list_pets, 'https://*=answers/'")
        found.append(target_of(pattern, text, folder, region))
    return found


def split_pair(pair: str) -> tuple[str, str]:
    """Pattern and target. Both may hold `=`: the one before a URL or `soap:` parts them, else the last one."""
    found = list(_TARGET.finditer(pair))
    if found:
        at = next((each for each in found if each.start() > 0), found[0]).start()
        return pair[:at], pair[at + 1 :]
    pattern, _, text = pair.rpartition("=")
    return pattern, text


def target_of(pattern: str, text: str, folder: Path, region: str = "us-east-1") -> Target:
    """The target that a text names. InputError when it names none."""
    if text.startswith(("http://", "https://")):
        return _address(pattern, check_url(text), DefaultBackends(region), region)
    if text.startswith(_SOAP):
        wsdl, _, answers = text.removeprefix(_SOAP).partition("?answers=")
        return _service(pattern, folder / wsdl, folder / answers if answers else None)
    place = folder / text
    if place.exists():
        return Target(
            pattern, lambda request, _: recorded_answer(place, request), lambda name, _event, _: recorded_result(place, name)
        )
    if ":" not in text or "://" in text:
        raise InputError(f"{text!r} is no file or folder, no address with http:// or https://, and no module:function")
    call = function_named(text, folder)
    return Target(
        pattern,
        _calling(call),
        lambda name, event, asynchronous: _calling(handler_call(call, region), call)(name, event, asynchronous),
    )


def _calling(call: Callable[..., Any], judged: Callable[..., Any] | None = None) -> Callable[..., Any]:
    """A function of the user's, in a thread when an event loop must not wait for it."""

    def run(*arguments: Any) -> Any:
        *given, asynchronous = arguments
        if asynchronous and not is_coroutine(judged or call):
            return asyncio.to_thread(call, *given)
        return call(*given)

    return run


def _service(pattern: str, wsdl: Path, answers: Path | None) -> Target:
    """A SOAP service that answers from its WSDL, with what is recorded for it in a folder."""
    from vtl.transforms.soap_stub import Stub
    from vtl.transforms.wsdl import read_wsdl

    stub = Stub(read_wsdl(wsdl), answers=answers)

    def call(request: HttpRequest, _asynchronous: bool) -> HttpResponse:
        answer = stub.answer({name.lower(): value for name, value in request.headers}, request.body)
        return HttpResponse(answer.status, [("Content-Type", answer.content_type)], answer.body)

    def function(name: str, _event: object, _asynchronous: bool) -> object:
        raise BackendError(f"{str(wsdl)!r} describes a SOAP service, and cannot be the function {name}")

    return Target(pattern, call, function)


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


def backends_of(
    targets: Mapping[str, str], pairs: Iterable[str], folder: Path, region: str, *, real: bool = True
) -> dict[str, Backend]:
    """For `Gateway(backends=...)`: pairs of the command line before `[tool.vtl.backends]`, whose files lie under `folder`; what
    none of them is for is asked for real, or raises `NoTarget`."""
    listed = [*read_targets(pairs, Path(), region), *(target_of(name, text, folder, region) for name, text in targets.items())]
    return Backends(listed, region, real=real).mapping()
