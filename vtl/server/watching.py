"""Which files have changed since they were last looked at: by time and size, a few stat calls, on every system."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

Snapshot = dict[str, tuple[int, int]]


def snapshot(paths: Iterable[str]) -> Snapshot:
    """The time of change and the size of each file or folder; what is not there has -1."""
    return {path: _stamp(path) for path in paths}


def changed(before: Snapshot) -> list[str]:
    """The paths that are not as the snapshot has them."""
    return [path for path, stamp in before.items() if _stamp(path) != stamp]


def _stamp(path: str) -> tuple[int, int]:
    try:
        status = Path(path).stat()
    except OSError:
        return (-1, -1)
    return (status.st_mtime_ns, status.st_size)
