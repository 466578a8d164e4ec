"""`vtl export`: an API as the OpenAPI document that AWS would export."""

from __future__ import annotations

import json
from typing import Any, Literal

import click

from vtl.cli import console
from vtl.cli.apis import load_api


@click.command()
@click.argument("api")
@click.option("--to", type=click.Choice(["oas30", "swagger"]), default="oas30", show_default=True, help="OpenAPI 3.0, or 2.0.")
@click.option("--stage", metavar="NAME", help="The stage in the address. Default: the API's first stage, else 'test'.")
@click.option(
    "--extensions",
    type=click.Choice(["integrations", "apigateway"]),
    help="Keep what stands behind each method, or everything that AWS has extensions for.",
)
@click.option("--api", "name", metavar="NAME", help="Which API, where there are several: its name or logical id.")
@click.option("--format", "form", type=click.Choice(["json", "yaml"]), default="json", show_default=True)
def export(
    api: str,
    to: Literal["oas30", "swagger"],
    stage: str | None,
    extensions: Literal["integrations", "apigateway"] | None,
    name: str | None,
    form: str,
) -> None:
    """Print the REST API in API (a file or folder of any format that extract reads) as an OpenAPI document, in the shape that
    AWS's GetExport has.

    The address holds the word API where AWS has the API's id.
    """
    from vtl.loaders.openapi_export import export as exported

    found = load_api(api, name)
    chosen = stage or (str(found.stages[0].name) if found.stages else "test")
    document = exported(found, to, stage=chosen, extensions=extensions)
    console.write_output(_as_yaml(document) if form == "yaml" else json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def _as_yaml(document: Any) -> str:
    from vtl._lazy import require

    yaml = require("yaml", "loaders")
    return str(yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120))
