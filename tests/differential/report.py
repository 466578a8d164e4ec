"""Counts of a differential run: shares, node kinds, method x argument kind, white space."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.differential.cases import Case
from tests.differential.engine import Outcome
from tests.differential.oracle import Answer


@dataclass
class Report:
    """What a run has seen so far."""

    compared: int = 0
    rendered: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    unusable: int = 0
    bounded: int = 0
    deep: int = 0
    dialects: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)

    def add(self, case: Case, want: Answer, got: Outcome) -> None:
        """Counts one case; those of which an engine could say nothing are not compared."""
        if not want.usable:
            self.unusable += 1
            return
        if got.phase == "bound" and want.ok:
            self.bounded += 1
            return
        self.compared += 1
        self.dialects[case.dialect] += 1
        self.rendered += want.ok
        self.deep += case.depth >= 3
        self.marks.update(case.marks)
        if not want.ok:
            self.failed[want.phase] += 1

    def group(self, prefix: str) -> Counter[str]:
        """The counts of one sort of mark."""
        return Counter({mark.removeprefix(prefix): count for mark, count in self.marks.items() if mark.startswith(prefix)})

    def lines(self, *, full: bool = False) -> Iterable[str]:
        """The report as text."""
        total = max(self.compared, 1)
        failures = ", ".join(f"{phase} {count}" for phase, count in sorted(self.failed.items()))
        yield f"compared {self.compared} ({', '.join(f'{name} {count}' for name, count in sorted(self.dialects.items()))})"
        yield f"rendered {self.rendered} ({self.rendered / total:.1%}), failed {self.compared - self.rendered} ({failures})"
        yield f"nested three deep or more: {self.deep}"
        yield f"not counted: the oracle gave up on {self.unusable}, a bound of the test was met by {self.bounded}"
        yield from _table("node kinds", self.group("node:"), 99)
        yield from _table("operators", self.group("operator:"), 99)
        for title, prefix, shown in (
            ("method x argument kind, one argument", "cell:", 40),
            ("method x argument kinds, whole calls", "grid:", 40),
            ("kind of value x step", "step:", 40),
            ("white space before x directive x after", "space:", 40),
        ):
            yield from _table(title, self.group(prefix), 10**9 if full else shown)


def _table(title: str, counts: Counter[str], shown: int) -> Iterable[str]:
    yield f"{title}: {len(counts)} different, {sum(counts.values())} in all"
    row = ", ".join(f"{name} {count}" for name, count in counts.most_common(shown))
    yield f"  {row}{', ...' if len(counts) > shown else ''}"
