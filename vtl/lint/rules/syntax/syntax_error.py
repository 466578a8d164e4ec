"""The template is not one that Velocity 1.7 parses.

API Gateway answers 500 to every request that meets such a template. Nothing else is checked in it.

    #if($x in $list)          Velocity has no operator `in`: write $list.contains($x)
    #set($a = $input.path('$.a')
                              the closing parenthesis is missing
"""

from __future__ import annotations

from vtl.diagnostics import Severity
from vtl.errors import TemplateError
from vtl.lint.rule import Problem, Rule


def problem(error: TemplateError) -> Problem:
    """The parser's error as a problem."""
    return Problem(error.message, error.span, error.hint or _hint(error))


def _hint(error: TemplateError) -> str | None:
    if "unexpected `in`" in error.message:
        return "Velocity has no operator `in`: $list.contains($x)"
    return None


RULE = Rule(code="P001", name="syntax-error", severity=Severity.ERROR)
