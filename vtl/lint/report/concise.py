"""One line for each finding: `file:line:column: severity[code]: message`."""

from __future__ import annotations

from collections.abc import Sequence

from vtl.diagnostics import Severity
from vtl.lint.finding import Finding

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def render(findings: Sequence[Finding], colour: bool) -> str:
    """The lines."""
    lines = [" ".join(each.headline().split()) for each in findings]
    if colour:
        lines = [f"\x1b[{_COLOURS[each.severity]}m{line}\x1b[0m" for each, line in zip(findings, lines, strict=True)]
    return "".join(f"{line}\n" for line in lines)
