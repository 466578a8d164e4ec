r"""$util.escapeJavaScript is used for JSON, and its `\'` is not undone.

It escapes apostrophes too, and JSON has no such escape: for the name O'Brien the output is `"O\'Brien"`, which Step Functions,
DynamoDB and every JSON parser refuse. AWS's guide says to turn `\'` back.

    "$util.escapeJavaScript($input.path('$.name'))"
    "$util.escapeJavaScript($input.path('$.name')).replaceAll("\\'", "'")"

See: API Gateway developer guide, $util variables, escapeJavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.abstract.unknown import Unknown
from vtl.lint.finding import Edit, Fix
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.source import Span

_SAFE = re.compile(
    r"escapeJavaScript\((?:stageVariables\b|context\.(?!authorizer|error|path\b|identity\.(?:user|apiKey|clientCert)|get\(|identity\.get\())"
)
"""What holds no apostrophe: stage variables, ids, names and addresses that API Gateway makes itself."""
_UNDO = '.replaceAll("\\\\\'", "\'")'


def check(subject: Subject) -> Iterator[Problem]:
    """The calls whose result comes into a JSON string as it is, each once."""
    found: set[Span] = set()
    for examined in subject.json_runs:
        for use in examined.uses:
            if use.where in ("string", "name", "inner") and _unsafe(use.unknown):
                found.add(use.unknown.span)
    in_strings = {node.span for each in subject.nodes if isinstance(each, nodes.InterpolatedString) for node in _within(each)}
    for reference in subject.references:
        for part in reference.parts:
            if part.span in found and isinstance(part, nodes.MethodCall):
                fix = None
                if reference.span not in in_strings and not reference.quiet:
                    fix = Fix((Edit(Span(part.span.end, part.span.end), _UNDO),), True, "Undo the escaped apostrophes")
                message = "escapeJavaScript writes an apostrophe as `\\'`, which JSON does not have"
                span = Span(reference.span.start, part.span.end)
                yield Problem(message, span, f"append {_UNDO}", fix=fix)


def _unsafe(unknown: Unknown) -> bool:
    done = unknown.done
    return "js" in done and not done & {"apostrophe", "form", "base64"} and _SAFE.search(unknown.key) is None


def _within(string: nodes.InterpolatedString) -> list[nodes.Reference]:
    from vtl.lang.visitor import walk

    return [node for node in walk(string) if isinstance(node, nodes.Reference)]


RULE = Rule(code="U205", name="escaped-apostrophe", severity=Severity.WARNING, check=check, fixes="safe")
