"""`vtl lint`: the templates in files and folders, checked by all rules."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vtl.cli import console, files
from vtl.diagnostics import Severity
from vtl.errors import InputError
from vtl.lint.baseline import new_findings, read_baseline, write_baseline
from vtl.lint.config import Config, find_config, read_config
from vtl.lint.finding import Finding
from vtl.lint.report import FORMATS, report
from vtl.lint.report.counts import statistics
from vtl.lint.site import BareTemplate, HostTemplate
from vtl.lint.sources import Sources, read_sources, start_of, template_of
from vtl.source import Source

if TYPE_CHECKING:
    from vtl.lint.linter import Linter

_RANKS = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.INFO: 1}


@dataclass(frozen=True, slots=True)
class Options:
    """The command line."""

    paths: tuple[str, ...]
    select: tuple[str, ...]
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    config: str | None
    isolated: bool
    format: str
    output_file: str | None
    fail_on: str
    exit_zero: bool
    statistics: bool
    baseline: str | None
    update_baseline: bool
    fix: bool
    unsafe_fixes: bool
    diff: bool
    stdin_filename: str
    project: bool


def _codes(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())


def _code_option(name: str, text: str) -> Callable[[Any], Any]:
    return click.option(name, multiple=True, callback=_codes, metavar="CODES", help=text)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@_code_option("--select", "Only these rules: codes, beginnings of codes, names or ALL; a,b or repeated.")
@_code_option("--extend-select", "These rules too.")
@_code_option("--ignore", "Not these rules.")
@click.option("--config", metavar="FILE", help="Settings from this file instead of the nearest pyproject.toml or vtl.toml.")
@click.option("--isolated", is_flag=True, help="No settings from files.")
@click.option("--format", type=click.Choice(FORMATS), default="text", show_default=True, help="How to report.")
@click.option("--output-file", metavar="FILE", help="Write the report into a file.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="warning",
    show_default=True,
    help="Exit 1 from here on.",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found.")
@click.option("--statistics", is_flag=True, help="Count findings by rule instead of listing them.")
@click.option("--baseline", metavar="FILE", help="Leave out what this file lists.")
@click.option("--update-baseline", is_flag=True, help="Write all findings into the baseline.")
@click.option("--fix", is_flag=True, help="Mend what has a safe fix in .vtl and .vm files, and report the rest.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also fixes that need a look.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--stdin-filename", metavar="FILE", default="<stdin>", help="The name of what comes on standard input.")
@click.option("--project", is_flag=True, help="Read the project around the files of PATHS, and report on these files alone.")
def lint(**values: Any) -> None:
    """Check the templates in PATHS (files or folders; the current folder without any, - for standard input).

    Settings stand in [tool.vtl] of pyproject.toml or in vtl.toml. A comment `## noqa: CODE` keeps a finding quiet; on a line of
    its own it speaks for the next one. `vtl rules CODE` explains a rule. Exit status: 0 nothing found, 1 findings, 2 wrong usage.
    """
    options = Options(**values)
    config = _config(options)
    sources = _sources(options, config)
    if options.diff:
        sys.exit(_show_diff(sources.templates, config, options))
    findings = _against_baseline(_findings(sources, config, options), config, options)
    _write(findings, options)
    worst = max((_RANKS[each.severity] for each in findings), default=0)
    if worst >= _RANKS[Severity(options.fail_on)] and not options.exit_zero:
        sys.exit(1)


def _findings(sources: Sources, config: Config, options: Options) -> list[Finding]:
    """What is wrong with the files, and what the rules find; without a template no rule is imported."""
    findings = [Finding.of(each) for each in sources.problems]
    if not sources.templates and not sources.integrations:
        return findings
    from vtl.lint.linter import Linter

    linter = Linter(config)
    templates = _fixed(linter, sources.templates, options) if options.fix else sources.templates
    found = linter.lint(templates, sources.integrations)
    if options.fix:
        _say_what_stays(found, options)
    return findings + found


def _say_what_stays(findings: Sequence[Finding], options: Options) -> None:
    """A document is never written: its quoting and folding are its author's."""
    count = sum(1 for each in findings if each.fix and not each.editable and (each.fix.safe or options.unsafe_fixes))
    if count:
        console.say(f"{count} with a fix stand{'s' if count == 1 else ''} in a document, which is not edited: see the hints.")


def _config(options: Options) -> Config:
    """The settings of files with the command line's over them."""
    if options.isolated and options.config:
        raise click.UsageError("--isolated and --config exclude each other.")
    if options.config:
        config = read_config(Path(options.config))
    elif options.isolated:
        config = Config()
    else:
        first = options.stdin_filename if options.paths == (files.STANDARD_INPUT,) else None
        config = find_config(start_of([Path(each) for each in ((first,) if first else options.paths)]))
    made = replace(
        config,
        select=options.select or config.select,
        extend_select=(*config.extend_select, *options.extend_select),
        ignore=(*config.ignore, *options.ignore),
    )
    if options.select or options.extend_select or options.ignore:
        made.codes()
    return made


def _sources(options: Options, config: Config) -> Sources:
    if files.STANDARD_INPUT in options.paths:
        if len(options.paths) > 1:
            raise click.UsageError("standard input is checked alone: give - and no other path.")
        if options.fix:
            raise click.UsageError("standard input cannot be mended: use --diff.")
        text = files.read_text(files.STANDARD_INPUT, "template")
        return Sources([template_of(text, options.stdin_filename, config)], (), (), 1)
    return read_sources([Path(each) for each in options.paths or (".",)], config, only_given=options.project)


def _show_diff(templates: Sequence[HostTemplate], config: Config, options: Options) -> int:
    """Print what the fixes would change; gives the exit status."""
    from vtl.lint.fixes import diff
    from vtl.lint.linter import Linter

    after = _mended(Linter(config), templates, options)[0]
    before = {template.file: template.text for template in templates if template.editable}
    text = "".join(diff(before[file], after[file].text, file) for file in after)
    console.write_output(text)
    return 1 if text and not options.exit_zero else 0


def _mended(linter: Linter, templates: Sequence[HostTemplate], options: Options) -> tuple[dict[str, BareTemplate], int]:
    """The files that are templates, by name and after the fixes of all their sites; and the number of findings mended."""
    from vtl.lint.fixing import fix

    after: dict[str, BareTemplate] = {}
    count = 0
    for template in templates:
        if template.editable:
            text = after[template.file].text if template.file in after else template.text
            fixed = fix(linter, _bare(template, text), unsafe=options.unsafe_fixes)
            after[template.file] = fixed.template
            count += fixed.count
    return after, count


def _fixed(linter: Linter, templates: Sequence[HostTemplate], options: Options) -> list[HostTemplate]:
    """The templates after their fixes, which are written into their files."""
    after, count = _mended(linter, templates, options)
    before = {template.file: template.text for template in templates}
    for file, template in after.items():
        if template.text != before[file]:
            _rewrite(Path(file), template.text)
    if count:
        console.say(f"Fixed {count} finding{'' if count == 1 else 's'}.")
    return [_bare(each, after[each.file].text) if each.file in after else each for each in templates]


def _bare(template: HostTemplate, text: str) -> BareTemplate:
    """A template that is all of its file, with another text."""
    return BareTemplate(Source(template.file, text), template.site, tuple(template.comments))


def _rewrite(path: Path, text: str) -> None:
    """Write a file with its byte order mark, if it had one."""
    try:
        mark = files.BYTE_ORDER_MARK if path.read_bytes().startswith(files.BYTE_ORDER_MARK.encode()) else ""
        path.write_bytes((mark + text).encode("utf-8"))
    except OSError as error:
        raise InputError(f"cannot write {str(path)!r}: {error.strerror}") from None


def _against_baseline(findings: list[Finding], config: Config, options: Options) -> list[Finding]:
    """The findings that the baseline does not have; with --update-baseline it is written first."""
    path = Path(options.baseline) if options.baseline else config.root / config.baseline if config.baseline else None
    if options.update_baseline:
        if path is None:
            raise click.UsageError("--update-baseline needs --baseline FILE, or `baseline` in the settings.")
        count = write_baseline(path, findings)
        console.say(f"The baseline {str(path)!r} has {count} finding{'' if count == 1 else 's'}.")
        return []
    if path is None:
        return findings
    return new_findings(findings, read_baseline(path) if options.baseline or path.exists() else Counter())


def _write(findings: list[Finding], options: Options) -> None:
    text = statistics(findings) if options.statistics else ""
    if not options.statistics or options.format != "text":
        colour = options.output_file is None and console.coloured(sys.stdout)
        text = report(options.format, findings, colour=colour)
    if options.output_file is None:
        console.write_output(text)
        return
    try:
        Path(options.output_file).write_bytes(console.to_bytes(text))
    except OSError as error:
        raise InputError(f"cannot write the report {options.output_file!r}: {error.strerror}") from None
