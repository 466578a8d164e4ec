"""What `vtl render` tells besides the output: overrides, missing references, cut loops, and all of it as one JSON object."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from vtl.cli.checks import Origins, explain
from vtl.cli.missing import Silence
from vtl.cli.rendering import Outcome
from vtl.diagnostics import Diagnostic, Severity
from vtl.source import Place
from vtl.values import to_text

_SIMPLE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def override_lines(overrides: Mapping[str, Any]) -> Iterator[str]:
    """One line for each value that a template wrote into an override: `requestOverride.header.X-Id = "7"`."""
    for path, value in _leaves(overrides, ""):
        yield f"{path} = {_json(value)}"


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    if not isinstance(value, Mapping):
        yield path, value
        return
    for name, item in value.items():
        dot = "." if path else ""
        step = f"{dot}{name}" if _SIMPLE_NAME.fullmatch(str(name)) else f"['{name}']"
        yield from _leaves(item, path + step)


def missing_references(outcome: Outcome, severity: Severity, *, quiet: bool) -> list[Diagnostic]:
    """Each reference that printed nothing, in the template's order; with `quiet`, those written `$!` too."""
    return [
        Diagnostic(_silence_text(missing), outcome.source, missing.span, severity, code="missing")
        for missing in outcome.missing
        if quiet or not missing.quiet
    ]


def _silence_text(missing: Silence) -> str:
    often = f" ({missing.times} times)" if missing.times > 1 else ""
    return f"{missing.text} has no value{often}: {missing.reason}"


def cut_loops(outcome: Outcome) -> list[Diagnostic]:
    """A warning for each loop that ended before its last element."""
    message = "this loop was cut at 1,000 rounds, as API Gateway does"
    return [
        Diagnostic(message, outcome.source, span, Severity.WARNING, code="loop-cut")
        for span in sorted(set(outcome.trace.truncated_loops))
    ]


def failed_check(outcome: Outcome, severity: Severity) -> list[Diagnostic]:
    """The check's finding, if it found something."""
    if outcome.finding is None:
        return []
    silent = {missing.span for missing in outcome.missing}
    return [explain(outcome.finding, outcome.output, outcome.source, Origins(outcome.trace.pieces, silent), severity)]


def as_object(
    outcome: Outcome, warnings: list[Diagnostic], result: str, place: Callable[[int], Place] | None = None
) -> dict[str, Any]:
    """The whole outcome, ready for JSON; `place` finds a character of the template in its file, if it is not all of it."""
    return {
        "result": result,
        "overrides": dict(outcome.overrides),
        "missing": [
            {
                "reference": missing.text,
                "reason": missing.reason,
                "quiet": missing.quiet,
                "times": missing.times,
                **_place(outcome, missing, place or outcome.source.place),
            }
            for missing in outcome.missing
        ],
        "warnings": [
            {"code": item.code, "message": item.message, "file": item.file, "line": item.line, "column": item.column}
            for item in warnings
        ],
        "timing": {"compile_ms": outcome.timing.compile, "render_ms": outcome.timing.render},
    }


def _place(outcome: Outcome, missing: Silence, place: Callable[[int], Place]) -> dict[str, object]:
    line, column = place(missing.span.start)
    return {"file": outcome.source.name, "line": line, "column": column}


def object_text(value: Mapping[str, Any], *, pretty: bool) -> str:
    """The object as JSON on one line, or indented; half a surrogate pair is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, default=to_text, indent=2 if pretty else None)
    return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=to_text)


def prettied(output: str) -> str:
    """The output indented, with a line end after it, when it is JSON or XML; anything else stays as it is."""
    from vtl.cli.json_text import indent_json, json_fault

    start = output.lstrip()[:1]
    if start == "<":
        from vtl.transforms.safe import indent_xml

        try:
            return indent_xml(output) + "\n"
        except ValueError:
            return output
    return output if json_fault(output) else indent_json(output) + "\n"
