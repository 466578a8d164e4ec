"""`vtl render`: one template over one request, from the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import click

from vtl.cli import console, files, reports
from vtl.cli.assignments import merged, merged_headers, read_context, read_header, read_pair, read_variable
from vtl.cli.render_request import Body, RenderRequest
from vtl.cli.rendering import Outcome, render_mapping, render_plain
from vtl.cli.requests import read_request
from vtl.cli.template_names import NamedTemplate, read_template
from vtl.diagnostics import Diagnostic, Severity
from vtl.errors import TemplateError

_SHOWN = ("overrides", "missing")


@dataclass(frozen=True, slots=True)
class Options:
    """The command line."""

    template: str
    dialect: str
    body: str | None
    request: str | None
    header: tuple[str, ...]
    query: tuple[str, ...]
    path: tuple[str, ...]
    stage_variable: tuple[str, ...]
    context: tuple[str, ...]
    var: tuple[str, ...]
    extras: bool
    response: bool
    show: tuple[str, ...]
    check: str
    strict: bool
    format: str
    pretty: bool
    seed: int


def _shown(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(name.strip() for value in values for name in value.split(","))
    for name in names:
        if name not in _SHOWN:
            raise click.BadParameter(f"{name!r} is not one of {', '.join(map(repr, _SHOWN))}.")
    return names


def _repeatable(short: str, long: str, metavar: str, text: str) -> Callable[[Any], Any]:
    names = [name for name in (short, long) if name]
    return click.option(*names, multiple=True, metavar=metavar, help=text)


@click.command()
@click.argument("template")
@click.option("--dialect", type=click.Choice(["apigateway", "velocity"]), default="apigateway", show_default=True)
@click.option("--body", metavar="TEXT|@FILE|-", help="The body: a text, a file, or standard input.")
@click.option("--request", metavar="FILE", help="A request: JSON or YAML, Lambda event, HAR, curl command, execution log.")
@_repeatable("-H", "--header", "'NAME: VALUE'", "A header; also NAME=VALUE. Repeatable, as all of these.")
@_repeatable("-q", "--query", "NAME=VALUE", "A query parameter, decoded.")
@_repeatable("-p", "--path", "NAME=VALUE", "A path parameter.")
@_repeatable("-s", "--stage-variable", "NAME=VALUE", "A stage variable.")
@_repeatable("-c", "--context", "PATH=VALUE", "A part of $context: authorizer.principalId=x; PATH:=JSON for other than text.")
@_repeatable("", "--var", "NAME=JSON", "A variable of your own; @FILE for JSON in a file.")
@click.option("--extras", is_flag=True, help="Give the template $xml, $json and $soap, which AWS does not have.")
@click.option("--response", is_flag=True, help="A response template: the body is the backend's answer.")
@click.option(
    "--show", multiple=True, callback=_shown, metavar="overrides|missing", help="Show on standard error; repeatable, or a,b."
)
@click.option("--check", type=click.Choice(["auto", "json", "xml", "none"]), default="auto", show_default=True)
@click.option("--strict", is_flag=True, help="Exit 1 for references without a value and for a failed check.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--pretty", is_flag=True, help="Indent the output when it is JSON or XML.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Fixes what $context makes up.")
def render(**values: Any) -> None:
    """Render TEMPLATE as AWS API Gateway would, on standard output.

    TEMPLATE is a file, - for standard input, or a template in a document: FILE:LINE, or FILE#'POST /pets request
    application/json', as `vtl extract` lists them; a response template among these is rendered as with --response.

    --check auto looks at the Content-Type that the template wrote into an override, then at the template's name (order.json.vtl),
    then at the request and the output's first character; output that does not parse is a warning.
    """
    options = Options(**values)
    _refuse_nonsense(options)
    template = read_template(options.template)
    request = _request(options)
    for warning in request.warnings:
        console.warn(warning)
    try:
        outcome = _outcome(template, request, options)
    except TemplateError as error:
        console.complain(template.placed(error.diagnostic))
        sys.exit(1)
    found = _report(outcome, template, options)
    _write(outcome, template, found, options)
    if any(item.severity is Severity.ERROR for item in found):
        sys.exit(1)


def _outcome(template: NamedTemplate, request: RenderRequest, options: Options) -> Outcome:
    if options.dialect == "velocity":
        return render_plain(template.text, template.file, request.variables, check=options.check)
    response = options.response or (template.loaded is not None and template.loaded.direction == "response")
    return render_mapping(
        template.text, template.file, request, response=response, check=options.check, seed=options.seed, extras=options.extras
    )


def _refuse_nonsense(options: Options) -> None:
    inputs = {"TEMPLATE": options.template, "--body": (options.body or "").removeprefix("@"), "--request": options.request}
    taken = [name for name, value in inputs.items() if value == files.STANDARD_INPUT]
    if len(taken) > 1:
        raise click.UsageError(f"standard input can be read once only, but {' and '.join(taken)} are all '-'.")
    if options.dialect == "velocity":
        names = ("body", "request", "header", "query", "path", "stage_variable", "context", "response")
        used = [f"--{name.replace('_', '-')}" for name in names if getattr(options, name)]
        if used:
            raise click.UsageError(f"{', '.join(used)}: only for --dialect apigateway; plain Velocity has --var.")


def _request(options: Options) -> RenderRequest:
    """What the request file says, with the options over it."""
    base = read_request(options.request) if options.request is not None else RenderRequest()
    headers = dict(read_header(text) for text in options.header)
    request = replace(
        base,
        path={**base.path, **dict(read_pair("-p", text) for text in options.path)},
        query={**base.query, **dict(read_pair("-q", text) for text in options.query)},
        headers=merged_headers(base.headers, headers),
        stage_variables={**base.stage_variables, **dict(read_pair("-s", text) for text in options.stage_variable)},
        context=merged(base.context, read_context(options.context)),
        variables={**base.variables, **dict(read_variable(text) for text in options.var)},
    )
    if options.body is not None:
        body = _body(options.body)
        return replace(request, answer=body) if options.response else replace(request, body=body)
    if options.response and options.request is not None and request.answer is None:
        warning = "the request has no answer of the backend, so the body is empty; give it with --body"
        return replace(request, warnings=(*request.warnings, warning))
    return request


def _body(text: str) -> Body:
    """The body that --body names: bytes of a file or of standard input as they are (without a byte order mark), or the text."""
    if text == files.STANDARD_INPUT or text.startswith("@"):
        return files.read_bytes(text.removeprefix("@"), "body").removeprefix(files.BYTE_ORDER_MARK.encode())
    return text


def _report(outcome: Outcome, template: NamedTemplate, options: Options) -> list[Diagnostic]:
    """Tell on standard error what was asked for and what is wrong; gives what is wrong."""
    severity = Severity.ERROR if options.strict else Severity.WARNING
    found = [template.placed(each) for each in reports.cut_loops(outcome) + reports.failed_check(outcome, severity)]
    for diagnostic in found:
        console.complain(diagnostic)
    if options.strict:
        missing = reports.missing_references(outcome, Severity.ERROR, quiet=False)
        found += [template.placed(each) for each in missing]
    elif "missing" in options.show:
        missing = reports.missing_references(outcome, Severity.INFO, quiet=True)
    else:
        missing = []
    for diagnostic in missing:
        console.say(template.placed(diagnostic).headline())
    if "overrides" in options.show:
        for line in reports.override_lines(outcome.overrides):
            console.say(line)
    return found


def _write(outcome: Outcome, template: NamedTemplate, found: list[Diagnostic], options: Options) -> None:
    result = reports.prettied(outcome.output) if options.pretty else outcome.output
    if options.format == "json":
        result = reports.object_text(reports.as_object(outcome, found, result, template.place), pretty=options.pretty)
    console.write_output(result)
