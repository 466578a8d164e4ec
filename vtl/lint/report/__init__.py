"""Reports: the same findings for people, for tools and for the services that show them beside the code.

`report(name, findings)` is the text of one. Each module has `render(findings, colour)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from vtl.lint.finding import Finding

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit")
_MODULES = {"json": "json_report"}


def report(name: str, findings: Sequence[Finding], *, colour: bool = False) -> str:
    """The findings in one of `FORMATS`, with a final line end unless it is empty."""
    module = import_module(f"vtl.lint.report.{_MODULES.get(name, name)}")
    text: str = module.render(findings, colour)
    return text if text.endswith("\n") or not text else f"{text}\n"
