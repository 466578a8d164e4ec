"""A GitLab Code Quality report: a JSON list with one object for each finding.

See: GitLab Docs, "Code Quality report format".
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from vtl.diagnostics import Severity
from vtl.lint.finding import Finding

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(findings: Sequence[Finding], colour: bool) -> str:
    """The list. Equal findings in one file get different fingerprints, which GitLab asks for."""
    seen: Counter[str] = Counter()
    listed = []
    for finding in findings:
        listed.append(_entry(finding, seen[finding.fingerprint]))
        seen[finding.fingerprint] += 1
    return json.dumps(listed, indent=1, ensure_ascii=False)


def _entry(finding: Finding, before: int) -> dict[str, Any]:
    return {
        "description": finding.message,
        "check_name": finding.code,
        "fingerprint": finding.fingerprint + (f"-{before}" if before else ""),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": PurePath(finding.file).as_posix(), "lines": {"begin": max(1, finding.line)}},
    }
