"""`vtl convert soap` and `vtl convert unsoap`: JSON into an envelope, and out of one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from vtl.cli import console, files
from vtl.cli.json_text import indent_json
from vtl.errors import InputError
from vtl.transforms.convention import PRESETS

_WSDL = click.option("--wsdl", metavar="FILE", help="Types, order and arrays come from the service's own schema.")
_OPERATION = click.option("--operation", metavar="NAME", help="The operation of the WSDL.")
_CONVENTION = click.option(
    "-c", "--convention", type=click.Choice(list(PRESETS)), help="Without a WSDL: how JSON says what XML says. Default: plain."
)


@click.command()
@click.argument("file", default=files.STANDARD_INPUT)
@_WSDL
@_OPERATION
@_CONVENTION
@click.option("--soap-version", type=click.Choice(["1.1", "1.2"]), help="Without a WSDL. Default: 1.1.")
@click.option("--action", help="Without a WSDL: the SOAPAction, or the action of SOAP 1.2.")
@click.option("-i", "--include", is_flag=True, help="Print the HTTP headers before the envelope.")
def soap(file: str, include: bool, **values: Any) -> None:
    """Put the JSON document FILE (standard input without one) into a SOAP envelope: the request of an operation."""
    settings = {"request": "soap", "version": values["soap_version"], "action": values["action"]}
    transform = _transform(settings, values)
    body, headers = transform.request(files.read_bytes(file, "document"), [("Content-Type", "application/json")])
    head = "".join(f"{name}: {value}\r\n" for name, value in headers) + "\r\n" if include else ""
    console.write_bytes(head.encode("utf-8") + body + b"\n")


@click.command()
@click.argument("file", default=files.STANDARD_INPUT)
@_WSDL
@_OPERATION
@_CONVENTION
@click.option("--content-type", default="text/xml", show_default=True, help="Of the answer: its charset counts.")
def unsoap(file: str, content_type: str, **values: Any) -> None:
    """Take the JSON out of the SOAP envelope in FILE (standard input without one): the answer of an operation, or a fault.

    Exit status: 0 an answer, 1 a fault or what is no SOAP, told as JSON too.
    """
    print_answer(files.read_bytes(file, "document"), content_type, values)


def print_answer(data: bytes, content_type: str, values: dict[str, Any]) -> None:
    """Prints the JSON of an envelope; ends with status 1 for a fault and for what is no SOAP."""
    transform = _transform({"response": "unsoap"}, values)
    status, body, _ = transform.response(200, data, [("Content-Type", content_type)])
    console.write_output(f"{indent_json(body.decode('utf-8'))}\n")
    if status != 200:
        sys.exit(1)


def _transform(settings: dict[str, Any], values: dict[str, Any]) -> Any:
    """The transform of the options. InputError for options that do not go together."""
    from vtl.transforms.pipeline import Transform

    given = {**settings, "wsdl": values["wsdl"], "operation": values["operation"], "convention": values["convention"]}
    try:
        return Transform.from_document({name: value for name, value in given.items() if value is not None}, Path())
    except InputError as error:
        message = error.message.replace("x-vtl-transform has", "there is").removeprefix("x-vtl-transform: ")
        raise InputError(message, hint=error.hint, source=error.source, span=error.span) from None
