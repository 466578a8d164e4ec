"""`vtl convert json2xml`, `vtl convert xml2json`, and `auto`, which looks at the content."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

import click

from vtl.cli import console, files
from vtl.cli.json_text import indent_json, json_fault
from vtl.errors import InputError, InvalidJson, VtlError
from vtl.jsonpath.documents import loads
from vtl.limits import Limits
from vtl.source import Source, Span
from vtl.transforms.convention import PRESETS, Convention
from vtl.transforms.encodings import utf8_of
from vtl.transforms.json_schema import Hint
from vtl.transforms.tags import start_tags
from vtl.transforms.xml_reader import xml_to_json
from vtl.transforms.xml_writer import json_to_xml
from vtl.values.json import to_json

_Command = TypeVar("_Command", bound=Callable[..., Any])
_SOAP = (b"http://schemas.xmlsoap.org/soap/envelope/", b"http://www.w3.org/2003/05/soap-envelope")
_FLAGS = {"true": True, "false": False}


def convention_options(command: _Command) -> _Command:
    """The options by which the conversions know their convention; they come as keyword arguments of `chosen_convention`."""
    options = [
        click.option(
            "-c", "--convention", type=click.Choice(list(PRESETS)), default="plain", show_default=True, help="How JSON says XML."
        ),
        click.option("--schema", metavar="FILE", help="A JSON Schema, XSD or WSDL that tells arrays, types and order."),
        click.option(
            "--array", "arrays", multiple=True, metavar="PATH", help="Elements that are arrays, even when one comes; * is all."
        ),
        click.option("--types", type=click.Choice(["strings", "recognise"]), help="Whether text becomes numbers and booleans."),
        click.option("--untyped", multiple=True, metavar="PATH", help="Elements whose text stays text all the same."),
        click.option("--namespaces", type=click.Choice(["clash", "keep", "strip"]), help="What happens to prefixes."),
        click.option(
            "--prefix", "prefixes", multiple=True, metavar="PREFIX=NAMESPACE", help="The prefix that JSON has for a namespace."
        ),
        click.option("--root", metavar="NAME", help="The root element where JSON names none."),
        click.option("--indent", type=click.IntRange(0, 16), help="Blanks for each level of XML.  [default: 2]"),
        click.option(
            "--set",
            "others",
            multiple=True,
            metavar="OPTION=VALUE",
            help="Any other option of a convention, as the library has it.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("file", default=files.STANDARD_INPUT)
@convention_options
@click.option("--losses", is_flag=True, help="Say what would be lost, instead of converting; exit status 1 if something is.")
def json2xml(file: str, losses: bool, **options: Any) -> None:
    """JSON to XML."""
    _to_xml(files.read_bytes(file, "document"), file, losses, options)


@click.command()
@click.argument("file", default=files.STANDARD_INPUT)
@convention_options
@click.option("--losses", is_flag=True, help="Say what would be lost, instead of converting; exit status 1 if something is.")
def xml2json(file: str, losses: bool, **options: Any) -> None:
    """XML to JSON, in the encoding that it declares."""
    _to_json(files.read_bytes(file, "document"), file, losses, options)


@click.command()
@click.argument("file", default=files.STANDARD_INPUT)
@convention_options
@click.option("--losses", is_flag=True, help="Say what would be lost, instead of converting; exit status 1 if something is.")
def auto(file: str, losses: bool, **options: Any) -> None:
    """JSON to XML, XML to JSON, or JSON out of a SOAP envelope: whichever the content asks for."""
    data = files.read_bytes(file, "document")
    if not is_xml(data):
        _to_xml(data, file, losses, options)
    elif is_envelope(data) and not losses:
        from vtl.cli.convert_soap import print_answer

        values = {"wsdl": None, "operation": None, "convention": options["convention"]}
        print_answer(data, "text/xml", values)
    else:
        _to_json(data, file, losses, options)


def is_envelope(data: bytes) -> bool:
    """Whether XML is a SOAP envelope, as far as its first tag and its namespaces tell."""
    try:
        text = utf8_of(data, limits=Limits(), name="")
    except VtlError:
        return False
    first = next(start_tags(text), None)
    named = first is not None and first.name.rpartition(":")[2] == "Envelope"
    return named and any(namespace in text for namespace in _SOAP)


def is_xml(data: bytes) -> bool:
    """Whether the first character that is no blank is `<`, in any encoding that has it as a byte."""
    return data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def _to_xml(data: bytes, file: str, losses: bool, options: Mapping[str, Any]) -> None:
    rules, schema = chosen_convention(**options)
    value = _read_json(files.decode(data, file, "document"), _name(file))
    if losses:
        _tell(rules.losses(value, schema=schema))
        return
    console.write_output(f"{json_to_xml(value, convention=rules, schema=schema)}\n")


def _to_json(data: bytes, file: str, losses: bool, options: Mapping[str, Any]) -> None:
    rules, schema = chosen_convention(**options)
    value = xml_to_json(data, convention=rules, schema=schema, name=_name(file))
    if losses:
        _tell(rules.losses(data, schema=schema))
        return
    console.write_output(f"{indent_json(to_json(value))}\n")


def _read_json(text: str, name: str) -> object:
    """The document, numbers with the digits that they have. InvalidJson, with its place, for what is no strict JSON."""
    fault = json_fault(text)
    if fault is not None:
        raise InvalidJson(f"not JSON: {fault.problem}", source=Source(name, text), span=Span(fault.offset, fault.offset + 1))
    try:
        return json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):  # nested too deeply, or a number of too many digits: that is said with its place
        return loads(text, name=name)


def _tell(losses: list[Any]) -> None:
    console.write_output("".join(f"{loss}\n" for loss in losses))
    if losses:
        click.get_current_context().exit(1)


def _name(file: str) -> str:
    return "<stdin>" if file == files.STANDARD_INPUT else file


def chosen_convention(
    *, convention: str, schema: str | None, others: tuple[str, ...], prefixes: tuple[str, ...], **options: Any
) -> tuple[Convention, Hint | None]:
    """The convention that the options of the command line describe, and the schema. InputError for what they cannot mean."""
    given = {name: value for name, value in options.items() if value not in (None, ())}
    given.setdefault("indent", 2)
    if prefixes:
        given["prefixes"] = dict(_pair(item, "--prefix is PREFIX=NAMESPACE") for item in prefixes)
    for item in others:
        name, value = _pair(item, "--set is OPTION=VALUE")
        given[name] = _option_value(Convention.named(convention), name, value)
    return Convention.of(convention, given), None if schema is None else _read_schema(schema)


def _pair(text: str, usage: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise InputError(f"{usage}, not {text!r}")
    return name, value


def _option_value(rules: Convention, name: str, text: str) -> object:
    """The value of an option from its text, by the type that the convention has for it now."""
    present = getattr(rules, name, None)
    if isinstance(present, bool):
        if text not in _FLAGS:
            raise InputError(f"--set {name} is true or false, not {text!r}")
        return _FLAGS[text]
    if name == "attribute_prefix" and text == "none":
        return None
    return tuple(text.split(",")) if isinstance(present, tuple) else text


def _read_schema(path: str) -> Hint:
    if path.lower().endswith((".xsd", ".wsdl")):
        from vtl.transforms.schema_reader import read_schema

        return read_schema(path)
    try:
        schema = json.loads(files.read_text(path, "schema"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"the schema {path!r} is not JSON: {error}") from None
    if not isinstance(schema, dict):
        raise InputError(f"the schema {path!r} is no object")
    return schema
