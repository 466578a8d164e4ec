"""A stage variable is used that no stage of the document has.

It prints nothing. Only documents that define their stages are looked at.

    $stageVariables.tableName       Variables: {tableName: pets}
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import ALL_KINDS, Problem, Rule
from vtl.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """The first use of each such variable."""
    defined = subject.site.stage_variables
    if defined is None:
        return
    seen: set[str] = set()
    for reference in subject.references:
        part = reference.parts[0] if reference.name == "stageVariables" and reference.parts else None
        name = _name(part)
        if name is None or name in defined or name in seen:
            continue
        seen.add(name)
        near = get_close_matches(name, defined, 1)
        hint = f"did you mean {near[0]}?" if near else None
        yield Problem(f"no stage has a variable {name}: it prints nothing", reference.span, hint)


def _name(part: object) -> str | None:
    if isinstance(part, nodes.Property):
        return part.name
    if isinstance(part, nodes.Index) and isinstance(part.argument, nodes.StringLiteral):
        return part.argument.value
    if (
        isinstance(part, nodes.MethodCall)
        and part.name == "get"
        and part.arguments
        and isinstance(part.arguments[0], nodes.StringLiteral)
    ):
        return part.arguments[0].value
    return None


RULE = Rule(code="G607", name="undefined-stage-variable", severity=Severity.WARNING, check=check, kinds=ALL_KINDS)
