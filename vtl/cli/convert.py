"""`vtl convert`: JSON to XML and back, and to and from SOAP, from the command line."""

from __future__ import annotations

import click

from vtl.cli.lazy import LazyGroup


@click.group(
    cls=LazyGroup,
    commands_at={
        "json2xml": ("vtl.cli.convert_documents:json2xml", "JSON to XML."),
        "xml2json": ("vtl.cli.convert_documents:xml2json", "XML to JSON."),
    },
    invoke_without_command=False,
)
def convert() -> None:
    """Convert documents between JSON, XML and SOAP."""
