"""AWS API Gateway mapping templates, away from AWS.

    import vtl

    vtl.Template("Hello $name").render({"name": "World"})

Names are loaded when they are first used: `import vtl` itself costs about a millisecond.
"""

TYPE_CHECKING = False

_HOMES = {
    "BackendError": "vtl.errors",
    "BackendTimeout": "vtl.errors",
    "Convention": "vtl.transforms.convention",
    "ConversionError": "vtl.errors",
    "Dialect": "vtl.dialect",
    "FunctionError": "vtl.errors",
    "Gateway": "vtl.gateway",
    "GatewayFailure": "vtl.mapping.failures",
    "HttpRequest": "vtl.messages",
    "HttpResponse": "vtl.messages",
    "InputError": "vtl.errors",
    "InvalidJson": "vtl.errors",
    "InvalidPath": "vtl.errors",
    "InvalidValue": "vtl.errors",
    "InvalidXml": "vtl.errors",
    "JavaError": "vtl.errors",
    "JsonPathError": "vtl.errors",
    "LimitExceeded": "vtl.errors",
    "Limits": "vtl.limits",
    "MappingResult": "vtl.mapping",
    "MappingTemplate": "vtl.mapping",
    "MissingExtra": "vtl.errors",
    "PathNotFound": "vtl.errors",
    "RenderError": "vtl.errors",
    "SoapError": "vtl.errors",
    "Template": "vtl.runtime.template",
    "TemplateError": "vtl.errors",
    "TemplateSyntaxError": "vtl.errors",
    "Trace": "vtl.runtime.trace",
    "VtlError": "vtl.errors",
    "check": "vtl.lint.linter",
    "export": "vtl.loaders.openapi_export",
    "json_to_xml": "vtl.transforms.xml_writer",
    "load": "vtl.loaders.loading",
    "xml_to_json": "vtl.transforms.xml_reader",
}
_PACKAGES = frozenset({"gateway", "jsonpath", "mapping", "server", "transforms", "values"})

__all__ = [*_HOMES]
__version__ = "0.1.0"

if TYPE_CHECKING:
    from vtl.dialect import Dialect as Dialect
    from vtl.errors import BackendError as BackendError
    from vtl.errors import BackendTimeout as BackendTimeout
    from vtl.errors import ConversionError as ConversionError
    from vtl.errors import FunctionError as FunctionError
    from vtl.errors import InputError as InputError
    from vtl.errors import InvalidJson as InvalidJson
    from vtl.errors import InvalidPath as InvalidPath
    from vtl.errors import InvalidValue as InvalidValue
    from vtl.errors import InvalidXml as InvalidXml
    from vtl.errors import JavaError as JavaError
    from vtl.errors import JsonPathError as JsonPathError
    from vtl.errors import LimitExceeded as LimitExceeded
    from vtl.errors import MissingExtra as MissingExtra
    from vtl.errors import PathNotFound as PathNotFound
    from vtl.errors import RenderError as RenderError
    from vtl.errors import SoapError as SoapError
    from vtl.errors import TemplateError as TemplateError
    from vtl.errors import TemplateSyntaxError as TemplateSyntaxError
    from vtl.errors import VtlError as VtlError
    from vtl.gateway import Gateway as Gateway
    from vtl.limits import Limits as Limits
    from vtl.lint.linter import check as check
    from vtl.loaders.loading import load as load
    from vtl.loaders.openapi_export import export as export
    from vtl.mapping import MappingResult as MappingResult
    from vtl.mapping import MappingTemplate as MappingTemplate
    from vtl.mapping.failures import GatewayFailure as GatewayFailure
    from vtl.messages import HttpRequest as HttpRequest
    from vtl.messages import HttpResponse as HttpResponse
    from vtl.runtime.template import Template as Template
    from vtl.runtime.trace import Trace as Trace
    from vtl.transforms.convention import Convention as Convention
    from vtl.transforms.xml_reader import xml_to_json as xml_to_json
    from vtl.transforms.xml_writer import json_to_xml as json_to_xml
else:

    def __getattr__(name):
        from importlib import import_module

        if name in _HOMES:
            value = getattr(import_module(_HOMES[name]), name)
        elif name in _PACKAGES:
            value = import_module(f"vtl.{name}")
        else:
            raise AttributeError(f"module 'vtl' has no attribute {name!r}")
        globals()[name] = value
        return value

    def __dir__():
        return sorted({*globals(), *_HOMES, *_PACKAGES})
