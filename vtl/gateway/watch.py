"""`Watch`: what happened to one request, step by step, for `vtl invoke --trace`, the request log and execution logs."""

from __future__ import annotations

from dataclasses import dataclass, field

from vtl.mapping.failures import GatewayFailure


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
    error: Exception | None = None
    """The error of a template that failed, with its place."""
    route: str = ""

    def note(self, text: str) -> None:
        """Say something of the step that is running."""
        self.notes.append(text)

    def finish(self, step: str, ms: float) -> None:
        """The step has ended."""
        self.steps.append(StepNote(step, ms, tuple(self.notes)))
        self.notes.clear()
