"""Parameter mapping: from the parts of a request or an answer to those of the next one.

See: "Parameter mapping examples for REST APIs in API Gateway"; what missing and repeated values become is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from vtl.errors import InvalidJson, JsonPathError, LimitExceeded
from vtl.jsonpath import compile_path, loads
from vtl.jsonpath.paths import Path
from vtl.mapping.failures import GatewayFailure, internal_error
from vtl.values.json import to_json
from vtl.values.text import to_text

Pairs = Sequence[tuple[str, str]]
Mapped = dict[str, dict[str, object]]
REQUEST, RESPONSE = "request", "response"
_PLACES = {REQUEST: ("header", "path", "querystring"), RESPONSE: ("header",)}
_TARGETS = {REQUEST: "integration.request.", RESPONSE: "method.response."}
_ORIGINS = {REQUEST: "method.request.", RESPONSE: "integration.response."}
_ERROR = "errorMessage"
_UNREAD = object()


@dataclass(slots=True)
class Sources:
    """What one request or answer has to map from. The body is parsed once, when a mapping first looks into it."""

    side: str = REQUEST
    path: Mapping[str, object] = field(default_factory=dict)
    querystring: Pairs = ()
    headers: Pairs = ()
    body: str = ""
    context: Mapping[str, object] = field(default_factory=dict)
    stage_variables: Mapping[str, object] = field(default_factory=dict)
    _document: object = _UNREAD

    @property
    def document(self) -> object:
        """The body as JSON; None when it is none, or too deep. GatewayFailure when it begins as an object and is not one, as
        recorded."""
        if self._document is _UNREAD:
            try:
                self._document = loads(self.body or "{}")
            except (InvalidJson, LimitExceeded):
                if self.body.lstrip().startswith("{"):
                    if self.side == REQUEST:
                        raise GatewayFailure("BAD_REQUEST_BODY", "Invalid JSON in request body") from None
                    raise internal_error("the body of the answer is not the JSON that it begins as") from None
                self._document = None
        return self._document


Expression = Callable[[Sources], object]
"""Gives the value, or None when there is none: then nothing is mapped."""


@dataclass(frozen=True, slots=True)
class Mappings:
    """Mappings of one side, ready to run: (place, name, where the value comes from)."""

    side: str
    entries: tuple[tuple[str, str, Expression], ...]

    def apply(self, sources: Sources) -> Mapped:
        """The values by place and name: text, or a list of texts from multivaluequerystring."""
        made: Mapped = {place: {} for place in _PLACES[self.side]}
        for place, name, expression in self.entries:
            value = expression(sources)
            if value is not None:
                made[place][name] = value
        return made


def compile_mappings(mappings: Mapping[str, str], side: str) -> Mappings:
    """The mappings of a side, in their order; one that has no such target, or no source that there is, maps nothing."""
    entries = []
    for target, source in mappings.items():
        place, dot, name = target.removeprefix(_TARGETS[side]).partition(".")
        if target.startswith(_TARGETS[side]) and dot and place in _PLACES[side]:
            expression = compile_source(source, side)
            if expression is not None:
                entries.append((place, name, expression))
    return Mappings(side, tuple(entries))


def map_parameters(
    mappings: Mapping[str, str],
    *,
    side: str = REQUEST,
    path: Mapping[str, object] = {},
    querystring: Pairs = (),
    headers: Pairs = (),
    body: str = "",
    context: Mapping[str, object] = {},
    stage_variables: Mapping[str, object] = {},
) -> Mapped:
    """What `requestParameters` or `responseParameters` make of one request or answer.

    `mappings` goes from targets (`integration.request.header.x`, on the response side `method.response.header.x`) to sources
    (`method.request.querystring.y`, `context.requestId`, `'text'` and so on). Gives {"header": {}, "path": {},
    "querystring": {}}, on the response side {"header": {}}. GatewayFailure when a source looks into a body that begins as a JSON
    object and is none: 400 on the request side, 500 on the other.
    """
    sources = Sources(side, path, querystring, headers, body, context, stage_variables)
    return compile_mappings(mappings, side).apply(sources)


def compile_source(source: str, side: str) -> Expression | None:
    """Where a mapping takes its value from; None for what is no source of this side."""
    if len(source) > 1 and source[0] == source[-1] == "'":
        return _constant(source[1:-1])
    if source.startswith("stageVariables."):
        name = source.removeprefix("stageVariables.")
        return lambda sources: _text(sources.stage_variables.get(name))
    if source.startswith("context."):
        return _context(tuple(source.split(".")[1:]))
    if not source.startswith(_ORIGINS[side]):
        return None
    return _origin(*source.removeprefix(_ORIGINS[side]).partition("."))


def _constant(text: str) -> Expression:
    return lambda _sources: text


def _context(names: tuple[str, ...]) -> Expression:
    def value(sources: Sources) -> object:
        found: object = sources.context
        for name in names:
            found = found.get(name) if isinstance(found, Mapping) else None
        return _text(found)

    return value


def _origin(place: str, dot: str, name: str) -> Expression | None:
    if place == "body":
        return _body(name) if dot else lambda sources: sources.body or "{}"
    if not dot:
        return None
    origins: dict[str, Expression] = {
        "path": lambda sources: _text(sources.path.get(name)),
        "querystring": lambda sources: _last(sources.querystring, name),
        "multivaluequerystring": lambda sources: _several(sources.querystring, name),
        "header": lambda sources: _last(sources.headers, name),
        "multivalueheader": lambda sources: _joined(sources.headers, name),
    }
    return origins.get(place)


def _body(path: str) -> Expression:
    try:
        compiled: Path | None = compile_path(f"$.{path}")
    except JsonPathError:
        compiled = None

    def value(sources: Sources) -> object:
        if compiled is None or sources.document is None:
            return None
        found = _read(compiled, sources.document)
        if found is None and sources.side == RESPONSE and path.startswith(_ERROR):
            found = _read(compiled, _with_error(sources.document))
        return _text(found)

    return value


def _read(path: Path, document: object) -> object:
    try:
        return path.read(document)
    except JsonPathError:
        return None


def _with_error(document: object) -> object:
    """A function's error with its message as the JSON that it holds, which mappings of headers may look into.

    See: "Handle custom Lambda errors in API Gateway".
    """
    message = document.get(_ERROR) if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(message, str):
        return document
    try:
        return {**document, _ERROR: loads(message)}
    except (InvalidJson, LimitExceeded):
        return document


def _last(pairs: Pairs, name: str) -> object:
    found = None
    for key, value in pairs:
        if key == name:
            found = value
    return found


def _several(pairs: Pairs, name: str) -> object:
    """One value as text, several as a list, as recorded."""
    found = [value for key, value in pairs if key == name]
    return found if len(found) > 1 else found[0] if found else None


def _joined(pairs: Pairs, name: str) -> object:
    found = [value for key, value in pairs if key == name]
    return ",".join(found) if found else None


def _text(value: object) -> object:
    """A value as the text that a parameter holds: objects and arrays as JSON."""
    if value is None or isinstance(value, str):
        return value
    return to_json(value) if isinstance(value, dict | list) else to_text(value)
