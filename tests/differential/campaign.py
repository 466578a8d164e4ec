"""A run of the differential test: cases made, compared and counted in batches, differences collected."""

from __future__ import annotations

import itertools
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.differential import engine
from tests.differential.cases import Case
from tests.differential.compare import Difference, Runner, difference
from tests.differential.generator import generate
from tests.differential.oracle import Answer, Oracle
from tests.differential.report import Report

BATCH = 1000
SPARE = 50
"""Cases asked for in place of those of which the oracle could say nothing."""
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
) -> Campaign:
    """Compares cases until `count` of one dialect were compared; ends early when `enough` differences were found."""
    result = Campaign()
    numbers = itertools.count()
    with ThreadPoolExecutor(1) as ahead:  # Java answers the next batch while Python renders this one

        def ask(size: int) -> tuple[list[Case], Future[list[Answer]]]:
            cases = [generate(seed, number, dialect) for number in itertools.islice(numbers, size)]
            return cases, ahead.submit(oracle.ask, [case.request() for case in cases])

        batch = ask(min(BATCH, count))
        while result.report.compared < count and len(result.found) < enough:
            cases, answers = batch[0], batch[1].result()
            batch = ask(min(BATCH, max(0, count - result.report.compared - len(cases)) or SPARE))
            for case, want in zip(cases, answers, strict=True):
                got = run(case)
                result.report.add(case, want, got)
                if difference(want, got, case):
                    result.found.append(Difference(case, want, got))
        batch[1].result()
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
