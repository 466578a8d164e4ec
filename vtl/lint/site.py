"""Where a template is used, as far as it is known: `Site`, the integration around it, and `HostTemplate`, its place in a file.

Everything here is what the loaders tell; None stands for what nobody knows. A rule that needs what is None stays silent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from vtl.source import Place, Source, Span

REQUEST = "request"
RESPONSE = "response"

TEMPLATE = "template"
GATEWAY_RESPONSE = "gateway response"
ACCESS_LOG = "access log"

_SERVICE = re.compile(r"^arn:[^:]*:apigateway:[^:]*:(?:[^:/]*\.)?([A-Za-z0-9-]+):(action|path)/(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A place in a file of the user, line and column from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class HostComment:
    """A comment of a document, without its marks, and where it stands."""

    text: str
    place: FilePlace


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseSite:
    """One integration response: `pattern` is its selectionPattern, "" for the default one, None when it is not known."""

    status: str | None = None
    pattern: str | None = None
    media_types: tuple[str, ...] = ()
    content_handling: str | None = None
    headers: frozenset[str] = frozenset()
    place: FilePlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationSite:
    """The integration of a method under AWS's names.

    `passthrough` is None where the document says nothing, which means WHEN_NO_MATCH. `method_responses` has the header names that
    each status declares.
    """

    type: str | None = None
    uri: str | None = None
    http_method: str | None = None
    passthrough: str | None = None
    request_media_types: tuple[str, ...] = ()
    content_handling: str | None = None
    responses: tuple[ResponseSite, ...] | None = None
    method_responses: Mapping[str, frozenset[str]] | None = None
    binary_media_types: tuple[str, ...] = ()
    request_parameters: Mapping[str, str] = field(default_factory=dict)
    transform: Mapping[str, object] | None = None
    transform_place: FilePlace | None = None
    place: FilePlace | None = None
    api: str | None = None
    method: str | None = None
    path: str | None = None
    comments: tuple[HostComment, ...] = ()

    @property
    def service(self) -> str | None:
        """The AWS service that the URI names, such as "dynamodb" or "lambda"; None when it names none."""
        if self.uri is None:
            return None
        found = _SERVICE.match(self.uri)
        if found is None:
            return "lambda" if "/functions/" in self.uri and "/invocations" in self.uri else None
        return found[1].lower()

    @property
    def action(self) -> str | None:
        """What the URI asks of the service: "PutItem" of `action/PutItem`, or the path."""
        found = _SERVICE.match(self.uri or "")
        return found[3] if found else None

    @property
    def location(self) -> str:
        """The method and path, as far as they are known."""
        return " ".join(each for each in (self.method, self.path) if each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where one template is used.

    `direction` is None for a template that may serve both ways. `parameters` are those that the method declares, as
    "path.id", "querystring.page" or "header.Accept".
    """

    api: str | None = None
    method: str | None = None
    path: str | None = None
    direction: str | None = None
    media_type: str | None = None
    integration: IntegrationSite | None = None
    parameters: frozenset[str] | None = None
    stage_variables: frozenset[str] | None = None
    kind: str = TEMPLATE

    @property
    def service(self) -> str | None:
        """The AWS service behind the integration; None when there is none or it is not known."""
        return self.integration.service if self.integration else None

    @property
    def integration_type(self) -> str | None:
        """AWS, AWS_PROXY, HTTP, HTTP_PROXY or MOCK; None when it is not known."""
        return self.integration.type if self.integration else None


class HostTemplate(Protocol):
    """One template where it lives. `text` is decoded: what AWS gets; `place` finds a character of it in the file."""

    @property
    def text(self) -> str:
        """The template."""

    @property
    def file(self) -> str:
        """The name of the file that holds it."""

    @property
    def line(self) -> int:
        """The line of its first character in the file."""

    @property
    def column(self) -> int:
        """The column of its first character in the file."""

    @property
    def site(self) -> Site:
        """Where it is used."""

    @property
    def kind(self) -> str:
        """TEMPLATE, GATEWAY_RESPONSE or ACCESS_LOG."""

    @property
    def comments(self) -> Sequence[HostComment]:
        """Comments of the host beside it: a suppression may stand there."""

    @property
    def placeholders(self) -> Sequence[Span]:
        """The stretches of `text` that stand for something which is only known when it is deployed."""

    @property
    def editable(self) -> bool:
        """Whether the file is the template and nothing else, so that a fix can be written into it."""

    def place(self, offset: int) -> Place:
        """The line and column in the file of a character of `text`; one past the end is allowed."""


@dataclass(frozen=True, slots=True)
class BareTemplate:
    """A .vtl or .vm file: the template and nothing else."""

    source: Source
    site: Site = field(default_factory=Site)
    comments: tuple[HostComment, ...] = ()

    @property
    def text(self) -> str:
        """The template."""
        return self.source.text

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.source.name

    @property
    def line(self) -> int:
        """The template starts in the first line."""
        return 1

    @property
    def column(self) -> int:
        """The template starts in the first column."""
        return 1

    @property
    def kind(self) -> str:
        """What the site says."""
        return self.site.kind

    @property
    def placeholders(self) -> tuple[Span, ...]:
        """A bare file has none."""
        return ()

    @property
    def editable(self) -> bool:
        """A bare file can be edited."""
        return True

    def place(self, offset: int) -> Place:
        """The line and column of a character."""
        return self.source.place(offset)
