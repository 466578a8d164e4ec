"""A proxy integration has templates, which API Gateway does not run.

AWS_PROXY and HTTP_PROXY hand the request and the answer on as they are. Templates and integration responses there are ignored.

    type: aws_proxy        write aws, or leave requestTemplates away
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import IntegrationSite


def check(integration: IntegrationSite) -> Iterator[Problem]:
    """One problem for a proxy integration with templates."""
    kind = (integration.type or "").upper()
    if kind not in ("AWS_PROXY", "HTTP_PROXY"):
        return
    if integration.request_media_types:
        yield Problem(f"{kind} ignores request templates ({', '.join(integration.request_media_types)})")
    elif any(response.media_types for response in integration.responses or ()):
        yield Problem(f"{kind} ignores response templates")


RULE = Rule(code="G609", name="template-on-proxy", severity=Severity.WARNING, check_integration=check)
