"""A member of $context, $input or $util is named that API Gateway does not have.

It prints nothing. The nearest documented name is told.

    $context.request.header.Host      write $input.params().header.Host
    $context.identity.sourceIP        write $context.identity.sourceIp
    $input.querystring.page           write $input.params('page')

See: API Gateway mapping template and access logging variable reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import ALL_KINDS, Problem, Rule
from vtl.lint.subject import Subject
from vtl.source import Span
from vtl.variables.catalog import CATALOG, lookup

_INPUT = {"querystring": "params().querystring", "header": "params().header", "headers": "params().header", "path": "path('$')"}
_FREE = ("context.authorizer", "context.requestOverride", "context.responseOverride")


def check(subject: Subject) -> Iterator[Problem]:
    """The first use of each such member."""
    if subject.assigned & {"context", "input", "util"}:
        return
    written = {node.target.span for node in subject.nodes if isinstance(node, nodes.Set)}
    seen: set[str] = set()
    for reference in subject.references:
        if reference.name == "context":
            problem = _context(reference)
        elif reference.name in ("input", "util"):
            problem = _object(reference)
        else:
            continue
        if problem is not None and problem.message not in seen and reference.span not in written:
            seen.add(problem.message)
            yield problem


def _names(reference: nodes.Reference) -> list[tuple[str, Span]]:
    names = []
    for part in reference.parts:
        if isinstance(part, nodes.Property):
            names.append((part.name, part.span))
        elif isinstance(part, nodes.Index) and isinstance(part.argument, nodes.StringLiteral):
            names.append((part.argument.value, part.span))
        else:
            break
    return names


def _context(reference: nodes.Reference) -> Problem | None:
    path = "context"
    for name, span in _names(reference):
        if path.startswith(_FREE):
            return None
        entry = lookup(f"{path}.{name}")
        if entry is None and not any(each.name.startswith(f"{path}.{name}.") for each in CATALOG):
            known = [each.name for each in CATALOG if each.name.startswith("context.")]
            near = _nearest(f"{path}.{name}", known)
            hint = f"did you mean ${near}?" if near else None
            first = name.partition("-")[0]
            if first != name and lookup(f"{path}.{first}"):
                hint = f"a hyphen belongs to the name: write ${{{path}.{first}}}{name[len(first) :]}"
            return Problem(f"there is no ${path}.{name}: it prints nothing", span, hint)
        path = f"{path}.{name}"
        if entry is not None and entry.type in ("string", "number"):
            return None
    return None


def _nearest(name: str, known: list[str]) -> str:
    last = name.rpartition(".")[2].lower()
    same = [each for each in known if each.rpartition(".")[2].lower() == last]
    return (same or get_close_matches(name, known, 1, 0.8) or [""])[0]


def _object(reference: nodes.Reference) -> Problem | None:
    part = reference.parts[0] if reference.parts else None
    if not isinstance(part, nodes.Property) or (reference.name == "input" and part.name in ("body", "Body")):
        return None
    if reference.name == "util":
        return Problem(
            f"$util.{part.name} is no member of $util: it prints nothing", part.span, f"call it: $util.{part.name}(...)"
        )
    meant = _INPUT.get(part.name) or ("params()" if part.name == "params" else "")
    hint = f"did you mean $input.{meant}?" if meant else f"a member of the body is $input.path('$.{part.name}')"
    return Problem(f"$input has no member {part.name}: it prints nothing", part.span, hint)


RULE = Rule(code="R105", name="unknown-member", severity=Severity.WARNING, check=check, kinds=ALL_KINDS)
