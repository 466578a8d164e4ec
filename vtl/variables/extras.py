"""$xml, $json and $soap: what templates may have locally, where somebody asks for it. API Gateway has none of them.

The linter tells of them (G613) unless the target is local. Conversions follow the convention `plain`.
"""

from __future__ import annotations

import json

from vtl.errors import ConversionError, InvalidJson, JavaError, JsonPathError, VtlError
from vtl.jsonpath import compile_path
from vtl.jsonpath.documents import parse as parse_json_text
from vtl.values.call import Call
from vtl.values.effort import charge_for
from vtl.values.failures import check_length
from vtl.values.hosted import Hosted
from vtl.values.text import to_text
from vtl.variables.copies import readable


class Xml(Hosted):
    """$xml: XML as values and as JSON."""

    __slots__ = ()
    java_name = "Xml"


class Json(Hosted):
    """$json: values as XML."""

    __slots__ = ()
    java_name = "Json"


class Soap(Hosted):
    """$soap: XML in an envelope."""

    __slots__ = ()
    java_name = "Soap"


def _read(call: Call, text: object) -> str:
    """The JSON text of an XML document; an exception of Java's kind for what is none."""
    from vtl.transforms.xml_to_json import xml_to_json

    document = text if type(text) is str else to_text(text)
    charge_for(call, len(document))
    try:
        made = json.dumps(xml_to_json(document, limits=call.limits, name="<xml>"), ensure_ascii=False)
    except VtlError as error:
        raise _failure(error) from error
    check_length(call.limits, len(made))
    return made


def _nothing(value: object) -> bool:
    """Whether there is nothing to convert: no value, or the empty text that a missing reference is in the dialect of AWS."""
    return value is None or value == ""


def parse_xml(call: Call, self: Xml, text: object) -> object:
    """`$xml.parse(text)`: the values that the XML stands for."""
    return None if _nothing(text) else parse_json_text(_read(call, text), limits=call.limits)


def xml_path(call: Call, self: Xml, text: object, path: str) -> object:
    """`$xml.path(text, path)`: what the JSONPath finds in these values; null where it finds nothing, as `$input.path`."""
    document = parse_xml(call, self, text)
    try:
        return compile_path(path).read(document, limits=call.limits, charge=call.charge)
    except JsonPathError:
        return None


def xml_to_json_text(call: Call, self: Xml, text: object) -> str | None:
    """`$xml.toJson(text)`: the same as JSON text."""
    return None if _nothing(text) else _read(call, text)


def to_xml(call: Call, self: Json, value: object) -> str | None:
    """`$json.toXml(value)`: a map, or a text that is JSON, as XML."""
    from vtl.transforms.json_to_xml import json_to_xml

    if _nothing(value):
        return None
    try:
        document = readable(value) if isinstance(value, dict | list) else _loaded(to_text(value))
        made = json_to_xml(document, limits=call.limits)
    except VtlError as error:
        raise _failure(error) from error
    charge_for(call, len(made))
    check_length(call.limits, len(made))
    return made


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidJson(f"not JSON: {error}") from None


def envelope(call: Call, self: Soap, text: object, version: str = "1.1") -> str | None:
    """`$soap.envelope(xml)` and `$soap.envelope(xml, "1.2")`: the element in the body of an envelope."""
    from vtl.transforms.safe import parse
    from vtl.transforms.soap import wrap

    if _nothing(text):
        return None
    document = text if type(text) is str else to_text(text)
    charge_for(call, len(document))
    try:
        if version not in ("1.1", "1.2"):
            raise ConversionError(f"there is no SOAP {version}")
        message = wrap([parse(document, name="<xml>", limits=call.limits)], version="1.2" if version == "1.2" else "1.1")
    except VtlError as error:
        raise _failure(error) from error
    return message.body.decode("utf-8")


def _failure(error: VtlError) -> JavaError:
    failure = JavaError(f"vtl.{type(error).__name__}", error.message)
    failure.hint = error.hint
    return failure


_ANY, _TEXT = "java.lang.Object", "java.lang.String"
Xml.java_methods = {
    "parse": (((_ANY,), parse_xml),),
    "path": (((_ANY, _TEXT), xml_path),),
    "toJson": (((_ANY,), xml_to_json_text),),
}
Json.java_methods = {"toXml": (((_ANY,), to_xml),)}
Soap.java_methods = {"envelope": (((_ANY,), envelope), ((_ANY, _TEXT), envelope))}


def extras() -> dict[str, object]:
    """The objects by the names that templates know them by."""
    return {"xml": Xml(), "json": Json(), "soap": Soap()}
