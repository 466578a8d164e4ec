"""No integration response is the default one, so that an answer which no pattern matches becomes a 500.

The default response is the one without a selectionPattern, or with the key `default` in an OpenAPI document.

See: API Gateway developer guide, set up an integration response.
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import IntegrationSite

_ALL = frozenset([".*", ".+", "(?s).*", "[\\s\\S]*", "\\d{3}", "[0-9]{3}", "(\\n|.)*", "(.|\\n)*"])


def check(integration: IntegrationSite) -> Iterator[Problem]:
    """One problem for an integration with responses and no default among them."""
    responses = integration.responses
    if not responses or (integration.type or "").upper() in ("AWS_PROXY", "HTTP_PROXY", ""):
        return
    if any(response.pattern is None or response.pattern == "" for response in responses):
        return
    function = integration.service == "lambda"
    patterns = {response.pattern for response in responses}
    if patterns & _ALL and not (function and not patterns & {".*", "(?s).*", "[\\s\\S]*"}):
        return
    what = "a successful call has no error message to match, and" if function else "an answer that no pattern matches"
    yield Problem(f"no response is the default one: {what} becomes a 500", hint="leave the selectionPattern of one response away")


RULE = Rule(code="G608", name="no-default-response", severity=Severity.WARNING, check_integration=check)
