"""Every body is binary to this API, so that its templates meet bytes.

With `*/*` among the binary media types, the body of every request is binary. A template then gets bytes and the request fails
with a 500, unless contentHandling is CONVERT_TO_TEXT. MOCK integrations for CORS fail the same way.

    contentHandling: CONVERT_TO_TEXT

See: API Gateway developer guide, content type conversions.
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.rule import Problem, Rule
from vtl.lint.site import IntegrationSite


def check(integration: IntegrationSite) -> Iterator[Problem]:
    """One problem for an integration with templates in such an API."""
    if "*/*" not in integration.binary_media_types or integration.content_handling is not None:
        return
    mock = (integration.type or "").upper() == "MOCK"
    if (mock or integration.request_media_types) and (integration.type or "").upper() not in ("AWS_PROXY", "HTTP_PROXY"):
        what = "the MOCK integration" if mock else "the request template"
        yield Problem(f"`*/*` is a binary media type: {what} meets bytes and fails", hint="contentHandling: CONVERT_TO_TEXT")


RULE = Rule(code="G610", name="binary-without-content-handling", severity=Severity.WARNING, check_integration=check)
