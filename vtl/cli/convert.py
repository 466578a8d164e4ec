"""`vtl convert`: JSON to XML and back, and to and from SOAP, from the command line."""

from __future__ import annotations

import click

from vtl.cli.lazy import LazyGroup


@click.group(
    cls=LazyGroup,
    commands_at={
        "json2xml": ("vtl.cli.convert_documents:json2xml", "JSON to XML."),
        "soap": ("vtl.cli.convert_soap:soap", "JSON into a SOAP envelope."),
        "unsoap": ("vtl.cli.convert_soap:unsoap", "JSON out of a SOAP envelope."),
        "xml2json": ("vtl.cli.convert_documents:xml2json", "XML to JSON."),
    },
    invoke_without_command=False,
)
def convert() -> None:
    """Convert documents between JSON, XML and SOAP."""
