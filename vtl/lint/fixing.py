"""`fix`: a bare template with all its fixes, again and again until none is left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vtl.dialect import APIGATEWAY
from vtl.errors import TemplateError
from vtl.lang.parser import Syntax, parse
from vtl.limits import Limits
from vtl.lint.fixes import applicable, apply_fixes
from vtl.lint.linter import Linter
from vtl.lint.site import BareTemplate
from vtl.source import Source

_MOST_PASSES = 10
"""One fix may make room for another; more passes than this mean that two undo each other."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A template after its fixes, and how many findings they removed."""

    template: BareTemplate
    count: int


def fix(linter: Linter, template: BareTemplate, *, unsafe: bool) -> Fixed:
    """The template with the fixes of its findings. A fix after which it would not parse is not made."""
    count = 0
    for _ in range(_MOST_PASSES):
        text, done = apply_fixes(template.text, applicable(linter.template(template), unsafe=unsafe))
        if not done or not _parses(template.file, text):
            break
        template = replace(template, source=Source(template.file, text))
        count += len(done)
    return Fixed(template, count)


def _parses(name: str, text: str) -> bool:
    try:
        parse(Source(name, text), Syntax.of(APIGATEWAY, Limits()))
    except TemplateError:
        return False
    return True
