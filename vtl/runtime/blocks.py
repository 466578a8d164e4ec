"""What renders itself: `Block` for #define and for the body of a macro call, `Macro` for a macro of a dynamic template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from vtl.runtime.run import Run
from vtl.runtime.signals import BreakLoop
from vtl.values.hosted import Hosted

DEFINE_DEPTH = 2
"""How often a #define block may render inside itself: Velocity's directive.define.max.depth."""

Put = Callable[[str], object]


class Block(Hosted):
    """See: Velocity 1.7's Block.Reference. It renders anew each time it is printed; too deep in itself, it is null."""

    __slots__ = ("context", "deepest", "depth", "function", "run")
    java_name = "org.apache.velocity.runtime.directive.Block$Reference"

    def __init__(self, run: Run, function: Callable[..., Any], context: Any, deepest: int):
        self.run = run
        self.function = function
        self.context = context
        self.deepest = deepest
        self.depth = 0

    def render(self, put: Put, context: Any = None) -> bool:
        """Prints the block; False when it is too deep in itself. `context` is that of the reference, by default its own."""
        if self.depth >= self.deepest:
            return False
        self.depth += 1
        self.run.charge(1)
        try:
            if self.context is None:
                self.function(put)
            else:
                self.function(self.context if context is None else context, put)
        except BreakLoop as stopped:
            if not stopped.ends(None):
                raise
        self.depth -= 1
        return True

    def text(self, context: Any = None) -> str | None:
        """What it prints, None when it is too deep in itself."""
        pieces: list[str] = []
        return "".join(pieces) if self.render(pieces.append, context) else None

    def java_text(self) -> str:
        """Block.Reference.toString()."""
        return self.text() or ""


class Macro(NamedTuple):
    """A macro of a dynamic template."""

    name: str
    parameters: tuple[str, ...]
    function: Callable[[Any, Put], Any]
