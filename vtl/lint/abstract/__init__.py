"""A template run without a request: what is unknown stays a named unknown, and every branch is taken in turn.

`explore(tree)` gives the runs, each with its output, its decisions and what it wrote into the overrides.
"""

from __future__ import annotations

from vtl.lint.abstract.exploration import Exploration, explore

__all__ = ["Exploration", "explore"]
