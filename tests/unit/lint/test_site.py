"""What a site tells of the service behind it."""

from __future__ import annotations

import pytest

from vtl.lint.site import BareTemplate, IntegrationSite, Site
from vtl.source import Source


@pytest.mark.parametrize(
    ("uri", "service", "action"),
    [
        ("arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem", "dynamodb", "PutItem"),
        ("arn:aws-cn:apigateway:cn-north-1:sqs:path/123/queue", "sqs", "123/queue"),
        ("arn:aws:apigateway:${AWS::Region}:states:action/StartExecution", None, None),
        (
            "arn:aws:apigateway:region:lambda:path/2015-03-31/functions/f/invocations",
            "lambda",
            "2015-03-31/functions/f/invocations",
        ),
        ("WORD/functions/f/invocations", "lambda", None),
        ("https://example.com/pets", None, None),
        (None, None, None),
    ],
)
def test_the_service_of_a_uri(uri: str | None, service: str | None, action: str | None) -> None:
    integration = IntegrationSite(type="AWS", uri=uri)
    assert (integration.service, integration.action) == (service, action)
    assert Site(integration=integration).service == service


def test_the_location_is_what_is_known() -> None:
    assert IntegrationSite(method="GET", path="/a").location == "GET /a"
    assert IntegrationSite(method="GET").location == "GET"
    assert IntegrationSite().location == ""


def test_a_bare_template_starts_at_its_first_character() -> None:
    template = BareTemplate(Source("t.vtl", "a\nb"))
    assert (template.file, template.line, template.column, template.kind, template.editable) == ("t.vtl", 1, 1, "template", True)
    assert template.place(2) == (2, 1)
