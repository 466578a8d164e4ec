"""A variable of API Gateway is overwritten, or a loop takes the name of a variable that is in use.

After `#set($context = ...)` the request's context is out of reach. A loop variable hides a variable of the same name only while
the loop runs, which is easily overlooked.

    #foreach($input in $list)       take another name
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.source import Span

_GIVEN = frozenset(["input", "util", "context", "stageVariables"])


def check(subject: Subject) -> Iterator[Problem]:
    """The #set, #define and #foreach that take a name that is in use."""
    own: set[str] = set()
    for node in subject.nodes:
        if isinstance(node, nodes.Set) and not node.target.parts:
            if node.target.name in _GIVEN:
                yield Problem(f"this hides ${node.target.name} of API Gateway from here on", node.target.span)
            own.add(node.target.name)
        elif isinstance(node, nodes.Define) and node.name in _GIVEN:
            yield Problem(f"this hides ${node.name} of API Gateway from here on", node.span)
        elif isinstance(node, nodes.Foreach) and (node.variable in _GIVEN or node.variable in own):
            what = f"${node.variable} of API Gateway" if node.variable in _GIVEN else f"the ${node.variable} that was set before"
            severity = None if node.variable in _GIVEN else Severity.INFO
            span = Span(node.span.start, node.body.span.start)
            yield Problem(f"the loop variable hides {what}", span, severity=severity)


RULE = Rule(code="R103", name="shadowed-reference", severity=Severity.WARNING, check=check)
