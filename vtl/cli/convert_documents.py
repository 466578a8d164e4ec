"""`vtl convert json2xml` and `vtl convert xml2json`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from vtl.cli import console, files
from vtl.errors import InputError
from vtl.transforms.convention import PRESETS, Convention

_OPTIONS = (
    click.argument("file", default=files.STANDARD_INPUT),
    click.option("-c", "--convention", type=click.Choice(list(PRESETS)), default="plain", show_default=True),
    click.option("--schema", metavar="FILE", help="A JSON Schema that tells arrays, types and the order of elements."),
    click.option(
        "--array", "arrays", multiple=True, metavar="PATH", help="An element that is an array even when one comes; * is all."
    ),
    click.option("--types", is_flag=True, help="Read numbers and booleans where the text is the usual way to write one."),
    click.option("--untyped", multiple=True, metavar="PATH", help="With --types: elements whose text stays text."),
    click.option("--prefix", "prefixes", multiple=True, metavar="PREFIX=NAMESPACE", help="A prefix that JSON uses."),
    click.option("--namespaces", type=click.Choice(["clash", "keep", "strip"]), help="What JSON's names say of namespaces."),
    click.option("--root", metavar="NAME", help="The root element where JSON does not name one."),
    click.option("--losses", is_flag=True, help="Say on standard error what a round trip would lose."),
)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@_options
@click.option("--indent", type=click.IntRange(0, 16), default=0, show_default=True, help="Blanks for each level.")
@click.option("--declaration", is_flag=True, help="Begin with an XML declaration.")
def json2xml(file: str, indent: int, declaration: bool, **values: Any) -> None:
    """Convert the JSON document FILE (standard input without one) to XML."""
    from vtl.transforms.json_to_xml import json_to_xml

    changes: dict[str, Any] = {"indent": indent} | ({"declaration": True} if declaration else {})
    rules = _rules(values).changed(**changes)
    document = _json(files.read_text(file, "document"), file)
    _tell_losses(document, rules, values)
    console.write_output(json_to_xml(document, convention=rules, schema=_schema(values)) + "\n")


@click.command()
@_options
@click.option("--indent", type=click.IntRange(0, 16), default=2, show_default=True, help="Blanks for each level; 0: one line.")
def xml2json(file: str, indent: int, **values: Any) -> None:
    """Convert the XML document FILE (standard input without one) to JSON. Its encoding is that of its mark or declaration."""
    from vtl.transforms.xml_to_json import xml_to_json

    rules = _rules(values)
    data = files.read_bytes(file, "document")
    _tell_losses(data, rules, values)
    name = "<stdin>" if file == files.STANDARD_INPUT else file
    value = xml_to_json(data, convention=rules, schema=_schema(values), name=name)
    console.write_output(json_text(value, indent or None) + "\n")


def _rules(values: Mapping[str, Any]) -> Convention:
    prefixes = {}
    for pair in values["prefixes"]:
        prefix, equals, namespace = pair.partition("=")
        if not equals:
            raise InputError(f"--prefix {pair!r} is no PREFIX=NAMESPACE")
        prefixes[prefix] = namespace
    options = {"arrays": values["arrays"], "untyped": values["untyped"], "prefixes": prefixes}
    options |= {"types": "recognise" if values["types"] else None, "namespaces": values["namespaces"], "root": values["root"]}
    return Convention.named(values["convention"]).changed(**{name: value for name, value in options.items() if value})


def _schema(values: Mapping[str, Any]) -> Mapping[str, Any] | None:
    name = values["schema"]
    if name is None:
        return None
    found = _json(files.read_text(name, "schema"), name)
    if not isinstance(found, dict):
        raise InputError(f"{Path(name).name!r} is no JSON Schema: it is no object")
    return found


def _json(text: str, name: str) -> Any:
    """JSON as the standard has it; fractions keep their digits. InputError, with its place, for what is none."""
    from vtl.cli.json_text import json_fault
    from vtl.source import Source, Span

    try:
        return json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        fault = json_fault(text)
        offset = fault.offset if fault else error.pos
        problem = fault.problem if fault else error.msg
        raise InputError(f"not JSON: {problem}", source=Source(name, text), span=Span(offset, offset + 1)) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name!r} cannot be read as JSON: {error}") from None


def _tell_losses(document: object, rules: Convention, values: Mapping[str, Any]) -> None:
    if values["losses"]:
        for loss in rules.losses(document):
            console.say(f"{loss.place}: {loss.kind}: {loss.message}")


def json_text(value: Any, indent: int | None) -> str:
    """Values as JSON text; Decimals keep their digits."""
    marks: list[str] = []

    def kept(item: object) -> str:
        if not isinstance(item, Decimal):
            raise TypeError(type(item).__name__)
        marks.append(str(item))
        return f"\0{len(marks) - 1}\0"

    text = json.dumps(value, indent=indent, ensure_ascii=False, default=kept)
    for number, digits in enumerate(marks):
        text = text.replace(f'"\\u0000{number}\\u0000"', digits, 1)
    return text
