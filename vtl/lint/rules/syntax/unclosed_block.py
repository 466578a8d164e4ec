"""A block has no `#end`.

Every #if, #foreach and #define needs its own; #else and #elseif belong to the #if around them. Nothing else is checked in the
template.

    #if($a)x#endif            `#endif` is text: write #end
    #if($a)x#else if($b)y#end   two #if and one #end: write #elseif
"""

from __future__ import annotations

from vtl.diagnostics import Severity
from vtl.errors import TemplateError
from vtl.lint.rule import Problem, Rule


def unclosed(error: TemplateError) -> Problem | None:
    """The problem, when the parser's error is about a block that is never closed; else None."""
    if error.message.endswith(" has no #end"):
        return Problem(error.message, error.span, error.hint)
    return None


RULE = Rule(code="P002", name="unclosed-block", severity=Severity.ERROR)
