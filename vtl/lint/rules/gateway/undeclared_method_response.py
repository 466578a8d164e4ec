"""An integration response has a status that the method does not declare, so that the answer becomes a 500.

Each statusCode of an integration response must be among the method's responses.

See: API Gateway developer guide, set up a method response status code.
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import IntegrationSite


def check(integration: IntegrationSite) -> Iterator[Problem]:
    """The responses whose status is not declared; each status once."""
    declared = integration.method_responses
    if not declared or integration.responses is None or "default" in declared:
        return
    if (integration.type or "").upper() in ("AWS_PROXY", "HTTP_PROXY"):
        return
    told: set[str] = set()
    for response in integration.responses:
        status = response.status
        if status is None or status in declared or status in told or not status.isdigit():
            continue
        told.add(status)
        known = ", ".join(sorted(declared))
        yield Problem(
            f"the method declares no response {status} (it has {known}): such an answer becomes a 500", place=response.place
        )


RULE = Rule(code="G605", name="undeclared-method-response", severity=Severity.ERROR, check_integration=check)
