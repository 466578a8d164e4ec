"""What is checked: the templates in the given files and folders, each with its place and site.

Read here are bare .vtl and .vm files; a document is left to the loaders.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vtl.diagnostics import Diagnostic, Severity
from vtl.errors import InputError
from vtl.lint.config import Config
from vtl.lint.site import BareTemplate, HostTemplate, IntegrationSite
from vtl.source import Source

SUFFIXES = (".vtl", ".vm")
SKIPPED = frozenset([".git", ".aws-sam", ".terraform", "node_modules", "__pycache__", ".venv", "venv", "cdk.out"])
"""Folders that a walk does not enter."""
MOST_BYTES = 100_000_000
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Sources:
    """What was found in the given paths; `problems` are files that could not be read."""

    templates: Sequence[HostTemplate]
    integrations: Sequence[IntegrationSite]
    problems: Sequence[Diagnostic]
    files: int


def start_of(paths: Sequence[Path]) -> Path:
    """The folder whose settings count: that of the first path, else the current one."""
    if not paths or str(paths[0]) == STANDARD_INPUT:
        return Path()
    return paths[0] if paths[0].is_dir() else paths[0].parent


def read_sources(paths: Iterable[Path], config: Config) -> Sources:
    """The templates of files, and of folders with all below them. InputError for a path that does not exist."""
    templates: list[HostTemplate] = []
    problems: list[Diagnostic] = []
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise InputError(f"there is no file or folder {str(path)!r}")
        for file in _files(path):
            if file in seen:
                continue
            seen.add(file)
            read = read_template(file, config)
            if isinstance(read, Diagnostic):
                problems.append(read)
            else:
                templates.append(read)
    return Sources(templates, (), problems, len(seen))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, names, files in os.walk(path):
        names[:] = sorted(name for name in names if name not in SKIPPED)
        yield from (Path(folder) / name for name in sorted(files) if name.lower().endswith(SUFFIXES))


def read_template(path: Path, config: Config) -> BareTemplate | Diagnostic:
    """The template in a file, or what is wrong with the file."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return _problem(path, f"cannot read the file: {error.strerror}")
    if len(data) > MOST_BYTES:
        return _problem(path, f"the file is longer than {MOST_BYTES:,} bytes")
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return _problem(path, f"the file is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}")
    return template_of(text, str(path), config)


def template_of(text: str, name: str, config: Config) -> BareTemplate:
    """A text as the template that the file `name` holds."""
    return BareTemplate(Source(name, text), config.site_of(name))


def _problem(path: Path, message: str) -> Diagnostic:
    return Diagnostic(message, Source(str(path), ""), severity=Severity.ERROR, code="P000")
