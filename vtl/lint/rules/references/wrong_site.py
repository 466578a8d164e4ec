"""A variable is used where it has no value, or Velocity where API Gateway runs none.

Some variables exist in access logs alone, and `$context.error.message` in gateway responses and access logs. Gateway responses
and access logs are no templates: they replace `$context` and `$stageVariables`, and print directives and $input as they stand.

    {"message": "$context.error.message"}     in a mapping template it prints nothing
    #if($context.error.message)...            in a gateway response the `#if` is text

See: Gateway responses in API Gateway; Variables for access logging.
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import ALL_KINDS, Problem, Rule
from vtl.lint.site import ACCESS_LOG, TEMPLATE
from vtl.lint.subject import Subject
from vtl.source import Span
from vtl.variables.catalog import FAILURES, LOGS, TEMPLATES, lookup

_DIRECTIVES = nodes.Set | nodes.If | nodes.Foreach | nodes.Define | nodes.Stop | nodes.Break


def check(subject: Subject) -> Iterator[Problem]:
    """Directives and roots that are text there, and variables without a value there."""
    seen: set[str] = set()
    for node in subject.nodes:
        if subject.template.kind != TEMPLATE and isinstance(node, _DIRECTIVES):
            word = subject.text[node.span.start : node.span.end].split("(")[0].split()[0]
            yield Problem(
                f"{_where(subject)} runs no Velocity: `{word}` prints as it stands",
                Span(node.span.start, node.span.start + len(word)),
            )
            return
        if isinstance(node, nodes.Reference):
            problem = _reference(subject, node)
            if problem is not None and problem.message not in seen:
                seen.add(problem.message)
                yield problem


def _where(subject: Subject) -> str:
    return "an access log" if subject.template.kind == ACCESS_LOG else "a gateway response"


def _reference(subject: Subject, node: nodes.Reference) -> Problem | None:
    if subject.template.kind != TEMPLATE:
        if node.name in ("input", "util"):
            return Problem(f"{_where(subject)} has no ${node.name}: it prints as it stands", node.span)
        return None
    if node.name != "context" or "context" in subject.assigned:
        return None
    path = "context"
    for part in node.parts:
        if not isinstance(part, nodes.Property):
            break
        path = f"{path}.{part.name}"
    entry = lookup(path)
    if entry is None or entry.name.endswith("*") or entry.places & TEMPLATES:
        return None
    if entry.places == LOGS:
        return Problem(f"${path} exists in access logs alone: here it prints nothing", node.span)
    if entry.places == FAILURES:
        return Problem(f"${path} exists in gateway responses and access logs: here it prints nothing", node.span)
    return None


RULE = Rule(code="R106", name="wrong-site", severity=Severity.WARNING, check=check, kinds=ALL_KINDS)
