"""Annotations of GitHub Actions: one workflow command for each finding.

See: GitHub Docs, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from collections.abc import Sequence

from vtl.diagnostics import Severity
from vtl.lint.finding import Finding

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(findings: Sequence[Finding], colour: bool) -> str:
    """The commands."""
    return "".join(f"{_command(each)}\n" for each in findings)


def _command(finding: Finding) -> str:
    properties = {"title": f"vtl {finding.code}", "file": finding.file}
    if finding.line:
        properties |= {"line": str(finding.line), "col": str(finding.column)}
    if finding.end is not None:
        properties["endLine"] = str(finding.end.line)
        if finding.end.line == finding.line:
            properties["endColumn"] = str(finding.end.column)
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    hint = f"\n{finding.hint}" if finding.hint else ""
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(finding.message + hint)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
