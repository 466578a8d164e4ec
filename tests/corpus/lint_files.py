"""The format of the cases of the lint rules: one YAML file for each rule, named by its code.

rule: U204
pass:                      # the rule finds nothing
  - template: ...          # the text; or `integration: {...}` for a rule about settings
    site: {...}            # direction, media_type, kind, integration and so on, as the fields of Site are called
fail:
  - template: ...
    at: ["3:12"]           # line:column of each finding, in order; for settings their number, as `count`
    says: "..."            # a part of the first message
    times: 1000            # repeat the text
    severity: error        # of the first finding, where it is not the rule's own
fix:
  - template: ...
    fixed: ...             # what --fix makes of it, or --unsafe-fixes where `unsafe: true` stands
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from vtl.lint.site import BareTemplate, FilePlace, IntegrationSite, ResponseSite, Site
from vtl.source import Source

ROOT = Path(__file__).parent / "lint"


@dataclass(frozen=True, slots=True)
class RuleCase:
    """One case: `kind` is "pass", "fail" or "fix"."""

    code: str
    kind: str
    number: int
    data: dict[str, Any]

    @property
    def name(self) -> str:
        """Such as U204-fail-2."""
        return f"{self.code}-{self.kind}-{self.number}"

    @property
    def template(self) -> BareTemplate | None:
        """The template, for a rule about templates."""
        if "template" not in self.data:
            return None
        comments = tuple(self.data.get("comments", ()))
        text = self.data["template"] * self.data.get("times", 1)
        return BareTemplate(Source("template.vtl", text), _site(self.data.get("site", {})), comments)

    @property
    def integration(self) -> IntegrationSite:
        """The integration, for a rule about settings."""
        return _integration(self.data["integration"])


def _site(data: dict[str, Any]) -> Site:
    fields = dict(data)
    if "integration" in fields:
        fields["integration"] = _integration(fields["integration"])
    for name in ("parameters", "stage_variables"):
        if name in fields:
            fields[name] = frozenset(fields[name])
    return Site(**fields)


def _integration(data: dict[str, Any]) -> IntegrationSite:
    fields = dict(data)
    for name in ("request_media_types", "binary_media_types"):
        if name in fields:
            fields[name] = tuple(fields[name])
    if "responses" in fields:
        fields["responses"] = tuple(_response(each, number) for number, each in enumerate(fields["responses"], 2))
    if "method_responses" in fields:
        fields["method_responses"] = {status: frozenset(names) for status, names in fields["method_responses"].items()}
    return IntegrationSite(place=FilePlace("api.yaml", 1, 1), **fields)


def _response(data: dict[str, Any], line: int) -> ResponseSite:
    fields = dict(data)
    if "media_types" in fields:
        fields["media_types"] = tuple(fields["media_types"])
    if "headers" in fields:
        fields["headers"] = frozenset(fields["headers"])
    return ResponseSite(place=FilePlace("api.yaml", line, 1), **fields)


def rule_files() -> list[Path]:
    """All files."""
    return sorted(ROOT.glob("*.yaml"))


def rule_cases() -> list[RuleCase]:
    """All cases of all files."""
    found = []
    for path in rule_files():
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert document["rule"] == path.stem, path
        for kind in ("pass", "fail", "fix"):
            found += [RuleCase(path.stem, kind, number, data) for number, data in enumerate(document.get(kind, []), 1)]
    return found
