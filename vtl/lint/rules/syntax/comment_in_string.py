"""`##` inside quotes begins a comment: the rest of the line is gone, the closing quote and the line end with it.

Velocity knows no quotes outside directives.

    "url": "https:##example.com"      "url": "https:#[[##]]#example.com"
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.source import Span


def check(subject: Subject) -> Iterator[Problem]:
    """The line comments with an odd number of quotes before them in their line and another one after."""
    for node in subject.nodes:
        if not isinstance(node, nodes.LineComment):
            continue
        place = subject.source.place(node.span.start)
        before = subject.source.line(place.line)[: place.column - 1]
        after = subject.text[node.span.start : node.span.end]
        if before.count('"') % 2 == 1 and '"' in after and not before.rstrip().endswith(")"):
            span = Span(node.span.start, node.span.end - len(after) + len(after.rstrip("\r\n")))
            yield Problem("`##` begins a comment here, inside quotes: the rest of the line does not print", span)


RULE = Rule(code="P007", name="comment-in-string", severity=Severity.WARNING, check=check)
