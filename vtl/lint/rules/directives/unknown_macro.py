"""A `#name(...)` is no directive, and prints as it stands.

API Gateway has no macros, so that nothing is ever called by a word with parentheses that Velocity does not know.

    #json($item)      write $input.json(...), or #define a block and print it
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """The calls with parentheses, less those that D301 and P003 speak of."""
    macros = {node.name for node in subject.nodes if isinstance(node, nodes.Macro)} | {"evaluate"}
    for node in subject.nodes:
        if isinstance(node, nodes.MacroCall) and "(" in node.literal and node.name not in macros:
            yield Problem(f"#{node.name}(...) is no directive and prints as it stands", node.span)


RULE = Rule(code="D305", name="unknown-macro", severity=Severity.WARNING, check=check)
