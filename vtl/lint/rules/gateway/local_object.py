"""A template calls an object that API Gateway does not have: $xml, $json or $soap.

This library gives them to a template when its caller asks for them. On AWS such a call prints nothing.

    $xml.parse($input.body)      target = "local" in the settings says that AWS is not meant
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.variables.catalog import extra_methods


def check(subject: Subject) -> Iterator[Problem]:
    """Each call of such an object that the template does not set itself."""
    for reference in subject.references:
        first = reference.parts[0] if reference.parts else None
        if not isinstance(first, nodes.MethodCall) or reference.name in subject.assigned:
            continue
        name = f"{reference.name}.{first.name}"
        if name in extra_methods() and not reference.escaped:
            yield Problem(f"API Gateway has no ${name}(): the call prints nothing", reference.span, _HINT)


_HINT = 'target = "local" in the settings says that AWS is not meant'

RULE = Rule(code="G613", name="local-object", severity=Severity.ERROR, check=check, aws=True)
