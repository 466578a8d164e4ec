"""A run of the differential test: cases made, compared and counted in batches, differences collected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.differential import engine
from tests.differential.compare import Difference, Runner, compare, difference
from tests.differential.generator import generate
from tests.differential.oracle import Oracle
from tests.differential.report import Report

BATCH = 1000
DIALECTS = ("velocity", "apigateway")


@dataclass
class Campaign:
    """What a run found."""

    report: Report = field(default_factory=Report)
    found: list[Difference] = field(default_factory=list)


def campaign(
    oracle: Oracle,
    *,
    count: int,
    seed: int,
    dialect: str,
    run: Runner = engine.run,
    enough: int = 1000,
    progress: Callable[[Report], None] = lambda report: None,
) -> Campaign:
    """Compares cases until `count` of one dialect were compared; ends early when `enough` differences were found."""
    result = Campaign()
    number = 0
    while result.report.compared < count and len(result.found) < enough:
        size = min(BATCH, count - result.report.compared)
        cases = [generate(seed, number + offset, dialect) for offset in range(size)]
        number += size
        for case, (want, got) in zip(cases, compare(oracle, cases, run), strict=True):
            result.report.add(case, want, got)
            if difference(want, got, case):
                result.found.append(Difference(case, want, got))
        progress(result.report)
    return result


def describe(found: Difference) -> str:
    """A difference in a few lines."""
    case, want, got = found.case, found.want, found.got
    lines = [f"{found.kind} ({case.dialect})", f"  template {case.template!r}"]
    used = {name: value for name, value in case.context.items() if name in case.template}
    lines.append(f"  context  {used!r}")
    if case.gateway is not None and any(name in case.template for name in ("input", "util", "context", "stageVariables")):
        lines.append(f"  gateway  {case.gateway!r}")
    if found.kind == "overrides":
        lines += [f"  want     {want.overrides!r}", f"  got      {got.overrides!r}"]
    else:
        lines.append(f"  want     {want.output!r}" if want.ok else f"  want     fails in {want.phase}: {want.error[:160]}")
        lines.append(f"  got      {got.output!r}" if got.ok else f"  got      fails in {got.phase}: {got.error[:160]}")
    return "\n".join(lines)
