"""`vtl convert`: the group; each kind of conversion is a sub-command, and without one the content says which it is."""

from __future__ import annotations

import click

from vtl.cli.lazy import LazyGroup


class GuessingGroup(LazyGroup):
    """A group that runs its sub-command `auto` where the first argument names none."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts `auto` before arguments that do not start with a sub-command or ask for help."""
        if not args or (args[0] not in self.commands_at and args[0] not in ("-h", "--help")):
            args = ["auto", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=GuessingGroup,
    commands_at={
        "auto": ("vtl.cli.convert_documents:auto", "Whichever the content asks for; the same as no command."),
        "json2xml": ("vtl.cli.convert_documents:json2xml", "JSON to XML."),
        "soap": ("vtl.cli.convert_soap:soap", "JSON into a SOAP envelope."),
        "unsoap": ("vtl.cli.convert_soap:unsoap", "JSON out of a SOAP envelope."),
        "xml2json": ("vtl.cli.convert_documents:xml2json", "XML to JSON."),
    },
    options_metavar="",
    subcommand_metavar="[COMMAND] [OPTIONS] [FILE]",
)
def convert() -> None:
    """Turn JSON into XML or SOAP, and both into JSON.

    Without a COMMAND, the content of FILE (standard input without one) says which it is: JSON becomes XML, a SOAP envelope
    gives the JSON that is in it, and other XML becomes JSON.
    """
