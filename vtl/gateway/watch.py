"""`Watch`: what happened to one request, step by step, for `vtl invoke --trace`, the request log and execution logs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vtl.errors import TemplateError
from vtl.mapping.failures import GatewayFailure

if TYPE_CHECKING:
    from vtl.gateway.invocation import Invocation


@dataclass(frozen=True, slots=True)
class StepNote:
    """One step that ran: its name, how long it took, and what it says of itself."""

    step: str
    ms: float
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Watch:
    """Give a fresh one to a request, read it afterwards. A request without one pays nothing."""

    steps: list[StepNote] = field(default_factory=list)
    templates: list[str] = field(default_factory=list)
    """`file:line` of each template that ran, in order."""
    notes: list[str] = field(default_factory=list)
    """What the step that is running has said so far."""
    failure: GatewayFailure | None = None
    error: TemplateError | None = None
    """The error of a template that failed; `failed` is the template's text, which knows its place in its document."""
    failed: str = ""
    invocation: Invocation | None = None
    """The request with all that became of it."""

    @property
    def route(self) -> str:
        """`GET /pets/{id}`, "" when there was no route."""
        route = self.invocation.route if self.invocation else None
        return f"{route.method} {route.resource}" if route else ""

    def note(self, text: str) -> None:
        """Say something of the step that is running."""
        self.notes.append(text)

    def finish(self, step: str, ms: float) -> None:
        """The step has ended."""
        self.steps.append(StepNote(step, ms, tuple(self.notes)))
        self.notes.clear()
