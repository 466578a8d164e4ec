"""How many findings there are, in words and by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vtl.diagnostics import Severity
from vtl.lint.finding import Finding

_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "remarks"}
_SINGULARS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}


def in_words(findings: Sequence[Finding]) -> str:
    """Such as "2 errors and 1 warning in 1 file"; "" when there are none."""
    if not findings:
        return ""
    counts = Counter(each.severity for each in findings)
    parts = [
        f"{counts[severity]} {_SINGULARS[severity] if counts[severity] == 1 else _PLURALS[severity]}"
        for severity in Severity
        if counts[severity]
    ]
    files = len({each.file for each in findings})
    listed = ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1]
    return f"{listed} in {files} file{'' if files == 1 else 's'}"


def statistics(findings: Sequence[Finding]) -> str:
    """One line for each rule, the most frequent first; a `*` marks one that has fixes."""
    counts = Counter((each.code, each.rule) for each in findings)
    fixable = {each.code for each in findings if each.fix is not None and each.editable}
    width = max((len(str(count)) for count in counts.values()), default=1)
    lines = [
        f"{count:>{width}}  {code}  {'*' if code in fixable else ' '} {name}".rstrip()
        for (code, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return "".join(f"{line}\n" for line in lines)
