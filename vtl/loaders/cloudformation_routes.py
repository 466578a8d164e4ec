"""WebSocket and HTTP APIs in CloudFormation: `AWS::ApiGatewayV2::*`.

See: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/AWS_ApiGatewayV2.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vtl.loaders.bodies import body_of
from vtl.loaders.cloudformation_names import referred
from vtl.loaders.integrations import FoundTemplate, emit, read_integration, read_response
from vtl.loaders.openapi import Document, read_authorizer, read_openapi
from vtl.loaders.stages import read_stage
from vtl.loaders.templates import Site
from vtl.model import Authorizer, HttpApi, Integration, Route, RouteResponse, Stage, WebSocketApi

if TYPE_CHECKING:
    from vtl.loaders.cloudformation import Entry, Stack

_V2 = "AWS::ApiGatewayV2::"


def read_routed_apis(stack: Stack) -> None:
    """Every API with routes of a stack goes into the harvest."""
    entries = [entry for entry in stack.entries if entry.type.startswith(_V2)]
    names = list(dict.fromkeys(referred(entry.properties, "apiid") or entry.id for entry in entries if _belongs(entry)))
    for name in names:
        _read_api(stack, name, [entry for entry in entries if referred(entry.properties, "apiid") == name])


def _belongs(entry: Entry) -> bool:
    return entry.type == f"{_V2}Api" or bool(entry.properties.name("apiid"))


def _read_api(stack: Stack, name: str, entries: list[Entry]) -> None:
    api = stack.by_id.get(name)
    stages = tuple(_stages(stack, name, entries))
    if api is not None and api.type == f"{_V2}Api":
        found = body_of(stack.reader, api.properties, "body", "bodys3location")
        if found is not None:
            node, at = found
            site = Site(stack.form, address=api.address)
            where = api.at + at if at else ""
            document = Document(stack.reader, node, site, where, api.properties.string("name"), http=True, stages=stages)
            stack.reader.harvest.apis.append(read_openapi(document))
            return
    routes = tuple(_routes(stack, name, entries))
    authorizers = tuple(
        read_authorizer(stack.reader, entry.id, entry.properties.node) for entry in entries if entry.type == f"{_V2}Authorizer"
    )
    stack.reader.harvest.apis.append(_assembled(stack, name, api, routes, authorizers, stages))


def _assembled(
    stack: Stack,
    name: str,
    api: Entry | None,
    routes: tuple[Route, ...],
    authorizers: tuple[Authorizer, ...],
    stages: tuple[Stage, ...],
) -> HttpApi | WebSocketApi:
    fields = api.properties if api is not None else None
    title = stack.name_of(api, name)
    address = api.address if api is not None else name
    where = api.node.key_anchor if api is not None else None
    if fields is not None and fields.string("protocoltype").upper() == "HTTP":
        return HttpApi(title, address, routes, authorizers, stages, where)
    selection = (fields.string("routeselectionexpression") if fields is not None else "") or "$request.body.action"
    return WebSocketApi(title, address, selection, routes, authorizers, stages, where)


def _stages(stack: Stack, name: str, entries: list[Entry]) -> list[Stage]:
    found = [
        read_stage(stack.reader, entry.properties, entry.at, stack.site(entry, name))
        for entry in entries
        if entry.type == f"{_V2}Stage"
    ]
    return [stage for stage in found if stage is not None]


def _routes(stack: Stack, name: str, entries: list[Entry]) -> list[Route]:
    """The routes with their integrations; an integration that no route names still yields its templates."""
    of_type = {kind: [entry for entry in entries if entry.type == f"{_V2}{kind}"] for kind in ("Route", "Integration")}
    keys: dict[str, list[str]] = {}
    for entry in of_type["Route"]:
        keys.setdefault(referred(entry.properties, "target"), []).append(entry.properties.string("routekey"))
    integrations = {
        entry.id: _integration(stack, name, entry, entries, keys.get(entry.id, [""])) for entry in of_type["Integration"]
    }
    responses = [entry for entry in entries if entry.type == f"{_V2}RouteResponse"]
    routes = []
    for entry in of_type["Route"]:
        fields = entry.properties
        routes.append(
            Route(
                route_key=fields.string("routekey"),
                integration=integrations.get(referred(fields, "target")),
                authorization_type=(fields.string("authorizationtype") or "NONE").upper(),
                authorizer=referred(fields, "authorizerid") or None,
                authorization_scopes=fields.texts("authorizationscopes"),
                api_key_required=fields.flag("apikeyrequired"),
                responses=tuple(
                    RouteResponse(response.properties.string("routeresponsekey"))
                    for response in responses
                    if referred(response.properties, "routeid") == entry.id
                ),
                where=entry.node.key_anchor,
            )
        )
    return routes


def _integration(stack: Stack, name: str, entry: Entry, entries: list[Entry], route_keys: list[str]) -> Integration:
    integration, templates = read_integration(stack.reader, entry.properties.node, entry.at)
    responses = list(integration.responses)
    for response in entries:
        if response.type == f"{_V2}IntegrationResponse" and referred(response.properties, "integrationid") == entry.id:
            found: list[FoundTemplate] = []
            node = response.properties.node
            responses.append(read_response(stack.reader, node, response.at, len(responses), found))
            templates += found
    integration = replace(integration, responses=tuple(responses))
    for key in route_keys:
        emit(stack.reader, integration, templates, replace(stack.site(entry, name), route=key))
    return integration
