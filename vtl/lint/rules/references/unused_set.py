"""A variable is set and never read.

It is clutter, or a sign that another name was meant. A value that is set for what its method does, as in
`#set($done = $list.add(1))`, is left alone, and so is `$inputRoot`, which AWS's console writes into every template.

    #set($total = $input.path('$.total'))      remove it, or use $total
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject

_ACTING = frozenset(["add", "addAll", "put", "putAll", "remove", "clear", "set"])


def check(subject: Subject) -> Iterator[Problem]:
    """The first #set of each such variable."""
    sets = [node for node in subject.nodes if isinstance(node, nodes.Set)]
    targets = {id(node.target) for node in sets if not node.target.parts}
    read = {each.name for each in subject.references if id(each) not in targets}
    seen: set[str] = {"inputRoot"}
    for node in sets:
        name = node.target.name
        if node.target.parts or name in read or name in seen or _acts(node.value):
            continue
        seen.add(name)
        yield Problem(f"${name} is set and never read", node.target.span)


def _acts(value: nodes.Expression) -> bool:
    if not isinstance(value, nodes.Reference):
        return False
    return any(isinstance(part, nodes.MethodCall) and part.name in _ACTING for part in value.parts)


RULE = Rule(code="R102", name="unused-set", severity=Severity.INFO, check=check)
