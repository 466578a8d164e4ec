"""Answers of AWS itself: `get-resources --embed methods`, `get-integration` and the like, as the CLI prints them.

See: https://docs.aws.amazon.com/cli/latest/reference/apigateway/get-resources.html
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.loaders.integrations import emit, read_integration
from vtl.loaders.nodes import Node
from vtl.loaders.reading import Fields, Reader, pointer
from vtl.loaders.templates import Site
from vtl.model import Method, MethodResponse, Resource, RestApi


def read_dump(reader: Reader, root: Node) -> None:
    """The resources of a dump as an API; single answers are left to the search for leftovers."""
    items = reader.get(root, "items")
    nodes = reader.list(items) if items is not None else [root]
    at = "/items" if items is not None else ""
    resources = tuple(
        _resource(reader, node, at + pointer(index) if items is not None else at)
        for index, node in enumerate(nodes)
        if node.get("resourceMethods") is not None or (node.get("path") is not None and node.get("id") is not None)
    )
    if resources:
        reader.harvest.apis.append(RestApi("", resources=resources, where=root.anchor))


def _resource(reader: Reader, node: Node, at: str) -> Resource:
    path = reader.text(node, "path") or ""
    return Resource(path, tuple(_methods(reader, node, str(path), at)))


def _methods(reader: Reader, node: Node, path: str, at: str) -> Iterator[Method]:
    for verb, found in reader.items(reader.get(node, "resourceMethods")):
        fields = Fields(reader, found)
        inner = fields.get("methodintegration")
        here = at + pointer("resourceMethods", verb, "methodIntegration")
        integration = None
        if inner is not None and inner.is_map:
            integration, templates = read_integration(reader, inner, here)
            emit(reader, integration, templates, Site("dump", path=path, method=verb))
        yield Method(
            http_method=verb,
            authorization_type=fields.string("authorizationtype") or "NONE",
            authorizer=fields.text("authorizerid"),
            api_key_required=fields.flag("apikeyrequired"),
            operation_name=fields.text("operationname"),
            request_parameters=reader.flag_map(found, "requestParameters"),
            request_models=fields.text_map("requestmodels"),
            request_validator=fields.text("requestvalidatorid"),
            integration=integration,
            responses=tuple(
                MethodResponse(
                    status, reader.flag_map(response, "responseParameters"), reader.text_map(response, "responseModels")
                )
                for status, response in reader.items(fields.get("methodresponses"))
            ),
            where=found.key_anchor,
        )
