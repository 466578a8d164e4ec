"""Asks the Java engine what methods and operators do, and writes the answers down for the tests.

    python -m tests.unit.values.record

Random choices are the same in every run. What holds an address or an order that Java shuffles is left out.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.differential.oracle import Answer, Oracle
from tests.unit.values.samples import HOSTED, NAMES, is_hosted, request, values
from vtl.values.kinds import java_class
from vtl.values.methods import names, overloads

DATA = Path(__file__).parent / "data"
ENGINE = "Apache Velocity 1.7 (Debian package velocity 1.7-6), json-smart 2.2, OpenJDK 17"
_ADDRESS = re.compile(r"@[0-9a-f]+")
_THROWN = re.compile(r"threw exception (.*?) at template\[", re.S)
_GROUPS = {
    "lists": ("lint", "lstr", "lmix", "lnone", "json", "sub", "fixed", "fixed2"),
    "arrays": ("array", "strings", "chars", "bytes"),
    "maps": ("map", "mapnone", "mapnull", "mixed", "map1", "tree"),
    "views": ("keys", "vals", "entries", "entry", "set1", "entry1", "treekeys", "treeentry", "it", "twoway"),
    "integers": ("i3", "minus", "imax", "lbig", "lmin", "long", "short", "byte"),
    "floats": ("d15", "dneg", "dhuge", "dsmall", "nan", "inf", "negzero", "float", "t", "f"),
    "big_integers": ("b70", "bneg", "b9", "b0", "bm3"),
    "big_decimals": ("dec", "dec1", "dec0", "decneg", "decexp", "decsmall"),
}
_LEFT_OUT = frozenset(["getClass", "wait", "notify", "notifyAll"])
_BY_ADDRESS = frozenset(["array", "strings", "chars", "bytes", "vals", "it", "twoway"])
_ASKED, _KEPT = 40, 2
Case = tuple[str, str, tuple[str, ...]]


def outcome(answer: Answer) -> str:
    """The output, or `!` and what Java threw."""
    if answer.ok:
        return answer.output
    thrown = _THROWN.search(answer.error)
    return "!" + (thrown.group(1) if thrown else answer.error)


def _arithmetic(answer: Answer) -> str:
    """The same for operators, which throw without a method around them."""
    return answer.output if answer.ok else "!" + answer.error.partition(" [cause")[0]


def call_template(case: Case) -> str:
    """Prints the result, its class and what the receiver has become."""
    receiver, method, arguments = case
    listed = ",".join(f"${argument}" for argument in arguments)
    return f"#set($r = ${receiver}.{method}({listed}))$!r|$!r.class.name|${receiver}"


def method_cases(receivers: Iterable[str]) -> list[Case]:
    """Calls of every method of the receivers, with arguments drawn at random, some of them too many."""
    chance = random.Random(1)
    found: dict[Case, None] = {}
    for receiver in receivers:
        value = values()[receiver]
        for method in sorted(names(value) - _LEFT_OUT - ({"hashCode"} if receiver in _BY_ADDRESS else set())):
            group = overloads(java_class(value), method) or overloads("org.apache.velocity.util.ArrayListWrapper", method)
            assert group is not None
            counts = sorted({len(each.parameters) for each in group.methods if len(each.parameters) < 5})
            for count in counts:
                for _ in range(_ASKED if count else 1):
                    found[receiver, method, tuple(chance.choices(NAMES, k=count))] = None
            found[receiver, method, ("i1",)] = None
    return [case for case in found if not (is_hosted((case[0], *case[2])) and "null" in case[2])]


def _is_stable(text: str) -> bool:
    return not _ADDRESS.search(text) and "ImmutableCollections$" not in text and "wrong number" not in text


def _chosen(cases: Sequence[Case], answers: Sequence[str]) -> list[tuple[Case, str]]:
    """A few of each kind of outcome for each method: resolved, unresolved, and each class of exception."""
    kept: dict[tuple[str, str, str], int] = {}
    chosen = []
    for case, text in zip(cases, answers, strict=True):
        kind = text.split(":")[0] if text.startswith("!") else "unresolved" if text.startswith("||") else "resolved"
        count = kept.setdefault((case[0], case[1], kind), 0)
        if count < _KEPT and _is_stable(text) and text != "!java.lang.IllegalArgumentException":
            kept[case[0], case[1], kind] = count + 1
            chosen.append((case, text))
    return chosen


def operator_template(case: tuple[str, str]) -> str:
    """Prints four results of arithmetic with their classes, and the five comparisons."""
    left, right = case
    sums = "".join(
        f"#set($r{index} = ${left} {sign} ${right})$!r{index}:$!r{index}.class.simpleName;" for index, sign in enumerate("+-*/")
    )
    compared = "".join(f"#if(${left} {sign} ${right})T#{{else}}F#end" for sign in ("==", "<", ">", "<=", ">="))
    return sums + compared


def write(name: str, rows: Iterable[object]) -> None:
    """Write a data file with its provenance as the first line."""
    header = {"engine": ENGINE, "date": datetime.date.today().isoformat(), "written_by": "tests/unit/values/record.py"}
    lines = [json.dumps(row) for row in (header, *rows)]
    (DATA / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write all data files. Java is told to keep the messages of exceptions that it throws often."""
    os.environ["JAVA_TOOL_OPTIONS"] = "-XX:-OmitStackTraceInFastThrow"
    with Oracle(milliseconds=60_000) as oracle:
        for name, receivers in _GROUPS.items():
            cases = method_cases(receivers)
            answers = oracle.ask([request(call_template(case), (case[0], *case[2])) for case in cases])
            rows = _chosen(cases, [outcome(answer) for answer in answers])
            write(f"methods_{name}", ([*case, text] for case, text in rows))
        chance = random.Random(2)
        plain = [name for name in NAMES if name not in HOSTED]
        pairs = [(chance.choice(plain), chance.choice(plain)) for _ in range(1200)]
        numbers = [name for name in NAMES if isinstance(values()[name], (int, float)) or name.startswith("dec")]
        pairs += [(chance.choice(numbers), chance.choice(numbers)) for _ in range(700)]
        answers = oracle.ask([request(operator_template(pair), pair) for pair in pairs])
        texts = [outcome(answer) for answer in answers]
        write("operators", ([*pair, text] for pair, text in zip(pairs, texts, strict=True) if _is_stable(text)))
        answers = oracle.ask(
            [request(f"#set($r = ${left} % ${right})$!r|$!r.class.simpleName", ()) for left, right in pairs[1200:]]
        )
        write("modulo", ([*pair, _arithmetic(answer)] for pair, answer in zip(pairs[1200:], answers, strict=True)))
        stable = [name for name in NAMES if name != "null" and name not in _BY_ADDRESS]
        answers = oracle.ask([request(f"${name}|$!{name}.hashCode()|$!{name}.class.name", [name]) for name in stable])
        write("texts", ([name, outcome(answer)] for name, answer in zip(stable, answers, strict=True)))


if __name__ == "__main__":
    main()
