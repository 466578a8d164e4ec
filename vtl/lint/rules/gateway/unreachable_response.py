"""An integration response is never chosen.

Of the patterns that match, the first counts. A pattern that stands twice, or one after `.*`, is never reached. Before a Lambda
function the pattern is compared with the error's message, and a call that went well has none: a pattern such as `200` never
matches, and belongs to the default response. Before any other backend it is compared with the status, so that a pattern of words
never matches.

    selectionPattern: "200"                 for a Lambda function: leave the pattern away
    selectionPattern: ".*BadRequest.*"      for DynamoDB: write 400

See: API Gateway developer guide, set up an integration response.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.selection import is_status_pattern, matches_a_status
from vtl.lint.site import IntegrationSite, ResponseSite

_ALL = frozenset([".*", "[\\s\\S]*", "(?s).*", "(\\n|.)*", "(.|\\n)*"])
_SUCCESS = re.compile(r"\^?2[0-9xX.\\d\[\]-]{1,12}\$?")


def check(integration: IntegrationSite) -> Iterator[Problem]:
    """The responses that cannot be chosen."""
    kind = (integration.type or "").upper()
    if integration.responses is None or kind in ("AWS_PROXY", "HTTP_PROXY", ""):
        return
    function = kind == "AWS" and integration.service == "lambda"
    known = kind in ("HTTP", "MOCK") or (kind == "AWS" and integration.service is not None)
    seen: list[str] = []
    for response in integration.responses:
        pattern = response.pattern
        if not pattern:
            continue
        message = _never(pattern, seen, function=function, known=known)
        if message:
            yield Problem(message, place=response.place, hint=_hint(response, function=function))
        seen.append(pattern)


def _never(pattern: str, seen: list[str], *, function: bool, known: bool) -> str:
    if pattern in seen:
        return f"the pattern {pattern!r} stands twice: the second one is never chosen"
    before = next((each for each in seen if each in _ALL), None)
    if before is not None:
        return f"the pattern {pattern!r} comes after {before!r}, which matches everything"
    if function and _SUCCESS.fullmatch(pattern):
        return f"the pattern {pattern!r} never matches: a Lambda function that succeeds has no error message to compare with"
    if known and not function and not is_status_pattern(pattern) and not matches_a_status(pattern):
        return f"the pattern {pattern!r} never matches: it is compared with the status of the backend, such as 400"
    return ""


def _hint(response: ResponseSite, *, function: bool) -> str | None:
    if function:
        return "the response of a success is the default one: leave its pattern away"
    return f"write the backend's status, such as {response.status}" if response.status else None


RULE = Rule(code="G603", name="unreachable-response", severity=Severity.WARNING, check_integration=check)
