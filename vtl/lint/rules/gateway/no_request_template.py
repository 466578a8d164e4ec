"""An action of an AWS service has no request template, so that the caller writes the whole request.

Without any template, and with passthroughBehavior other than NEVER, the body goes to the service as it came: whoever calls the
API chooses table, key and values, under the API's role. Integrations by path, such as an upload to S3, and Lambda functions
take the body on purpose and are left alone.

    uri: arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem        requestTemplates, and passthroughBehavior: NEVER

See: API Gateway developer guide, integration passthrough behaviors.
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import IntegrationSite


def check(integration: IntegrationSite) -> Iterator[Problem]:
    """One problem for an action without a template."""
    if (integration.type or "").upper() != "AWS" or integration.service in ("lambda", None) or integration.request_media_types:
        return
    by_action = ":action/" in (integration.uri or "")
    if by_action and (integration.passthrough or "").upper() != "NEVER":
        what = f"{integration.service} {integration.action}"
        yield Problem(f"{what} has no request template: the caller's body is the request", hint="map it, and say NEVER")


RULE = Rule(code="G601", name="no-request-template", severity=Severity.ERROR, check_integration=check)
