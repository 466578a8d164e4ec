r"""A value of the request is escaped, and then the escape is undone.

A replacement that writes quotes into text of the sender gives back the very characters that escaping took away: with
`.replaceAll("@@", '"')`, the query `?q=x@@,@@admin@@:@@true` adds a key. The same goes for $util.urlDecode after
$util.escapeJavaScript.

    $util.escapeJavaScript($q).replaceAll("@@", '"')       build the JSON from parts that are escaped one by one
    $util.urlDecode($util.escapeJavaScript($q))            $util.escapeJavaScript($util.urlDecode($q))
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import RESPONSE
from vtl.lint.subject import Subject
from vtl.source import Span


def check(subject: Subject) -> Iterator[Problem]:
    """The references that print such a value, each once."""
    if subject.site.direction == RESPONSE:
        return
    seen: set[Span] = set()
    for run in subject.exploration.runs:
        for offset, unknown in run.unknowns():
            origin = run.origin(offset)
            if "undone" in unknown.done and unknown.taint and origin is not None and origin[0] not in seen:
                seen.add(origin[0])
                words = unknown.words if len(unknown.words) <= 70 else unknown.words[:67] + "..."
                yield Problem(f"the sender can write quotes here: {words} puts back what escaping takes away", origin[0])


RULE = Rule(code="U207", name="escape-undone", severity=Severity.ERROR, check=check)
