"""`Run`: what one render knows and counts. Nothing of it outlives the render."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from vtl.dialect import Dialect
from vtl.errors import LimitExceeded
from vtl.limits import Limits
from vtl.source import Place
from vtl.values.call import PlainCall

if TYPE_CHECKING:
    from vtl.compiler.program import Program
    from vtl.runtime.trace import Trace

Loader = Callable[[str], str | None]
"""From the name in `#include("name")` or `#parse("name")` to the text; None when there is no such template."""


class Run(PlainCall):
    """The `Call` of a render, with its budgets, its macros, and what #include and #parse need."""

    __slots__ = ("depth", "dialect", "loader", "macros", "nested", "programs", "rounds", "steps", "template_names", "trace")

    def __init__(self, dialect: Dialect, limits: Limits, loader: Loader | None, trace: Trace | None, name: str):
        super().__init__(limits, dialect.class_access)
        self.dialect = dialect
        self.loader = loader
        self.trace = trace
        self.steps = limits.steps
        self.rounds = limits.loop_rounds
        self.depth = 0
        self.nested = 0
        self.macros: dict[str, Any] = {}
        self.programs: dict[str, Program] = {}
        self.template_names = [name]

    def charge(self, steps: int) -> None:
        """Takes steps from the budget, before they are done."""
        self.steps -= steps
        if self.steps < 0:
            raise LimitExceeded("steps", f"more than {self.limits.steps} loop rounds, macro calls and block renders")

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
        self.charge(1)

    def place(self, node: Any) -> Place:
        """Line and column of a node of the running template."""
        return next(iter(self.programs.values())).source.place(node.span.start)

    def define_macro(self, name: str, macro: Any) -> None:
        """The first definition of a name is the one that counts."""
        self.macros.setdefault(name, macro)


Variables = Mapping[str, object]
