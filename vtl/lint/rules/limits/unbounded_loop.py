"""A loop over a range has more rounds than API Gateway runs.

A #foreach ends after 1,000 rounds, and the rest of the list is silently left out.

    #foreach($i in [1..5000])      at most [1..1000]

See: Amazon API Gateway quotas, "Number of iterations in a #ForEach ... #End loop".
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject

_MOST = 1_000


def check(subject: Subject) -> Iterator[Problem]:
    """The ranges of numbers that are too long for a loop."""
    for node in subject.nodes:
        if isinstance(node, nodes.Foreach) and isinstance(node.source, nodes.RangeLiteral):
            start, end = node.source.start, node.source.end
            if isinstance(start, nodes.IntegerLiteral) and isinstance(end, nodes.IntegerLiteral):
                rounds = abs(end.value - start.value) + 1
                if rounds > _MOST:
                    yield Problem(f"{rounds:,} rounds, but API Gateway runs the first {_MOST:,} only", node.source.span)


RULE = Rule(code="L702", name="unbounded-loop", severity=Severity.WARNING, check=check)
