"""CloudFormation: REST APIs of single resources or with a body, APIs with routes, nested stacks.

See: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/AWS_ApiGateway.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from vtl.loaders.bodies import body_of, grouped, with_settings
from vtl.loaders.cloudformation_names import name_in, referred
from vtl.loaders.integrations import emit, read_gateway_response, read_integration
from vtl.loaders.intrinsics import Scope, include
from vtl.loaders.nodes import Node
from vtl.loaders.openapi import Document, read_authorizer, read_openapi
from vtl.loaders.reading import Fields, Reader, known_verb, pointer
from vtl.loaders.stages import read_stage
from vtl.loaders.templates import Site
from vtl.model import (
    Authorizer,
    GatewayResponse,
    Method,
    MethodResponse,
    Model,
    RequestValidator,
    RestApi,
    Stage,
)

MAX_STACKS = 20
"""Stacks inside each other."""

_REST = "AWS::ApiGateway::"


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource of a stack: its logical id, its type, its properties and its JSON pointer."""

    id: str
    type: str
    node: Node
    properties: Fields
    at: str

    @property
    def address(self) -> str:
        """The path of its CDK construct where the stack has it, else its logical id."""
        metadata = self.properties.reader.get(self.node, "Metadata")
        return self.properties.reader.text(metadata, "aws:cdk:path") or self.id


@dataclass(slots=True)
class RestParts:
    """What belongs to one REST API of single resources, by the API's logical id."""

    methods: list[tuple[str, Method]] = field(default_factory=list)
    models: list[Model] = field(default_factory=list)
    validators: list[RequestValidator] = field(default_factory=list)
    authorizers: list[Authorizer] = field(default_factory=list)
    gateway_responses: list[GatewayResponse] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)


class Stack:
    """One CloudFormation document, with the stacks nested in it."""

    def __init__(self, reader: Reader, root: Node, at: str = "", depth: int = 0, form: str = "cloudformation"):
        self.reader = reader
        self.root = root
        self.depth = depth
        self.form = form
        self.entries = list(self._entries(reader.get(root, "Resources"), at + pointer("Resources")))
        self.by_id = {entry.id: entry for entry in self.entries}
        self.parts: dict[str, RestParts] = {}

    def _entries(self, resources: Node | None, at: str) -> Iterator[Entry]:
        for name, node in self.reader.items(resources):
            if name.startswith("Fn::ForEach") and node.is_list and len(node.value) == 3:
                yield from self._entries(self.reader.scope.resolve(node.value[2]), at + pointer(name, 2))
                continue
            kind = self.reader.text(node, "Type")
            if kind:
                properties = self.reader.get(node, "Properties")
                here = at + pointer(name)
                yield Entry(name, str(kind), node, Fields(self.reader, properties or node.replaced({})), here + "/Properties")

    def of_type(self, *types: str) -> Iterator[Entry]:
        """The resources of some types, in the document's order."""
        return (entry for entry in self.entries if entry.type in types)

    def part(self, api: str) -> RestParts:
        """What belongs to the API of that logical id."""
        return self.parts.setdefault(api, RestParts())

    def read(self) -> None:
        """Everything in the stack goes into the harvest."""
        from vtl.loaders.cloudformation_routes import read_routed_apis
        from vtl.loaders.sam import read_serverless

        self._rest_parts()
        bodies: set[str] = set()
        for entry in self.of_type(f"{_REST}RestApi"):
            bodies |= {entry.id} if self._body(entry) else set()
        for name, parts in self.parts.items():
            if name not in bodies and (name not in self.by_id or self.by_id[name].type == f"{_REST}RestApi"):
                self.reader.harvest.apis.append(self._rest_api(name, parts))
        for entry in self.of_type(f"{_REST}RestApi"):
            if entry.id not in self.parts and entry.id not in bodies:
                self.reader.harvest.apis.append(self._rest_api(entry.id, RestParts()))
        read_routed_apis(self)
        read_serverless(self)
        self._nested()

    def name_of(self, entry: Entry | None, default: str) -> str:
        """The API's name as its resource has it, else its logical id."""
        return (entry.properties.string("name") if entry else "") or default

    def site(self, entry: Entry, api: str) -> Site:
        """The site that a resource's templates share."""
        return Site(self.form, self.name_of(self.by_id.get(api), api), address=entry.address)

    # REST APIs

    def _rest_parts(self) -> None:
        for entry in self.of_type(f"{_REST}Method"):
            self._method(entry)
        for entry in self.of_type(f"{_REST}GatewayResponse"):
            api = referred(entry.properties, "restapiid")
            response = read_gateway_response(self.reader, entry.properties.node, "", entry.at, self.site(entry, api))
            self.part(api).gateway_responses.append(response)
        for entry in self.of_type(f"{_REST}Stage", f"{_REST}Deployment"):
            stage = read_stage(self.reader, entry.properties, entry.at, self.site(entry, referred(entry.properties, "restapiid")))
            if stage is not None:
                self.part(referred(entry.properties, "restapiid")).stages.append(stage)
        for entry in self.of_type(f"{_REST}Model"):
            fields = entry.properties
            model = Model(
                fields.string("name") or entry.id,
                fields.string("contenttype") or "application/json",
                self.reader.schema(fields.get("schema")),
                where=entry.node.key_anchor,
            )
            self.part(referred(fields, "restapiid")).models.append(model)
        for entry in self.of_type(f"{_REST}RequestValidator"):
            fields = entry.properties
            validator = RequestValidator(entry.id, fields.flag("validaterequestbody"), fields.flag("validaterequestparameters"))
            self.part(referred(fields, "restapiid")).validators.append(validator)
        for entry in self.of_type(f"{_REST}Authorizer"):
            authorizer = read_authorizer(self.reader, entry.id, entry.properties.node)
            self.part(referred(entry.properties, "restapiid")).authorizers.append(authorizer)

    def _method(self, entry: Entry) -> None:
        fields = entry.properties
        api = referred(fields, "restapiid")
        path = self.path_of(referred(fields, "resourceid"))
        verb = fields.string("httpmethod").upper()
        node = fields.get("integration")
        integration = None
        if node is not None and node.is_map:
            integration, templates = read_integration(self.reader, node, entry.at + "/Integration")
            emit(self.reader, integration, templates, replace(self.site(entry, api), path=path, method=known_verb(verb)))
        method = Method(
            http_method=verb,
            authorization_type=(fields.string("authorizationtype") or "NONE").upper(),
            authorizer=referred(fields, "authorizerid") or None,
            authorization_scopes=fields.texts("authorizationscopes"),
            api_key_required=fields.flag("apikeyrequired"),
            operation_name=fields.text("operationname"),
            request_parameters=_flags(self.reader, fields.get("requestparameters")),
            request_models=_models(self.reader, fields.get("requestmodels")),
            request_validator=referred(fields, "requestvalidatorid") or None,
            integration=integration,
            responses=tuple(self._method_responses(fields)),
            where=entry.node.key_anchor,
        )
        self.part(api).methods.append((path, method))

    def _method_responses(self, fields: Fields) -> Iterator[MethodResponse]:
        for node in self.reader.list(fields.get("methodresponses")):
            own = Fields(self.reader, node)
            yield MethodResponse(
                own.string("statuscode"),
                _flags(self.reader, own.get("responseparameters")),
                _models(self.reader, own.get("responsemodels")),
                where=node.anchor,
            )

    def path_of(self, resource: str) -> str:
        """The path of the resource with that logical id; what is not in this stack counts as the root."""
        parts: list[str] = []
        for _ in range(len(self.entries) + 1):
            entry = self.by_id.get(resource)
            if entry is None or entry.type != f"{_REST}Resource":
                break
            parts.append(entry.properties.string("pathpart"))
            resource = referred(entry.properties, "parentid")
        return "/" + "/".join(reversed(parts))

    def _rest_api(self, name: str, parts: RestParts) -> RestApi:
        entry = self.by_id.get(name)
        fields = entry.properties if entry else Fields(self.reader, self.root.replaced({}))
        endpoint = fields.get("endpointconfiguration")
        return RestApi(
            name=self.name_of(entry, name),
            address=entry.address if entry else name,
            resources=tuple(grouped(parts.methods)),
            models=tuple(parts.models),
            request_validators=tuple(parts.validators),
            authorizers=tuple(parts.authorizers),
            gateway_responses=tuple(parts.gateway_responses),
            stages=tuple(parts.stages),
            binary_media_types=fields.texts("binarymediatypes"),
            minimum_compression_size=fields.number("minimumcompressionsize"),
            api_key_source=fields.string("apikeysourcetype") or "HEADER",
            endpoint_types=Fields(self.reader, endpoint).texts("types") if endpoint is not None else (),
            disable_execute_api_endpoint=fields.flag("disableexecuteapiendpoint"),
            policy=self.reader.data(fields.get("policy")),
            description=fields.text("description"),
            where=entry.node.key_anchor if entry else None,
        )

    def _body(self, entry: Entry) -> bool:
        """An API whose OpenAPI document is its body, or lies in a file beside the stack; whether there is one."""
        found = body_of(self.reader, entry.properties, "body", "bodys3location")
        if found is None:
            return False
        node, at = found
        stages = tuple(self.parts[entry.id].stages) if entry.id in self.parts else ()
        site = Site(self.form, address=entry.address)
        place, name = entry.at + at if at else "", entry.properties.string("name")
        mode = self.reader.text(entry.properties.get("parameters"), "basepath")
        document = Document(self.reader, node, site, place, name, stages=stages, base_path=mode)
        api = read_openapi(document)
        extra = self.parts.get(entry.id)
        api = with_settings(api, entry.properties) if isinstance(api, RestApi) else api
        if isinstance(api, RestApi) and extra is not None:
            api = replace(
                api,
                resources=(*api.resources, *grouped(extra.methods)),
                models=(*api.models, *extra.models),
                authorizers=(*api.authorizers, *extra.authorizers),
                gateway_responses=(*api.gateway_responses, *extra.gateway_responses),
                request_validators=(*api.request_validators, *extra.validators),
            )
        self.reader.harvest.apis.append(api)
        return True

    # Nested stacks

    def _nested(self) -> None:
        for entry in self.of_type("AWS::CloudFormation::Stack", "AWS::Serverless::Application"):
            location = entry.properties.text("templateurl", "location")
            metadata = self.reader.get(entry.node, "Metadata")
            asset = self.reader.text(metadata, "aws:asset:path")
            if (not location and not asset) or self.depth >= MAX_STACKS:
                continue
            near = entry.properties.get("templateurl", "location") or entry.node
            name = str(asset or location)
            if not asset and "://" in name and self.reader.scope.local_file(name, near) is None:
                continue
            arguments = dict(self.reader.items(entry.properties.get("parameters")))
            document = include(self.reader.scope, name, near)
            if document is not None:
                scope = Scope(document, self.reader.scope.files, arguments)
                scope.including = [*self.reader.scope.including, str(PurePosixPath(name))]
                Stack(Reader(scope, self.reader.harvest), document, depth=self.depth + 1, form=self.form).read()


def _flags(reader: Reader, node: Node | None) -> dict[str, bool]:
    """Parameters with whether they are required; SAM and newer CloudFormation write a mapping instead of a boolean."""
    return {
        name: reader.flag(child, "Required") if child.is_map else str(child.value).lower() == "true"
        for name, child in reader.items(node)
    }


def _models(reader: Reader, node: Node | None) -> dict[str, str]:
    return {name: name_in(child) for name, child in (node.items() if node is not None else ())}
