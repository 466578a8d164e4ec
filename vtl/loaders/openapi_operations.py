"""What an OpenAPI operation asks for and answers: parameters, models, security, method responses."""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from vtl.loaders.nodes import Node
from vtl.loaders.openapi_references import References, name_of
from vtl.loaders.reading import Reader
from vtl.model import MethodResponse

_PLACES = {"query": "querystring", "header": "header", "path": "path"}


class Security(NamedTuple):
    """How an operation is protected."""

    type: str
    authorizer: str | None
    scopes: tuple[str, ...]
    api_key_required: bool


def parameters_of(reader: Reader, references: References, item: Node, operation: Node) -> dict[str, bool]:
    """`method.request.querystring.name` and the like, with whether it is required; an operation's own win over its path's."""
    found: dict[str, bool] = {}
    for holder in (item, operation):
        for child in reader.list(reader.get(holder, "parameters")):
            parameter = references.follow(child)
            place = _PLACES.get(reader.text(parameter, "in") or "")
            name = reader.text(parameter, "name")
            if place and name:
                found[f"method.request.{place}.{name}"] = reader.flag(parameter, "required")
    return found


def model_name(reader: Reader, schema: Node | None, inline: dict[str, Node]) -> str:
    """The name of a schema's model; "" without a schema, or with one that asks for nothing.

    API Gateway makes a model of a schema that is written out where it is used, and calls it MODEL and six hexadecimal digits;
    here the digits are made of the schema, so that they stay the same. Such a schema is added to `inline`.
    """
    if schema is None or not schema.is_map or not schema.value:
        return ""
    name = name_of(reader, schema)
    if not name:
        text = json.dumps(schema.data(), sort_keys=True, default=str)
        name = f"MODEL{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:6]}"
        inline.setdefault(name, schema)
    return name


def request_models(reader: Reader, references: References, operation: Node, inline: dict[str, Node]) -> dict[str, str]:
    """Media type to the name of the body's model; schemas that are written out go into `inline`."""
    body = reader.get(operation, "requestBody")
    if body is not None:
        content = reader.get(references.follow(body), "content")
        return {
            kind: model_name(reader, reader.get(media, "schema"), inline)
            for kind, media in reader.items(content)
            if media.get("schema")
        }
    kinds = reader.texts(operation, "consumes") or reader.texts(references.root, "consumes") or ("application/json",)
    for child in reader.list(reader.get(operation, "parameters")):
        parameter = references.follow(child)
        if reader.text(parameter, "in") == "body":
            name = model_name(reader, reader.get(parameter, "schema"), inline)
            return dict.fromkeys(kinds, name)
    return {}


def method_responses(
    reader: Reader, references: References, operation: Node, inline: dict[str, Node]
) -> tuple[MethodResponse, ...]:
    """The statuses of an operation with their headers and models; schemas that are written out go into `inline`."""
    kinds = reader.texts(operation, "produces") or reader.texts(references.root, "produces") or ("application/json",)
    found = []
    for status, child in reader.items(reader.get(operation, "responses")):
        response = references.follow(child)
        headers = {f"method.response.header.{name}": False for name, _ in reader.items(reader.get(response, "headers"))}
        content = reader.get(response, "content")
        if content is not None:
            models = {kind: model_name(reader, reader.get(media, "schema"), inline) for kind, media in reader.items(content)}
        else:
            name = model_name(reader, reader.get(response, "schema"), inline)
            models = dict.fromkeys(kinds, name) if name else {}
        found.append(MethodResponse(status, headers, models, where=child.key_anchor))
    return tuple(found)


def security_of(reader: Reader, root: Node, operation: Node) -> Security:
    """The operation's security, or the document's: AWS_IAM, CUSTOM, COGNITO_USER_POOLS or NONE, and whether it wants a key."""
    kind, authorizer, key = "NONE", None, False
    scopes: tuple[str, ...] = ()
    auth = reader.text(reader.get(operation, "x-amazon-apigateway-auth"), "type")
    if auth:
        kind = auth.upper()
    own = operation.get("security")
    requirements = reader.list(reader.get(operation, "security") if own is not None else reader.get(root, "security"))
    schemes = reader.get(root, "securityDefinitions") or reader.walk(root, "components", "securitySchemes")
    for requirement in requirements:
        for name, needed in reader.items(requirement):
            scheme = reader.get(schemes, name)
            authtype = (reader.text(scheme, "x-amazon-apigateway-authtype") or "").lower()
            if scheme is not None and scheme.get("x-amazon-apigateway-authorizer") is not None:
                authorizer = name
                kind = "COGNITO_USER_POOLS" if authtype == "cognito_user_pools" else "CUSTOM"
                scopes = tuple(str(item.text) for item in reader.list(needed) if item.is_scalar)
            elif authtype == "awssigv4":
                kind = "AWS_IAM"
            elif (reader.text(scheme, "name") or "").lower() == "x-api-key":
                key = True
    return Security(kind, authorizer, scopes, key)
