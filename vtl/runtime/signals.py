"""#stop and #break on their way through generated code. They are no errors: nothing but the runtime sees them."""

from __future__ import annotations

from typing import Any


class StopRender(Exception):
    """#stop: the render ends, what was printed stays."""


class BreakLoop(Exception):
    """A #break that has to travel: to the loop that `scope` belongs to, or to the nearest one."""

    def __init__(self, scope: Any):
        super().__init__()
        self.scope = scope

    def ends(self, owner: Any) -> bool:
        """Whether the #foreach `owner` is the one that is meant."""
        return self.scope is None or (owner is not None and self.scope.owner[0] is owner[0])
