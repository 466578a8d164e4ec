"""Where something stands in JSON values, as a path: looked for only when there is something to complain about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from vtl.transforms.names import NCNAME

_MOST = 1_000_000
"""Values that are looked at before the search is given up."""


def place_of(root: object, container: object) -> str:
    """The path of a container, found by identity; `$` when it is the root or is not found."""
    return next((path for path, value in _walk(root) if value is container), "$")


def place_of_text(root: object, wanted: Callable[[str], object]) -> str:
    """The path of the first text of which `wanted` is true; `$` when there is none."""
    return next((path for path, value in _walk(root) if isinstance(value, str) and wanted(value)), "$")


def _walk(root: object) -> Iterator[tuple[str, object]]:
    """Every value with its path, each container once."""
    waiting: list[tuple[str, object]] = [("$", root)]
    seen: set[int] = set()
    for _ in range(_MOST):
        if not waiting:
            return
        path, value = waiting.pop()
        yield path, value
        if isinstance(value, (Mapping, list, tuple)) and id(value) not in seen:
            seen.add(id(value))
            waiting += reversed(list(_members(path, value)))


def member_path(path: str, name: object) -> str:
    """The path of a member of the object at `path`."""
    return f"{path}.{name}" if isinstance(name, str) and NCNAME.fullmatch(name) else f"{path}[{name!r}]"


def _members(path: str, value: Any) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield member_path(path, name), item
    else:
        for index, item in enumerate(value):
            yield f"{path}[{index}]", item
