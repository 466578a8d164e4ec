"""What was meant as a reference is text, because a blank stands after its `$`.

$ input.body          write $input.body
${ input.body }       write ${input.body}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.finding import Edit, Fix
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.source import Span

_LOST = re.compile(r"\$!?(?:(\{)[ \t]+|[ \t]+)(input|util|context|stageVariables)\b[ \t]*\.")


def check(subject: Subject) -> Iterator[Problem]:
    """The roots of API Gateway that stand apart from their `$`."""
    texts = [node.span for node in subject.nodes if isinstance(node, nodes.Text)]
    for found in _LOST.finditer(subject.text):
        if not any(span.start <= found.start() + 1 < span.end for span in texts):
            continue
        blanks = list(re.finditer(r"[ \t]+", found.group()))
        first = Span(found.start() + blanks[0].start(), found.start() + blanks[0].end())
        fix = None if found[1] else Fix((Edit(first, ""),), False, "Join the reference")
        yield Problem(f"`{found.group().rstrip('.')}` is text: no blank may follow the `$`", Span(*found.span()), fix=fix)


RULE = Rule(code="P004", name="reference-left-as-text", severity=Severity.WARNING, check=check, fixes="unsafe")
