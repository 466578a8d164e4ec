"""Generated paths over generated documents through this engine and through Jayway 2.9 and 2.4: no difference but the known ones.

VTL_JSONPATH_COUNT sets how many cases are compared with each version (default 25,000), VTL_DIFFERENTIAL_SEED the seed.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter

import pytest

from tests.differential.jsonpath.compare import difference
from tests.differential.jsonpath.generator import FUNCTIONS, OPERATORS, WORDS, case
from tests.differential.jsonpath.jayway import VERSIONS, ask, missing

pytestmark = pytest.mark.oracle
COUNT = int(os.environ.get("VTL_JSONPATH_COUNT", "25000"))
SEED = int(os.environ.get("VTL_DIFFERENTIAL_SEED", "20261125"))
PARTS = {
    "deep scan": r"\.\.",
    "wildcard": r"\*",
    "union of names": r"\['[^']*' ?,",
    "union of indexes": r"\[-?\d+ ?,",
    "slice": r"\[-?\d*:",
    "filter": r"\?\(",
    "nested filter": r"\?\(.*\?\(",
    "and": "&&",
    "or": r"\|\|",
    "not": r"!\(",
    "regular expression": "=~",
    "arguments": r"\w\([^)]",
    **{f"operator {sign}": f"[^=!<>]{re.escape(sign)}[^=~]" for sign in OPERATORS},
    **{f"operator {word}": rf" {word} " for word in WORDS},
    **{f"function {name}": rf"\.{name}\(" for name in FUNCTIONS},
}


@pytest.mark.parametrize("version", VERSIONS)
def test_jayway_agrees(version: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Zero differences; each part of the dialect occurs, and a good part of the paths finds something."""
    if reason := missing():
        print(f"SKIPPED: {reason}", file=sys.__stdout__)
        pytest.skip(reason)
    pairs = [case(SEED, number) for number in range(COUNT)]
    answers = ask(pairs, version)
    found = [difference(path, document, answer, version) for (path, document), answer in zip(pairs, answers, strict=True)]
    differences = [text for text in found if text]
    counts = Counter(part for path, _ in pairs for part, pattern in PARTS.items() if re.search(pattern, path))
    read = sum(answer["ok"] for answer in answers)
    with capsys.disabled():
        print(f"\n--- Jayway {version}: {len(pairs)} paths compared, {read} of them read")
        print(", ".join(f"{part} {count}" for part, count in counts.most_common()))
    assert not differences, "\n".join(differences[:20])
    assert set(counts) == set(PARTS), f"never generated: {set(PARTS) - set(counts)}"
    assert COUNT / 3 < read < COUNT * 2 / 3
