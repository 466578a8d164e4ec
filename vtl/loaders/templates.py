"""What a load finds: `Template`, the `Site` that it is applied at, and `Loaded`, the whole of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from vtl.diagnostics import Diagnostic, Severity
from vtl.loaders.origin import Origin, Placeholder, Text
from vtl.model import HttpApi, Integration, IntegrationResponse, RestApi, WebSocketApi
from vtl.model.place import Where

Api = RestApi | HttpApi | WebSocketApi

MAPPING, ACCESS_LOG, GATEWAY_RESPONSE = "mapping", "access-log", "gateway-response"
REQUEST, RESPONSE = "request", "response"


@dataclass(frozen=True, slots=True)
class Site:
    """Where a template is applied; what the document does not say is "" or None.

    `status` is the status code of an integration response or the type of a gateway response; `pattern` its selection pattern;
    `address` a logical id, a CDK construct path or a Terraform address.
    """

    format: str = ""
    api: str = ""
    path: str = ""
    method: str = ""
    route: str = ""
    status: str = ""
    pattern: str | None = None
    address: str = ""
    integration: Integration | None = None
    response: IntegrationResponse | None = None

    @property
    def operation(self) -> str:
        """`POST /pets`, a route key, or the address when neither is known."""
        if self.route:
            return self.route
        return " ".join(part for part in (self.method, self.path) if part) or self.address


@dataclass(frozen=True, slots=True)
class Template:
    """One template in its file. `direction` is "request" or "response", or "" where nothing tells; `kind` is "mapping",
    "access-log" or "gateway-response"; `pointer` leads to it in its document (RFC 6901)."""

    text: Text
    content_type: str
    direction: str
    kind: str
    pointer: str
    site: Site = field(default_factory=Site)

    @property
    def origin(self) -> Origin:
        """Where each character of `text` stands."""
        return self.text.origin

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """The stretches of `text` that are not known before deployment."""
        return self.text.placeholders

    @property
    def file(self) -> str:
        """The file of the first character."""
        return self.where(0).file

    @property
    def line(self) -> int:
        """The line of the first character, from 1."""
        return self.where(0).line

    @property
    def column(self) -> int:
        """The column of the first character, from 1."""
        return self.where(0).column

    def where(self, start: int, end: int | None = None) -> Where:
        """The place in the file of the characters of `text` from `start` to `end`."""
        return self.text.origin.anchor(start, end)

    @property
    def name(self) -> str:
        """`POST /pets request application/json`: the operation, the direction (with a response's status) and the media type."""
        site = self.site
        if self.kind == MAPPING:
            parts = (site.operation, self.direction, site.status, self.content_type)
        else:
            parts = (site.status or site.operation, self.kind, self.content_type, "")
        return " ".join(part for part in parts if part)


@dataclass(slots=True)
class Loaded:
    """The answer of `vtl.load`: APIs, templates and what went wrong; `files` are those that were read on the way."""

    apis: list[Api] = field(default_factory=list)
    templates: list[Template] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class Harvest:
    """What the readers of one load gather. A template is kept once per place and site."""

    def __init__(self) -> None:
        self.apis: list[Api] = []
        self.templates: list[Template] = []
        self.diagnostics: list[Diagnostic] = []
        self._taken: set[tuple[object, ...]] = set()
        self._places: set[tuple[int, int]] = set()
        self._said: set[tuple[object, ...]] = set()

    def add(self, template: Template) -> None:
        """Keep a template, unless the same place was found for the same site."""
        source, offset = template.origin.locate(0)
        site = template.site
        key: tuple[object, ...] = (id(source), offset, template.direction, template.kind, template.content_type)
        key += (site.operation, site.status, site.pattern, site.address, site.api)
        if key not in self._taken:
            self._taken.add(key)
            self._places.add((id(source), offset))
            self.templates.append(template)

    def has(self, text: Text) -> bool:
        """Whether a template was found at the place of this text."""
        source, offset = text.origin.locate(0)
        return (id(source), offset) in self._places

    def problem(self, message: str, where: Where | None, *, severity: Severity = Severity.ERROR, code: str = "load") -> None:
        """Say once what is wrong, and where."""
        key = (message, where.file if where else "", where.span if where else None)
        if key not in self._said:
            self._said.add(key)
            source, span = where if where else (None, None)
            self.diagnostics.append(Diagnostic(message, source, span, severity, code))

    def diagnostic(self, found: Diagnostic) -> None:
        """Keep a diagnostic that an error brought."""
        where = Where(found.source, found.span) if found.source and found.span else None
        self.problem(found.message, where, severity=found.severity, code=found.code or "load")

    def leave_out(self, theirs: Callable[[str, Site | None], bool]) -> None:
        """Forget the templates and diagnostics of which `theirs(file, site)` is true."""
        self.templates = [each for each in self.templates if not theirs(each.file, each.site)]
        self.diagnostics = [each for each in self.diagnostics if not theirs(each.file, None)]

    def readdress(self, start: int, addresses: Iterable[tuple[str, str]]) -> None:
        """Give the templates from `start` on a better address: old one to new one."""
        better = dict(addresses)
        for at in range(start, len(self.templates)):
            found = self.templates[at]
            if found.site.address in better:
                self.templates[at] = replace(found, site=replace(found.site, address=better[found.site.address]))
