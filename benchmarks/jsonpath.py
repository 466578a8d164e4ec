"""`python -m benchmarks.jsonpath`: reading paths, beside jsonpath-ng's own `find()` on a parsed path, in one run.

Both get the same document, each path is compiled beforehand, and the values found are compared. Rounds are interleaved; a figure
is the median of the rounds. `--seconds` is the time for one measurement of one engine.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jsonpath_ng import parse as parse_plain
from jsonpath_ng.ext import parse as parse_extended

from vtl.jsonpath import loads
from vtl.jsonpath.paths import compile_path


@dataclass(frozen=True)
class Work:
    """One path over one document: ours and jsonpath-ng's way to write it, and the ratio that must be reached."""

    name: str
    path: str
    theirs: Any
    document: Any
    at_least: float


def _order(number: int) -> dict[str, Any]:
    return {"id": number, "title": f"item {number}", "price": number % 20 + 0.5, "tags": ["a", "b"], "x": {"y": number}}


def _tree(depth: int, width: int) -> Any:
    """A tree with `x` in every object; more than 1 MB as JSON for depth 5 and width 8."""
    if not depth:
        return {"x": 1, "name": "leaf", "on": True}
    return {"x": depth, "list": [_tree(depth - 1, width) for _ in range(width)], "rest": {"a": "text", "b": None}}


def works() -> list[Work]:
    """The everyday definite path, a deep scan over 1 MB, a filter over 1,000 items."""
    small = loads(json.dumps({"a": {"b": [{"c": "found"}, *map(_order, range(60))]}}))
    large = loads(json.dumps(_tree(5, 8)))
    items = loads(json.dumps({"items": [_order(number) for number in range(1_000)]}))
    return [
        Work("definite path", "$.a.b[0].c", parse_plain("$.a.b[0].c"), small, 10),
        Work(f"deep scan, {len(json.dumps(large)) / 1e6:.1f} MB", "$..x", parse_plain("$..x"), large, 3),
        Work("filter, 1,000 items", "$.items[?(@.price<10)].title", parse_extended("$.items[?(@.price<10)].title"), items, 3),
        Work("filter, text", "$.items[?(@.title=='item 7')].id", parse_extended("$.items[?(@.title=='item 7')].id"), items, 3),
        Work("wildcard, 1,000 items", "$.items[*].x.y", parse_plain("$.items[*].x.y"), items, 3),
    ]


def measure(call: Callable[[], object], seconds: float) -> float:
    """The median time of one call, in milliseconds."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    repeat = 1
    while not times or time.perf_counter() < end:
        start = time.perf_counter()
        for _ in range(repeat):
            call()
        passed = time.perf_counter() - start
        if passed < 0.001:
            repeat *= 4
            continue
        times.append(passed / repeat * 1e3)
    return statistics.median(times)


def main() -> int:
    """Prints the table; 1 when values differ or a ratio is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=0.5)
    options = parser.parse_args()
    missed = 0
    print(f"{'work':24} {'ours, ms':>10} {'jsonpath-ng, ms':>16} {'times as fast':>14}  asked for  values")
    for work in works():
        ours = compile_path(work.path)
        found = ours.read(work.document)
        equal = [each.value for each in work.theirs.find(work.document)] == ([found] if ours.definite else list(found))
        figures: tuple[list[float], list[float]] = ([], [])
        for _ in range(options.rounds):
            figures[0].append(measure(lambda path=ours, work=work: path.read(work.document), options.seconds))  # type: ignore[misc]
            figures[1].append(measure(lambda work=work: work.theirs.find(work.document), options.seconds))  # type: ignore[misc]
        mine, theirs = (statistics.median(times) for times in figures)
        missed += not equal or theirs / mine < work.at_least
        ratio = f"{theirs / mine:14.1f}  {work.at_least:9g}"
        print(f"{work.name:24} {mine:10.4f} {theirs:16.4f} {ratio}  {'equal' if equal else 'DIFFER'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
