"""`vtl extract`: the templates of an API, listed with their places and sites or written out as files."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vtl.cli import console
from vtl.cli.template_names import listed
from vtl.diagnostics import Severity
from vtl.errors import InputError

if TYPE_CHECKING:
    from vtl.loaders import Template

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
_ENDINGS = {"json": ".json", "xml": ".xml"}
_LONGEST = 120


@click.command()
@click.argument("path")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--output-dir", metavar="DIR", help="Write each template into a file of this folder, which is made.")
def extract(path: str, format: str, output_dir: str | None) -> None:  # noqa: A002
    """List the templates in PATH: OpenAPI, CloudFormation, SAM, CDK's output, Terraform, serverless.yml, or a folder of any.

    Each line has the place of the template's first character and its name, and either will do where a command takes TEMPLATE:
    FILE:LINE or FILE#NAME. With --output-dir the name of the new file comes first. What is not known before deployment (a
    reference to another resource, a variable) is written as a word in its place.

    Exit status: 0 fine, 1 a document that could be read in part only, 2 wrong usage or no such path.
    """
    if not Path(path).exists():
        raise InputError(f"no such file or folder: {path!r}")
    from vtl.loaders.loading import load

    loaded = load(path)
    for diagnostic in loaded.diagnostics:
        console.complain(diagnostic)
    names = _file_names(loaded.templates) if output_dir is not None else []
    if output_dir is not None:
        _write(Path(output_dir), names, loaded.templates)
    if format == "json":
        objects = [_as_object(each) for each in loaded.templates]
        for entry, name in zip(objects, names, strict=False):
            entry["output"] = str(Path(output_dir or "", name))
        console.write_output(json.dumps(objects, indent=1, ensure_ascii=False) + "\n")
    else:
        before = [f"{Path(output_dir or '', name)}  " for name in names] or [""] * len(loaded.templates)
        lines = [f"{start}{listed(each)}\n" for start, each in zip(before, loaded.templates, strict=True)]
        console.write_output("".join(lines))
    if not loaded.templates:
        console.say("no templates found")
    if any(each.severity is Severity.ERROR for each in loaded.diagnostics):
        sys.exit(1)


def _as_object(template: Template) -> dict[str, object]:
    site = template.site
    known = {
        "format": site.format,
        "api": site.api,
        "method": site.method,
        "path": site.path,
        "route": site.route,
        "status": site.status,
        "pattern": site.pattern,
        "address": site.address,
        "integration": site.integration.type if site.integration else None,
        "uri": str(site.integration.uri) if site.integration else None,
    }
    return {
        "name": template.name,
        "file": template.file,
        "line": template.line,
        "column": template.column,
        "kind": template.kind,
        "direction": template.direction or None,
        "contentType": template.content_type or None,
        "pointer": template.pointer or None,
        "site": {name: value for name, value in known.items() if value},
        "placeholders": [{"start": each.start, "end": each.end, "expression": each.expression} for each in template.placeholders],
        "text": str(template.text),
    }


def _file_names(templates: Sequence[Template]) -> list[str]:
    """A name for each template's file, made of its own name; a number makes equal ones differ."""
    taken: set[str] = set()
    names = []
    for template in templates:
        words = template.name.removesuffix(template.content_type).strip() or Path(template.file).stem
        stem = _NOT_IN_NAMES.sub("-", words).strip("-.")[:_LONGEST] or "template"
        subtype = template.content_type.partition("/")[2].partition(";")[0].strip().lower()
        ending = _ENDINGS.get(subtype.rpartition("+")[2], f".{_NOT_IN_NAMES.sub('-', subtype)}" if subtype else "")[:_LONGEST]
        name, number = f"{stem}{ending}.vtl", 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}-{number}{ending}.vtl"
        taken.add(name.lower())
        names.append(name)
    return names


def _write(folder: Path, names: Sequence[str], templates: Sequence[Template]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, template in zip(names, templates, strict=True):
            (folder / name).write_bytes(console.to_bytes(str(template.text)))
    except OSError as error:
        raise InputError(f"cannot write into {str(folder)!r}: {error.strerror}") from None
