"""From files to what the server mounts: every API in them, as gateways; and what is wrong with them, all at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vtl.diagnostics import Diagnostic, Severity
from vtl.errors import InputError
from vtl.gateway import Gateway
from vtl.loaders.loading import load
from vtl.model import RestApi
from vtl.server.mounts import Mount, Mounts

DEFAULT_STAGE = "test"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the APIs come from: files or folders, the stage that is wanted, and settings for their gateways.

    `settings` are arguments of `Gateway`.
    """

    paths: Sequence[str]
    stage: str | None = None
    stage_variables: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at the files gave: APIs, problems that stop them from being served, remarks, and the files to watch."""

    mounts: Mounts
    problems: Sequence[Diagnostic]
    remarks: Sequence[Diagnostic]
    files: Sequence[str]


def find_apis(source: Source) -> Found:
    """Read the files and compile all of their templates. InputError for a path that does not exist."""
    mounts: list[Mount] = []
    said: list[Diagnostic] = []
    files: list[str] = []
    for path in source.paths:
        if not Path(path).exists():
            raise InputError(f"no such file or folder: {path!r}")
        loaded = load(path)
        said += loaded.diagnostics
        files += [path, *loaded.files]
        for api in loaded.apis:
            if isinstance(api, RestApi):
                mount = mount_of(api, source, {each.name for each in mounts}, Path(path).stem)
                mounts.append(mount)
    problems = [each for each in said if each.severity is Severity.ERROR]
    remarks = [each for each in said if each.severity is not Severity.ERROR]
    for mount in mounts:
        assert isinstance(mount.gateway, Gateway)
        problems += [problem.diagnostic for problem in mount.gateway.problems()]
        remarks += mount.gateway.remarks()
    if not mounts and not problems:
        names = ", ".join(map(repr, source.paths))
        problems.append(Diagnostic(f"there is no REST API in {names}", hint="vtl extract lists what is found in a file"))
    return Found(Mounts(tuple(mounts)), problems, remarks, list(dict.fromkeys(files)))


def mount_of(api: RestApi, source: Source, taken: set[str], fallback: str) -> Mount:
    """An API with its gateway, under a name that no other has."""
    known = {str(each.name): each for each in api.stages}
    stage = source.stage or next(iter(known), DEFAULT_STAGE)
    variables = {**(known[stage].variables if stage in known else {}), **source.stage_variables}
    word = _NOT_IN_NAMES.sub("-", str(api.name or api.address or fallback)).strip("-") or fallback
    name, number = word, 1
    while name in taken:
        number += 1
        name = f"{word}-{number}"
    gateway = Gateway(api, stage=stage, stage_variables=variables, **source.settings)
    return Mount(name, stage, gateway, gateway.deployment.api_id, gateway.deployment.header_names)
