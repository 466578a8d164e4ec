"""An integration response sets a header that the method response of its status does not declare.

API Gateway refuses such an API when it is deployed or imported, or drops the header.

See: API Gateway developer guide, request and response data mapping reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import IntegrationSite


def check(integration: IntegrationSite) -> Iterator[Problem]:
    """The headers, response by response."""
    declared = integration.method_responses
    if not declared:
        return
    for response in integration.responses or ():
        known = declared.get(response.status or "")
        if known is None:
            continue
        lower = {name.lower() for name in known}
        for header in sorted(response.headers):
            if header.lower() not in lower:
                yield Problem(f"the method response {response.status} does not declare the header {header}", place=response.place)


RULE = Rule(code="G606", name="undeclared-header", severity=Severity.WARNING, check_integration=check)
