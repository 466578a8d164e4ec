"""What is checked: the templates in the given files and folders, each with its place and site.

A file whose name is not that of a document is a template and nothing else; all else is read by the loaders.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vtl.diagnostics import Diagnostic, Severity
from vtl.errors import InputError
from vtl.lint.config import Config
from vtl.lint.loaded import host_templates, integration_sites
from vtl.lint.site import BareTemplate, HostTemplate, IntegrationSite
from vtl.loaders.loading import DOCUMENT_SUFFIXES, TERRAFORM_SUFFIXES, load
from vtl.source import Source

_DOCUMENTS = (*DOCUMENT_SUFFIXES, *TERRAFORM_SUFFIXES)
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
    integrations: list[IntegrationSite] = []
    problems: list[Diagnostic] = []
    files: set[str] = set()
    for path in paths:
        if not path.exists():
            raise InputError(f"there is no file or folder {str(path)!r}")
        if path.is_file() and not path.name.endswith(_DOCUMENTS):
            files.add(str(path))
            read = read_template(path, config)
            (problems if isinstance(read, Diagnostic) else templates).append(read)  # type: ignore[arg-type]
            continue
        loaded = load(path)
        files |= set(loaded.files)
        templates += host_templates(loaded, config)
        integrations += integration_sites(loaded)
        problems += loaded.diagnostics
    return Sources(_once(templates), _settings_once(integrations), _said_once(problems), len(files))


def _once(templates: list[HostTemplate]) -> list[HostTemplate]:
    """Each template once for each site, though two paths may lead to it."""
    known: dict[object, HostTemplate] = {}
    for each in templates:
        site = each.site
        known.setdefault(
            (each.file, each.line, each.column, site.api, site.method, site.path, site.direction, site.media_type), each
        )
    return list(known.values())


def _settings_once(integrations: list[IntegrationSite]) -> list[IntegrationSite]:
    return list({(each.place, each.api, each.method, each.path): each for each in integrations}.values())


def _said_once(problems: list[Diagnostic]) -> list[Diagnostic]:
    return list({each.headline(): each for each in problems}.values())


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
