"""Both engines on many cases, and where they part."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.differential import engine
from tests.differential.cases import Case
from tests.differential.engine import Outcome
from tests.differential.oracle import Answer, Oracle

Runner = Callable[[Case], Outcome]
_IDENTITY = re.compile(r"((?:[a-z]\w*\.)+[A-Z][\w$]*;?|\[+[BCDFIJSZ]|(?:Oracle\$)?(?:Util|Input))@[0-9a-f]+")
"""Object.toString() of what has no toString() of its own: the hash differs from run to run."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A case where the engines part."""

    case: Case
    want: Answer
    got: Outcome

    @property
    def kind(self) -> str:
        """In what they differ: "ok", "output", "overrides", "phase" or "crash"."""
        return difference(self.want, self.got, self.case)


def unidentified(text: str) -> str:
    """The text without identity hashes."""
    return _IDENTITY.sub(r"\1@", text).replace("Oracle$", "") if "@" in text else text


def difference(want: Answer, got: Outcome, case: Case) -> str:
    """ "" when both say the same, or when one of them says nothing."""
    if not want.usable or (got.phase == "bound" and want.ok):
        return ""
    if got.phase == "crash":
        return "crash"
    if want.ok != got.ok:
        return "ok"
    if not want.ok:
        early = want.phase == "parse" and got.phase == "render"
        late = want.phase == "render" and got.phase == "parse" and "evaluate" not in case.template
        return "phase" if early or late else ""
    if want.output != got.output and unidentified(want.output) != unidentified(got.output):
        return "output"
    return "overrides" if want.overrides is not None and not _same(want.overrides, got.overrides) else ""


def _same(want: object, got: object) -> bool:
    """Whether values agree in any order of keys; a Java array, of which the oracle has but a name, is a list here."""
    if isinstance(want, dict):
        return isinstance(got, dict) and want.keys() == got.keys() and all(_same(want[name], got[name]) for name in want)
    if isinstance(want, list):
        return isinstance(got, list) and len(want) == len(got) and all(map(_same, want, got))
    if isinstance(want, str) and isinstance(got, list):
        return want.startswith("[") and unidentified(want) != want
    if isinstance(want, float) and isinstance(got, float):  # a Float has fewer digits on the Java side
        return struct.pack("f", want) == struct.pack("f", got) if abs(want) < 3e38 else want == got
    return unidentified(repr(want)) == unidentified(repr(got))


def compare(oracle: Oracle, cases: Sequence[Case], run: Runner = engine.run) -> list[tuple[Answer, Outcome]]:
    """What both say to each case."""
    answers = oracle.ask([case.request() for case in cases])
    return [(answer, run(case)) for case, answer in zip(cases, answers, strict=True)]


def differences(oracle: Oracle, cases: Sequence[Case], run: Runner = engine.run) -> list[Difference]:
    """The cases where they part."""
    found = zip(cases, compare(oracle, cases, run), strict=True)
    return [Difference(case, want, got) for case, (want, got) in found if difference(want, got, case)]
