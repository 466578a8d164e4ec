"""What stands behind a method: `Integration` and its `IntegrationResponse`s.

See: https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vtl.model.place import Where


@dataclass(frozen=True, slots=True)
class IntegrationResponse:
    """How one kind of the backend's answers becomes a method response; without a selection pattern it is the default one."""

    status_code: str
    selection_pattern: str | None = None
    response_parameters: Mapping[str, str] = field(default_factory=dict)
    response_templates: Mapping[str, str] = field(default_factory=dict)
    content_handling: str | None = None
    where: Where | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Integration:
    """The backend of a method. `type` is AWS, AWS_PROXY, HTTP, HTTP_PROXY or MOCK; `http_method` the one toward the backend.

    `passthrough_behavior` is WHEN_NO_MATCH, WHEN_NO_TEMPLATES or NEVER; None where the document does not say. `transform` is
    what the document has under `x-vtl-transform`, frozen: a step that only this library's own gateway knows, never AWS.
    """

    type: str
    uri: str = ""
    http_method: str = ""
    credentials: str | None = None
    request_parameters: Mapping[str, str] = field(default_factory=dict)
    request_templates: Mapping[str, str] = field(default_factory=dict)
    passthrough_behavior: str | None = None
    content_handling: str | None = None
    timeout_in_millis: int | None = None
    cache_namespace: str | None = None
    cache_key_parameters: tuple[str, ...] = ()
    connection_type: str | None = None
    connection_id: str | None = None
    insecure_skip_verification: bool = False
    payload_format_version: str | None = None
    subtype: str | None = None
    template_selection_expression: str | None = None
    transform: Mapping[str, object] | None = None
    responses: tuple[IntegrationResponse, ...] = ()
    where: Where | None = field(default=None, compare=False)
    transform_where: Where | None = field(default=None, compare=False)
