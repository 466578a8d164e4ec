"""The template files that a command's paths mean: files as they are named, and what folders hold."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from vtl.errors import InputError

SUFFIXES = (".vtl", ".vm")
SKIPPED_FOLDERS = frozenset({".git", ".aws-sam", ".terraform", "node_modules"})
_OF_A_HOOK = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"})
"""Variables that Git sets for its hooks, and that are wrong in another folder."""


def template_files(path: str) -> list[str]:
    """`path` itself if it is a file, else the templates below that folder, in order; InputError if there is no such path.

    Links to folders are not followed. In a Git work tree, what Git ignores is not looked at.
    """
    if not Path(path).is_dir():
        if not Path(path).exists():
            raise InputError(f"no such file or folder: {path!r}")
        return [path]
    found = _below(path)
    ignored: set[str] = set()
    for tree in sorted(set(found.values())):
        ignored |= _ignored(tree, [name for name, around in found.items() if around == tree])
    return [name for name in found if name not in ignored]


def _below(folder: str) -> dict[str, str]:
    """The templates, each with the innermost folder around it that Git may ask: `folder` or a work tree below it."""
    found: dict[str, str] = {}
    trees: dict[str, str] = {}
    for parent, folders, names in os.walk(folder):
        trees[parent] = parent if ".git" in (*folders, *names) else trees.get(os.path.dirname(parent), folder)  # noqa: PTH120
        folders[:] = sorted(set(folders) - SKIPPED_FOLDERS)
        found |= {os.path.normpath(Path(parent, name)): trees[parent] for name in sorted(names) if name.endswith(SUFFIXES)}
    return found


def _ignored(tree: str, names: Iterable[str]) -> set[str]:
    """Those that Git ignores; none outside a work tree or without Git."""
    absolute = {os.path.abspath(name): name for name in names}  # noqa: PTH100
    try:
        done = subprocess.run(
            ["git", "-C", tree, "check-ignore", "-z", "--stdin"],
            input="\0".join(absolute).encode("utf-8", "surrogateescape"),
            env={name: value for name, value in os.environ.items() if name not in _OF_A_HOOK},
            capture_output=True,
            check=False,
        )
    except OSError:
        return set()
    return {absolute[each] for each in done.stdout.decode("utf-8", "surrogateescape").split("\0") if each in absolute}
