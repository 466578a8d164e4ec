"""APIs of the second kind, which have routes instead of resources: `WebSocketApi` and `HttpApi`.

See: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vtl.model.authorizer import Authorizer
from vtl.model.integration import Integration
from vtl.model.place import Where
from vtl.model.stage import Stage


@dataclass(frozen=True, slots=True)
class RouteResponse:
    """What a two-way route sends back."""

    route_response_key: str = "$default"
    response_models: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """A route key, such as `$connect`, `sendMessage` or `GET /pets`, and its integration."""

    route_key: str
    integration: Integration | None = None
    authorization_type: str = "NONE"
    authorizer: str | None = None
    authorization_scopes: tuple[str, ...] = ()
    api_key_required: bool = False
    responses: tuple[RouteResponse, ...] = ()
    where: Where | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class WebSocketApi:
    """A WebSocket API."""

    name: str
    address: str = ""
    route_selection_expression: str = "$request.body.action"
    routes: tuple[Route, ...] = ()
    authorizers: tuple[Authorizer, ...] = ()
    stages: tuple[Stage, ...] = ()
    where: Where | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class HttpApi:
    """An HTTP API."""

    name: str
    address: str = ""
    routes: tuple[Route, ...] = ()
    authorizers: tuple[Authorizer, ...] = ()
    stages: tuple[Stage, ...] = ()
    where: Where | None = field(default=None, compare=False)
