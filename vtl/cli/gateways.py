"""What `vtl invoke` and `vtl serve` have in common: the options of a gateway."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from vtl.cli import console
from vtl.cli.assignments import read_pair
from vtl.errors import InputError

_OPTIONS = (
    click.option("--stage", metavar="NAME", help="The stage. Default: the API's first stage, else 'test'."),
    click.option(
        "-s", "--stage-variable", "stage_variables", multiple=True, metavar="NAME=VALUE", help="A stage variable. Repeatable."
    ),
    click.option(
        "-b",
        "--backend",
        "backends",
        multiple=True,
        metavar="PATTERN=TARGET",
        help="What answers for a URI, an ARN or lambda:NAME: a file, a folder, a URL, module:function or soap:FILE.wsdl.",
    ),
    click.option(
        "--authorize",
        metavar="none|MODULE:FUNCTION|FILE",
        help="What authorizers say: nothing is asked, a function's result, or the result in a JSON file.",
    ),
    click.option(
        "--api-key", "api_keys", multiple=True, metavar="KEY", help="A valid API key; without any, keys are not asked for."
    ),
    click.option("--extras", is_flag=True, help="Give templates $xml, $json and $soap, which AWS does not have."),
    click.option("--region", default="us-east-1", show_default=True),
    click.option("--account-id", default="000000000000", show_default=True),
)


def gateway_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of a gateway to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def settings_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `Gateway` that the options stand for, without the stage's. InputError for what cannot be used."""
    from vtl.gateway.backends.targets import backends_of
    from vtl.lint.config import find_config

    made: dict[str, Any] = {"region": values["region"], "account_id": values["account_id"]}
    config = find_config(Path())
    made["extras"] = values["extras"] or config.target == "local"
    if values["api_keys"]:
        made["api_keys"] = {key: f"key{number}" for number, key in enumerate(values["api_keys"], 1)}
    with console.prints_aside():
        made["backends"] = backends_of(config.backends, values["backends"], config.root, values["region"])
        return made | _authorization(values["authorize"])


def variables_of(pairs: Sequence[str]) -> dict[str, str]:
    """The stage variables on the command line."""
    return dict(read_pair("--stage-variable", each) for each in pairs)


def _authorization(text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    if text == "none":
        return {"authorize": False}
    if Path(text).is_file():
        result = _json_file(text)
        return {"authorize": lambda _event: result}
    if ":" not in text:
        raise InputError(f"--authorize {text!r} is no file and no module:function", hint="none asks nobody")
    from vtl.gateway.backends.functions import function_named

    return {"authorize": function_named(text, Path())}


def _json_file(name: str) -> Any:
    from vtl.cli.files import read_text

    try:
        return json.loads(read_text(name, "authorizer's result"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name!r} is not JSON: {error}") from None
