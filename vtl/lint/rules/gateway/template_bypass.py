"""A request can go around the templates of an AWS integration and be sent on as it came.

With passthroughBehavior unset or WHEN_NO_MATCH, a body whose Content-Type no template names is not mapped at all. Whoever sends
`Content-Type: text/plain` then writes the request to DynamoDB, Step Functions or EventBridge alone, and it runs under the API's
role. NEVER answers 415 instead. A `$default` template closes the gap too. Lambda functions see the bare body, which is common
and left alone.

    passthroughBehavior: NEVER

See: API Gateway developer guide, integration passthrough behaviors.
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import IntegrationSite


def check(integration: IntegrationSite) -> Iterator[Problem]:
    """One problem for an AWS service that has templates and lets other bodies through."""
    if (integration.type or "").upper() != "AWS" or integration.service in ("lambda", None):
        return
    if not integration.request_media_types or "$default" in integration.request_media_types:
        return
    passthrough = (integration.passthrough or "").upper()
    if passthrough in ("", "WHEN_NO_MATCH"):
        said = "is WHEN_NO_MATCH" if passthrough else "is not set, which means WHEN_NO_MATCH"
        types = ", ".join(integration.request_media_types)
        yield Problem(
            f"passthroughBehavior {said}: a body of another type than {types} goes to {integration.service} as it came",
            hint="passthroughBehavior: NEVER",
        )


RULE = Rule(code="G602", name="template-bypass", severity=Severity.ERROR, check_integration=check)
