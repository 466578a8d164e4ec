"""Documents that a resource holds or names, and resources from single methods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vtl.loaders.intrinsics import include
from vtl.loaders.nodes import Node
from vtl.loaders.reading import Fields, Reader, pointer
from vtl.model import Method, Resource, RestApi


def body_of(reader: Reader, fields: Fields, body: str, location: str) -> tuple[Node, str] | None:
    """A document that a resource holds, with its pointer in the properties, or one that it names, with "" for a pointer."""
    node = fields.get(body)
    if node is not None and node.is_map:
        return node, pointer(fields.name(body))
    if node is not None and node.is_scalar and node.text.lstrip()[:1] in ("{", "o", "s"):
        documents = reader.scope.files.parse(node.text)
        return (documents[0], pointer(fields.name(body))) if documents and documents[0].is_map else None
    found = fields.get(location)
    if found is None:
        return None
    key = reader.text(found, "Key", "key") if found.is_map else found.text
    if not key:
        return None
    included = include(reader.scope, str(key) if "://" in key or not found.is_map else f"s3://bucket/{key}", found)
    return (included, "") if included is not None and included.is_map else None


def with_settings(api: RestApi, fields: Fields) -> RestApi:
    """The API of a document with what the resource around it sets; what the document sets itself counts."""
    types = tuple(kind.replace("~1", "/") for kind in fields.texts("binarymediatypes"))
    own = api.minimum_compression_size
    source = fields.string("apikeysourcetype", "apikeysource").upper()
    return replace(
        api,
        binary_media_types=api.binary_media_types or types,
        minimum_compression_size=own if own is not None else fields.number("minimumcompressionsize"),
        api_key_source=source if source and api.api_key_source == "HEADER" else api.api_key_source,
    )


def grouped(methods: list[tuple[str, Method]]) -> Iterator[Resource]:
    """Resources from methods with their paths, in the order in which the paths come up."""
    by_path: dict[str, list[Method]] = {}
    for path, method in methods:
        by_path.setdefault(path, []).append(method)
    return (Resource(path, tuple(found)) for path, found in by_path.items())
