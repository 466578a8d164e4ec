"""The parts of an exported document that do not depend on the version of OpenAPI: integrations, authorizers, models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vtl.model import Authorizer, GatewayResponse, Integration, IntegrationResponse, RestApi

INTEGRATION = "x-amazon-apigateway-integration"

# Every API that is made in AWS's console, or by its CreateRestApi, owns these two.
_DEFAULT_MODELS: dict[str, dict[str, object]] = {
    "Empty": {"type": "object", "title": "Empty Schema"},
    "Error": {"type": "object", "title": "Error Schema", "properties": {"message": {"type": "string"}}},
}
_DEFAULT_TIMEOUT = 29000


def plain(value: Any) -> Any:
    """The value as what JSON has: strings without their place in a file, lists for tuples, dicts for mappings."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def integration(found: Integration) -> dict[str, object]:
    """`x-amazon-apigateway-integration`; what has its default is left out, as AWS does."""
    answers = {_key(response): _response(response) for response in found.responses}
    fields = {
        "type": found.type.lower(),
        "httpMethod": found.http_method,
        "credentials": found.credentials,
        "uri": found.uri,
        "responses": answers,
        "requestParameters": found.request_parameters,
        "requestTemplates": found.request_templates,
        "passthroughBehavior": (found.passthrough_behavior or "WHEN_NO_MATCH").lower(),
        "connectionType": found.connection_type if found.connection_type == "VPC_LINK" else None,
        "connectionId": found.connection_id,
        "contentHandling": found.content_handling,
        "timeoutInMillis": found.timeout_in_millis if found.timeout_in_millis != _DEFAULT_TIMEOUT else None,
        "cacheNamespace": found.cache_namespace,
        "cacheKeyParameters": found.cache_key_parameters,
        "tlsConfig": {"insecureSkipVerification": True} if found.insecure_skip_verification else None,
    }
    return {name: plain(value) for name, value in fields.items() if value}


def _key(response: IntegrationResponse) -> str:
    return str(plain(response.selection_pattern or "default"))


def _response(response: IntegrationResponse) -> dict[str, object]:
    fields = {
        "statusCode": response.status_code,
        "responseParameters": response.response_parameters,
        "responseTemplates": response.response_templates,
        "contentHandling": response.content_handling,
    }
    return {name: plain(value) for name, value in fields.items() if value}


def gateway_responses(found: Iterable[GatewayResponse]) -> dict[str, object]:
    """`x-amazon-apigateway-gateway-responses`: what the API sets itself, each status as a number."""
    return {plain(each.response_type): dict(_gateway_response(each)) for each in found}


def _gateway_response(found: GatewayResponse) -> Iterator[tuple[str, object]]:
    if found.status_code:
        status = plain(found.status_code)
        yield "statusCode", int(status) if status.isascii() and status.isdigit() and len(status) < 4 else status
    if found.response_parameters:
        yield "responseParameters", plain(found.response_parameters)
    if found.response_templates:
        yield "responseTemplates", plain(found.response_templates)


def authorizer_scheme(found: Authorizer, *, whole: bool) -> dict[str, object]:
    """The security scheme of an authorizer; only with `whole` also how the gateway calls it."""
    cognito = found.type == "COGNITO_USER_POOLS"
    header = next((source.rpartition(".")[2] for source in found.identity_source), "Authorization")
    scheme: dict[str, object] = {
        "type": "apiKey",
        "name": "Unused" if found.type == "REQUEST" else plain(header),
        "in": "header",
        "x-amazon-apigateway-authtype": "cognito_user_pools" if cognito else "custom",
    }
    if whole:
        fields = {
            "authorizerUri": found.uri or None,
            "authorizerCredentials": found.credentials,
            "providerARNs": list(found.provider_arns) or None,
            "identitySource": ", ".join(found.identity_source) or None if found.type == "REQUEST" else None,
            "identityValidationExpression": found.identity_validation_expression,
            "authorizerResultTtlInSeconds": found.result_ttl_in_seconds,
            "type": found.type.lower(),
        }
        scheme["x-amazon-apigateway-authorizer"] = {name: plain(value) for name, value in fields.items() if value is not None}
    return scheme


def referred_models(api: RestApi) -> dict[str, object]:
    """The schemas by name of the models that a method names, and of those that they refer to; AWS leaves the others out."""
    own = {plain(model.name): model.schema for model in api.models}
    schemas: dict[str, object] = {**_DEFAULT_MODELS, **own}
    wanted = list(dict.fromkeys(_names_in_methods(api)))
    found: dict[str, object] = {}
    while wanted:
        name = wanted.pop(0)
        if name in schemas and name not in found:
            found[name] = schemas[name]
            wanted += [_name_of(reference) for reference in _references(schemas[name])]
    return {name: found[name] for name in sorted(found)}


def _names_in_methods(api: RestApi) -> Iterator[str]:
    for resource in api.resources:
        for method in resource.methods:
            yield from map(plain, method.request_models.values())
            for response in method.responses:
                yield from map(plain, response.response_models.values())


def _references(schema: object) -> Iterator[str]:
    children = schema.values() if isinstance(schema, Mapping) else schema if isinstance(schema, list) else ()
    for child in children:
        yield from _references(child)
    if isinstance(schema, Mapping) and isinstance(schema.get("$ref"), str):
        yield schema["$ref"]


def _name_of(reference: str) -> str:
    """A model's name: the end of `#/definitions/Pet`, or of the address that AWS stores, `https://.../models/Pet`."""
    return str(plain(reference)).rpartition("/")[2]


def rewritten(schema: object, names: Mapping[str, str]) -> object:
    """The schema with every reference to a model as `names` has it, and without `$schema`, which no OpenAPI document has.

    Documents of more than 200 levels are refused by the loaders, so this may go down level by level.
    """
    return _rewritten(
        {key: value for key, value in schema.items() if key != "$schema"} if isinstance(schema, Mapping) else schema, names
    )


def _rewritten(schema: object, names: Mapping[str, str]) -> object:
    if isinstance(schema, Mapping):
        return {
            plain(key): _reference(value, names) if key == "$ref" else _rewritten(value, names) for key, value in schema.items()
        }
    if isinstance(schema, list):
        return [_rewritten(item, names) for item in schema]
    return plain(schema)


def _reference(value: object, names: Mapping[str, str]) -> object:
    return names.get(_name_of(value), plain(value)) if isinstance(value, str) else _rewritten(value, names)
