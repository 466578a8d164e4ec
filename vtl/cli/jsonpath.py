"""`vtl jsonpath`: one path over one document, from the command line."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from vtl.cli import console, files
from vtl.jsonpath.dialect import dialect_named
from vtl.jsonpath.documents import loads
from vtl.jsonpath.explain import StepReport, explain
from vtl.jsonpath.locations import Match, find_all
from vtl.jsonpath.paths import Path, compile_path
from vtl.values.json import to_json
from vtl.values.text import to_text


@click.command()
@click.argument("path")
@click.argument("file", default=files.STANDARD_INPUT)
@click.option("--dialect", type=click.Choice(["2.9", "2.4"]), default="2.9", show_default=True, help="The version of Jayway.")
@click.option("--explain", "explained", is_flag=True, help="Show how the path was read, step by step, and where a miss happened.")
@click.option(
    "--print",
    "printed",
    type=click.Choice(["matches", "json", "path"]),
    default="matches",
    show_default=True,
    help="What to print: the matches, what $input.json(PATH) prints, or what $input.path(PATH) prints.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def jsonpath(path: str, file: str, dialect: str, explained: bool, printed: str, form: str) -> None:
    """Evaluate PATH over the JSON document FILE (standard input without one), as AWS API Gateway would.

    Says whether the path is definite (leads to one value) and shows each match with its location. A definite path that leads
    nowhere is an error, with exit status 1; an indefinite one finds an empty list.
    """
    name = "<stdin>" if file == files.STANDARD_INPUT else file
    compiled = compile_path(path, dialect_named(dialect))
    document = loads(files.read_text(file, "document"), name=name)
    if explained:
        text, failed = _explanation(compiled, explain(compiled, document))
        console.write_output(text)
        if failed:
            sys.exit(1)
    elif printed != "matches":
        value = compiled.read(document)
        console.write_output(f"{to_json(value) if printed == 'json' else to_text(value)}\n")
    elif form == "json":
        console.write_output(_as_object(compiled, find_all(compiled, document)))
    else:
        console.write_output(_listing(compiled, find_all(compiled, document)))


def _kind(path: Path) -> str:
    return "definite" if path.definite else "indefinite"


def _listing(path: Path, matches: list[Match]) -> str:
    """The kind of path and the number of matches, then a line for each."""
    count = len(matches)
    lines = [f"{_kind(path)}, {count} match{'' if count == 1 else 'es'}"]
    width = min(40, max((len(match.location) for match in matches), default=0))
    lines += [f"{match.location:{width}}  {to_json(match.value)}" for match in matches]
    return "".join([f"{line}\n" for line in lines])


def _as_object(path: Path, matches: list[Match]) -> str:
    """All as one JSON object; the values as they are printed in JSON."""
    parts = [f'{{"location":{json.dumps(match.location)},"value":{to_json(match.value)}}}' for match in matches]
    head = f'"path":{json.dumps(path.text)},"definite":{json.dumps(path.definite)}'
    return f'{{{head},"matches":[{",".join(parts)}]}}\n'


def _explanation(path: Path, reports: list[StepReport]) -> tuple[str, bool]:
    """A line for each step with its part of the path, the error of the one that fails; and whether one did."""
    root = "the document" if path.from_root else "the document, for which @ stands outside of a filter"
    rows: list[tuple[str, str]] = [("$" if path.from_root else "@", root)]
    error: Any = None
    for report in reports:
        error = report.error
        rows.append((path.text[slice(*report.span)] or "..", f"{report.what}: {_result(report)}"))
    if path.read_as.stray is not None:
        rows.append((path.text[slice(*path.read_as.stray)], "a last character that is read over"))
    width = min(40, max(len(row[0]) for row in rows))
    lines = [f"{path.text} is {_kind(path)}", *[f"  {part:{width}}  {what}" for part, what in rows]]
    if error is not None:
        lines.append(f"  {error.message}")
    return "".join([f"{line}\n" for line in lines]), error is not None


def _result(report: StepReport) -> str:
    if report.error is not None:
        return "fails"
    if not report.found:
        return "nothing"
    more = report.found - len(report.locations)
    return ", ".join(report.locations) + (f" and {more:,} more" if more else "")
