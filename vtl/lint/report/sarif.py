"""SARIF 2.1.0, for code scanning.

See: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import vtl
from vtl.diagnostics import Severity
from vtl.lint.finding import Finding
from vtl.lint.registry import all_rules
from vtl.lint.rule import Rule
from vtl.lint.site import Site

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(findings: Sequence[Finding], colour: bool) -> str:
    """The log: one run, the rules that found something, and the results."""
    codes = sorted({each.code for each in findings})
    known = {rule.code: rule for rule in all_rules()}
    driver = {
        "name": "vtl",
        "version": vtl.__version__,
        "semanticVersion": vtl.__version__,
        "rules": [_rule(code, known.get(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, codes.index(each.code)) for each in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False)


def _rule(code: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": code, "shortDescription": {"text": "A file that cannot be read."}}
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.documentation},
        "help": {"text": rule.documentation},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    hint = f"\n{finding.hint}" if finding.hint else ""
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message + hint},
        "partialFingerprints": {"vtlLine/v1": finding.fingerprint},
    }
    location: dict[str, Any] = {}
    if finding.file:
        location["physicalLocation"] = _physical(finding)
    if finding.site is not None and (names := _logical(finding.site)):
        location["logicalLocations"] = [{"fullyQualifiedName": names, "kind": "resource"}]
    if location:
        result["locations"] = [location]
    if finding.fix is not None and finding.editable and finding.file and finding.source is not None:
        result["fixes"] = [_fix(finding)]
    return result


def _artifact(file: str) -> dict[str, str]:
    path = PurePath(file)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": "%SRCROOT%"}


def _physical(finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(finding.file)}
    if finding.line:
        region: dict[str, Any] = {"startLine": finding.line, "startColumn": max(1, finding.column)}
        if finding.end is not None:
            region |= {"endLine": finding.end.line, "endColumn": max(1, finding.end.column)}
        physical["region"] = region
    return physical


def _logical(site: Site) -> str:
    parts = (site.api, site.method, site.path, site.direction, site.media_type)
    return " ".join(part for part in parts if part)


def _fix(finding: Finding) -> dict[str, Any]:
    assert finding.fix is not None
    assert finding.source is not None
    replacements = []
    for edit in finding.fix.edits:
        start, end = finding.source.place(edit.span.start), finding.source.place(edit.span.end)
        region = {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
        replacements.append({"deletedRegion": region, "insertedContent": {"text": edit.text}})
    change = {"artifactLocation": _artifact(finding.file), "replacements": replacements}
    return {"description": {"text": finding.fix.message}, "artifactChanges": [change]}
