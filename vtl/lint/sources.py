"""What is checked: the templates in the given files and folders, each with its place and site.

A file whose name is not that of a document is a template and nothing else, which a document may name; all else is read by the
loaders.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vtl.diagnostics import Diagnostic, Severity
from vtl.errors import InputError
from vtl.lint.config import Config
from vtl.lint.loaded import host_templates, integration_sites
from vtl.lint.site import BareTemplate, HostTemplate, IntegrationSite
from vtl.loaders import Loaded
from vtl.loaders.detect import may_hold_api
from vtl.loaders.loading import load
from vtl.loaders.walking import DOCUMENT_SUFFIXES, TERRAFORM_SUFFIXES, file_name, in_skipped_folder, project_of
from vtl.source import Source

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


def read_sources(paths: Iterable[Path], config: Config, *, only_given: bool = False) -> Sources:
    """The templates of files, and of folders with all below them. InputError for a path that does not exist.

    A template file takes its sites from the documents of the project around it that name it. With `only_given`, as a hook
    asks, a document too is read with its project, and what lies in files that are not given is left out.
    """
    gathered = _Gathered(config)
    for path in paths:
        if not path.exists():
            raise InputError(f"there is no file or folder {str(path)!r}")
        name = file_name(path)
        if path.is_dir():
            gathered.add(load(path))
        elif only_given:
            if not in_skipped_folder(name) and (_is_template(name) or _may_tell(path)):
                gathered.wanted.add(name)
        elif _is_template(name):
            gathered.wanted.add(name)
        else:
            gathered.add(load(path), without=_siblings(path))
    gathered.read_wanted()
    return gathered.sources()


def _siblings(path: Path) -> frozenset[str]:
    """The files that are read with this one though nobody asked for them."""
    if not path.name.endswith(TERRAFORM_SUFFIXES):
        return frozenset()
    from vtl.loaders.terraform import terraform_siblings

    return frozenset(terraform_siblings(path))


def _is_template(name: str) -> bool:
    return not name.endswith((*DOCUMENT_SUFFIXES, *TERRAFORM_SUFFIXES))


def _may_tell(path: Path) -> bool:
    """Whether a document has a template or an integration; told by its bytes, so that no parser is needed for most files."""
    try:
        with path.open("rb") as file:
            return may_hold_api(file.read(MOST_BYTES))
    except OSError:
        return True


class _Gathered:
    """What the paths of one run hold; `wanted` are files that are looked for in the project around them."""

    def __init__(self, config: Config):
        self.config = config
        self.wanted: set[str] = set()
        self._templates: list[HostTemplate] = []
        self._integrations: list[IntegrationSite] = []
        self._problems: list[Diagnostic] = []
        self._files: set[str] = set()

    def add(self, loaded: Loaded, only: frozenset[str] | None = None, without: frozenset[str] = frozenset()) -> set[str]:
        """Take what was loaded, or what of it lies in the files of `only`; gives the files that it speaks of.

        Integrations in the files of `without` are left out: an API is loaded whole, though one of its files was asked for.
        """
        templates = host_templates(loaded, self.config)
        integrations = [each for each in integration_sites(loaded) if not each.place or each.place.file not in without]
        if only is not None:
            templates = [each for each in templates if each.file in only]
            integrations = [each for each in integrations if each.place and each.place.file in only]
        self._templates += templates
        self._integrations += integrations
        self._problems += [each for each in loaded.diagnostics if only is None or each.file in only]
        self._files |= {name for name in loaded.files if only is None or name in only}
        return {each.file for each in templates}

    def read_wanted(self) -> None:
        """Read each project with wanted files once, and by itself each of these that nothing in its project speaks of."""
        projects: dict[Path, set[str]] = {}
        for name in sorted(self.wanted):
            projects.setdefault(project_of(Path(name)), set()).add(name)
        for project, names in projects.items():
            found = self.add(load(file_name(os.path.relpath(project))), frozenset(names))
            for name in sorted(names - found - self._files):
                self._read_alone(name)

    def _read_alone(self, name: str) -> None:
        if not _is_template(name):
            self.add(load(name), frozenset({name}))
            return
        self._files.add(name)
        read = read_template(Path(name), self.config)
        if isinstance(read, Diagnostic):
            self._problems.append(read)
        else:
            self._templates.append(read)

    def sources(self) -> Sources:
        """All of it, each thing once."""
        return Sources(_once(self._templates), _settings_once(self._integrations), _said_once(self._problems), len(self._files))


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
