"""`Gateway`: walks requests through an API on a stage. One run of the steps, and two short drivers for it."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qsl

from vtl.diagnostics import Diagnostic
from vtl.errors import BackendError, BackendTimeout, FunctionError, InputError, MissingExtra, VtlError
from vtl.gateway.authorizers import Authorize
from vtl.gateway.backends.targets import Backends
from vtl.gateway.deployment import Deployment, Policy
from vtl.gateway.execution_log import TestInvocation, execution_log
from vtl.gateway.failed_functions import payload_of
from vtl.gateway.gateway_responses import gateway_response
from vtl.gateway.headers import clean, without
from vtl.gateway.invocation import LAMBDA, BackendCall, Invocation
from vtl.gateway.remarks import remarks
from vtl.gateway.routing import ANY, Route, RouteTable
from vtl.gateway.services import Clock, Ids, RandomIds, system_clock
from vtl.gateway.steps import STEPS
from vtl.gateway.watch import Watch
from vtl.mapping.failures import GatewayFailure, internal_error
from vtl.messages import HttpRequest, HttpResponse
from vtl.model import RestApi

_TOLD = (BackendError, FunctionError, InputError, MissingExtra)
"""Errors by which a backend says itself what happened; any other exception is that of its own code."""
Backend = Callable[..., Any]
Run = Generator[BackendCall, Any, HttpResponse]


class Gateway:
    """An API on a stage, ready for requests. It does not change, and many threads may use it at once."""

    def __init__(
        self,
        api: RestApi,
        *,
        stage: str = "test",
        stage_variables: Mapping[str, str] = {},
        backends: Mapping[str, Backend] = {},
        api_id: str = "local",
        account_id: str = "000000000000",
        region: str = "us-east-1",
        clock: Clock | None = None,
        ids: Ids | None = None,
        authorizers: Mapping[str, Authorize] = {},
        authorize: bool | Authorize = True,
        api_keys: Mapping[str, str] | None = None,
        policy: Policy | None = None,
        extras: bool = False,
    ):
        """`backends` answers for "http", "aws" and "lambda": f(HttpRequest) -> HttpResponse for the first two, f(function name,
        event) -> result for the third, plain or coroutine functions; a kind that is absent is the real thing.

        `authorizers` are functions by the name of an authorizer, which take its event and give its result; `authorize` is one for
        all that have none of their own, and False asks none. `api_keys` goes from keys to their ids; None lets every caller pass.
        `policy` is asked with $context whether the caller may call at all. `extras` gives templates $xml, $json and $soap.
        InputError for an API that is no REST API.
        """
        self.deployment = Deployment(
            api,
            stage=stage,
            stage_variables=stage_variables,
            api_id=api_id,
            account_id=account_id,
            region=region,
            clock=clock or system_clock,
            ids=ids or RandomIds(),
            authorizers=authorizers,
            authorize=authorize,
            api_keys=api_keys,
            policy=policy,
            extras=extras,
        )
        self._backends: Mapping[str, Backend] = {**Backends((), region).mapping(), **backends}

    @property
    def api(self) -> RestApi:
        """The API."""
        return self.deployment.api

    @property
    def trusts_tokens(self) -> bool:
        """Whether a method takes the claims of tokens that nobody verifies here."""
        return self.deployment.trusts_tokens

    def has_route(self, method: str, path: str) -> bool:
        """Whether a method of the API takes such a request; the path is without the stage."""
        return self.deployment.routes.match(method, path) is not None

    def problems(self) -> list[VtlError]:
        """Compile all templates now; gives the errors of those that cannot be, each with its place."""
        return self.deployment.problems()

    def remarks(self) -> list[Diagnostic]:
        """What else is wrong with the methods, as warnings: API Gateway refuses it, and here it is left out or answered 500."""
        return remarks(self.deployment)

    def handle(self, request: HttpRequest, *, watch: Watch | None = None) -> HttpResponse:
        """Answer one request; `watch` is told of every step.

        Whatever goes wrong on the way becomes an answer. MissingExtra alone is raised: nobody can answer without it.
        """
        return self._drive(self._run(self._invocation(request, watch)))

    async def handle_async(self, request: HttpRequest, *, watch: Watch | None = None) -> HttpResponse:
        """The same, with backends that are coroutine functions awaited; plain ones run where they are called."""
        run = self._run(self._invocation(request, watch))
        try:
            call = next(run)
            while True:
                try:
                    answer = await self._ask_async(call)
                except VtlError as error:
                    call = run.throw(error)
                else:
                    call = run.send(answer)
        except StopIteration as end:
            return _answer(end)

    def test_invoke(
        self,
        resource: str,
        method: str,
        path_with_query: str | None = None,
        headers: Mapping[str, str] | Iterable[tuple[str, str]] | None = None,
        body: str | bytes = "",
        stage_variables: Mapping[str, str] | None = None,
    ) -> TestInvocation:
        """Run one method as TestInvokeMethod does: authorizers and API keys are not asked, and the answer has a log.

        `resource` is the resource's path as the API has it; without `path_with_query` its path parameters hold their own names.
        InputError when the API has no such method.
        """
        deployment = self.deployment
        plan = deployment.plans.get((resource, method.upper())) or deployment.plans.get((resource, ANY))
        if plan is None:
            raise InputError(f"the API has no method {method} {resource}")
        path, _, query = (path_with_query or resource).partition("?")
        pairs = list(headers.items()) if isinstance(headers, Mapping) else list(headers or ())
        data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        request = HttpRequest(method.upper(), path, pairs, parse_qsl(query, keep_blank_values=True), data)
        invocation = self._invocation(request, Watch())
        invocation.is_test = True
        route = RouteTable({resource: [ANY]}).match(method, path)
        invocation.route = Route(resource, plan.method.http_method.upper(), route.path_parameters if route else {})
        if stage_variables is not None:
            invocation.own_stage_variables = {str(name): str(value) for name, value in stage_variables.items()}
        started = time.perf_counter()
        answer = self._drive(self._run(invocation))
        invocation.response = answer
        several: dict[str, list[str]] = {}
        for name, value in answer.headers:
            several.setdefault(name, []).append(value)
        assert invocation.watch is not None
        failure = invocation.watch.failure
        if failure is not None:
            several = {name: values for name, values in several.items() if name.lower() == "x-amzn-errortype"}
        log = execution_log(invocation, failure, path)
        latency = int((time.perf_counter() - started) * 1000)
        last = {name: values[-1] for name, values in several.items()}
        return TestInvocation(answer.status, last, several, answer.body.decode("utf-8", "replace"), log, latency)

    def _drive(self, run: Run) -> HttpResponse:
        try:
            call = next(run)
            while True:
                try:
                    answer = self._ask(call)
                except VtlError as error:
                    call = run.throw(error)
                else:
                    call = run.send(answer)
        except StopIteration as end:
            return _answer(end)

    def _ask(self, call: BackendCall) -> Any:
        try:
            answer = self._backends[call.kind](*_arguments(call))
            return _checked(call, _settled(_awaited(answer, call)) if inspect.isawaitable(answer) else answer)
        except _TOLD:
            raise
        except (Exception, SystemExit) as error:
            raise _as_failure(call, error) from error

    async def _ask_async(self, call: BackendCall) -> Any:
        try:
            backend = self._backends[call.kind]
            # The backends of this package have another form for event loops.
            answer = getattr(backend, "later", backend)(*_arguments(call))
            return _checked(call, await _awaited(answer, call) if inspect.isawaitable(answer) else answer)
        except _TOLD:
            raise
        except (Exception, SystemExit) as error:
            raise _as_failure(call, error) from error

    def _invocation(self, request: HttpRequest, watch: Watch | None) -> Invocation:
        deployment = self.deployment
        now, ids = deployment.clock(), deployment.ids
        invocation = Invocation(deployment, request, ids.request_id(), ids.extended_id(), now, watch)
        if watch is not None:
            watch.invocation = invocation
        return invocation

    def _run(self, invocation: Invocation) -> Run:
        """All steps of one request; asks for what lies outside, gives the answer."""
        try:
            if invocation.watch is None:
                for step in STEPS:
                    yield from step(invocation)
            else:
                yield from _watched(invocation, invocation.watch)
        except GatewayFailure as failure:
            _fail(invocation, failure)
        except MissingExtra:
            raise
        except VtlError as error:
            _fail(invocation, internal_error(str(error)))
        if invocation.is_test:
            return invocation.response
        answer = invocation.response
        own = [("x-amzn-RequestId", invocation.request_id), ("x-amz-apigw-id", invocation.extended_id)]
        return HttpResponse(answer.status, clean([*own, *without(answer.headers, own)]), answer.body)


def _watched(invocation: Invocation, watch: Watch) -> Generator[BackendCall, Any, None]:
    for step in STEPS:
        started = time.perf_counter()
        try:
            yield from step(invocation)
        finally:
            watch.finish(step.__name__, (time.perf_counter() - started) * 1e3)


def _answer(end: StopIteration) -> HttpResponse:
    response: HttpResponse = end.value
    return response


def _arguments(call: BackendCall) -> tuple[object, ...]:
    return (call.function, call.event) if call.kind == LAMBDA else (call.request,)


def _fail(invocation: Invocation, failure: GatewayFailure) -> None:
    if invocation.watch is not None:
        invocation.watch.failure = failure
    invocation.response = gateway_response(invocation, failure)


async def _awaited(answer: Awaitable[Any], call: BackendCall) -> Any:
    """What is awaited. BackendTimeout: the gateway waits no longer than its integration says."""
    try:
        async with asyncio.timeout(call.timeout) as bound:
            return await answer
    except TimeoutError:
        if bound.expired():
            raise BackendTimeout(f"no answer after {call.timeout:g} seconds") from None
        raise


def _settled(answer: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine gives; in a thread of its own where an event loop runs already, which allows no second."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(answer)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, answer).result()


def _checked(call: BackendCall, answer: Any) -> Any:
    """The answer of a backend. BackendError for what is none; functions may give anything."""
    if call.kind != LAMBDA and not (isinstance(answer, HttpResponse) and isinstance(answer.body, bytes)):
        raise BackendError(f"the backend gave {type(answer).__name__}, not an HttpResponse with bytes")
    return answer


def _as_failure(call: BackendCall, error: BaseException) -> VtlError:
    """An exception of a backend's own: a function that raised has failed, anything else was too slow or could not be reached."""
    if call.kind == LAMBDA:
        return FunctionError(payload_of(error))
    if isinstance(error, TimeoutError):
        return BackendTimeout(str(error) or "the backend did not answer in time")
    return BackendError(f"{type(error).__name__}: {error}")
