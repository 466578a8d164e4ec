"""`check_cors`: would a page from another origin get through to an API? Asked as a browser asks, told with places.

For every method the preflight that a browser would send goes through the gateway; the answers of integrations and of the gateway
itself are looked at for the headers without which a browser keeps them from the page. Backends are not called unless something
stands in for them, and what only they can tell is said to be so.
See: the Fetch standard, "CORS protocol"; "Enabling CORS for a REST API resource" in the API Gateway guide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from vtl.diagnostics import Diagnostic, Severity
from vtl.errors import InputError
from vtl.gateway.backends.targets import NoTarget
from vtl.gateway.cors_rules import Asked, complaints, needed_headers, needs_preflight, sample_path, sent_method
from vtl.gateway.gateway import Gateway
from vtl.gateway.routing import match_route
from vtl.messages import HttpRequest, HttpResponse
from vtl.model import IntegrationResponse, Method, Resource, RestApi, Where

ALLOW_ORIGIN = "access-control-allow-origin"
_CREDENTIALS = "access-control-allow-credentials"
_KINDS = ("http", "aws", "lambda")
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#\s]+|null")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FAMILIES = ("DEFAULT_4XX", "DEFAULT_5XX")


def check_cors(
    api: RestApi,
    *,
    origin: str | None = None,
    headers: Sequence[str] = (),
    credentials: bool = False,
    backends: Mapping[str, Callable[..., Any]] = {},
    **settings: Any,
) -> list[Diagnostic]:
    """What keeps a page of `origin` from calling the API, in the order of the API; without one, any that is allowed will do.

    `headers` are sent by the page with every request, `credentials` that it sends cookies. `backends` and `settings` are those
    of `Gateway`; a backend that raises `NoTarget`, or is absent, counts as not to be asked. Errors are preflights and answers
    that a browser refuses, warnings the gateway's own answers, and what only a backend knows is an information. InputError for
    an origin or a header that no browser would send.
    """
    if origin is not None and not _ORIGIN.fullmatch(origin):
        raise InputError(f"{origin!r} is no origin", hint="https://app.example.com, without a path")
    for name in headers:
        if not _TOKEN.fullmatch(name):
            raise InputError(f"{name!r} is no name of a header")
    return list(_Check(api, Asked(origin, tuple(headers), credentials), backends, settings).everything())


class _Check:
    """One API, asked by one page."""

    def __init__(self, api: RestApi, asked: Asked, backends: Mapping[str, Callable[..., Any]], settings: Mapping[str, Any]):
        self.api, self.asked = api, asked
        self._unreached = False
        doors = {kind: self._door(backends.get(kind)) for kind in _KINDS}
        self.gateway = Gateway(api, **{**settings, "backends": doors, "authorize": False, "api_keys": None})
        self.routes = {str(each.path): [str(method.http_method) for method in each.methods] for each in api.resources}
        self.by_path = {str(each.path): each for each in api.resources}

    def _door(self, backend: Callable[..., Any] | None) -> Callable[..., Any]:
        def ask(*arguments: Any) -> Any:
            try:
                if backend is None:
                    raise NoTarget("nothing stands in for this backend")
                return backend(*arguments)
            except NoTarget:
                self._unreached = True
                raise

        return ask

    def everything(self) -> Iterator[Diagnostic]:
        """The findings of all methods, then those of the gateway's own answers."""
        found = False
        for resource in self.api.resources:
            for method in resource.methods:
                if method.http_method != "OPTIONS":
                    found = True
                    yield from self._preflight(resource, method)
                    yield from self._answers(resource, method)
        if found:
            yield from self._gateway_responses()

    def _preflight(self, resource: Resource, method: Method) -> Iterator[Diagnostic]:
        verb = sent_method(method)
        headers = needed_headers(self.api, method, self.asked)
        if not needs_preflight(verb, headers):
            return
        path = sample_path(str(resource.path))
        name = f"{method.http_method} {resource.path}"
        match = match_route(self.routes, "OPTIONS", path)
        if match is None:
            message = f"a browser asks with OPTIONS before {name}, and there is no such method: it is answered 403"
            add = "add an OPTIONS method with a MOCK integration, as the console's Enable CORS does"
            yield _finding(message, method.where, "cors-no-preflight", hint=add)
            return
        options = next(each for each in self.by_path[match.resource].methods if each.http_method == match.method)
        place = options.where or method.where
        if options.authorization_type != "NONE" or options.api_key_required:
            what = "an API key" if options.authorization_type == "NONE" else "authorization"
            message = f"the preflight of {name} meets {match.method} {match.resource}, which asks for {what}: browsers send none"
            yield _finding(message, place, "cors-preflight-refused")
            return
        wanted = [("Origin", self.asked.sent_origin), ("Access-Control-Request-Method", verb)]
        wanted += [("Access-Control-Request-Headers", ",".join(headers))] if headers else []
        answer = self._send("OPTIONS", path, wanted)
        if answer is None:
            yield _unknown(f"the preflight of {name} is answered by the backend", place)
            return
        for code, text, hint in complaints(answer, verb, headers, self.asked):
            yield _finding(f"the preflight of {name}: {text}", place, code, hint=hint)

    def _send(self, verb: str, path: str, headers: Sequence[tuple[str, str]]) -> HttpResponse | None:
        """The answer; None when a backend that nothing stands in for would have to give it."""
        self._unreached = False
        answer = self.gateway.handle(HttpRequest(verb, path, [*headers, ("Host", "api.example")]))
        return None if self._unreached else answer

    def _answers(self, resource: Resource, method: Method) -> Iterator[Diagnostic]:
        name = f"{method.http_method} {resource.path}"
        integration = method.integration
        if integration is None:
            return
        if not integration.type.endswith("_PROXY"):
            for response in integration.responses:
                yield from self._mapped(name, response, method)
            return
        verb = "GET" if method.http_method == "ANY" else str(method.http_method)
        answer = self._send(verb, sample_path(str(resource.path)), [("Origin", self.asked.sent_origin)])
        if answer is None:
            yield _unknown(
                f"the answers of {name} are the backend's, which has to send Access-Control-Allow-Origin", method.where
            )
            return
        for code, text, hint in complaints(answer, None, [], self.asked):
            yield _finding(f"the backend's answer to {name}: {text}", method.where, code, hint=hint)

    def _mapped(self, name: str, response: IntegrationResponse, method: Method) -> Iterator[Diagnostic]:
        """The headers that an integration response maps, or that one of its templates may set."""
        place = response.where or method.where
        written = "".join(response.response_templates.values()).lower()
        mapped = {key.lower().rpartition(".")[2]: value for key, value in response.response_parameters.items()}
        for header in (ALLOW_ORIGIN, *([_CREDENTIALS] if self.asked.credentials else [])):
            value: str | None = mapped.get(header)
            if value is None and header in written:
                continue
            hint = f"map method.response.header.{_title(header)} in its responseParameters, and declare it in the method response"
            if value is None:
                message = f"the answer {response.status_code} of {name} has no {_title(header)}: a page cannot read it"
                yield _finding(message, place, "cors-answer", hint=hint)
            elif header == ALLOW_ORIGIN and not self.asked.allows_mapping(value):
                yield _finding(f"the answer {response.status_code} of {name} allows {value}, not the page", place, "cors-origin")

    def _gateway_responses(self) -> Iterator[Diagnostic]:
        own = {str(each.response_type): each for each in self.api.gateway_responses}
        for kind in (*_FAMILIES, *(each for each in own if each not in _FAMILIES)):
            response = own.get(kind)
            place = response.where if response is not None else self.api.where
            parameters = response.response_parameters if response is not None else {}
            allowed = next((text for name, text in parameters.items() if name.lower().endswith(f".{ALLOW_ORIGIN}")), None)
            if allowed is None:
                what = "answers its own errors" if kind in _FAMILIES else "answers this error"
                message = (
                    f"{kind}: the gateway {what} without Access-Control-Allow-Origin, and a page sees no more than a failure"
                )
                hint = f"gatewayresponse.header.Access-Control-Allow-Origin in the gateway response {kind}"
                yield _finding(message, place, "cors-gateway-response", Severity.WARNING, hint)
            elif not self.asked.allows_mapping(allowed):
                yield _finding(f"{kind}: allows {allowed}, not the page", place, "cors-origin", Severity.WARNING)


def _finding(
    message: str, where: Where | None, code: str, severity: Severity = Severity.ERROR, hint: str | None = None
) -> Diagnostic:
    source, span = (where.source, where.span) if where is not None else (None, None)
    return Diagnostic(message, source, span, severity, code, hint)


def _unknown(message: str, where: Where | None) -> Diagnostic:
    return _finding(
        message, where, "cors-backend", Severity.INFO, "--backend lets something stand in for it, which is then asked"
    )


def _title(header: str) -> str:
    return "-".join(part.capitalize() for part in header.split("-"))
