"""`vtl invoke`: one request through an API, from the file as it stands."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import click

from vtl.cli import console, files
from vtl.cli.apis import load_api
from vtl.cli.assignments import read_header
from vtl.cli.gateways import gateway_options, settings_of, variables_of
from vtl.cli.template_names import placed
from vtl.errors import InputError

if TYPE_CHECKING:
    from vtl.gateway import Gateway, Watch
    from vtl.messages import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class Options:
    """What of the command line is about the request and the output."""

    header: tuple[str, ...]
    data: str | None
    include: bool
    output: str | None
    log: bool
    trace: bool


@click.command()
@click.argument("api")
@click.argument("method", required=False)
@click.argument("path", required=False)
@click.option("-H", "--header", multiple=True, metavar="'NAME: VALUE'", help="A header. Repeatable.")
@click.option("-d", "--data", metavar="TEXT|@FILE|-", help="The body: a text, a file, or standard input.")
@click.option("-i", "--include", is_flag=True, help="Print the status and the headers before the body.")
@click.option("-o", "--output", metavar="FILE", help="Write the body into a file.")
@click.option("--log", is_flag=True, help="Show the execution log, as AWS writes it, on standard error.")
@click.option("--trace", is_flag=True, help="Show every step, what came in and went out, and its time, on standard error.")
@click.option("--from-log", metavar="FILE", help="Replay a request out of an execution log of AWS, and compare.")
@click.option("--api", "name", metavar="NAME", help="Which API, where there are several: its name or logical id.")
@gateway_options
def invoke(api: str, method: str | None, path: str | None, from_log: str | None, name: str | None, **values: Any) -> None:
    """Send one request through the REST API in API, a file or folder of any format that extract reads.

    PATH may have a query, and the stage in front. The body of the answer goes to standard output; what stands behind an
    integration is called for real unless --backend says otherwise. A Content-Type of application/json is assumed when there is a
    body.

    Exit status: 0 an answer, whatever its status; 1 when a template failed, or a replay differs; 2 wrong usage.
    """
    from vtl.gateway import Gateway

    options = Options(**{each: values.pop(each) for each in Options.__slots__})
    found = load_api(api, name)
    known = {str(each.name): each for each in found.stages}
    stage = values["stage"] or next(iter(known), "test")
    variables = {**(known[stage].variables if stage in known else {}), **variables_of(values["stage_variables"])}
    settings = settings_of(values)
    if from_log is not None:
        from vtl.cli.replay import replay

        sys.exit(replay(found, from_log, stage, variables, settings))
    if method is None or path is None:
        raise click.UsageError("METHOD and PATH are needed, or --from-log.")
    gateway = Gateway(found, stage=stage, stage_variables=variables, **settings)
    _send(gateway, _request(gateway, method, path, options), options)


def _request(gateway: Gateway, method: str, path: str, options: Options) -> HttpRequest:
    from vtl.messages import HttpRequest, header

    body = _body(options.data)
    headers = [read_header(each) for each in options.header]
    if body and header(headers, "Content-Type") is None:
        headers.append(("Content-Type", "application/json"))
    path, _, query = path.partition("?")
    path = path if path.startswith("/") else f"/{path}"
    prefix = f"/{gateway.deployment.stage}"
    if not gateway.has_route(method.upper(), path) and (path == prefix or path.startswith(f"{prefix}/")):
        path = path[len(prefix) :] or "/"
    return HttpRequest(method.upper(), path, headers, parse_qsl(query, keep_blank_values=True), body, source_ip="127.0.0.1")


def _body(text: str | None) -> bytes:
    if text is None:
        return b""
    if text == files.STANDARD_INPUT or text.startswith("@"):
        return files.read_bytes(text.removeprefix("@"), "body")
    return console.to_bytes(text)


def _send(gateway: Gateway, request: HttpRequest, options: Options) -> None:
    from vtl.gateway import Watch

    watch = Watch()
    with console.prints_aside():
        response = gateway.handle(request, watch=watch)
    if options.trace:
        _show_trace(watch)
    if options.log:
        _show_log(watch, response)
    _explain(watch)
    _write(response, options)
    if watch.error is not None:
        sys.exit(1)


def _explain(watch: Watch) -> None:
    """Why the gateway answered by itself: a caller on AWS would not be told."""
    if watch.error is not None:
        console.complain(placed(watch.error.diagnostic, watch.failed))
    elif watch.failure is not None and watch.failure.reason:
        console.warn(f"{watch.failure.response_type}: {watch.failure.reason}")


def _show_trace(watch: Watch) -> None:
    for step in watch.steps:
        console.say(f"{step.step:21} {step.ms:8.3f} ms")
        for note in step.notes:
            console.say(f"    {note}")


def _show_log(watch: Watch, response: HttpResponse) -> None:
    from vtl.gateway.execution_log import execution_log

    if watch.invocation is not None:
        watch.invocation.response = response
        console.say(execution_log(watch.invocation, watch.failure, watch.invocation.request.path).rstrip("\n"))


def _write(response: HttpResponse, options: Options) -> None:
    if options.output is None and sys.stdout.isatty() and _is_binary(response.body):
        raise InputError("the body is binary and is not shown on a terminal", hint="-o FILE writes it into a file")
    head = b""
    if options.include:
        phrase = HTTPStatus(response.status).phrase if response.status in HTTPStatus._value2member_map_ else ""
        lines = [f"HTTP/1.1 {response.status} {phrase}".rstrip(), *(f"{name}: {value}" for name, value in response.headers)]
        head = "".join(f"{' '.join(line.splitlines())}\r\n" for line in [*lines, ""]).encode("utf-8", "replace")
    if options.output is not None:
        try:
            Path(options.output).write_bytes(response.body)
        except OSError as error:
            raise InputError(f"cannot write {options.output!r}: {error.strerror}") from None
        console.write_bytes(head)
    else:
        console.write_bytes(head + response.body)


def _is_binary(body: bytes) -> bool:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return any(each < " " and each not in "\t\r\n" for each in text)
