"""`MappingTemplate`: a template as API Gateway applies it to a request or a response, and `MappingResult`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vtl.errors import InputError
from vtl.limits import Limits
from vtl.runtime.template import Template
from vtl.runtime.trace import Trace
from vtl.source import Source
from vtl.values.kinds import ContextMap
from vtl.variables.context import context_after, context_map
from vtl.variables.copies import plain
from vtl.variables.input import Input
from vtl.variables.stage_variables import stage_variables as stage_map
from vtl.variables.util import Util

_UTIL = Util()
"""$util has no state, so that all renders may share it."""


class MappingResult:
    """What one mapping made. It does not change."""

    __slots__ = ("_body", "_context", "_left")
    _body: str
    _context: dict[str, Any] | None
    _left: ContextMap | None

    def __init__(self, body: str, left: ContextMap | None):
        self._body = body
        self._left = left
        self._context = None

    @property
    def body(self) -> str:
        """The text that the template printed."""
        return self._body

    @property
    def context(self) -> dict[str, Any]:
        """$context as the template left it: plain dicts, lists and scalars, with requestOverride and responseOverride."""
        if self._context is None:
            self._context = context_after(context_map() if self._left is None else self._left)
        return self._context

    @property
    def left(self) -> Mapping[str, object] | None:
        """The same in a template's own values, to be given as `context` to the next template of the request; None where the
        template could not reach $context."""
        return self._left

    def __repr__(self) -> str:
        return f"MappingResult(body={self._body!r}, context={self.context!r})"


def _text_of(body: str | bytes | None) -> str:
    if body is None:
        return ""
    if isinstance(body, str):
        return body
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body).decode("utf-8", "replace")
    raise InputError(f"a body is text or bytes, not {type(body).__qualname__}")


class MappingTemplate:
    """One mapping template, in the `apigateway` dialect.

    It never changes, and `apply` may be called from many threads at once.
    """

    __slots__ = ("_names_context", "_template")

    def __init__(self, source: str, *, name: str = "<template>", limits: Limits | None = None):
        """Parses and compiles `source`; `name` stands in error messages.

        TemplateSyntaxError for what Velocity 1.7's parser refuses, LimitExceeded for a template that is too large (300 KB by
        default, AWS's quota) or too deep.
        """
        self._template = Template(source, name=name, dialect="apigateway", limits=limits)
        self._names_context = "context" in source

    @property
    def name(self) -> str:
        """The name that error messages use."""
        return self._template.name

    @property
    def source(self) -> Source:
        """The text, with its line table."""
        return self._template.source

    @property
    def template(self) -> Template:
        """The template without the variables of API Gateway."""
        return self._template

    def apply(
        self,
        body: str | bytes | None = "",
        *,
        path: Mapping[str, object] | None = None,
        querystring: Mapping[str, object] | None = None,
        header: Mapping[str, object] | None = None,
        context: Mapping[str, object] | None = None,
        stage_variables: Mapping[str, object] | None = None,
        variables: Mapping[str, object] | None = None,
        extras: bool = False,
        trace: Trace | None = None,
    ) -> MappingResult:
        """Map one body. Nothing that is given is changed: the template works on copies.

        `body` as bytes is read as UTF-8, with U+FFFD for what is none; an empty one, or None, is `{}` to the template. `path`,
        `querystring` and `header` are what $input.params() shows, `context` becomes $context (a `MappingResult.left` with the
        values as its template left them), `variables` are further references;
        `extras` adds $xml, $json and $soap, which AWS does not have.
        RenderError where Velocity or a method throws, LimitExceeded when a bound is passed, InputError for a value that a
        template cannot hold.
        """
        text = _text_of(body)
        # A template that does not name $context cannot reach it, so that nobody has to make one.
        left = context_map(context or {}) if context or self._names_context else None
        references: dict[str, object] = {name: plain(value) for name, value in (variables or {}).items()}
        if extras:
            from vtl.variables.extras import extras as local_objects

            references |= local_objects()
        references["input"] = Input(text, {"path": path or {}, "querystring": querystring or {}, "header": header or {}})
        references["util"] = _UTIL
        if left is not None:
            references["context"] = left
        references["stageVariables"] = stage_map(stage_variables or {})
        return MappingResult(self._template.render(references, trace=trace), left)

    def __repr__(self) -> str:
        return f"MappingTemplate(name={self.name!r})"
