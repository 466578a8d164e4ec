"""The command `vtl`: a door with no logic of its own; each sub-command is imported when it is called."""

from __future__ import annotations

import click

from vtl.cli.lazy import LazyGroup


def _print_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        import vtl

        click.echo(f"vtl {vtl.__version__}")
        context.exit()


@click.group(
    cls=LazyGroup,
    commands_at={
        "convert": ("vtl.cli.convert:convert", "Convert documents between JSON, XML and SOAP."),
        "cors": ("vtl.cli.cors:cors", "Check an API's CORS, as a browser would."),
        "export": ("vtl.cli.export:export", "Print an API as OpenAPI, as AWS would."),
        "extract": ("vtl.cli.extract:extract", "List the templates of an API, or write them out."),
        "fmt": ("vtl.cli.fmt:fmt", "Tidy templates without changing what they render."),
        "invoke": ("vtl.cli.invoke:invoke", "Send one request through an API, and see what becomes of it."),
        "jsonpath": ("vtl.cli.jsonpath:jsonpath", "Evaluate a JSONPath, as API Gateway would."),
        "lint": ("vtl.cli.lint:lint", "Check templates before they are deployed."),
        "render": ("vtl.cli.render:render", "Render a template, as API Gateway would."),
        "rules": ("vtl.cli.rules:rules", "List the rules of lint, or explain one."),
        "serve": ("vtl.cli.serve:serve", "Serve APIs on a local address."),
        "soap": ("vtl.cli.soap:soap", "Put a SOAP service behind a JSON API, from its WSDL."),
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Show the version.")
def main() -> None:
    """AWS API Gateway mapping templates, away from AWS.

    Exit status: 0 fine, 1 findings or a failing template, 2 wrong usage or an input that cannot be read.
    """
