"""`vtl rules`: the list of rules, or what one of them is about."""

from __future__ import annotations

import json

import click

from vtl.cli import console
from vtl.lint.registry import all_rules, rule_named
from vtl.lint.rule import Rule


@click.command()
@click.argument("code", required=False)
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(code: str | None, format: str) -> None:  # noqa: A002
    """List the rules of `vtl lint`, or explain the one with this CODE or name."""
    if format == "json":
        chosen = [rule_named(code)] if code else list(all_rules())
        console.write_output(json.dumps([_as_object(rule) for rule in chosen], indent=1, ensure_ascii=False) + "\n")
    elif code:
        console.write_output(_explanation(rule_named(code)))
    else:
        console.write_output(
            "".join(f"{rule.code}  {rule.severity.value:<7}  {_marks(rule)}  {rule.name}\n" for rule in all_rules())
        )
        console.write_output("\n* has a safe fix, ! has an unsafe one, - is off unless it is selected\n")


def _marks(rule: Rule) -> str:
    return {"safe": "*", "unsafe": "!"}.get(rule.fixes, " ") + (" " if rule.default else "-")


def _explanation(rule: Rule) -> str:
    fixes = f", {rule.fixes} fix" if rule.fixes else ""
    off = "" if rule.default else ", off unless it is selected"
    return f"{rule.code} {rule.name} ({rule.severity.value}{fixes}{off})\n\n{rule.documentation}\n"


def _as_object(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "fix": rule.fixes or None,
        "default": rule.default,
        "summary": rule.summary,
        "documentation": rule.documentation,
    }
