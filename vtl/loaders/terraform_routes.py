"""WebSocket and HTTP APIs in Terraform: records of `aws_apigatewayv2_*`."""

from __future__ import annotations

from dataclasses import replace

from vtl.loaders.integrations import FoundTemplate, emit, read_integration, read_response
from vtl.loaders.interpolation import parse_rendered
from vtl.loaders.openapi import Document, read_authorizer, read_openapi
from vtl.loaders.stages import read_stage
from vtl.loaders.templates import Site
from vtl.loaders.terraform_records import Record, Records, address_in
from vtl.model import HttpApi, Integration, Route, RouteResponse, WebSocketApi

_V2 = "aws_apigatewayv2_"


def read_routed_records(records: Records) -> None:
    """Every API with routes goes into the harvest."""
    members = [record for record in records.all if record.type.startswith(_V2)]
    own = [record.address for record in members if record.type == f"{_V2}api"]
    others = [_api_of(records, record) for record in members if record.type != f"{_V2}api"]
    for address in dict.fromkeys([*own, *(name for name in others if name)]):
        _read_api(records, address, [record for record in members if _api_of(records, record) == address])


def _api_of(records: Records, record: Record) -> str:
    return records.referred(record, "api_id", f"{_V2}api") if record.type != f"{_V2}api" else record.address


def _read_api(records: Records, address: str, members: list[Record]) -> None:
    reader = records.reader
    record = next((one for one in members if one.type == f"{_V2}api"), None)
    fields = records.fields(record) if record is not None else None
    name = fields.text("name") if fields is not None else None
    title = str(name) if name and not name.placeholders else record.name if record is not None else address
    found = [
        read_stage(reader, records.fields(one), "", Site("terraform", title, address=one.shown))
        for one in members
        if one.type == f"{_V2}stage"
    ]
    stages = tuple(stage for stage in found if stage is not None)
    routes = _routes(records, title, members)
    authorizers = tuple(read_authorizer(reader, one.address, one.node) for one in members if one.type == f"{_V2}authorizer")
    where = record.node.anchor if record is not None else None
    if fields is not None and fields.string("protocoltype").upper() == "HTTP":
        body = fields.text("body")
        documents = parse_rendered(body, reader.scope.files) if body and not body.is_unknown else []
        if documents and documents[0].is_map:
            site = Site("terraform", title, address=address)
            api = read_openapi(Document(reader, documents[0], site, name=title, http=True, stages=stages))
            reader.harvest.apis.append(api)
            return
        reader.harvest.apis.append(HttpApi(title, address, routes, authorizers, stages, where))
        return
    selection = fields.string("routeselectionexpression") if fields is not None else ""
    reader.harvest.apis.append(
        WebSocketApi(title, address, selection or "$request.body.action", routes, authorizers, stages, where)
    )


def _routes(records: Records, title: str, members: list[Record]) -> tuple[Route, ...]:
    """The routes with their integrations; an integration that no route names still yields its templates."""
    routes = [record for record in members if record.type == f"{_V2}route"]
    keys: dict[str, list[str]] = {}
    for record in routes:
        keys.setdefault(_target(records, record), []).append(records.fields(record).string("routekey"))
    integrations = {
        record.address: _integration(records, title, record, members, keys.get(record.address, [""]))
        for record in members
        if record.type == f"{_V2}integration"
    }
    return tuple(_route(records, record, members, integrations.get(_target(records, record))) for record in routes)


def _target(records: Records, record: Record) -> str:
    if "target" in record.references:
        return address_in(record.references["target"])
    text = records.fields(record).text("target")
    if text is None:
        return ""
    if text.placeholders:
        return address_in(text.placeholders[0].expression)
    found = records.by_id.get((f"{_V2}integration", str(text).rpartition("/")[2]))
    return found.address if found is not None else str(text)


def _route(records: Records, record: Record, members: list[Record], integration: Integration | None) -> Route:
    fields = records.fields(record)
    responses = [
        RouteResponse(records.fields(one).string("routeresponsekey"))
        for one in members
        if one.type == f"{_V2}route_response" and records.referred(one, "route_id", f"{_V2}route") == record.address
    ]
    return Route(
        route_key=fields.string("routekey"),
        integration=integration,
        authorization_type=(fields.string("authorizationtype") or "NONE").upper(),
        authorizer=records.referred(record, "authorizer_id", f"{_V2}authorizer") or None,
        authorization_scopes=fields.texts("authorizationscopes"),
        api_key_required=fields.flag("apikeyrequired"),
        responses=tuple(responses),
        where=record.node.anchor,
    )


def _integration(records: Records, title: str, record: Record, members: list[Record], route_keys: list[str]) -> Integration:
    integration, templates = read_integration(records.reader, record.node, "")
    responses = list(integration.responses)
    for one in members:
        if one.type != f"{_V2}integration_response":
            continue
        if records.referred(one, "integration_id", f"{_V2}integration") == record.address:
            found: list[FoundTemplate] = []
            responses.append(read_response(records.reader, one.node, "", len(responses), found))
            templates += found
    integration = replace(integration, responses=tuple(responses))
    for key in route_keys:
        emit(records.reader, integration, templates, Site("terraform", title, route=key, address=record.shown))
    return integration
