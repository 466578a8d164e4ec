"""Who decides whether a caller may call: `Authorizer`.

See: https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html
"""

from __future__ import annotations

from dataclasses import dataclass, field

from vtl.model.place import Where


@dataclass(frozen=True, slots=True)
class Authorizer:
    """An authorizer by name. `type` is TOKEN, REQUEST, COGNITO_USER_POOLS or JWT; the identity sources are kept as written."""

    name: str
    type: str
    uri: str = ""
    credentials: str | None = None
    identity_source: tuple[str, ...] = ()
    identity_validation_expression: str | None = None
    result_ttl_in_seconds: int | None = None
    provider_arns: tuple[str, ...] = ()
    payload_format_version: str | None = None
    enable_simple_responses: bool = False
    issuer: str | None = None
    audience: tuple[str, ...] = ()
    where: Where | None = field(default=None, compare=False)
