"""An integration has a step that API Gateway does not: `x-vtl-transform` turns JSON into XML or SOAP, and back.

This library's own gateway runs it; AWS reads the document without it, so that the backend gets JSON. For AWS write what
`vtl soap scaffold` writes: templates, or a Lambda function.

    x-vtl-transform: {request: soap}      target = "local" in the settings says that AWS is not meant
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import IntegrationSite


def check(integration: IntegrationSite) -> Iterator[Problem]:
    """One problem for an integration with such a step."""
    if integration.transform is not None:
        hint = '`vtl soap scaffold` writes what runs there; target = "local" in the settings says that AWS is not meant'
        yield Problem("API Gateway has no x-vtl-transform: the body stays as it is", hint=hint, place=integration.transform_place)


RULE = Rule(code="G612", name="local-transform", severity=Severity.ERROR, check_integration=check, aws=True)
