"""`Invocation`: one request on its way through an API, and `BackendCall`, what a step asks from outside."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from vtl.gateway.context import request_context
from vtl.gateway.services import trace_id
from vtl.mapping.selection import JSON
from vtl.messages import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from vtl.gateway.deployment import Deployment
    from vtl.gateway.plans import MethodPlan, ResponsePlan
    from vtl.gateway.routing import Route
    from vtl.gateway.watch import Watch

HTTP, AWS, LAMBDA = "http", "aws", "lambda"


@dataclass(frozen=True, slots=True)
class BackendCall:
    """One call of a backend. `kind` is "http", "aws" or "lambda": the first two have a `request` with its full URL and are
    answered with an HttpResponse; a function has its name, an event, and is answered with its result."""

    kind: str
    request: HttpRequest | None = None
    function: str = ""
    event: object = None
    timeout: float = 29.0


Step: TypeAlias = Generator[BackendCall, Any, None]
"""A step yields calls, and is sent their answers; it may be thrown BackendError, BackendTimeout or FunctionError."""


@dataclass(slots=True)
class Invocation:
    """What the steps know of one request; each slot is filled by one step.

    `headers` are the caller's without those that nobody sees, `querystring` the last value of each name. `body` is
    text, or bytes where no template may meet them. What costs time and is not always needed is made when it is first asked for.
    """

    deployment: Deployment
    request: HttpRequest
    request_id: str
    extended_id: str
    started: float
    watch: Watch | None = None
    is_test: bool = False
    own_stage_variables: Mapping[str, str] | None = None

    route: Route | None = None
    plan: MethodPlan | None = None
    path_parameters: dict[str, str] = field(default_factory=dict)
    headers: list[tuple[str, str]] = field(default_factory=list)
    querystring: dict[str, str] = field(default_factory=dict)
    stage_variables: Mapping[str, str] = field(default_factory=dict)

    body: str | bytes = ""
    integration_request: HttpRequest | None = None
    endpoint_response: HttpResponse | None = None
    selected: ResponsePlan | None = None
    mock_status: int | None = None
    error_message: str | None = None
    function_result: str | None = None
    """What a function behind AWS_PROXY gave, as JSON, before it is read as an answer."""
    validated: str = ""
    """The media type of a body that its model has taken."""
    is_refused: bool = False
    """Whether a transform kept the request from the backend and answered in its place."""
    left: Mapping[str, object] | None = None
    """$context as the request template left it, for the response template."""
    latency_ms: int = 0
    response: HttpResponse = field(default_factory=HttpResponse)
    _context: dict[str, Any] | None = None
    _trace_id: str = ""
    _sent: dict[str, str] | None = None

    @property
    def context(self) -> dict[str, Any]:
        """$context, as far as it has got; empty for a request that no method took."""
        if self._context is None:
            self._context = request_context(self) if self.plan else {}
        return self._context

    @context.setter
    def context(self, left: dict[str, Any]) -> None:
        self._context = left

    def override(self, side: str) -> Mapping[str, Any]:
        """$context.requestOverride or $context.responseOverride as a template left it; without one there is none."""
        found = self._context.get(side) if self._context else None
        return found if isinstance(found, Mapping) else {}

    @property
    def sent(self) -> Mapping[str, str]:
        """The caller's headers by their names in lower case, the last of each name; those that nobody else sees as well."""
        if self._sent is None:
            self._sent = {name.lower(): value for name, value in self.request.headers}
        return self._sent

    @property
    def trace_id(self) -> str:
        """X-Amzn-Trace-Id."""
        if not self._trace_id:
            self._trace_id = trace_id(self.sent.get("x-amzn-trace-id"), self.deployment.ids, self.started)
        return self._trace_id

    @property
    def content_type(self) -> str | None:
        """The type of the body as models and templates are chosen by it; a test of a method always is one with JSON."""
        return JSON if self.is_test else self.sent.get("content-type")

    @property
    def sole_plan(self) -> MethodPlan:
        """The plan of the method, which every step behind the routing has."""
        assert self.plan is not None
        return self.plan
