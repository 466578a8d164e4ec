"""Fixes: the edits of findings applied to a text, those that would overlap left for the next time."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import unified_diff

from vtl.lint.finding import Edit, Finding


def applicable(findings: Iterable[Finding], *, unsafe: bool) -> list[Finding]:
    """The findings that can be fixed: in a file that can be edited, with a safe fix or any when unsafe ones are wanted."""
    return [each for each in findings if each.fix is not None and each.editable and (unsafe or each.fix.safe)]


def apply_fixes(text: str, findings: Iterable[Finding]) -> tuple[str, list[Finding]]:
    """The text with the fixes, and the findings whose fixes went in. A fix goes in whole or not at all."""
    taken: list[Edit] = []
    done: list[Finding] = []
    for finding in findings:
        if finding.fix is None:
            continue
        new = [edit for edit in finding.fix.edits if edit not in taken]
        if any(_overlap(edit, other) for edit in new for other in taken):
            continue
        taken += new
        done.append(finding)
    for edit in sorted(taken, key=lambda each: each.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text, done


def _overlap(one: Edit, other: Edit) -> bool:
    if one.span == other.span:
        return True
    return one.span.start < other.span.end and other.span.start < one.span.end


def diff(before: str, after: str, file: str) -> str:
    """The change of a file as a unified diff; "" when there is none."""
    lines = unified_diff(before.splitlines(True), after.splitlines(True), file, file)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
