"""`LazyGroup`: a click group that knows its commands by name and imports one only when it runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from vtl.errors import InputError, MissingExtra, VtlError


class LazyGroup(click.Group):
    """A group whose sub-commands are written as `module:attribute`, each with the line that `--help` shows for it."""

    def __init__(self, *args: Any, commands_at: Mapping[str, tuple[str, str]] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.commands_at = dict(commands_at or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in order."""
        return sorted({*super().list_commands(ctx), *self.commands_at})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None when there is none."""
        if cmd_name not in self.commands_at:
            return super().get_command(ctx, cmd_name)
        module, attribute = self.commands_at[cmd_name][0].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in `--help`, made without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.commands_at[name][1]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever goes wrong is told in words on standard error and in the exit status."""
        from vtl.cli.console import complain

        try:
            return super().invoke(ctx)
        except VtlError as error:
            complain(error.diagnostic)
            ctx.exit(2 if isinstance(error, InputError | MissingExtra) else 1)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get("VTL_DEBUG"):
                raise
            text = f"{type(error).__name__}: {error}".strip(": ")
            print(f"error: an internal error in vtl ({text}); VTL_DEBUG=1 shows where", file=sys.stderr)
            ctx.exit(1)
