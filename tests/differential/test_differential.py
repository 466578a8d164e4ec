"""Generated templates through both engines: no difference in output, overrides, or in whether and when a template fails.

VTL_DIFFERENTIAL_COUNT sets how many cases of each dialect are compared (default 50,000), VTL_DIFFERENTIAL_SEED the seed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from tests.differential.campaign import DIALECTS, Campaign, campaign, describe
from tests.differential.oracle import Oracle, missing
from tests.differential.shrink import shrink

pytestmark = pytest.mark.oracle
COUNT = int(os.environ.get("VTL_DIFFERENTIAL_COUNT", "50000"))
SEED = int(os.environ.get("VTL_DIFFERENTIAL_SEED", "20261125"))


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    """The Java engine, or a skip that says what is missing."""
    reason = missing()
    if reason:
        print(f"SKIPPED: {reason}", file=sys.__stdout__)
        pytest.skip(reason)
    with Oracle() as running:
        yield running


def test_engines_agree(oracle: Oracle, capsys: pytest.CaptureFixture[str]) -> None:
    """Zero differences, and the generator reaches what it is meant to reach."""
    results = {dialect: campaign(oracle, count=COUNT, seed=SEED, dialect=dialect, enough=30) for dialect in DIALECTS}
    with capsys.disabled():
        for dialect, result in results.items():
            print(f"\n--- {dialect}")
            print("\n".join(result.report.lines()))
    found = [describe(shrink(oracle, item)) for result in results.values() for item in result.found[:10]]
    assert not found, "the engines part:\n" + "\n".join(dict.fromkeys(found))
    for dialect, result in results.items():
        _check_reach(dialect, result)
    with capsys.disabled():
        print(f"\ndifferential: {sum(result.report.compared for result in results.values())} compared")


def _check_reach(dialect: str, result: Campaign) -> None:
    """At least 60 % render, 10 % fail, a tenth nests three deep; every directive, literal and operator occurs."""
    report = result.report
    assert report.compared >= COUNT
    assert report.rendered >= 0.6 * report.compared
    assert sum(report.failed.values()) >= 0.1 * report.compared
    assert report.deep >= 0.1 * report.compared
    assert report.bounded + report.unusable <= 0.01 * report.compared
    if COUNT >= 2000:
        assert len(report.group("node:")) >= 28, (dialect, sorted(report.group("node:")))
        assert {"+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "and", "or", "eq", "&&", "||"} <= set(
            report.group("operator:")
        )
