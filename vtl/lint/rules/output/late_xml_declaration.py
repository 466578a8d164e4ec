"""Blanks or line ends stand before `<?xml`, where no XML parser takes it.

The declaration must be the very first thing. A blank line at the top of the template, or a #set with blanks before it, is
enough to break it.

    (a blank line)
    <?xml version="1.0"?>         begin the template with it
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    """The first run whose declaration comes late."""
    for run in subject.exploration.runs:
        start = len(run.text) - len(run.text.lstrip())
        if start and run.text.startswith("<?xml", start):
            origin = run.origin(0)
            if origin is not None:
                yield Problem("the output has blanks before `<?xml`, which no XML parser takes", origin[0])
            return


RULE = Rule(code="X504", name="late-xml-declaration", severity=Severity.ERROR, check=check)
