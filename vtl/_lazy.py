"""Optional parts: `require` imports one or says which extra brings it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from vtl.errors import MissingExtra


def require(module: str, extra: str) -> Any:
    """The module of that name. `MissingExtra`, with the command that installs `extra`, when it is not there."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != module.split(".")[0]:
            raise
        raise MissingExtra(
            f"{module!r} is not installed: it comes with the extra {extra!r}",
            hint=f"pip install 'vtl-toolkit[{extra}]'",
        ) from None
