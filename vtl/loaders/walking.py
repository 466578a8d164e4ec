"""The files below a folder that are worth a look: without the folders that tools fill, and without what Git ignores."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from vtl.errors import InputError

TEMPLATE_SUFFIXES = (".vtl", ".vm")
DOCUMENT_SUFFIXES = (".json", ".yaml", ".yml", ".template", ".tpl", ".tftpl", ".tmpl")
TERRAFORM_SUFFIXES = (".tf", ".tofu")
SKIPPED_FOLDERS = frozenset({".git", ".aws-sam", ".terraform", ".serverless", "node_modules", "__pycache__", ".venv", "venv"})
_OF_A_HOOK = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"})
"""Variables that Git sets for its hooks, and that are wrong in another folder."""


def file_name(path: str | os.PathLike[str]) -> str:
    """The one name of a file that paths with `..` in them lead to."""
    name = os.path.normpath(path)
    return os.path.relpath(name) if name.startswith("..") else name


def files_below(folder: str | os.PathLike[str], suffixes: tuple[str, ...]) -> list[str]:
    """The files with these suffixes below a folder, folder by folder, each folder's in order.

    Links to folders are not followed. In a Git work tree, what Git ignores is left out; unless the folder itself is ignored, as
    a `cdk.out` is that somebody names.
    """
    found = _below(os.fspath(folder), suffixes)
    ignored: set[str] = set()
    for tree in sorted(set(found.values())):
        ignored |= _ignored(tree, [name for name, around in found.items() if around == tree])
    return [name for name in found if name not in ignored]


def template_files(path: str) -> list[str]:
    """`path` itself if it is a file, else the templates below that folder, in order; InputError if there is no such path."""
    if Path(path).is_dir():
        return files_below(path, TEMPLATE_SUFFIXES)
    if not Path(path).exists():
        raise InputError(f"no such file or folder: {path!r}")
    return [path]


def in_skipped_folder(name: str) -> bool:
    """Whether a file lies in a folder that no walk enters."""
    return not SKIPPED_FOLDERS.isdisjoint(Path(name).parts[:-1])


def project_of(file: Path) -> Path:
    """The folder around a file that is its project: the nearest one with `.git` or with settings of ours, else the nearest one
    with a pyproject.toml, else the file's own."""
    folder = Path(os.path.abspath(file)).parent  # noqa: PTH100
    around = (folder, *folder.parents)
    plain = [place for place in around if (place / "pyproject.toml").is_file()]
    for place in around:
        if (place / ".git").exists() or (place / "vtl.toml").is_file() or (place in plain and _has_settings(place)):
            return place
    return plain[0] if plain else folder


def _has_settings(folder: Path) -> bool:
    try:
        return b"[tool.vtl" in (folder / "pyproject.toml").read_bytes()
    except OSError:
        return False


def _below(folder: str, suffixes: tuple[str, ...]) -> dict[str, str]:
    """The files, each with the innermost folder around it that Git may ask: `folder` or a work tree below it."""
    found: dict[str, str] = {}
    trees: dict[str, str] = {}
    for parent, folders, names in os.walk(folder):
        trees[parent] = parent if ".git" in (*folders, *names) else trees.get(os.path.dirname(parent), folder)  # noqa: PTH120
        folders[:] = sorted(set(folders) - SKIPPED_FOLDERS)
        found |= {file_name(Path(parent, name)): trees[parent] for name in sorted(names) if name.endswith(suffixes)}
    return found


def _ignored(tree: str, names: Iterable[str]) -> set[str]:
    """Those that Git ignores; none outside a work tree, in a folder that is ignored as a whole, or without Git."""
    absolute = {os.path.abspath(name): name for name in names}  # noqa: PTH100
    place = os.path.abspath(tree)  # noqa: PTH100
    if not any((folder / ".git").exists() for folder in (Path(place), *Path(place).parents)):
        return set()
    try:
        done = subprocess.run(
            ["git", "-C", tree, "check-ignore", "-z", "--stdin"],
            input="\0".join([place, *absolute]).encode("utf-8", "surrogateescape"),
            env={name: value for name, value in os.environ.items() if name not in _OF_A_HOOK},
            capture_output=True,
            check=False,
        )
    except OSError:
        return set()
    told = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    return set() if place in told else {absolute[each] for each in told if each in absolute}
