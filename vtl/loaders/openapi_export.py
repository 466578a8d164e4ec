"""`export`: an API as the OpenAPI document that API Gateway's GetExport answers with, in AWS's own shape.

What AWS derives is derived here too: `consumes` from request templates and models, `produces` from response templates and
models, "200 response" as the description of every response. Of the models only those come along that a method or another model
names, and nothing that has its default value. Extensions of this project stay out: AWS would not take them.
See: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from vtl.errors import InputError
from vtl.loaders.openapi_export_parts import (
    INTEGRATION,
    authorizer_scheme,
    gateway_responses,
    integration,
    plain,
    referred_models,
    rewritten,
)
from vtl.model import Authorizer, Method, MethodResponse, Resource, RestApi

ExportType = Literal["oas30", "swagger"]
Extensions = Literal["integrations", "apigateway"]

_VERBS = {"ANY": "x-amazon-apigateway-any-method"}
_PLACES = {"querystring": "query", "header": "header", "path": "path"}
_API_KEY = {"type": "apiKey", "name": "x-api-key", "in": "header"}
_SIGV4 = {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"}


def export(
    api: RestApi,
    to: ExportType,
    *,
    stage: str,
    extensions: Extensions | None = None,
    api_id: str = "API",
    region: str = "us-east-1",
) -> dict[str, object]:
    """The API as a document of OpenAPI 3.0 (`to="oas30"`) or 2.0 (`to="swagger"`), ready for `json.dumps`.

    Without `extensions` no more than plain OpenAPI and how callers authorize; "integrations" adds what stands behind each method,
    "apigateway" everything else as well. `api_id` and `region` only name the host. InputError for words that AWS does not know,
    and for an API that is not a REST API.
    """
    if not isinstance(api, RestApi):
        raise InputError("only a REST API can be exported")
    if to not in ("oas30", "swagger"):
        raise InputError(f"cannot export to {to!r}", hint="use 'oas30' or 'swagger'")
    if extensions not in (None, "integrations", "apigateway"):
        raise InputError(f"unknown extensions {extensions!r}", hint="use 'integrations' or 'apigateway', or leave them out")
    return _Export(api, to == "swagger", extensions).document(f"{api_id}.execute-api.{region}.amazonaws.com", stage)


@dataclass(frozen=True, slots=True)
class _Export:
    """One export: the API, the version of OpenAPI, and which extensions are wanted."""

    api: RestApi
    swagger: bool
    extensions: Extensions | None

    def document(self, host: str, stage: str) -> dict[str, object]:
        """The whole document."""
        head = self._swagger_head(host, stage) if self.swagger else self._oas30_head(host, stage)
        paths = {plain(resource.path): dict(self._operations(resource)) for resource in self.api.resources if resource.methods}
        return {**head, "paths": paths, **self._components(), **dict(self._root_extensions())}

    def _info(self) -> dict[str, object]:
        title = {"title": plain(self.api.name)}
        description = {"description": plain(self.api.description)} if self.api.description else {}
        version = {"version": plain(self.api.version) if self.api.version else "1.0"}
        return {**description, **version, **title} if self.swagger else {**title, **description, **version}

    def _swagger_head(self, host: str, stage: str) -> dict[str, object]:
        return {"swagger": "2.0", "info": self._info(), "host": host, "basePath": f"/{stage}", "schemes": ["https"]}

    def _oas30_head(self, host: str, stage: str) -> dict[str, object]:
        server = {"url": f"https://{host}/{{basePath}}", "variables": {"basePath": {"default": stage}}}
        return {"openapi": "3.0.1", "info": self._info(), "servers": [server]}

    def _operations(self, resource: Resource) -> Iterator[tuple[str, dict[str, object]]]:
        for method in resource.methods:
            yield _VERBS.get(method.http_method, method.http_method.lower()), self._operation(method)

    def _operation(self, method: Method) -> dict[str, object]:
        operation: dict[str, object] = {}
        if method.operation_name:
            operation["operationId"] = plain(method.operation_name)
        if self.swagger:
            operation |= _media_types(method)
        parameters = list(self._parameters(method))
        if parameters:
            operation["parameters"] = parameters
        models = {kind: name for kind, name in method.request_models.items() if name}
        if models and not self.swagger:
            operation["requestBody"] = {"content": self._content(models), "required": True}
        operation["responses"] = {plain(response.status_code): self._response(response) for response in method.responses}
        security = list(_security(method))
        if security:
            operation["security"] = security
        if method.request_validator and self.extensions == "apigateway":
            operation["x-amazon-apigateway-request-validator"] = plain(method.request_validator)
        if method.integration is not None and self.extensions is not None:
            operation[INTEGRATION] = integration(method.integration)
        return operation

    def _parameters(self, method: Method) -> Iterator[dict[str, object]]:
        for source, required in method.request_parameters.items():
            place, _, name = source.removeprefix("method.request.").partition(".")
            if place not in _PLACES:
                continue
            parameter: dict[str, object] = {"name": plain(name), "in": _PLACES[place]}
            if self.swagger:
                yield {**parameter, "required": bool(required), "type": "string"}
            else:
                yield {**parameter, **({"required": True} if required else {}), "schema": {"type": "string"}}
        if self.swagger:
            for name in dict.fromkeys(plain(name) for name in method.request_models.values() if name):
                yield {"in": "body", "name": name, "required": True, "schema": self._reference(name)}

    def _response(self, response: MethodResponse) -> dict[str, object]:
        found: dict[str, object] = {"description": f"{plain(response.status_code)} response"}
        names = [plain(name).removeprefix("method.response.header.") for name in response.response_parameters]
        kind = {"type": "string"}
        headers = {name: kind if self.swagger else {"schema": kind} for name in names}
        models = {media_type: name for media_type, name in response.response_models.items() if name}
        if self.swagger and models:
            found["schema"] = self._reference(plain(next(iter(models.values()))))
        if headers:
            found["headers"] = headers
        if not self.swagger:
            found["content"] = self._content(models)
        return found

    def _content(self, models: Mapping[str, str]) -> dict[str, object]:
        return {plain(kind): {"schema": self._reference(plain(name))} for kind, name in models.items()}

    def _reference(self, name: str) -> dict[str, str]:
        return {"$ref": ("#/definitions/" if self.swagger else "#/components/schemas/") + name}

    def _components(self) -> dict[str, object]:
        names = {name: self._reference(name)["$ref"] for name in referred_models(self.api)}
        schemas = {name: rewritten(schema, names) for name, schema in referred_models(self.api).items()}
        schemes = self._security_schemes()
        if self.swagger:
            return {
                **({"securityDefinitions": schemes} if schemes else {}),
                **({"definitions": schemas} if schemas else {}),
            }
        return {
            "components": {
                **({"schemas": schemas} if schemas else {}),
                **({"securitySchemes": schemes} if schemes else {}),
            }
        }

    def _security_schemes(self) -> dict[str, object]:
        methods = [method for resource in self.api.resources for method in resource.methods]
        used = {method.authorizer for method in methods}
        schemes: dict[str, object] = {
            plain(each.name): authorizer_scheme(each, whole=self.extensions == "apigateway")
            for each in self.api.authorizers
            if each.name in used
        }
        for name in sorted(plain(name) for name in used if name):
            # An authorizer that the documents only refer to: callers still have to know that there is one.
            schemes.setdefault(name, authorizer_scheme(Authorizer(name, "TOKEN"), whole=False))
        if any(method.api_key_required for method in methods):
            schemes["api_key"] = dict(_API_KEY)
        if any(method.authorization_type == "AWS_IAM" for method in methods):
            schemes["sigv4"] = dict(_SIGV4)
        return schemes

    def _root_extensions(self) -> Iterator[tuple[str, object]]:
        if self.extensions != "apigateway":
            return
        api, prefix = self.api, "x-amazon-apigateway-"
        if api.policy:
            yield f"{prefix}policy", plain(api.policy)
        if api.api_key_source != "HEADER":
            yield f"{prefix}api-key-source", plain(api.api_key_source)
        if api.minimum_compression_size is not None:
            yield f"{prefix}minimum-compression-size", api.minimum_compression_size
        if api.gateway_responses:
            yield f"{prefix}gateway-responses", gateway_responses(api.gateway_responses)
        if api.request_validators:
            found = {
                plain(each.name): {
                    "validateRequestParameters": each.validate_request_parameters,
                    "validateRequestBody": each.validate_request_body,
                }
                for each in api.request_validators
            }
            yield f"{prefix}request-validators", found
        if api.binary_media_types:
            yield f"{prefix}binary-media-types", plain(api.binary_media_types)


def _media_types(method: Method) -> dict[str, object]:
    """`consumes` and `produces`, as AWS derives them from models and templates."""
    behind = method.integration
    consumed = [kind for kind, name in method.request_models.items() if name]
    consumed += behind.request_templates if behind else ()
    produced = [kind for response in method.responses for kind, name in response.response_models.items() if name]
    produced += [kind for response in (behind.responses if behind else ()) for kind in response.response_templates]
    found: dict[str, object] = {}
    if consumed:
        found["consumes"] = list(dict.fromkeys(plain(kind) for kind in consumed))
    if produced:
        found["produces"] = list(dict.fromkeys(plain(kind) for kind in produced))
    return found


def _security(method: Method) -> Iterator[dict[str, list[str]]]:
    if method.authorizer:
        yield {plain(method.authorizer): [plain(scope) for scope in method.authorization_scopes]}
    elif method.authorization_type == "AWS_IAM":
        yield {"sigv4": []}
    if method.api_key_required:
        yield {"api_key": []}
