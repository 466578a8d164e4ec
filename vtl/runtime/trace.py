"""`Trace`: what a traced render tells besides its output."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from vtl.lang.nodes import Index, MethodCall, Property, Reference
from vtl.runtime.explain import explain
from vtl.source import Span

Part = Property | MethodCall | Index


class Missing(NamedTuple):
    """A reference that was to print and had no value. `text` is its source; `quiet` tells that it was written `$!`."""

    text: str
    span: Span
    quiet: bool
    reason: str
    """Where the chain broke, with the nearest name that would have worked."""


@dataclass(slots=True)
class Trace:
    """Give a fresh one to a render, read it afterwards."""

    missing: list[Missing] = field(default_factory=list)
    """References without a value, in the order in which they were to print; one in a loop may come several times."""
    pieces: list[tuple[int, Span]] = field(default_factory=list)
    """(offset in the output, place in the template) of what prints there, in order."""
    truncated_loops: list[Span] = field(default_factory=list)
    """Loops that ended before their last element, at the dialect's bound."""
    output: TracedOutput = field(default_factory=lambda: TracedOutput())
    broken: tuple[Part, str] | None = None
    """The last step that found nothing, and why."""

    def at(self, start: int, end: int) -> None:
        """What prints next was made by this range of the template."""
        self.pieces.append((self.output.size, Span(start, end)))

    def note_missing(self, reference: Reference) -> None:
        """Takes note of a reference without a value."""
        reason = f"${reference.name} is not set"
        if self.broken is not None and self.broken[0] in reference.parts:
            reason = self.broken[1]
        self.missing.append(Missing(reference.literal, reference.span, reference.quiet, reason))

    def note_step(self, receiver: object, part: Part) -> None:
        """Takes note of a step of a chain that found nothing in `receiver`."""
        self.broken = (part, explain(receiver, part))

    def place_of(self, offset: int) -> Span | None:
        """The place in the template of what printed the character at `offset` of the output; None before the first piece."""
        found = None
        for start, span in self.pieces:
            if start > offset:
                break
            found = span
        return found


class TracedOutput(list[str]):
    """Pieces of output that know their size."""

    def __init__(self) -> None:
        super().__init__()
        self.size = 0

    def append(self, piece: str) -> None:
        """Adds a piece."""
        super().append(piece)
        self.size += len(piece)
