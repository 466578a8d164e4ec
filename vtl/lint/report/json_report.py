"""For tools: a JSON object with the findings and their number by severity."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from vtl.diagnostics import Severity
from vtl.lint.finding import Finding
from vtl.lint.site import Site


def render(findings: Sequence[Finding], colour: bool) -> str:
    """The object, indented; characters beyond ASCII as they are."""
    counts = {severity.value: sum(1 for each in findings if each.severity is severity) for severity in Severity}
    document = {"version": 1, "counts": counts, "findings": [as_object(each) for each in findings]}
    return json.dumps(document, indent=1, ensure_ascii=False)


def as_object(finding: Finding) -> dict[str, Any]:
    """One finding; what is not known is null."""
    return {
        "code": finding.code,
        "rule": finding.rule or None,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "file": finding.file or None,
        "line": finding.line or None,
        "column": finding.column or None,
        "end_line": finding.end.line if finding.end else None,
        "end_column": finding.end.column if finding.end else None,
        "site": _site(finding.site),
        "fix": None if finding.fix is None else {"message": finding.fix.message, "safe": finding.fix.safe},
        "fingerprint": finding.fingerprint,
    }


def _site(site: Site | None) -> dict[str, Any] | None:
    if site is None:
        return None
    names = ("api", "method", "path", "direction", "media_type")
    known = {name: getattr(site, name) for name in names if getattr(site, name) is not None}
    return known or None
