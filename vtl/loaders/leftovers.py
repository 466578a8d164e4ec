"""Templates in places that no reader knows: any mapping of templates anywhere in a document.

Other tools keep integrations in shapes of their own (Smithy's traits, recorded answers of AWS, anchors beside the paths,
branches of conditions); the names of the keys are the same everywhere.
"""

from __future__ import annotations

from vtl.loaders.integrations import emit, read_integration
from vtl.loaders.nodes import Node
from vtl.loaders.reading import Fields, Reader, pointer, spelling
from vtl.loaders.templates import GATEWAY_RESPONSE, MAPPING, REQUEST, RESPONSE, Site, Template

_REQUEST = ("requesttemplates", "requesttemplate")
_RESPONSE = ("responsetemplates", "responsetemplate")
_VERBS = {"get", "put", "post", "delete", "options", "head", "patch", "any", "x-amazon-apigateway-any-method"}


def read_leftovers(reader: Reader, root: Node, form: str) -> None:
    """Every template under a known key that is not in the harvest yet goes into it."""
    seen: set[int] = set()
    stack: list[tuple[Node, tuple[str | int, ...]]] = [(root, ())]
    while stack:
        node, path = stack.pop()
        if not isinstance(node.value, dict | list) or id(node.value) in seen:
            continue
        seen.add(id(node.value))
        if isinstance(node.value, list):
            stack += [(child, (*path, at)) for at, child in reversed(list(enumerate(node.value)))]
            continue
        names = {spelling(name) for name in node.value}
        if names.intersection(_REQUEST) or (names.intersection(_RESPONSE)):
            _holder(reader, node, path, form)
        stack += [(child, (*path, name)) for name, child in reversed(list(node.value.items()))]


def _holder(reader: Reader, node: Node, path: tuple[str | int, ...], form: str) -> None:
    """A mapping with templates: an integration, a response of one, or a gateway response."""
    fields = Fields(reader, node)
    site = _site(path, form)
    if fields.name(*_REQUEST) and fields.name("type", "integrationtype", "uri", "responses", "integrationresponses"):
        before = len(reader.harvest.templates)
        integration, templates = read_integration(reader, node, pointer(*path))
        emit(reader, integration, [found for found in templates if not reader.harvest.has(found.text)], site)
        if len(reader.harvest.templates) > before:
            return
    gateway = fields.name("responsetype") or "x-amazon-apigateway-gateway-responses" in path or "GatewayResponses" in path
    for names, direction in ((_REQUEST, REQUEST), (_RESPONSE, RESPONSE)):
        name = fields.name(*names)
        if name:
            kind = GATEWAY_RESPONSE if gateway else MAPPING
            _texts(reader, fields.node.value[name], (*path, name), direction, kind, site)


def _texts(reader: Reader, node: Node, path: tuple[str | int, ...], direction: str, kind: str, site: Site) -> None:
    """The strings under a key of templates, through lists and the branches of conditions."""
    stack: list[tuple[Node, tuple[str | int, ...], str]] = [(node, path, "")]
    seen: set[int] = set()
    while stack:
        here, at, media = stack.pop()
        for value in reader.scope.alternatives(here):
            if isinstance(value.value, dict) and not media and id(value.value) not in seen:
                seen.add(id(value.value))
                stack += [(child, (*at, name), name) for name, child in reversed(list(value.value.items()))]
            elif (
                value.is_scalar
                and not value.is_null
                and media
                and not value.text.is_unknown
                and not reader.harvest.has(value.text)
            ):
                reader.harvest.add(Template(value.text, media, direction, kind, pointer(*at), site))


def _site(path: tuple[str | int, ...], form: str) -> Site:
    """What the keys on the way say about the operation."""
    keys = [str(key) for key in path]
    route = next((key for key in reversed(keys) if key.startswith("/")), "")
    verb = next((key for key in reversed(keys) if key.lower() in _VERBS), "")
    address = keys[keys.index("Resources") + 1] if "Resources" in keys[:-1] else ""
    return Site(form, path=route, method="ANY" if verb.startswith("x-") else verb.upper(), address=address)
