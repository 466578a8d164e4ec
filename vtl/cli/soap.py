"""`vtl soap`: a SOAP service behind a JSON API, from its WSDL: what to deploy, and a stub to try it on."""

from __future__ import annotations

import re
import signal
import sys
from os.path import commonpath
from pathlib import Path
from threading import Event

import click

from vtl.cli import console
from vtl.cli.json_text import indent_json
from vtl.cli.soap_server import serving
from vtl.errors import InputError
from vtl.transforms.scaffold import SAMPLE, Integration, scaffold
from vtl.transforms.soap_stub import Stub
from vtl.transforms.wsdl import Wsdl, read_wsdl


@click.group()
def soap() -> None:
    """Put a SOAP service behind a JSON API, from its WSDL."""


@soap.command("scaffold")
@click.argument("wsdl")
@click.option("--operation", "name", help="The operation; without it, the names of all are listed.")
@click.option("--port", help="The port of the WSDL; without it, the first that has the operation.")
@click.option("--soap-version", type=click.Choice(["1.1", "1.2"]), help="Take a port of this version.")
@click.option(
    "--integration",
    type=click.Choice(["auto", "http", "lambda"]),
    default="auto",
    show_default=True,
    help="Templates over HTTP, or a Lambda function; auto is HTTP where the answer is flat.",
)
@click.option("--status", "statuses", multiple=True, metavar="FAULT=STATUS", help="The status for a fault's name or code.")
@click.option("--endpoint", metavar="URL", help="Where the backend is, instead of the address in the WSDL.")
@click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="The folder to write into; the operation's name."
)
@click.option("--force", is_flag=True, help="Write over files that are there.")
def scaffold_command(
    wsdl: str,
    name: str | None,
    port: str | None,
    soap_version: str | None,
    integration: Integration,
    endpoint: str | None,
    statuses: tuple[str, ...],
    output: Path | None,
    force: bool,
) -> None:
    """Write what to deploy for one operation of WSDL.

    The folder gets the request template (JSON to SOAP), the response templates for faults and, where the answer is flat, for
    answers, a Lambda handler for all others, an OpenAPI document with the integration and a model, and a sample request.
    """
    described = read_wsdl(wsdl)
    if name is None:
        raise InputError("which operation?", hint=f"--operation is one of {', '.join(described.names)}")
    operation = described.operation(name, version=soap_version, port=port)
    chosen = dict(_status(item) for item in statuses)
    made = scaffold(described, operation, integration=integration, endpoint=endpoint, statuses=chosen)
    folder = output if output is not None else Path(operation.name)
    there = [item for item in made.files if (folder / item).exists()]
    if there and not force:
        raise InputError(f"{str(folder / there[0])!r} is there already", hint="--force writes over it")
    for item, data in made.files.items():
        try:
            (folder / item).parent.mkdir(parents=True, exist_ok=True)
            (folder / item).write_bytes(console.to_bytes(indent_json(data.decode("utf-8"))) + b"\n" if item == SAMPLE else data)
        except OSError as error:
            raise InputError(f"cannot write {str(folder / item)!r}: {error.strerror}") from None
    for note in made.notes:
        console.say(f"note: {note}")
    console.write_output("".join(f"{folder / item}\n" for item in made.files))


def _status(text: str) -> tuple[str, int]:
    """`FAULT=STATUS` as a pair."""
    name, _, status = text.partition("=")
    if not re.fullmatch("[1-5][0-9][0-9]", status) or not re.fullmatch(r"[\w.-]+", name):
        raise InputError(f"--status is FAULT=STATUS, such as Client=400, not {text!r}")
    return name, int(status)


@soap.command()
@click.argument("wsdl")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8088, show_default=True, help="The port to listen on; 0 is any free one."
)
@click.option("--answers", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A folder of recorded answers.")
@click.option(
    "--fault", "faults", multiple=True, metavar="OPERATION=NAME", help="Answer an operation with a fault; may be repeated."
)
@click.option("--quiet", is_flag=True, help="No line for each request.")
def stub(wsdl: str, port: int, answers: Path | None, faults: tuple[str, ...], quiet: bool) -> None:
    """Answer as the SOAP service in WSDL would, on 127.0.0.1, until it is interrupted.

    Requests are checked against the WSDL. Answers have sample values, or come from the folder: OPERATION.xml is a whole
    envelope, OPERATION.json the JSON of an answer, OPERATION.FAULT.json that of a fault's detail. A request with the header
    X-Vtl-Fault: NAME is answered with that fault. The URL is printed when all is ready.
    """
    described = read_wsdl(wsdl)
    chosen = dict(item.partition("=")[::2] for item in faults)
    service = Stub(described, answers=answers, faults=chosen)
    for problem in service.skipped:
        console.say(f"note: left out: {problem}")
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    log = (lambda _line: None) if quiet else console.say
    try:
        with serving(service, _files(described), port=port, log=log) as url:
            console.write_output(f"{url}\n")
            stop.wait()
    except OSError as error:
        raise InputError(f"cannot listen on port {port}: {error.strerror}") from None
    sys.exit(0)


def _files(described: Wsdl) -> dict[str, bytes]:
    """The files of the description by their paths below the folder that holds them all, the first one first."""
    start = commonpath([file.path.parent for file in described.files.by_path.values()])
    return {file.path.relative_to(start).as_posix(): file.path.read_bytes() for file in described.files.by_path.values()}
