r"""A value of the request goes into XML as it came: a `<` or `&` in it breaks the document, or adds elements to it.

Velocity has no XML escape, and $util.escapeJavaScript is the wrong one: it writes `\'` and leaves `<` and `&`.

    <name>$input.path('$.name')</name>
    <name>$input.path('$.name').replaceAll("&", "&amp;").replaceAll("<", "&lt;")</name>
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.abstract.unknown import NUMBER
from vtl.lint.json_skeleton import kind_of_output
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import RESPONSE
from vtl.lint.subject import Subject
from vtl.source import Span

_SAFE = frozenset(["xml", "base64", "form"])


def check(subject: Subject) -> Iterator[Problem]:
    """The references that print such a value, each once."""
    seen: set[Span] = set()
    response = subject.site.direction == RESPONSE
    for run in subject.exploration.runs:
        if kind_of_output(run.text) != "xml":
            continue
        for offset, unknown in run.unknowns():
            origin = run.origin(offset)
            if origin is None or origin[0] in seen or not unknown.taint or unknown.done & _SAFE or unknown.kind == NUMBER:
                continue
            seen.add(origin[0])
            source = " ".join(subject.text[origin[0].start : origin[0].end].split())
            severity = Severity.INFO if response else Severity.WARNING
            message = f"`{source[:60]}` stands unescaped in XML: a `<` or `&` in it is read as markup"
            yield Problem(message, origin[0], '.replaceAll("&", "&amp;").replaceAll("<", "&lt;")', severity)


RULE = Rule(code="X502", name="unescaped-xml", severity=Severity.WARNING, check=check)
