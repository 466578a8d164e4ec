"""A loop goes over a text, which has no elements: its body never runs.

$input.params(...), $input.json(...) and $input.body are texts, also when they look like a list.

    #foreach($tag in $input.params('tags'))        $input.params('tags').split(',')
    #foreach($pet in $input.json('$.pets'))        $input.path('$.pets')
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.abstract.unknown import JSON
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """The loops whose source is a text in some run."""
    loops = {node.span: node for node in subject.nodes if isinstance(node, nodes.Foreach)}
    seen: set[nodes.Foreach] = set()
    for run in subject.exploration.runs:
        for note in run.notes:
            node = loops.get(note.span)
            if note.kind != "loop" or node is None or node in seen or node.source is None:
                continue
            seen.add(node)
            hint = "use $input.path(...)" if note.unknown.kind == JSON else "split it first: .split(',')"
            yield Problem(f"{note.unknown.words[:60]} is a text: the loop never runs", node.source.span, hint)


RULE = Rule(code="D303", name="foreach-over-scalar", severity=Severity.ERROR, check=check)
