"""For people: each finding with the line that it is about, carets below it, and a hint."""

from __future__ import annotations

from collections.abc import Sequence

from vtl.diagnostics import Severity
from vtl.lint.finding import Finding
from vtl.lint.report.counts import in_words

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def render(findings: Sequence[Finding], colour: bool) -> str:
    """The findings, and their number in the last line; "" when there are none."""
    blocks = [_coloured(each) if colour else each.render() for each in findings]
    if not blocks:
        return ""
    fixable = sum(1 for each in findings if each.fix is not None and each.editable and each.fix.safe)
    offer = f" ({fixable} can be fixed with --fix)" if fixable else ""
    return "\n\n".join([*blocks, f"Found {in_words(findings)}{offer}.\n"])


def _coloured(finding: Finding) -> str:
    headline, *rest = finding.render().split("\n")
    return "\n".join([f"\x1b[1;{_COLOURS[finding.severity]}m{headline}\x1b[0m", *rest])
