"""OpenAPI 2 and 3 with API Gateway's extensions.

See: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from vtl.diagnostics import Severity
from vtl.loaders.base_paths import base_path_of, prefix_of, prefixed
from vtl.loaders.integrations import emit, read_gateway_response, read_integration
from vtl.loaders.nodes import Node
from vtl.loaders.openapi_models import Models
from vtl.loaders.openapi_operations import method_responses, parameters_of, request_models, security_of
from vtl.loaders.openapi_references import References
from vtl.loaders.reading import Fields, Reader, pointer
from vtl.loaders.templates import Site
from vtl.model import (
    Authorizer,
    GatewayResponse,
    HttpApi,
    Integration,
    Method,
    RequestValidator,
    Resource,
    RestApi,
    Route,
    Stage,
)

PREFIX = "x-amazon-apigateway-"
VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Document:
    """An OpenAPI document to read: its root, the site that its templates share, and its JSON pointer in its file.

    `base_path` says what becomes of the document's base path; None leaves it to whoever loads the file.
    """

    reader: Reader
    root: Node
    site: Site
    at: str = ""
    name: str = ""
    http: bool = False
    stages: tuple[Stage, ...] = ()
    base_path: str | None = None


def read_openapi(document: Document) -> RestApi | HttpApi:
    """The API that a document describes; its templates and problems go into the harvest."""
    return _Reading(document).api()


class _Reading:
    """One document and its references."""

    def __init__(self, document: Document):
        self.document = document
        self.reader = document.reader
        self.root = document.root
        self.references = References(document.reader, document.root)
        self.models = Models(document.reader, document.root)
        info = self.reader.get(self.root, "info")
        self.name = document.name or self.reader.text(info, "title") or ""
        self.site = Site(format=document.site.format, api=self.name, address=document.site.address)
        self.http = document.http or any(
            f"{PREFIX}{name}" in (self.root.value or {}) for name in ("cors", "importexport-version")
        )

    def api(self) -> RestApi | HttpApi:
        """The whole API; an HTTP API when the document or the reader says so."""
        resources = tuple(self.resources())
        gateway_responses = tuple(self.gateway_responses())
        where = self.root.anchor
        address = self.document.site.address
        if self.http:
            return HttpApi(
                name=self.name,
                address=address,
                routes=tuple(_route(resource, method) for resource in resources for method in resource.methods),
                authorizers=tuple(self.authorizers()),
                stages=self.document.stages,
                where=where,
            )
        endpoint = self.endpoint()
        return RestApi(
            name=self.name,
            address=address,
            resources=resources,
            models=tuple(self.models.all()),
            request_validators=tuple(self.validators()),
            authorizers=tuple(self.authorizers()),
            gateway_responses=gateway_responses,
            stages=self.document.stages,
            binary_media_types=self.reader.texts(self.root, f"{PREFIX}binary-media-types"),
            minimum_compression_size=self.reader.number(self.root, f"{PREFIX}minimum-compression-size"),
            api_key_source=(self.reader.text(self.root, f"{PREFIX}api-key-source") or "HEADER").upper(),
            disable_execute_api_endpoint=endpoint is not None and Fields(self.reader, endpoint).flag("disableexecuteapiendpoint"),
            policy=self.reader.data(self.reader.get(self.root, f"{PREFIX}policy")),
            base_path=base_path_of(self.reader, self.root),
            version=self.reader.text(self.reader.get(self.root, "info"), "version"),
            description=self.reader.text(self.reader.get(self.root, "info"), "description"),
            where=where,
        )

    def endpoint(self) -> Node | None:
        """The endpoint configuration: at the root in OpenAPI 2, at a server in OpenAPI 3."""
        name = f"{PREFIX}endpoint-configuration"
        servers = self.reader.list(self.reader.get(self.root, "servers"))
        return self.reader.get(self.root, name) or next((self.reader.get(item, name) for item in servers if item.get(name)), None)

    def prefix(self) -> str:
        """What stands before every path; HTTP APIs have it from their mappings alone."""
        if self.http:
            return ""
        mode = self.document.base_path or self.reader.scope.files.base_path
        return prefix_of(base_path_of(self.reader, self.root), mode)

    def resources(self) -> Iterator[Resource]:
        """The paths in the document's order."""
        prefix = self.prefix()
        paths = self.reader.get(self.root, "paths")
        self.reader.is_map(paths, "paths")
        for path, found in self.reader.items(paths):
            item = self.references.follow(found)
            if path.startswith("x-") or not self.reader.is_map(item, path):
                continue
            if not path.startswith(("/", "$")) and not self.http:
                self.reader.problem(f"the path {path!r} must begin with a slash", found.key_anchor, code="load-shape")
                continue
            resource = prefixed(prefix, path)
            yield Resource(resource, tuple(self.methods(resource, item, pointer("paths", path))))

    def methods(self, path: str, item: Node, at: str) -> Iterator[Method]:
        """The verbs of a path, `x-amazon-apigateway-any-method` as ANY."""
        for name, found in self.reader.items(item):
            if name.lower() in VERBS:
                verb = name.upper()
            elif name == f"{PREFIX}any-method":
                verb = "ANY"
            else:
                continue
            operation = self.references.follow(found)
            if self.reader.is_map(operation, name):
                yield self.method(path, item, verb, operation, self.document.at + at + pointer(name))

    def method(self, path: str, item: Node, verb: str, operation: Node, at: str) -> Method:
        """One operation with its integration."""
        integration = self.integration(operation, path, verb, at)
        validator = self.reader.text(operation, f"{PREFIX}request-validator")
        authorization = security_of(self.reader, self.root, operation)
        return Method(
            http_method=verb,
            authorization_type=authorization.type,
            authorizer=authorization.authorizer,
            authorization_scopes=authorization.scopes,
            api_key_required=authorization.api_key_required,
            operation_name=self.reader.text(operation, "operationId"),
            request_parameters=parameters_of(self.reader, self.references, item, operation),
            request_models=request_models(self.reader, self.references, self.models, operation),
            request_validator=validator or self.reader.text(self.root, f"{PREFIX}request-validator"),
            integration=integration,
            responses=method_responses(self.reader, self.references, self.models, operation),
            where=operation.key_anchor,
        )

    def integration(self, operation: Node, path: str, verb: str, at: str) -> Integration | None:
        """The operation's integration; its templates go into the harvest."""
        name = f"{PREFIX}integration"
        found = self.reader.get(operation, name)
        node = self.references.follow(found) if found is not None else None
        if node is None or not self.reader.is_map(node, name):
            return None
        integration, templates = read_integration(self.reader, node, at + pointer(name))
        site = Site(self.site.format, self.name, path, verb, address=self.site.address)
        emit(self.reader, integration, templates, site)
        texts = self.texts_of(node, integration.request_parameters, path, verb)
        return integration if texts is None else replace(integration, request_parameters=texts)

    def texts_of(self, node: Node, parameters: Mapping[str, str], path: str, verb: str) -> Mapping[str, str] | None:
        """The request parameters without those that are no texts, which API Gateway drops; None when all of them are."""
        others = {}
        for name, child in self.reader.items(self.reader.get(node, "requestParameters")):
            value = child.data() if child.is_scalar and not child.is_null else ""
            if not isinstance(value, str):
                others[name] = value
                self.reader.problem(
                    f"Invalid format for 'requestParameters'. Expected type string for property '{name}' of resource '{path}'"
                    f" and method '{verb}' but got '{json.dumps(value)}'",
                    child.anchor,
                    Severity.WARNING,
                    "load-parameter",
                )
        return {name: value for name, value in parameters.items() if name not in others} if others else None

    def gateway_responses(self) -> Iterator[GatewayResponse]:
        """`x-amazon-apigateway-gateway-responses` by type."""
        name = f"{PREFIX}gateway-responses"
        holder = self.reader.get(self.root, name)
        self.reader.is_map(holder, name)
        for kind, node in self.reader.items(holder):
            if self.reader.is_map(node, kind):
                yield read_gateway_response(self.reader, node, kind, self.document.at + pointer(name, kind), self.site)

    def validators(self) -> Iterator[RequestValidator]:
        """`x-amazon-apigateway-request-validators` by name."""
        for name, node in self.reader.items(self.reader.get(self.root, f"{PREFIX}request-validators")):
            fields = Fields(self.reader, node)
            yield RequestValidator(name, fields.flag("validaterequestbody"), fields.flag("validaterequestparameters"))

    def authorizers(self) -> Iterator[Authorizer]:
        """The security schemes that have an authorizer."""
        holder = self.reader.get(self.root, "securityDefinitions") or self.reader.walk(self.root, "components", "securitySchemes")
        for name, scheme in self.reader.items(holder):
            node = self.reader.get(scheme, f"{PREFIX}authorizer")
            if node is not None and node.is_map:
                yield read_authorizer(self.reader, name, node, scheme)


def read_authorizer(reader: Reader, name: str, node: Node, scheme: Node | None = None) -> Authorizer:
    """An authorizer from a security scheme's extension, or from a CloudFormation or Terraform resource."""
    fields = Fields(reader, node)
    jwt = fields.get("jwtconfiguration")
    inner = Fields(reader, jwt) if jwt is not None else None
    source = fields.get("identitysource", "identitysources")
    if source is not None and source.is_list:
        sources = fields.texts("identitysource", "identitysources")
    else:
        sources = tuple(part.strip() for part in (source.text if source is not None else "").split(",") if part.strip())
    if not sources and scheme is not None and fields.string("type").lower() != "request":
        header = reader.text(scheme, "name")
        sources = (f"method.request.header.{header}",) if header and header != "Unused" else ()
    return Authorizer(
        name=name,
        type=fields.string("authorizertype", "type").upper(),
        uri=fields.string("authorizeruri"),
        credentials=fields.text("authorizercredentials", "authorizercredentialsarn"),
        identity_source=sources,
        identity_validation_expression=fields.text("identityvalidationexpression"),
        result_ttl_in_seconds=fields.number("authorizerresultttlinseconds"),
        provider_arns=fields.texts("providerarns"),
        payload_format_version=fields.text("authorizerpayloadformatversion"),
        enable_simple_responses=fields.flag("enablesimpleresponses"),
        issuer=inner.text("issuer") if inner else None,
        audience=inner.texts("audience") if inner else (),
        where=node.anchor,
    )


def _route(resource: Resource, method: Method) -> Route:
    """A method of an HTTP API as its route."""
    key = f"{method.http_method} {resource.path}" if resource.path != "/$default" else "$default"
    return Route(
        route_key=key,
        integration=method.integration,
        authorization_type=method.authorization_type,
        authorizer=method.authorizer,
        authorization_scopes=method.authorization_scopes,
        where=method.where,
    )
