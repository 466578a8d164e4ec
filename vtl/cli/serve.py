"""`vtl serve`: APIs on a local address."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TextIO

import click

from vtl.cli import console
from vtl.cli.gateways import gateway_options, settings_of, variables_of
from vtl.cli.template_names import placed

if TYPE_CHECKING:
    from vtl.gateway import Watch
    from vtl.messages import HttpResponse
    from vtl.server.application import Log
    from vtl.server.lines import RequestLine
    from vtl.server.mounts import Mounts


@click.command()
@click.argument("apis", nargs=-1, required=True, metavar="API...")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; others are open to your network.")
@click.option("--port", type=click.IntRange(0, 65535), default=3000, show_default=True, help="0 takes a free port.")
@click.option(
    "--origin",
    "origins",
    multiple=True,
    metavar="LOCAL=REAL",
    help="Take pages of a local origin for those of the real one, so that the API's own CORS is tested. Repeatable.",
)
@click.option("--reload/--no-reload", default=True, show_default=True, help="Read the files again when they change.")
@click.option(
    "--log-format",
    type=click.Choice(["auto", "text", "json", "none"]),
    default="auto",
    show_default=True,
    help="The request log on standard error; auto: text on a terminal, else JSON.",
)
@click.option("--access-log", is_flag=True, help="Print the access log on standard output, in the format of the API's stage.")
@gateway_options
def serve(apis: tuple[str, ...], host: str, port: int, origins: tuple[str, ...], reload: bool, **values: Any) -> None:
    """Serve the REST APIs in API..., files or folders of any format that extract reads, until it is interrupted.

    Both /stage/path and /path answer; of several APIs, /name/path, the Host name.localhost, or the first one with such a route.
    /_vtl/health tells whether the server is up, and whether a newer version of a file is broken.

    Exit status: 0 when it was interrupted, 2 for wrong usage or files that cannot be served.
    """
    from vtl.server.apis import Source, find_apis
    from vtl.server.application import Application
    from vtl.server.origins import read_origins
    from vtl.server.reloading import Reloader
    from vtl.server.run import run

    source = Source(apis, values["stage"], variables_of(values["stage_variables"]), settings_of(values))
    found = find_apis(source)
    for each in (*found.problems, *found.remarks):
        console.complain(each)
    if found.problems:
        sys.exit(2)
    with console.prints_aside() as output:
        application: Application = Application(
            found.mounts, log=_log(values, lambda: application.mounts, output), origins=read_origins(origins)
        )
        if reload:
            reloader = Reloader(application, source, found, say=console.say, complain=console.complain)
            application.background = reloader.watch
        _warn_of_tokens(found.mounts)
        run(application, host=host, port=port, started=lambda host, port: _say_where(found.mounts, host, port))


def _say_where(mounts: Mounts, host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}"
    for mount in mounts.all:
        path = f"/{mount.name}/{mount.stage}" if len(mounts.all) > 1 else f"/{mount.stage}"
        console.say(f"serving {mount.name} at {address}{path}")


def _warn_of_tokens(mounts: Mounts) -> None:
    from vtl.gateway import Gateway

    for mount in mounts.all:
        gateway = mount.gateway
        if isinstance(gateway, Gateway) and gateway.trusts_tokens:
            console.warn(f"{mount.name}: tokens are decoded and not verified here")


def _log(values: dict[str, Any], mounts: Any, output: TextIO) -> Log | None:
    """What is told of each request, or None when nothing is."""
    form = values["log_format"]
    form = ("text" if sys.stderr.isatty() else "json") if form == "auto" else form
    if form == "none" and not values["access_log"]:
        return None
    from vtl.server.lines import as_json, as_text

    colour = console.coloured(sys.stderr)

    def log(line: RequestLine, watch: Watch, response: HttpResponse) -> None:
        if form != "none":
            console.say(as_json(line) if form == "json" else as_text(line, colour=colour))
            if watch.error is not None:
                console.complain(placed(watch.error.diagnostic, watch.failed))
            elif watch.failure is not None and watch.failure.reason and response.status >= 500:
                console.warn(f"{watch.failure.response_type}: {watch.failure.reason}")
        if values["access_log"]:
            _access_log(mounts(), line, watch, response, output)

    return log


def _access_log(mounts: Mounts, line: RequestLine, watch: Watch, response: HttpResponse, output: TextIO) -> None:
    from vtl.gateway import Gateway
    from vtl.gateway.access_log import access_log_line

    mount = next((each for each in mounts.all if each.name == line.api), None)
    gateway = mount.gateway if mount else None
    if isinstance(gateway, Gateway):
        stage = next((each for each in gateway.api.stages if each.name == gateway.deployment.stage), None)
        if stage is not None and stage.access_log_format:
            console.write_output(access_log_line(str(stage.access_log_format), watch, response, line.ms) + "\n", output)
