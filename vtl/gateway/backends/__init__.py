"""What stands behind integrations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vtl.errors import BackendError


def default_backend(kind: str, *, asynchronous: bool, insecure: bool = False) -> Callable[..., Any]:
    """The real thing of a kind."""
    raise BackendError(f"no backend for {kind}")
