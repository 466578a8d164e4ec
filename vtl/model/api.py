"""A REST API: `RestApi` and what it is made of.

See: https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vtl.model.authorizer import Authorizer
from vtl.model.integration import Integration
from vtl.model.place import Where
from vtl.model.stage import Stage


@dataclass(frozen=True, slots=True)
class MethodResponse:
    """What a method may answer: a status, the headers it may set, and the model of each media type."""

    status_code: str
    response_parameters: Mapping[str, bool] = field(default_factory=dict)
    response_models: Mapping[str, str] = field(default_factory=dict)
    where: Where | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Method:
    """A verb of a resource, or ANY. Request parameters say whether they are required; models are named per media type."""

    http_method: str
    authorization_type: str = "NONE"
    authorizer: str | None = None
    authorization_scopes: tuple[str, ...] = ()
    api_key_required: bool = False
    operation_name: str | None = None
    request_parameters: Mapping[str, bool] = field(default_factory=dict)
    request_models: Mapping[str, str] = field(default_factory=dict)
    request_validator: str | None = None
    integration: Integration | None = None
    responses: tuple[MethodResponse, ...] = ()
    where: Where | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Resource:
    """A path with its methods."""

    path: str
    methods: tuple[Method, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """A JSON schema by name."""

    name: str
    content_type: str = "application/json"
    schema: object = None
    where: Where | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class RequestValidator:
    """What is validated before a request reaches its integration."""

    name: str
    validate_request_body: bool = False
    validate_request_parameters: bool = False


@dataclass(frozen=True, slots=True)
class GatewayResponse:
    """The answer for one kind of failure, such as BAD_REQUEST_BODY or DEFAULT_4XX."""

    response_type: str
    status_code: str | None = None
    response_parameters: Mapping[str, str] = field(default_factory=dict)
    response_templates: Mapping[str, str] = field(default_factory=dict)
    where: Where | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class RestApi:
    """A REST API as one document, or a few files, describe it; `address` is its name there: a logical id and the like."""

    name: str
    address: str = ""
    resources: tuple[Resource, ...] = ()
    models: tuple[Model, ...] = ()
    request_validators: tuple[RequestValidator, ...] = ()
    authorizers: tuple[Authorizer, ...] = ()
    gateway_responses: tuple[GatewayResponse, ...] = ()
    stages: tuple[Stage, ...] = ()
    binary_media_types: tuple[str, ...] = ()
    minimum_compression_size: int | None = None
    api_key_source: str = "HEADER"
    endpoint_types: tuple[str, ...] = ()
    disable_execute_api_endpoint: bool = False
    policy: object = None
    base_path: str = ""
    version: str | None = None
    description: str | None = None
    where: Where | None = field(default=None, compare=False)
