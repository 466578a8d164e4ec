"""A variable is used that nothing ever sets.

API Gateway gives $input, $util, $context and $stageVariables, and the template sets its own. Any other reference prints nothing,
and is true in an #if. `${Name}` with a capital letter in a file of its own is only remarked on: it may be a placeholder that a
document fills in. A name that only stands beside `==` or `!=` is left alone: `$null` is how one writes null in Velocity.

    "id": "$petId"                      #set($petId = $input.params('petId')) is missing
    "$table-dev"                        a hyphen belongs to the name: write ${table}-dev
    "$schema": "http://..."             write #set($d = '$') once and "${d}schema"
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.variables.catalog import extra_methods

_GIVEN = frozenset(["input", "util", "context", "stageVariables"])
_LOOPS = frozenset(["foreach", "velocityCount", "velocityHasNext"])
_NOTHING = frozenset(["null", "nil", "none", "empty", "undefined", "nothing", "blank", "void"])


def check(subject: Subject) -> Iterator[Problem]:
    """The first use of each such variable."""
    known = _GIVEN | _LOOPS | subject.assigned
    compared = {operand.span for node in subject.nodes for operand in _compared(node)}
    targets = {node.target.span for node in subject.nodes if isinstance(node, nodes.Set)}
    seen: set[str] = set()
    for reference in subject.references:
        name = reference.name
        if name in known or name in seen or reference.span in compared or reference.escaped or not reference.computable:
            continue
        if _is_extra(reference) or name.lower() in _NOTHING or any(name.lower() == each.lower() for each in known):
            continue
        seen.add(name)
        if reference.span in targets:
            yield Problem(f"nothing is set: ${name} does not exist", reference.span, f"#set(${name} = {{}}) first")
            continue
        if reference.formal and name[0].isupper() and subject.template.editable:
            message = f"{reference.literal} is never set: it prints nothing, unless a document replaces it first"
            yield Problem(
                message,
                reference.span,
                "a placeholder of Fn::Sub or templatefile is known when the document is linted",
                Severity.INFO,
            )
            continue
        hint = _hint(name, known)
        yield Problem(f"${name} is never set: it prints nothing, and is true in an #if", reference.span, hint)


def _hint(name: str, known: frozenset[str]) -> str | None:
    """The nearest name, or where a hyphen took the text behind a variable into its name."""
    for end in (place for place, character in enumerate(name) if character == "-"):
        if name[:end] in known:
            return f"a hyphen belongs to the name: write ${{{name[:end]}}}{name[end:]}"
    near = get_close_matches(name, known, 1, 0.75)
    return f"did you mean ${near[0]}?" if near else None


def _is_extra(reference: nodes.Reference) -> bool:
    """Whether it is a call of an object that only this library has; G613 is about these."""
    first = reference.parts[0] if reference.parts else None
    return isinstance(first, nodes.MethodCall) and f"{reference.name}.{first.name}" in extra_methods()


def _compared(node: nodes.Node) -> list[nodes.Expression]:
    if isinstance(node, nodes.Binary) and node.operator in ("==", "!="):
        return [each for each in (node.left, node.right) if isinstance(each, nodes.Reference) and not each.parts]
    return []


RULE = Rule(code="R101", name="undefined-reference", severity=Severity.WARNING, check=check)
