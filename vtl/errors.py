"""Every public exception, drawn as a tree::

VtlError                      whatever goes wrong for a reason that the user can see to
├── TemplateError             has a place in a template
│   ├── TemplateSyntaxError   Velocity 1.7's parser refuses the template
│   ├── RenderError           Velocity 1.7 throws while it renders
│   └── LimitExceeded         a bound of `Limits` was passed; `limit` names it
├── JavaError                 a Java method threw, seen from outside a template; inside one it becomes a RenderError
├── JsonPathError             InvalidPath, PathNotFound, InvalidJson
├── ConversionError           a value that XML cannot hold; InvalidXml: a text that is not XML, or not XML that we take;
│                             SoapError: an answer that is no SOAP envelope, or one of a kind that is not taken
├── InputError                a request, option or file that cannot be used
│   └── InvalidValue          a value does not fit its schema; `path` is its place as a JSONPath
├── FunctionError             raised by a Lambda backend: the function failed, and this is its payload
├── BackendError              a backend could not be reached, broke off or answered what is no answer
│   └── BackendTimeout        it did not answer in time
└── MissingExtra              an optional part is not installed
"""

from __future__ import annotations

from vtl.diagnostics import Diagnostic
from vtl.source import Source, Span


class VtlError(Exception):
    """Base of all errors that leave the library; `message` is the bare sentence, `hint` may help or is None."""

    def __init__(self, message: str, *, hint: str | None = None, source: Source | None = None, span: Span | None = None):
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.source = source
        self.span = span

    @property
    def diagnostic(self) -> Diagnostic:
        """The error as a diagnostic, ready to be drawn with `render()`."""
        return Diagnostic(self.message, self.source, self.span, hint=self.hint)

    @property
    def file(self) -> str:
        """The name of the source, "" when it is not known."""
        return self.diagnostic.file

    @property
    def line(self) -> int:
        """The line, from 1; 0 when it is not known."""
        return self.diagnostic.line

    @property
    def column(self) -> int:
        """The column, from 1; 0 when it is not known."""
        return self.diagnostic.column

    def __str__(self) -> str:
        location = self.diagnostic.location
        return f"{location}: {self.message}" if location else self.message


class TemplateError(VtlError):
    """An error with a place in a template."""


class TemplateSyntaxError(TemplateError):
    """The template is not one that Velocity 1.7 parses."""


class RenderError(TemplateError):
    """Velocity 1.7 fails while it renders this template over this context."""


class LimitExceeded(TemplateError):
    """A bound of `vtl.Limits` was passed; `limit` is the name of the field."""

    def __init__(
        self, limit: str, message: str, *, hint: str | None = None, source: Source | None = None, span: Span | None = None
    ):
        super().__init__(message, hint=hint, source=source, span=span)
        self.limit = limit


class JavaError(VtlError):
    """A Java method threw; `java_class` is the exception's full name, such as `java.lang.NumberFormatException`."""

    def __init__(self, java_class: str, message: str | None = None):
        super().__init__(f"{java_class}: {message}" if message is not None else java_class)
        self.java_class = java_class
        self.java_message = message


class JsonPathError(VtlError):
    """Base of what JSONPath and the JSON reader refuse."""


class InvalidPath(JsonPathError):
    """The path is not one that Jayway reads."""


class PathNotFound(JsonPathError):
    """A definite path leads nowhere in this document."""


class InvalidJson(JsonPathError):
    """The text is not JSON, not even for json-smart's permissive mode."""


class ConversionError(VtlError):
    """Base of what goes wrong between JSON, XML and SOAP: here, a value that XML cannot hold."""


class InvalidXml(ConversionError):
    """The text is not well-formed XML, or has what is never read: a document type, entities, unknown encodings."""


class SoapError(ConversionError):
    """A message that is no SOAP envelope, or of a kind that is not taken (attachments, rpc/encoded)."""


class InputError(VtlError):
    """A request, option or file that cannot be used."""


class InvalidValue(InputError):
    """A JSON value, or the XML that it stands for, does not fit a schema; `path` says which, such as `$.lines[0].sku`."""

    def __init__(self, path: str, problem: str, *, hint: str | None = None):
        super().__init__(f"{path}: {problem}", hint=hint)
        self.path = path


class FunctionError(VtlError):
    """A Lambda function failed; `payload` is the JSON value that the runtime gives back: errorMessage, errorType, stackTrace."""

    def __init__(self, payload: object = None):
        super().__init__("the function failed")
        self.payload = payload


class BackendError(VtlError):
    """A backend could not be reached, broke off, or answered what is no HTTP answer."""


class BackendTimeout(BackendError):
    """A backend did not answer in time."""


class MissingExtra(VtlError):
    """An optional part of the package is not installed."""
