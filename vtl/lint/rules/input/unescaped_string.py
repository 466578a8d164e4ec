r"""A value of the request goes into JSON as it came: whoever sends it can write JSON of their own.

Between quotes a `"` in the value ends the string, and what follows is read as further members: a name such as
`x","isAdmin":{"BOOL":true},"y":"` adds an attribute to the DynamoDB item. Without quotes the value need not even have one.
A value is followed through #set, loops, strings and methods. Behind an AWS service this is an error, since the request runs
under the API's own role; before a Lambda function or an HTTP backend a warning; in a response, where the text comes from your
own backend, only a remark.

    "name": "$input.path('$.name')"       write "name": $input.json('$.name')
                                          or "$util.escapeJavaScript($input.path('$.name')).replaceAll("\'", "'")"
    "input": "{\"a\": \"$util.escapeJavaScript($a)\"}"
                                          JSON in a JSON text needs escaping twice
    "limit": $input.params('limit')       quote it, or check it first: #if($limit.matches("\d+"))

What stays: names of headers and query parameters from keySet(), which AWS's own template for passing everything on prints as
well.

See: API Gateway developer guide, $util.escapeJavaScript; CWE-74.
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.abstract.unknown import JSON, NUMBER, Unknown
from vtl.lint.finding import Edit, Fix
from vtl.lint.guards import answers, matched, numeric
from vtl.lint.json_skeleton import Use
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import RESPONSE, Site
from vtl.lint.subject import Subject
from vtl.lint.validity import JsonRun
from vtl.source import Span

_SAFE = frozenset(["js", "quotes", "base64", "form"])


def check(subject: Subject) -> Iterator[Problem]:
    """The references that print such a value, each once."""
    seen: set[Span] = set()
    for examined in subject.json_runs:
        for use in examined.uses:
            origin = examined.run.origin(use.offset)
            if origin is None or origin[0] in seen or not _dangerous(use, examined):
                continue
            seen.add(origin[0])
            yield _problem(subject, use, origin[0], alone=examined.run.printed_alone(use.offset))


def _dangerous(use: Use, examined: JsonRun) -> bool:
    unknown = use.unknown
    if not unknown.taint or unknown.kind in (JSON, NUMBER) or matched(examined.run, unknown):
        return False
    if use.where == "inner":
        return not unknown.done & {"quotes", "base64", "form"} and unknown.key.count("escapeJavaScript(") < 2
    if unknown.done & _SAFE:
        return False
    return use.where in ("string", "name") or (unknown.key != "input.body" and not numeric(examined.run, unknown))


def _severity(site: Site, unknown: Unknown) -> Severity:
    if site.direction == RESPONSE or answers(site, unknown):
        return Severity.INFO
    if site.integration_type == "AWS" and site.service not in (None, "lambda"):
        return Severity.ERROR
    return Severity.WARNING


def _problem(subject: Subject, use: Use, span: Span, *, alone: bool) -> Problem:
    source = subject.text[span.start : span.end]
    words = use.unknown.words if len(use.unknown.words) <= 60 else use.unknown.words[:57] + "..."
    comes = "" if words == source else f" ({words})"
    if use.where == "inner":
        stands = "is escaped once" if "js" in use.unknown.done else "stands unescaped"
        message = f"`{_short(source)}`{comes} {stands}, but in JSON within a JSON text: it needs escaping twice"
        hint = "build the inner JSON in a variable with #set, and escape all of it"
        fix = None
    elif use.where in ("string", "name"):
        message = f'`{_short(source)}`{comes} stands unescaped between quotes: a `"` in it ends the string, and JSON can follow'
        hint = "print it with $input.json(...) without quotes, or through $util.escapeJavaScript(...)"
        fix = _escape(source, span) if alone and source.startswith("$") and "util." not in source else None
    else:
        message = f"`{_short(source)}`{comes} stands unescaped and without quotes: any JSON can stand there"
        hint = "print it with $input.json(...), or check it with .matches(...) first"
        fix = None
    return Problem(message, span, hint, _severity(subject.site, use.unknown), fix)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 50 else text[:47] + "..."


def _escape(source: str, span: Span) -> Fix:
    escaped = f'$util.escapeJavaScript({source}).replaceAll("\\\\\'", "\'")'
    return Fix((Edit(span, escaped),), False, "Escape it for JSON")


RULE = Rule(code="U204", name="unescaped-string", severity=Severity.WARNING, check=check, fixes="unsafe")
