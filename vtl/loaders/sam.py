"""SAM: `AWS::Serverless::Api` and `HttpApi` with their documents, and the events of functions and state machines.

See: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vtl.loaders.bodies import body_of, grouped, with_settings
from vtl.loaders.integrations import read_gateway_response
from vtl.loaders.openapi import Document, read_openapi
from vtl.loaders.reading import Fields, pointer
from vtl.loaders.sam_events import EventApi, read_events
from vtl.loaders.stages import read_stage
from vtl.loaders.templates import Site
from vtl.model import GatewayResponse, HttpApi, Resource, RestApi

if TYPE_CHECKING:
    from vtl.loaders.cloudformation import Entry, Stack

_SAM = "AWS::Serverless::"


def read_serverless(stack: Stack) -> None:
    """The APIs that SAM makes of a stack go into the harvest."""
    events = read_events(stack)
    for entry in stack.of_type(f"{_SAM}Api", f"{_SAM}HttpApi"):
        stack.reader.harvest.apis.append(_read_api(stack, entry, events.pop(entry.id, None)))
    for name, found in events.items():
        if name in stack.by_id:
            continue
        if found.http:
            stack.reader.harvest.apis.append(HttpApi(name, name, routes=tuple(found.routes)))
        else:
            stack.reader.harvest.apis.append(RestApi(name, name, resources=_resources(found)))


def _resources(events: EventApi) -> tuple[Resource, ...]:
    return tuple(grouped(events.methods))


def _read_api(stack: Stack, entry: Entry, events: EventApi | None) -> RestApi | HttpApi:
    fields = _with_globals(stack, entry)
    http = entry.type == f"{_SAM}HttpApi"
    site = stack.site(entry, entry.id)
    stage = read_stage(stack.reader, fields, entry.at, site)
    found = body_of(stack.reader, fields, "definitionbody", "definitionuri")
    name = fields.string("name")
    stages = (stage,) if stage is not None else ()
    responses = tuple(_gateway_responses(stack, entry, fields, site))
    if found is not None:
        node, at = found
        document = Document(
            stack.reader, node, Site(stack.form, address=entry.address), entry.at + at if at else "", name, http, stages
        )
        api = read_openapi(document)
    elif http:
        api = HttpApi(name or entry.id, entry.address, stages=stages, where=entry.node.key_anchor)
    else:
        api = RestApi(name or entry.id, entry.address, stages=stages, where=entry.node.key_anchor)
    if isinstance(api, HttpApi):
        return replace(api, routes=(*api.routes, *(events.routes if events else ())))
    return replace(
        with_settings(api, fields),
        name=api.name or entry.id,
        resources=_merged(api.resources, _resources(events) if events else ()),
        gateway_responses=(*api.gateway_responses, *responses),
    )


def _merged(own: tuple[Resource, ...], events: tuple[Resource, ...]) -> tuple[Resource, ...]:
    """The document's methods, and those of events that the document does not have."""
    known = {(resource.path, method.http_method) for resource in own for method in resource.methods}
    methods = [(resource.path, method) for resource in own for method in resource.methods]
    methods += [
        (resource.path, method)
        for resource in events
        for method in resource.methods
        if (resource.path, method.http_method) not in known
    ]
    return tuple(grouped(methods))


def _gateway_responses(stack: Stack, entry: Entry, fields: Fields, site: Site) -> list[GatewayResponse]:
    name = fields.name("gatewayresponses")
    found = []
    for kind, node in stack.reader.items(fields.get("gatewayresponses")):
        if node.is_map:
            found.append(read_gateway_response(stack.reader, node, kind, entry.at + pointer(name, kind), site))
    return found


def _with_globals(stack: Stack, entry: Entry) -> Fields:
    """The properties of an API over those of `Globals`."""
    kind = entry.type.removeprefix(_SAM)
    shared = stack.reader.walk(stack.root, "Globals", kind)
    if shared is None or not shared.is_map:
        return entry.properties
    node = entry.properties.node
    return Fields(stack.reader, node.replaced({**shared.value, **(node.value or {})}))
