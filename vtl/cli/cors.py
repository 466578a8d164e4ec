"""`vtl cors`: what a browser would make of an API's answers to a page from another origin."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from vtl.cli import console
from vtl.cli.apis import load_api
from vtl.cli.gateways import gateway_options, settings_of, variables_of
from vtl.diagnostics import Diagnostic, Severity


@click.command()
@click.argument("api")
@click.option("--origin", metavar="URL", help="The page's origin. Default: any that the API allows.")
@click.option("-H", "--header", "headers", multiple=True, metavar="NAME", help="A header that the page sends. Repeatable.")
@click.option("--credentials", is_flag=True, help="The page sends cookies.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--api", "name", metavar="NAME", help="Which API, where there are several: its name or logical id.")
@gateway_options
def cors(
    api: str, origin: str | None, headers: tuple[str, ...], credentials: bool, form: str, name: str | None, **values: Any
) -> None:
    """Check whether pages from another origin can call the REST API in API, as a browser would: the preflight of every method,
    the headers of every answer, and those of the gateway's own errors.

    Nothing is called for real: backends answer only where --backend names something in their place.

    Exit status: 0 fine, 1 something is missing, 2 wrong usage.
    """
    from vtl.gateway.cors import check_cors

    found = load_api(api, name)
    stage = values["stage"] or (str(found.stages[0].name) if found.stages else "test")
    own = next((dict(each.variables) for each in found.stages if each.name == stage), {})
    settings = settings_of(values)
    settings |= {"stage": stage, "stage_variables": own | variables_of(values["stage_variables"])}
    with console.prints_aside():
        settings["backends"] = _stand_ins(values)
        findings = check_cors(found, origin=origin, headers=headers, credentials=credentials, **settings)
    bad = [each for each in findings if each.severity is not Severity.INFO]
    console.write_output(_as_json(findings) if form == "json" else _as_text(findings, len(bad)))
    if bad:
        sys.exit(1)


def _stand_ins(values: Any) -> Any:
    from vtl.gateway.backends.targets import backends_of
    from vtl.lint.config import find_config

    config = find_config(Path())
    return backends_of(config.backends, values["backends"], config.root, values["region"], real=False)


def _as_text(findings: Sequence[Diagnostic], bad: int) -> str:
    parts = [f"{each.render()}\n\n" for each in findings]
    return "".join([*parts, "Nothing is missing.\n" if not bad else f"Found {bad} fault{'' if bad == 1 else 's'}.\n"])


def _as_json(findings: Sequence[Diagnostic]) -> str:
    made = [
        {
            "code": each.code,
            "severity": each.severity.value,
            "message": each.message,
            "file": each.file,
            "line": each.line,
            "column": each.column,
            "hint": each.hint,
        }
        for each in findings
    ]
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"
