"""The template files that a command's paths mean: files as they are named, and what folders hold."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from vtl.errors import InputError

SUFFIXES = (".vtl", ".vm")
SKIPPED_FOLDERS = frozenset({".git", ".aws-sam", ".terraform", "node_modules"})


def template_files(path: str) -> list[str]:
    """`path` itself if it is a file, else the templates below that folder, in order; InputError if there is no such path.

    Links to folders are not followed. In a Git work tree, what Git ignores is not looked at.
    """
    if not Path(path).is_dir():
        if not Path(path).exists():
            raise InputError(f"no such file or folder: {path!r}")
        return [path]
    found = list(_below(path))
    ignored = _ignored(path, found)
    return [each for each in found if each not in ignored]


def _below(folder: str) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - SKIPPED_FOLDERS)
        for name in sorted(names):
            if name.endswith(SUFFIXES):
                yield os.path.normpath(Path(parent, name))


def _ignored(folder: str, found: Iterable[str]) -> set[str]:
    """Those that Git ignores; none outside a work tree or without Git."""
    absolute = {os.path.abspath(each): each for each in found}  # noqa: PTH100
    if not absolute:
        return set()
    try:
        done = subprocess.run(
            ["git", "-C", folder, "check-ignore", "-z", "--stdin"],
            input="\0".join(absolute).encode("utf-8", "surrogateescape"),
            capture_output=True,
            check=False,
        )
    except OSError:
        return set()
    return {absolute[each] for each in done.stdout.decode("utf-8", "surrogateescape").split("\0") if each in absolute}
