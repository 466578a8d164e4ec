r"""The template does not parse because of what the document around it did to it, or did not do.

Three things go wrong often. JSON escapes that were never undone, because the template was already text: `\"` ends no string in
Velocity. Terraform's `jsonencode`, which writes `<`, `>` and `&` as \u003c, \u003e and \u0026, so that conditions fall apart.
And placeholders of the document's own language, `${AWS::Region}` outside Fn::Sub or `${self:custom.x}`, which Velocity takes for
references.

    #if($a \u003e 1)                       write the template in a file and read it with file()
    $input.path(\"$.name\")                write $input.path("$.name")
    "arn:aws:sns:${AWS::Region}:..."       put the template under Fn::Sub
"""

from __future__ import annotations

import re

from vtl.diagnostics import Severity
from vtl.errors import TemplateError
from vtl.lint.rule import Problem, Rule

_PLACEHOLDER = re.compile(r"\$\{\s*(?:[A-Za-z]+::|(?:self|opt|env|custom|ssm|cf|file|sls|aws|param|var|local|module|data)[:.(])")
_ESCAPED = re.compile(r"\\u00(?:3c|3e|26)", re.IGNORECASE)
_WINDOW = 40


def mangled(error: TemplateError) -> Problem | None:
    """The problem, when the parser's error is the host's work; else None."""
    if error.source is None or error.span is None:
        return None
    text = error.source.text
    start, end = error.span
    placeholder = next(
        (found for found in _PLACEHOLDER.finditer(text) if found.start() <= end and start <= found.end() + _WINDOW), None
    )
    if placeholder:
        message = (
            f"`{text[placeholder.start() : placeholder.end() + 12].split()[0]}...` is the document's placeholder, not Velocity"
        )
        return Problem(message, error.span, "let the document replace it first, for example with Fn::Sub")
    around = text[max(0, start - _WINDOW) : end + _WINDOW]
    if _ESCAPED.search(around):
        return Problem(
            "jsonencode has written `<`, `>` or `&` as \\u003c, \\u003e or \\u0026, which Velocity does not undo",
            error.span,
            "keep the template in a file of its own, read with file() or templatefile()",
        )
    if text[start : start + 2] in ('\\"', "\\'") or text[max(0, start - 1) : start + 1] in ('\\"', "\\'"):
        message = f"`{text[max(0, start - 1) : start + 2].strip()}`: the backslash is left from JSON or from a quoted string"
        return Problem(
            message, error.span, 'Velocity has no escapes in strings: write the quote alone, or "" inside double quotes'
        )
    return None


RULE = Rule(code="P005", name="mangled-by-host", severity=Severity.ERROR)
