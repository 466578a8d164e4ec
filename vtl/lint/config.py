"""`Config`: what `[tool.vtl]` in pyproject.toml, or vtl.toml, says about rules, templates without a document and backends.

    [tool.vtl]
    select = ["ALL"]                 # codes, beginnings of codes, names of rules, or ALL
    extend-select = ["F803"]
    ignore = ["U205"]
    baseline = "vtl-baseline.json"
    target = "local"                 # "aws" unless it says so: local allows what only this library's own gateway knows
    [tool.vtl.severity]
    U204 = "warning"                 # error, warning, info or off
    [tool.vtl.per-file-ignores]
    "legacy/**" = ["J"]
    [tool.vtl.backends]              # for vtl invoke and vtl serve, as --backend has them
    "lambda:list-pets" = "handlers:list_pets"
    [tool.vtl.sites."templates/*.request.vtl"]
    direction = "request"            # and media-type, integration, uri, method, path

The nearest file up the tree counts, and vtl.toml, where the same keys stand at the top, before pyproject.toml in the same folder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from vtl.diagnostics import Severity
from vtl.errors import InputError
from vtl.lint.site import ACCESS_LOG, GATEWAY_RESPONSE, REQUEST, RESPONSE, TEMPLATE, IntegrationSite, Site

_KEYS = ("select", "extend-select", "ignore", "per-file-ignores", "severity", "baseline", "target", "sites", "backends")
_SITE_KEYS = ("direction", "media-type", "integration", "uri", "method", "path", "kind")
_TARGETS = ("aws", "local")
_SEVERITIES = {severity.value: severity for severity in Severity}
_MOST_BYTES = 1_000_000


def _selected(selectors: Iterable[str]) -> frozenset[str]:
    """See `registry.selected`, which imports all rules: settings that name none must not."""
    listed = tuple(selectors)
    if not listed:
        return frozenset()
    from vtl.lint.registry import selected

    return selected(listed)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one run. `root` is the folder that the patterns and the baseline's path start from."""

    root: Path = field(default_factory=Path)
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    baseline: str | None = None
    target: str = "aws"
    sites: tuple[tuple[str, Site], ...] = ()
    backends: Mapping[str, str] = field(default_factory=dict)

    def codes(self) -> frozenset[str]:
        """The rules that are on."""
        from vtl.lint.registry import aws_codes, default_codes

        base = default_codes() if self.select is None else _selected(self.select)
        off = {code for name, word in self.severity.items() if word == "off" for code in _selected([name])}
        unknown_there = aws_codes() if self.target == "local" else frozenset()
        return (base | _selected(self.extend_select)) - _selected(self.ignore) - off - unknown_there

    def severity_of(self, code: str) -> Severity | None:
        """The severity that the user gave to a rule; the most exact selector counts."""
        fitting = [(len(name), word) for name, word in self.severity.items() if code in _selected([name]) and word != "off"]
        return _SEVERITIES[max(fitting)[1]] if fitting else None

    def ignored_in(self, file: str) -> frozenset[str]:
        """The codes that per-file-ignores turns off in a file."""
        return _selected(code for pattern, codes in self.per_file_ignores if self._fits(file, pattern) for code in codes)

    def site_of(self, file: str) -> Site:
        """The site of a bare template: that of the last pattern that fits, else one of which nothing is known."""
        fitting = [site for pattern, site in self.sites if self._fits(file, pattern)]
        return fitting[-1] if fitting else Site()

    def _fits(self, file: str, pattern: str) -> bool:
        path = Path(file)
        try:
            relative = path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            relative = path.as_posix()
        anywhere = pattern.startswith("**/") and fnmatchcase(relative, pattern[3:])
        return fnmatchcase(relative, pattern) or fnmatchcase(path.name, pattern) or anywhere


def find_config(start: Path) -> Config:
    """The settings for files under a folder: the nearest file up the tree, else the defaults. InputError for a bad one."""
    folder = start.resolve()
    for place in (folder, *folder.parents):
        own, shared = place / "vtl.toml", place / "pyproject.toml"
        if own.is_file():
            return read_config(own)
        if shared.is_file():
            table = _table(shared).get("tool", {}).get("vtl")
            if table is not None:
                return _config(table, place, shared.name)
    return Config(root=start)


def read_config(path: Path) -> Config:
    """The settings of one file; InputError when it cannot be used."""
    table = _table(path)
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("vtl", {})
    return _config(table, path.resolve().parent, str(path))


def _table(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise InputError(f"the settings file {str(path)!r} is longer than {_MOST_BYTES:,} bytes")
        return tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        raise InputError(f"cannot read the settings file {str(path)!r}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"the settings file {str(path)!r} is not TOML: {error}") from None


def _config(table: Any, root: Path, name: str) -> Config:
    if not isinstance(table, dict):
        raise InputError(f"{name}: tool.vtl must be a table")
    known = {*_KEYS, "lint"}
    for key in table:
        if key not in known:
            raise InputError(f"{name}: unknown setting {key!r}", hint=_near(key, tuple(known)))
    per_file = _subtable(table, "per-file-ignores", name)
    severity = _subtable(table, "severity", name)
    for code, word in severity.items():
        if word not in (*_SEVERITIES, "off"):
            raise InputError(f"{name}: severity of {code} is {word!r}; it can be {', '.join(_SEVERITIES)} or off")
    baseline = table.get("baseline")
    if baseline is not None and not isinstance(baseline, str):
        raise InputError(f"{name}: baseline must be the name of a file")
    _one_of(table, "target", _TARGETS, name)
    config = Config(
        root=root,
        select=_words(table, "select", name) if "select" in table else None,
        extend_select=_words(table, "extend-select", name),
        ignore=_words(table, "ignore", name),
        per_file_ignores=tuple((pattern, _words(per_file, pattern, name)) for pattern in per_file),
        severity=severity,
        baseline=baseline,
        backends=_texts(table, "backends", name),
        target=table.get("target", "aws"),
        sites=tuple(
            (pattern, _site(each, f"{name}: sites.{pattern}")) for pattern, each in _subtable(table, "sites", name).items()
        ),
    )
    _selected((*(config.select or ()), *config.extend_select, *config.ignore, *severity))
    for _, codes in config.per_file_ignores:
        _selected(codes)
    return config


def _subtable(table: Mapping[str, Any], key: str, name: str) -> dict[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise InputError(f"{name}: {key} must be a table")
    return value


def _texts(table: Mapping[str, Any], key: str, name: str) -> dict[str, str]:
    value = _subtable(table, key, name)
    if not all(isinstance(each, str) for each in value.values()):
        raise InputError(f"{name}: {key} must be a table of texts")
    return value


def _words(table: Mapping[str, Any], key: str, name: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise InputError(f"{name}: {key} must be a list of codes")
    return tuple(value)


def _site(table: Any, name: str) -> Site:
    if not isinstance(table, dict) or not all(isinstance(each, str) for each in table.values()):
        raise InputError(f"{name} must be a table of texts")
    for key in table:
        if key not in _SITE_KEYS:
            raise InputError(f"{name}: unknown setting {key!r}", hint=_near(key, _SITE_KEYS))
    _one_of(table, "direction", (REQUEST, RESPONSE), name)
    _one_of(table, "kind", (TEMPLATE, GATEWAY_RESPONSE, ACCESS_LOG), name)
    _one_of(table, "integration", ("AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"), name)
    integration = None
    if "integration" in table or "uri" in table:
        integration = IntegrationSite(type=table.get("integration"), uri=table.get("uri"))
    return Site(
        method=table.get("method"),
        path=table.get("path"),
        direction=table.get("direction"),
        media_type=table.get("media-type"),
        integration=integration,
        kind=table.get("kind", TEMPLATE),
    )


def _one_of(table: Mapping[str, str], key: str, words: tuple[str, ...], name: str) -> None:
    if key in table and table[key] not in words:
        raise InputError(f"{name}: {key} is {table[key]!r}; it can be {', '.join(words)}")


def _near(word: str, words: tuple[str, ...]) -> str:
    near = get_close_matches(word, words, 1)
    return f"did you mean {near[0]!r}?" if near else f"use one of: {', '.join(sorted(words))}"
