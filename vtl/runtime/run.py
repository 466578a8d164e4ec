"""`Run`: what one render knows and counts. Nothing of it outlives the render."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vtl.dialect import Dialect
from vtl.errors import LimitExceeded
from vtl.limits import Limits
from vtl.values.call import PlainCall

if TYPE_CHECKING:
    from vtl.compiler.program import Program
    from vtl.runtime.trace import Trace

Loader = Callable[[str], str | None]
"""From the name in `#include("name")` or `#parse("name")` to the text; None when there is no such template."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What all renders of a template share."""

    name: str
    dialect: Dialect
    limits: Limits
    loader: Loader | None
    link: Callable[[Program], Callable[..., Any]]
    """Makes a program's function; embedded templates need it while they run."""


class Run(PlainCall):
    """The `Call` of a render, with its budgets, its macros, and what #include and #parse need.

    Fields that most renders never touch have their first value on the class.
    """

    depth = 0
    """Macro calls that are open."""
    made = 0
    """Characters of strings made so far."""
    nested = 0
    """Depth of #evaluate and #parse."""

    def __init__(self, setup: Setup, trace: Trace | None):
        self.limits = setup.limits
        self.class_access = setup.dialect.class_access
        self.watched = {}
        self.steps = setup.limits.steps
        self.setup = setup
        self.trace = trace

    @cached_property
    def macros(self) -> dict[str, Any]:
        """Macros of dynamic templates by name."""
        return {}

    @cached_property
    def programs(self) -> dict[str, Program]:
        """Programs of embedded templates by their file name in tracebacks."""
        return {}

    @cached_property
    def template_names(self) -> list[str]:
        """The template, and those that #parse runs inside it."""
        return [self.setup.name]

    def charge(self, steps: int) -> None:
        """Takes steps from the budget, before they are done."""
        self.steps -= steps
        if self.steps < 0:
            message = f"more than {self.limits.steps:,} steps: loop rounds, macro calls, block renders and work on large data"
            raise LimitExceeded("steps", message)

    def enter_macro(self, name: str) -> None:
        """One macro call deeper; a call that #break leaves never comes back up, as in Velocity."""
        if self.depth >= self.limits.macro_depth:
            self.depth = 0
            raise LimitExceeded(
                "macro_depth",
                f"more than {self.limits.macro_depth} macro calls inside each other, the last one #{name}",
                hint="Velocity stops there as well; a #break that leaves a macro counts as a call that never returned",
            )
        self.depth += 1
        self.steps -= 1
        if self.steps < 0:
            self.charge(0)

    def define_macro(self, name: str, macro: Any) -> None:
        """The first definition of a name is the one that counts."""
        self.macros.setdefault(name, macro)
