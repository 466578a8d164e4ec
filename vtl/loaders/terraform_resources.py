"""The APIs that records of `aws_api_gateway_*` and `aws_apigatewayv2_*` make together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from vtl.loaders.bodies import grouped, with_settings
from vtl.loaders.files import Files
from vtl.loaders.integrations import FoundTemplate, emit, read_gateway_response, read_integration, read_response
from vtl.loaders.interpolation import parse_rendered
from vtl.loaders.nodes import Node
from vtl.loaders.openapi import Document, read_openapi
from vtl.loaders.stages import read_stage
from vtl.loaders.templates import Site
from vtl.loaders.terraform_records import Record, Records
from vtl.loaders.terraform_rest import Key, RestNames, authorizers, methods, models, validators
from vtl.loaders.terraform_routes import read_routed_records
from vtl.model import Integration, RestApi, Stage

_REST = "aws_api_gateway_"
_MEMBERS = tuple(f"{_REST}{kind}" for kind in ("gateway_response", "integration", "method", "stage"))


@dataclass(slots=True)
class FoundIntegration:
    """An integration with its templates and its site, before its responses are known."""

    integration: Integration
    templates: list[FoundTemplate]
    site: Site
    response_addresses: list[str] = field(default_factory=list)


def read_records(records: Records) -> None:
    """Every API goes into the harvest with its templates."""
    _RestRecords(records).read()
    read_routed_records(records)


def root_of(files: Files, node: Node | None) -> Node | None:
    """The document in a `body`; None when there is none, or nothing of it is known."""
    if node is None or node.is_null:
        return None
    if node.is_map:
        return node
    text = node.text
    if not text.strip() or text.is_unknown:
        return None
    documents = parse_rendered(text, files)
    return documents[0] if documents and documents[0].is_map else None


class _RestRecords:
    """The REST APIs among the records of one root module."""

    def __init__(self, records: Records):
        self.records = records
        self.reader = records.reader
        self.names = RestNames(records)
        self.integrations: dict[Key, FoundIntegration] = {}

    def read(self) -> None:
        for record in self.records.of_type(f"{_REST}integration"):
            self._integration(record)
        for record in self.records.of_type(f"{_REST}integration_response"):
            self._response(record)
        for found in self.integrations.values():
            self._emit(found)
        apis = {self.names.api_of(record) for record in self.records.of_type(*_MEMBERS)}
        for address in dict.fromkeys([*self.names.titles, *sorted(apis)]):
            self._api(address)

    def _integration(self, record: Record) -> None:
        members = {name: child for name, child in record.node.items() if name != "http_method"}
        integration, templates = read_integration(self.reader, record.node.replaced(members), "")
        key = self.names.key_of(record)
        if key in self.integrations:
            key = (*key[:2], f"{key[2]} {record.shown}")
        self.integrations[key] = FoundIntegration(integration, templates, self.names.operation_site(record))

    def _response(self, record: Record) -> None:
        key = self.names.key_of(record)
        found = self.integrations.get(key)
        if found is None:
            site = self.names.operation_site(record)
            found = self.integrations[key] = FoundIntegration(Integration("", where=None), [], site)
        templates: list[FoundTemplate] = []
        response = read_response(self.reader, record.node, "", len(found.integration.responses), templates)
        found.templates += templates
        found.response_addresses.append(record.shown)
        found.integration = replace(found.integration, responses=(*found.integration.responses, response))

    def _emit(self, found: FoundIntegration) -> None:
        for template in found.templates:
            known = found.response_addresses
            address = known[template.response] if 0 <= template.response < len(known) else found.site.address
            emit(self.reader, found.integration, [template], replace(found.site, address=address))

    def _integration_of(self, method: Record) -> Integration | None:
        found = self.integrations.get(self.names.key_of(method))
        return found.integration if found is not None else None

    def _api(self, address: str) -> None:
        record = next(iter(self.records.by_address.get(address, [])), None)
        stages = tuple(self._stages(address))
        gateway_responses = tuple(
            read_gateway_response(self.reader, one.node, "", "", self.names.site(one))
            for one in self.names.of("gateway_response", address)
        )
        if not address:
            return  # a plan may not say which API they belong to; their templates are in the harvest by now
        fields = self.records.fields(record) if record is not None else None
        body = root_of(self.reader.scope.files, fields.get("body")) if fields is not None else None
        title = self.names.titles.get(address, address)
        where = record.node.anchor if record is not None else None
        description = fields.text("description") if fields is not None else None
        api = RestApi(title, address, stages=stages, description=description, where=where)
        if body is not None:
            site = Site("terraform", title, address=address)
            mode = self.reader.text(fields.get("parameters"), "basepath") if fields is not None else None
            read = read_openapi(Document(self.reader, body, site, name=title, stages=stages, base_path=mode))
            api = read if isinstance(read, RestApi) else api
        endpoint = self.reader.list(fields.get("endpointconfiguration")) if fields is not None else []
        self.reader.harvest.apis.append(
            replace(
                with_settings(api, fields) if fields is not None else api,
                resources=(*api.resources, *grouped(list(methods(self.names, address, self._integration_of)))),
                models=(*api.models, *models(self.names, address)),
                request_validators=(*api.request_validators, *validators(self.names, address)),
                authorizers=(*api.authorizers, *authorizers(self.names, address)),
                gateway_responses=(*api.gateway_responses, *gateway_responses),
                endpoint_types=self.reader.texts(endpoint[0], "types") if endpoint else (),
            )
        )

    def _stages(self, api: str) -> Iterator[Stage]:
        for kind in ("stage", "deployment"):
            for record in self.names.of(kind, api):
                stage = read_stage(self.reader, self.records.fields(record), "", self.names.site(record))
                if stage is not None:
                    yield stage
