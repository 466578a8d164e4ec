"""What the loaders found, as the linter sees it: templates with their sites, and the integrations around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vtl.lint.comments import comments_beside
from vtl.lint.config import Config
from vtl.lint.site import (
    ACCESS_LOG,
    GATEWAY_RESPONSE,
    TEMPLATE,
    BareTemplate,
    FilePlace,
    HostComment,
    HostTemplate,
    IntegrationSite,
    ResponseSite,
    Site,
)
from vtl.loaders import Loaded
from vtl.loaders import Template as LoadedTemplate
from vtl.model import Integration, IntegrationResponse, Method, RestApi
from vtl.model.place import Where
from vtl.source import Place, Source, Span

_KINDS = {"mapping": TEMPLATE, "access-log": ACCESS_LOG, "gateway-response": GATEWAY_RESPONSE}
_BARE = "template"
"""The format of a file that no document named."""


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """A template in a document."""

    loaded: LoadedTemplate
    site: Site
    comments: tuple[HostComment, ...]

    @property
    def text(self) -> str:
        """The template."""
        return str(self.loaded.text)

    @property
    def file(self) -> str:
        """The file that holds its first character."""
        return self.loaded.file

    @property
    def line(self) -> int:
        """The line of its first character."""
        return self.loaded.line

    @property
    def column(self) -> int:
        """The column of its first character."""
        return self.loaded.column

    @property
    def kind(self) -> str:
        """What the text is."""
        return self.site.kind

    @property
    def placeholders(self) -> tuple[Span, ...]:
        """What is known when it is deployed."""
        return tuple(Span(each.start, each.end) for each in self.loaded.placeholders)

    @property
    def editable(self) -> bool:
        """Whether the file is the template, character by character."""
        runs = self.loaded.origin.runs
        whole = len(runs) == 1 and runs[0].step == 1 and runs[0].offset == 0
        return whole and not self.loaded.placeholders and runs[0].source.text == self.text

    def place(self, offset: int) -> Place:
        """The place in the file of a character."""
        source, position = self.loaded.origin.locate(offset)
        return source.place(position)


def host_templates(loaded: Loaded, config: Config) -> list[HostTemplate]:
    """The templates of a load; one that no document names takes its site from the settings."""
    surroundings = _surroundings(loaded)
    return [_host(template, config, surroundings) for template in loaded.templates]


def _host(template: LoadedTemplate, config: Config, surroundings: Mapping[int, _Surroundings]) -> HostTemplate:
    if template.site.format == _BARE:
        return BareTemplate(Source(template.file, str(template.text)), config.site_of(template.file))
    known = surroundings.get(id(template.site.integration)) if template.site.integration else None
    site = Site(
        api=template.site.api or None,
        method=template.site.method or None,
        path=template.site.path or template.site.route or None,
        direction=template.direction or None,
        media_type=template.content_type or None,
        integration=_integration(template.site.integration, known) if template.site.integration else None,
        parameters=known.parameters if known else None,
        stage_variables=known.stage_variables if known else None,
        kind=_KINDS[template.kind],
    )
    return DocumentTemplate(template, site, _comments(template))


def _comments(template: LoadedTemplate) -> tuple[HostComment, ...]:
    source, start = template.origin.locate(0)
    last, end = template.origin.locate(len(template.text))
    return comments_beside(source, start, end if last is source else start)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What stands around one integration."""

    api: RestApi
    path: str
    method: Method

    @property
    def parameters(self) -> frozenset[str]:
        """The declared parameters, those in the path included."""
        declared = {name.removeprefix("method.request.") for name in self.method.request_parameters}
        in_path = {part.strip("{}+") for part in self.path.split("/") if part.startswith("{")}
        return frozenset(declared | {f"path.{name}" for name in in_path})

    @property
    def stage_variables(self) -> frozenset[str] | None:
        """The variables of all stages; None when no stage of the document has any."""
        names = frozenset(name for stage in self.api.stages for name in stage.variables)
        return names or None


def _surroundings(loaded: Loaded) -> dict[int, _Surroundings]:
    return {
        id(method.integration): _Surroundings(api, resource.path, method)
        for api in loaded.apis
        if isinstance(api, RestApi)
        for resource in api.resources
        for method in resource.methods
        if method.integration is not None
    }


def integration_sites(loaded: Loaded) -> list[IntegrationSite]:
    """The integrations of the methods of all REST APIs."""
    return [_integration(known.method.integration, known) for known in _surroundings(loaded).values() if known.method.integration]


def _integration(integration: Integration, known: _Surroundings | None) -> IntegrationSite:
    place = _place(integration.where)
    where = integration.where
    return IntegrationSite(
        type=integration.type.upper() or None,
        uri=str(integration.uri) or None,
        http_method=integration.http_method or None,
        passthrough=integration.passthrough_behavior,
        request_media_types=tuple(integration.request_templates),
        content_handling=integration.content_handling,
        responses=tuple(_response(each) for each in integration.responses),
        method_responses=_declared(known.method) if known and known.method.responses else None,
        binary_media_types=known.api.binary_media_types if known else (),
        request_parameters=integration.request_parameters,
        transform=integration.transform,
        transform_place=_place(integration.transform_where),
        place=place,
        api=(known.api.name or known.api.address or None) if known else None,
        method=known.method.http_method if known else None,
        path=known.path if known else None,
        comments=comments_beside(where.source, where.span.start) if where else (),
    )


def _response(response: IntegrationResponse) -> ResponseSite:
    prefix = "method.response.header."
    return ResponseSite(
        status=response.status_code or None,
        pattern=response.selection_pattern or "",
        media_types=tuple(response.response_templates),
        content_handling=response.content_handling,
        headers=frozenset(_after(prefix, response.response_parameters)),
        place=_place(response.where),
    )


def _declared(method: Method) -> dict[str, frozenset[str]]:
    prefix = "method.response.header."
    return {each.status_code: frozenset(_after(prefix, each.response_parameters)) for each in method.responses}


def _after(prefix: str, names: Iterable[str]) -> list[str]:
    return [name.removeprefix(prefix) for name in names if name.startswith(prefix)]


def _place(where: Where | None) -> FilePlace | None:
    return FilePlace(where.file, where.line, where.column) if where else None
