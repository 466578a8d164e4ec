"""What belongs to a REST API among Terraform's records: names, sites, methods, models, validators, authorizers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from vtl.loaders.openapi import read_authorizer
from vtl.loaders.reading import known_verb
from vtl.loaders.templates import Site
from vtl.loaders.terraform_records import Record, Records
from vtl.model import Authorizer, Integration, Method, MethodResponse, Model, RequestValidator

_REST = "aws_api_gateway_"

Key = tuple[str, str, str]


class RestNames:
    """Which API and which operation a record belongs to."""

    def __init__(self, records: Records):
        self.records = records
        self.titles = {record.address: self._title(record) for record in records.of_type(f"{_REST}rest_api")}

    def _title(self, record: Record) -> str:
        name = self.records.fields(record).text("name")
        return str(name) if name and not name.placeholders else record.name

    def api_of(self, record: Record) -> str:
        """The address of the REST API that a record belongs to."""
        return self.records.referred(record, "rest_api_id", f"{_REST}rest_api")

    def key_of(self, record: Record) -> Key:
        """What a method, its integration and their responses share."""
        resource = self.records.referred(record, "resource_id", f"{_REST}resource")
        verb = self.records.fields(record).string("httpmethod").upper()
        return self.api_of(record), f"{resource}[{record.key}]", verb

    def site(self, record: Record) -> Site:
        """The site that a record's templates share."""
        api = self.api_of(record)
        return Site("terraform", self.titles.get(api, ""), address=record.shown)

    def operation_site(self, record: Record) -> Site:
        """The same with path and verb."""
        fields = self.records.fields(record)
        resource = self.records.referred(record, "resource_id", f"{_REST}resource")
        verb = known_verb(fields.string("httpmethod"))
        return replace(self.site(record), path=self.records.path_of(resource, record.key), method=verb)

    def of(self, kind: str, api: str) -> Iterator[Record]:
        """The records of a kind that belong to an API."""
        return (record for record in self.records.of_type(f"{_REST}{kind}") if self.api_of(record) == api)


def methods(names: RestNames, api: str, integration_of: Callable[[Record], Integration | None]) -> Iterator[tuple[str, Method]]:
    """The methods of an API with their paths."""
    for record in names.of("method", api):
        fields = names.records.fields(record)
        authorizer = names.records.referred(record, "authorizer_id", f"{_REST}authorizer")
        method = Method(
            http_method=fields.string("httpmethod").upper(),
            authorization_type=(fields.string("authorization") or "NONE").upper(),
            authorizer=authorizer or None,
            authorization_scopes=fields.texts("authorizationscopes"),
            api_key_required=fields.flag("apikeyrequired"),
            operation_name=fields.text("operationname"),
            request_parameters=names.records.reader.flag_map(record.node, "request_parameters"),
            request_models=fields.text_map("requestmodels"),
            request_validator=names.records.referred(record, "request_validator_id", f"{_REST}request_validator") or None,
            integration=integration_of(record),
            responses=tuple(_method_responses(names, record)),
            where=record.node.anchor,
        )
        yield names.operation_site(record).path, method


def _method_responses(names: RestNames, method: Record) -> Iterator[MethodResponse]:
    for record in names.records.of_type(f"{_REST}method_response"):
        if names.key_of(record) == names.key_of(method):
            fields = names.records.fields(record)
            yield MethodResponse(
                fields.string("statuscode"),
                names.records.reader.flag_map(record.node, "response_parameters"),
                fields.text_map("responsemodels"),
                where=record.node.anchor,
            )


def models(names: RestNames, api: str) -> Iterator[Model]:
    """The models of an API."""
    for record in names.of("model", api):
        fields = names.records.fields(record)
        kind = fields.string("contenttype") or "application/json"
        yield Model(
            fields.string("name") or record.name, kind, fields.reader.schema(fields.get("schema")), where=record.node.anchor
        )


def validators(names: RestNames, api: str) -> Iterator[RequestValidator]:
    """The request validators of an API."""
    for record in names.of("request_validator", api):
        fields = names.records.fields(record)
        yield RequestValidator(record.address, fields.flag("validaterequestbody"), fields.flag("validaterequestparameters"))


def authorizers(names: RestNames, api: str) -> Iterator[Authorizer]:
    """The authorizers of an API."""
    for record in names.of("authorizer", api):
        yield read_authorizer(names.records.reader, record.address, record.node)
