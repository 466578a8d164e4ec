"""A branch can never be taken, or always is.

As a condition a text, number, list or map that is written out is false in Velocity, whatever it holds. A condition that stands
twice in a row of #elseif is never reached the second time.

    #if("$flag")          false even when $flag is true: write #if($flag)
    #if(1)                write #if(true)
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject

_LITERALS = (
    nodes.StringLiteral
    | nodes.InterpolatedString
    | nodes.IntegerLiteral
    | nodes.FloatLiteral
    | nodes.ListLiteral
    | nodes.MapLiteral
    | nodes.RangeLiteral
)
_ARITHMETIC = frozenset("+-*/%")


def check(subject: Subject) -> Iterator[Problem]:
    """Conditions that are always false, and those that stand twice."""
    for node in subject.nodes:
        if not isinstance(node, nodes.If):
            continue
        seen: dict[str, nodes.Branch] = {}
        for branch in node.branches:
            yield from _literals(branch.condition)
            words = "".join(subject.text[branch.condition.span.start : branch.condition.span.end].split())
            if words in seen and words:
                line = subject.source.place(seen[words].span.start).line
                yield Problem(f"this condition stands in line {line} already: the branch is never taken", branch.condition.span)
            seen.setdefault(words, branch)


def _literals(condition: nodes.Expression) -> Iterator[Problem]:
    stack = [condition]
    while stack:
        node = stack.pop()
        if isinstance(node, _LITERALS):
            hint = (
                "compare it: == ..., or drop the quotes around a reference"
                if isinstance(node, nodes.InterpolatedString)
                else None
            )
            yield Problem("a literal is false as a condition, whatever it holds", node.span, hint)
        elif isinstance(node, nodes.Not):
            stack.append(node.operand)
        elif isinstance(node, nodes.Binary) and node.operator in ("&&", "||"):
            stack += [node.left, node.right]
        elif isinstance(node, nodes.Binary) and node.operator in _ARITHMETIC:
            yield Problem("a sum is false as a condition, whatever it is", node.span, "compare it: ... != 0")


RULE = Rule(code="D302", name="dead-branch", severity=Severity.WARNING, check=check)
