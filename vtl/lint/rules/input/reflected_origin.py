"""The Origin header is sent back as Access-Control-Allow-Origin after a test that others can pass, or after none.

`contains` is true for `https://trusted.example.attacker.example` too. A page of the attacker may then read the answers.

    #if($origin.contains("trusted.example"))       compare whole origins: #if($allowed.contains($origin)) with a list,
                                                   or $origin == "https://trusted.example"

See: API Gateway developer guide, CORS; CWE-942.
"""

from __future__ import annotations

from collections.abc import Iterator

from vtl.diagnostics import Severity
from vtl.lint.abstract.exploration import Run
from vtl.lint.abstract.state import Write
from vtl.lint.abstract.unknown import Unknown
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.source import Span

_LOOSE = ("contains", "startsWith", "endsWith", "indexOf")


def check(subject: Subject) -> Iterator[Problem]:
    """The places that write such an origin into the response, each once."""
    seen: set[Span] = set()
    for run in subject.exploration.runs:
        for write in run.writes:
            problem = _problem(run, write)
            if problem is not None and write.span not in seen:
                seen.add(write.span)
                yield problem


def _problem(run: Run, write: Write) -> Problem | None:
    if write.key.rpartition(".")[2].lower() != "access-control-allow-origin":
        return None
    for unknown in _unknowns(run, write.value):
        if unknown.taint != "params" or "origin" not in unknown.key.lower():
            continue
        tests = [choice for choice in run.choices if unknown.key in choice.key and choice.taken == 0]
        loose = [choice for choice in tests if any(choice.key.startswith(f"{unknown.key}.{word}") for word in _LOOSE)]
        if tests and not loose:
            continue
        if any(choice not in loose for choice in tests):
            continue
        why = f"after `{loose[0].words.removesuffix(' is true')}`, which other origins pass too" if loose else "without any test"
        return Problem(
            f"the caller's origin is sent back as Access-Control-Allow-Origin {why}", write.span, "compare whole origins"
        )
    return None


def _unknowns(run: Run, value: object) -> list[Unknown]:
    if isinstance(value, Unknown):
        return [value]
    return [unknown for _, unknown in run.marks.within(value)] if isinstance(value, str) else []


RULE = Rule(code="U208", name="reflected-origin", severity=Severity.ERROR, check=check)
