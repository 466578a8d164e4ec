"""`MethodPlan`: everything about a method that can be worked out before a request comes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from vtl.errors import InputError, JavaError, VtlError
from vtl.gateway.endpoints import Endpoint, endpoint_of
from vtl.gateway.refusals import refusals
from vtl.gateway.statuses import status_of
from vtl.gateway.validation import BodyModels
from vtl.limits import Limits
from vtl.mapping.failures import GatewayFailure, internal_error
from vtl.mapping.parameters import REQUEST, RESPONSE, compile_mappings
from vtl.mapping.selection import Passthrough, passthrough_of
from vtl.mapping.template import MappingTemplate
from vtl.model import Integration, IntegrationResponse, Method, RequestValidator, RestApi
from vtl.model.place import Where

if TYPE_CHECKING:
    from vtl.transforms.pipeline import Transform
    from vtl.values.regex import JavaPattern

_DEFAULT_TIMEOUT = 29_000
_LIMITS = Limits()
_CHANGE = re.compile(r"#\{?set\b[^=]*[.\[][^=]*=|\.\s*(?:put|remove|clear|replace|merge|compute|set|add|retain)")


class LazyTemplate:
    """A template that is compiled when it is first needed; `name` is its place in its file."""

    def __init__(self, text: str, name: str):
        self.text = text
        self.name = name
        self.names_context = "context" in text
        """Whether it can read $context, which is costly to copy: there is no other way to it than its name."""
        self.names_parameters = "params" in text
        """The same of $input.params."""
        self.changes_context = self.names_context and _CHANGE.search(text) is not None
        """Whether it may change $context: an assignment to a member of something, or a method that changes a map."""

    @cached_property
    def compiled(self) -> MappingTemplate:
        """The template. TemplateSyntaxError or LimitExceeded when it cannot be compiled."""
        return MappingTemplate(self.text, name=self.name)


class ResponsePlan:
    """One integration response."""

    def __init__(self, response: IntegrationResponse):
        self.status = status_of(response.status_code) or 200
        self.pattern = response.selection_pattern or ""
        self.where = response.where
        self.content_handling = (response.content_handling or "").upper() or None
        self.templates = lazy_templates(response.response_templates)
        self.mappings = compile_mappings(response.response_parameters, RESPONSE)

    @cached_property
    def _regex(self) -> JavaPattern:
        from vtl.values.regex import compile as compile_pattern

        try:
            return compile_pattern(self.pattern)
        except JavaError as error:
            raise internal_error(f"the selection pattern {self.pattern!r} is no regular expression: {error.message}") from None

    def takes(self, text: str | None) -> bool:
        """Whether its pattern matches all of the text; `.*` matches a text that is not there too."""
        if self.pattern == text:
            return True
        return self._regex.matches(_LIMITS, text or "")


@dataclass(frozen=True, slots=True)
class _Validation:
    parameters: tuple[tuple[str, str], ...]
    models: BodyModels | None


class MethodPlan:
    """A method of a resource with its integration, compiled."""

    def __init__(self, api: RestApi, path: str, method: Method, models: Callable[[], BodyModels], resource_id: str):
        self.api = api
        self.path = path
        self.method = method
        self.resource_id = resource_id
        integration = method.integration or Integration(type="MISSING")
        self.integration = integration
        self.type = integration.type.upper()
        self.is_proxy = self.type in ("HTTP_PROXY", "AWS_PROXY")
        self.templates = {} if self.is_proxy else lazy_templates(integration.request_templates)
        self.passthrough: Passthrough = passthrough_of(integration.passthrough_behavior)
        self.content_handling = (integration.content_handling or "").upper() or None
        self.mappings = compile_mappings(integration.request_parameters, REQUEST)
        self.responses = tuple(ResponsePlan(each) for each in integration.responses)
        self.timeout = (integration.timeout_in_millis or _DEFAULT_TIMEOUT) / 1000
        self._models = models

    @cached_property
    def endpoint(self) -> Endpoint:
        """What the URI of the integration means."""
        return endpoint_of(self.integration)

    @cached_property
    def transform(self) -> Transform:
        """The step that `x-vtl-transform` asks for; a WSDL is looked for beside the document. InputError, MissingExtra."""
        from vtl.transforms.pipeline import Transform

        where = self.integration.where
        folder = Path(where.file).parent if where else Path()
        return Transform.from_document(self.integration.transform, folder)

    @cached_property
    def validation(self) -> _Validation:
        """What the method's validator asks for: (place, name) of parameters, and models of bodies."""
        validator = self._validator
        if validator is None:
            return _Validation((), None)
        required = self._required() if validator.validate_request_parameters else ()
        checks_body = validator.validate_request_body and self.method.request_models
        return _Validation(required, self._models() if checks_body else None)

    @property
    def _validator(self) -> RequestValidator | None:
        name = self.method.request_validator
        return next((each for each in self.api.request_validators if each.name == name), None) if name else None

    def _required(self) -> tuple[tuple[str, str], ...]:
        """Headers, then path, then query, as the recorded message lists them: that is the order of their whole names, which
        is taken for the order within a place as well."""
        found = []
        for source, required in sorted(self.method.request_parameters.items()):
            place, dot, name = source.removeprefix("method.request.").partition(".")
            if required and dot and place in ("header", "path", "querystring"):
                found.append((place, name))
        return tuple(found)

    def compile(self) -> list[VtlError]:
        """Compile what is else compiled on its first use; gives what cannot be, each with its place in its document."""
        problems: list[VtlError] = []
        for template in (*self.templates.values(), *(each for one in self.responses for each in one.templates.values())):
            try:
                template.compiled  # noqa: B018
            except VtlError as error:
                origin = getattr(template.text, "origin", None)
                if origin is not None and error.span is not None:
                    error.source, error.span = origin.anchor(error.span.start, error.span.end)
                problems.append(error)
        problems += self._refusals()
        for response in self.responses:
            try:
                response.takes("")
            except GatewayFailure as failure:
                problems.append(_placed((failure.reason or failure.message).partition("\n")[0], response.where))
        if self.integration.transform is not None:
            try:
                self.transform  # noqa: B018
            except VtlError as error:
                problems.append(_placed(error.message, self.integration.transform_where, error.hint))
        return problems

    def _refusals(self) -> Iterator[VtlError]:
        """What API Gateway would say to the integration. A URI without a place in a document that has one is a loader's word for
        what a tool deploys."""
        found = self.method.integration
        if found is None or (found.where is None and not found.type):
            return
        if found.where is not None and found.uri and not hasattr(found.uri, "origin"):
            return
        for message, hint in refusals(found):
            yield _placed(f"API Gateway takes no such integration: {message}", found.where, hint)


def _placed(message: str, where: Where | None, hint: str | None = None) -> InputError:
    source, span = (where.source, where.span) if where else (None, None)
    return InputError(message, hint=hint, source=source, span=span)


def lazy_templates(templates: Mapping[str, str]) -> dict[str, LazyTemplate]:
    """The templates by media type. One without text is kept: it maps to nothing."""
    return {key: LazyTemplate(text or "", template_name(text, key)) for key, text in templates.items()}


def template_name(text: object, key: str) -> str:
    """`file:line` of a template's first character where its document is known, else its media type."""
    origin = getattr(text, "origin", None)
    if origin is None:
        return key
    source, offset = origin.locate(0)
    return f"{source.name}:{source.place(offset).line}"
