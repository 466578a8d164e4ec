"""The baseline: findings that were there before, so that only new ones count.

A finding is known by its file, its code and the text of its line, and may move. Findings that are gone drop out when it is
written anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from vtl.errors import InputError
from vtl.lint.finding import Finding

_VERSION = 1


def read_baseline(path: Path) -> Counter[str]:
    """How often each fingerprint is forgiven. InputError when the file cannot be used."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"cannot read the baseline {str(path)!r}: {error.strerror}", hint="--update-baseline writes it"
        ) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"the baseline {str(path)!r} is not JSON: {error}") from None
    findings = document.get("findings") if isinstance(document, dict) else None
    if not isinstance(findings, list):
        raise InputError(f"the baseline {str(path)!r} has no list `findings`", hint="--update-baseline writes it anew")
    counts: Counter[str] = Counter()
    for each in findings:
        if not isinstance(each, dict) or not isinstance(each.get("fingerprint"), str):
            raise InputError(f"the baseline {str(path)!r} has an entry without a fingerprint")
        count = each.get("count", 1)
        counts[each["fingerprint"]] += count if type(count) is int else 1
    return counts


def new_findings(findings: Iterable[Finding], forgiven: Counter[str]) -> list[Finding]:
    """The findings beyond those that the baseline has."""
    left = Counter(forgiven)
    kept = []
    for finding in findings:
        if left[finding.fingerprint] > 0:
            left[finding.fingerprint] -= 1
        else:
            kept.append(finding)
    return kept


def write_baseline(path: Path, findings: Iterable[Finding]) -> int:
    """Write a baseline of these findings; gives their number. InputError when the file cannot be written."""
    entries: dict[str, dict[str, object]] = {}
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[finding.fingerprint] += 1
        entries[finding.fingerprint] = {"file": finding.file, "code": finding.code, "fingerprint": finding.fingerprint}
    listed = [entry | {"count": counts[mark]} for mark, entry in entries.items()]
    listed.sort(key=lambda entry: (str(entry["file"]), str(entry["code"]), str(entry["fingerprint"])))
    text = json.dumps({"version": _VERSION, "findings": listed}, indent=1, ensure_ascii=False) + "\n"
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"cannot write the baseline {str(path)!r}: {error.strerror}") from None
    return sum(counts.values())
