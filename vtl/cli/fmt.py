"""`vtl fmt`: templates tidied where it does not show in what they render."""

from __future__ import annotations

import difflib
import io
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from vtl.cli import console, files
from vtl.errors import InputError, VtlError
from vtl.lang.format import format_source
from vtl.loaders.walking import template_files
from vtl.source import Source

_HOSTS = (".json", ".yaml", ".yml", ".tf", ".tfvars", ".hcl")
"""Files that hold templates as strings: there the text of a file is not a template's."""


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a template would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, on standard output.")
def fmt(paths: tuple[str, ...], check: bool, diff: bool) -> None:
    """Tidy template files without changing a byte of what they render.

    PATHS are files, folders (searched for .vtl and .vm) or - for standard input, which is written to standard output; without
    any, the current folder. Skipped are node_modules, .git, .terraform, .aws-sam and what Git ignores.

    Tidied are blanks, operators and quotes inside directives, blanks that Velocity swallows at the end of a line, and comments.
    Text stays, and so does all that Velocity may print as it is written: in $user.name( 1 ) the blanks are output when $user is
    not set. Each result is parsed and compared with the original, for API Gateway and for plain Velocity; a template that would
    mean something else is left as it is.

    Exit status: 0 fine, 1 a template that would change (with --check) or does not parse, 2 wrong usage or an input that cannot be
    read.
    """
    if files.STANDARD_INPUT in paths and len(paths) > 1:
        raise click.UsageError("standard input goes alone: give either - or files and folders.")
    counts: Counter[str] = Counter()
    for name in _named(paths or (".",), counts):
        try:
            counts[_format_file(name, check=check, diff=diff)] += 1
        except VtlError as error:
            console.complain(error.diagnostic)
            counts["unreadable" if isinstance(error, InputError) else "failed"] += 1
    if files.STANDARD_INPUT not in paths:
        _sum_up(counts, dry=check or diff)
    if counts["unreadable"]:
        sys.exit(2)
    if counts["failed"] or (check and counts["changed"]):
        sys.exit(1)


def _named(paths: tuple[str, ...], counts: Counter[str]) -> Iterator[str]:
    """Each file that the paths mean, once; paths that mean none are told and counted."""
    seen = set()
    for path in paths:
        try:
            names = [path] if path == files.STANDARD_INPUT else template_files(path)
        except InputError as error:
            console.complain(error.diagnostic)
            counts["unreadable"] += 1
            continue
        for name in names:
            if (place := Path(name).resolve()) not in seen:
                seen.add(place)
                yield name


def _format_file(name: str, *, check: bool, diff: bool) -> str:
    """Format one file or standard input: "changed" or "unchanged"; VtlError for one that cannot be read or parsed."""
    if name.endswith(_HOSTS):
        raise InputError(f"{name!r} is not a template but holds some", hint="vtl fmt takes files that are one template, as .vtl")
    data = files.read_bytes(name, "template")
    text = files.decode(data, name, "template")
    mark = files.BYTE_ORDER_MARK if data.startswith(files.BYTE_ORDER_MARK.encode()) else ""
    shown = "<stdin>" if name == files.STANDARD_INPUT else name
    tidied = format_source(Source(shown, text))
    changed = tidied != text
    if diff:
        console.write_output(_difference(shown, text, tidied))
    elif name == files.STANDARD_INPUT:
        console.write_output("" if check else mark + tidied)
    elif changed and not check:
        _write(name, mark + tidied)
    if changed and name != files.STANDARD_INPUT:
        console.say(f"{'would reformat' if check or diff else 'reformatted'} {shown}")
    return "changed" if changed else "unchanged"


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_bytes(text.encode())
    except OSError as error:
        raise InputError(f"cannot write the template {name!r}: {error.strerror}") from None


def _difference(name: str, before: str, after: str) -> str:
    """A unified diff, "" for equal texts; only `\\n` ends a line, so that a `\\r` is seen as it is."""
    old, new = (list(io.StringIO(text, newline="\n")) for text in (before, after))
    lines = difflib.unified_diff(old, new, name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _sum_up(counts: Counter[str], *, dry: bool) -> None:
    words = {
        "changed": "would be reformatted" if dry else "reformatted",
        "unchanged": "unchanged",
        "failed": "not formatted",
        "unreadable": "not read",
    }
    parts = [f"{counts[kind]} {word}" for kind, word in words.items() if counts[kind]]
    console.say(", ".join(parts) if parts else "no templates found (.vtl, .vm)")
