"""A value of the request goes into a form body without url-encoding.

A `&` in it ends the value and begins a parameter of the sender's choice: a subject `hi&Destination.BccAddresses.member.1=...`
makes an e-mail go to one more receiver. Behind an AWS service, such as SQS or SNS, the request runs under the API's own role.

    Action=SendMessage&MessageBody=$input.body
    Action=SendMessage&MessageBody=$util.urlEncode($input.body)

See: API Gateway developer guide, $util.urlEncode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.abstract.unknown import NUMBER
from vtl.lint.finding import Edit, Fix
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import RESPONSE
from vtl.lint.subject import Subject
from vtl.source import Span

_FORM = re.compile(r"\s*[A-Za-z][\w.%-]*=[^\s{\[<]")
_PARAMETER = re.compile(r"(?:^|&)\s*[\w.%\-\[\]\ue000-\uf8ff]+=[^&]*$")
_SAFE = frozenset(["form", "base64"])


def check(subject: Subject) -> Iterator[Problem]:
    """The references in a form body that print such a value, each once."""
    if subject.site.direction == RESPONSE:
        return
    seen: set[Span] = set()
    for run in subject.exploration.runs:
        if not _FORM.match(run.text):
            continue
        for offset, unknown in run.unknowns():
            origin = run.origin(offset)
            if not unknown.taint or unknown.done & _SAFE or unknown.kind == NUMBER or origin is None or origin[0] in seen:
                continue
            if _PARAMETER.search(run.text[:offset]):
                seen.add(origin[0])
                yield _problem(subject, origin[0], unknown.words)


def _problem(subject: Subject, span: Span, words: str) -> Problem:
    source = " ".join(subject.text[span.start : span.end].split())
    comes = "" if source == words else f" ({words[:60]})"
    service = subject.site.service
    severity = Severity.WARNING if service == "lambda" else Severity.ERROR
    fix = Fix((Edit(span, f"$util.urlEncode({source})"),), False, "Encode it") if source.startswith("$") else None
    message = f"`{source[:50]}`{comes} stands in a form body without url-encoding: a `&` in it adds parameters"
    return Problem(message, span, f"$util.urlEncode({source[:50]})", severity, fix)


RULE = Rule(code="U206", name="form-body-not-encoded", severity=Severity.ERROR, check=check, fixes="unsafe")
