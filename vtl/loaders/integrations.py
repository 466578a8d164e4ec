"""Integrations and their responses, from OpenAPI's extension, CloudFormation, an AWS dump or Terraform alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from vtl.diagnostics import Severity
from vtl.loaders.nodes import Node
from vtl.loaders.origin import Text
from vtl.loaders.reading import Fields, Reader, pointer
from vtl.loaders.templates import GATEWAY_RESPONSE, MAPPING, REQUEST, RESPONSE, Site, Template
from vtl.model import GatewayResponse, Integration, IntegrationResponse
from vtl.model.place import Where

_PASSTHROUGH = {"WHEN_NO_TEMPLATE": "WHEN_NO_TEMPLATES"}


@dataclass(frozen=True, slots=True)
class FoundTemplate:
    """A template of an integration before its site is known; `response` counts the integration's responses, -1: a request's."""

    text: Text
    content_type: str
    pointer: str
    response: int = -1


def read_integration(reader: Reader, node: Node, at: str) -> tuple[Integration, list[FoundTemplate]]:
    """The integration that a mapping describes, and its templates; `at` is the mapping's JSON pointer."""
    fields = Fields(reader, node)
    templates: list[FoundTemplate] = []
    request_templates = _templates(fields, at, -1, templates, "requesttemplates")
    responses = tuple(_responses(fields, at, templates))
    tls = next(iter(reader.list(fields.get("tlsconfig"))), None)
    passthrough = fields.string("passthroughbehavior").upper()
    transform, transform_where = _transform(fields)
    integration = Integration(
        type=fields.string("integrationtype", "type").upper(),
        uri=fields.string("integrationuri", "uri"),
        http_method=fields.string("integrationhttpmethod", "integrationmethod", "httpmethod"),
        credentials=fields.text("credentialsarn", "credentials"),
        request_parameters=fields.text_map("requestparameters"),
        request_templates=request_templates,
        passthrough_behavior=_PASSTHROUGH.get(passthrough, passthrough) or None,
        content_handling=fields.string("contenthandlingstrategy", "contenthandling").upper() or None,
        timeout_in_millis=fields.number("timeoutinmillis", "timeoutmilliseconds"),
        cache_namespace=fields.text("cachenamespace"),
        cache_key_parameters=fields.texts("cachekeyparameters"),
        connection_type=fields.text("connectiontype"),
        connection_id=fields.text("connectionid"),
        insecure_skip_verification=tls is not None and Fields(reader, tls).flag("insecureskipverification"),
        payload_format_version=fields.text("payloadformatversion"),
        subtype=fields.text("integrationsubtype"),
        template_selection_expression=fields.text("templateselectionexpression"),
        transform=transform,
        responses=responses,
        where=node.anchor,
        transform_where=transform_where,
    )
    return integration, templates


def _transform(fields: Fields) -> tuple[Mapping[str, object] | None, Where | None]:
    """What stands under x-vtl-transform, and where."""
    found = fields.get("xvtltransform")
    if found is None:
        return None, None
    frozen = _frozen(fields.reader.data(found))
    if not isinstance(frozen, Mapping):
        fields.reader.problem("x-vtl-transform must be a mapping", found.anchor, Severity.WARNING, "load-transform")
        return None, None
    return frozen, found.anchor


def _frozen(value: object) -> object:
    """Plain data that nobody can change; the readers of documents bound its depth."""
    if isinstance(value, dict):
        return MappingProxyType({str(key): _frozen(item) for key, item in value.items()})
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _responses(fields: Fields, at: str, templates: list[FoundTemplate]) -> Iterator[IntegrationResponse]:
    """Responses by pattern (OpenAPI), as a list (CloudFormation) or by status (dumps)."""
    name = fields.name("integrationresponses", "responses")
    found = fields.get("integrationresponses", "responses")
    reader = fields.reader
    if found is None or not name:
        return
    count = 0
    keyed = "esponses" in name and not name.lower().startswith("integration")
    entries = list(enumerate(reader.list(found))) if found.is_list else [(key, child) for key, child in reader.items(found)]
    if not found.is_list:
        reader.is_map(found, name)
    for key, child in entries:
        if not reader.is_map(child, str(key)):
            continue
        response = read_response(reader, child, at + pointer(name, key), count, templates)
        if keyed and isinstance(key, str):
            response = replace(response, selection_pattern=None if key == "default" else _key_text(child, key))
        yield response
        count += 1


def _key_text(child: Node, key: str) -> str:
    """A mapping's key with its place."""
    where = child.key_anchor
    quoted = where.source.text[where.span.start : where.span.start + 1] in ("'", '"')
    start = where.span.start + quoted
    if where.source.text.startswith(key, start):
        from vtl.loaders.origin import file_text

        return file_text(where.source).piece(start, start + len(key))
    return key


def read_response(reader: Reader, node: Node, at: str, index: int, templates: list[FoundTemplate]) -> IntegrationResponse:
    """One integration response; its templates are added to the list."""
    fields = Fields(reader, node)
    return IntegrationResponse(
        status_code=fields.string("statuscode"),
        selection_pattern=fields.string("selectionpattern", "integrationresponsekey") or None,
        response_parameters=fields.text_map("responseparameters"),
        response_templates=_templates(fields, at, index, templates, "responsetemplates"),
        content_handling=fields.string("contenthandlingstrategy", "contenthandling").upper() or None,
        where=node.anchor,
    )


def _templates(fields: Fields, at: str, response: int, templates: list[FoundTemplate], *names: str) -> dict[str, str]:
    """The templates under a key by media type; where a function chooses between some, each is found and the first is kept."""
    name = fields.name(*names)
    chosen: dict[str, str] = {}
    if not name:
        return chosen
    reader = fields.reader
    for holder in reader.scope.alternatives(fields.node.value[name]):
        reader.is_map(holder, name)
        for media_type, child in holder.items():
            for value in reader.scope.alternatives(child):
                if value.is_null:
                    continue
                if not value.is_scalar:
                    reader.problem("a template must be a string", value.anchor, Severity.WARNING, "load-template")
                    continue
                if not value.text.is_unknown:
                    templates.append(FoundTemplate(value.text, media_type, at + pointer(name, media_type), response))
                chosen.setdefault(media_type, value.text)
    return chosen


def emit(reader: Reader, integration: Integration, templates: list[FoundTemplate], site: Site) -> None:
    """Put an integration's templates into the harvest, each with its site."""
    for found in templates:
        response = integration.responses[found.response] if found.response >= 0 else None
        here = replace(
            site,
            integration=integration,
            response=response,
            status=response.status_code if response else "",
            pattern=response.selection_pattern if response else None,
        )
        direction = RESPONSE if response else REQUEST
        reader.harvest.add(Template(found.text, found.content_type, direction, MAPPING, found.pointer, here))


def read_gateway_response(reader: Reader, node: Node, kind: str, at: str, site: Site) -> GatewayResponse:
    """A gateway response; its templates go into the harvest. `kind` is its type where the mapping does not say."""
    fields = Fields(reader, node)
    templates: list[FoundTemplate] = []
    response = GatewayResponse(
        response_type=fields.string("responsetype") or kind,
        status_code=fields.text("statuscode"),
        response_parameters=_gateway_parameters(fields),
        response_templates=_templates(fields, at, -1, templates, "responsetemplates"),
        where=node.anchor,
    )
    for found in templates:
        here = replace(site, status=response.response_type)
        reader.harvest.add(Template(found.text, found.content_type, RESPONSE, GATEWAY_RESPONSE, found.pointer, here))
    return response


def _gateway_parameters(fields: Fields) -> dict[str, str]:
    """Parameters as OpenAPI and CloudFormation have them, or SAM's `Headers`, `Paths` and `QueryStrings`."""
    found = fields.get("responseparameters")
    if found is None:
        return {}
    parts = {"Headers": "header", "Paths": "path", "QueryStrings": "querystring"}
    parameters: dict[str, str] = {}
    for name, child in fields.reader.items(found):
        if child.is_scalar:
            parameters[name] = child.text
        elif name in parts:
            texts = fields.reader.text_map(child)
            parameters |= {f"gatewayresponse.{parts[name]}.{key}": value for key, value in texts.items()}
    return parameters
