"""Asks the Java engine what methods and operators do, and writes the answers down for the tests.

    python -m tests.unit.values.record

Random choices are the same in every run. What holds an address or an order that Java shuffles is left out.
"""

from __future__ import annotations

import datetime
import json
import math
import os
import random
import re
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.differential.oracle import Answer, Oracle
from tests.unit.values.samples import CONTEXT, HOSTED, NAMES, is_hosted, request, values
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


def some_doubles() -> list[float]:
    """Doubles of all sizes, powers of two and of ten among them."""
    chance = random.Random(3)
    found = [2.0**power for power in range(-1074, 1024, 23)]
    found += [float(f"{digit}e{power}") for digit in (1, 2, 9.5) for power in range(-323, 308, 19)]
    found += [chance.uniform(0, 10.0 ** chance.randint(-6, 26)) for _ in range(150)]
    found += [struct.unpack("<d", struct.pack("<Q", chance.getrandbits(64)))[0] for _ in range(150)]
    return [value for value in found if math.isfinite(value)]


def property_cases() -> list[tuple[str, str]]:
    """Every value, asked for properties that some of them have."""
    properties = (
        "class",
        "empty",
        "size",
        "a",
        "b",
        "k",
        "bytes",
        "value",
        "key",
        "x",
        "first",
        "infinite",
        "naN",
        "Empty",
        "name",
    )
    plain = [name for name in NAMES if name not in HOSTED and name not in _BY_ADDRESS and name != "null"]
    return [(name, each) for name in plain for each in properties]


def index_cases() -> list[tuple[str, str, str]]:
    """Values indexed by values, read (the third is "") and written."""
    chance = random.Random(4)
    plain = [name for name in NAMES if name not in HOSTED and name != "null"]
    targets = [name for name in plain if name not in CONTEXT or name[0] in "lm"]
    keys = [*("i0", "i1", "minus", "sa", "sb", "byte", "short", "ca") * 4, *plain]
    found = [(chance.choice(targets), chance.choice(keys), chance.choice(("", "", "i1", "sa", "ca", "lint"))) for _ in range(900)]
    return list(dict.fromkeys(found))


def index_template(case: tuple[str, str, str]) -> str:
    """Prints the element and its class, or what the value has become."""
    target, index, value = case
    if value:
        return f"#set(${target}[${index}] = ${value})${target}"
    return f"#set($r = ${target}[${index}])$!r|$!r.class.name"


def write(name: str, rows: Iterable[object]) -> None:
    """Write a data file with its provenance as the first line."""
    header = {"engine": ENGINE, "date": datetime.date.today().isoformat(), "written_by": "tests/unit/values/record.py"}
    lines = [json.dumps(row) for row in (header, *rows)]
    (DATA / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _rows(cases: Sequence[Sequence[str]], answers: Sequence[Answer]) -> Iterable[list[str]]:
    """The cases with their outcomes, without those that differ from run to run."""
    texts = map(outcome, answers)
    return ([*case, text] for case, text in zip(cases, texts, strict=True) if _is_stable(text))


def _record_methods(oracle: Oracle) -> None:
    for name, receivers in _GROUPS.items():
        cases = method_cases(receivers)
        answers = oracle.ask([request(call_template(case), (case[0], *case[2])) for case in cases])
        rows = _chosen(cases, [outcome(answer) for answer in answers])
        write(f"methods_{name}", ([*case, text] for case, text in rows))


def _record_operators(oracle: Oracle) -> None:
    chance = random.Random(2)
    plain = [name for name in NAMES if name not in HOSTED]
    pairs = [(chance.choice(plain), chance.choice(plain)) for _ in range(1200)]
    numbers = [name for name in NAMES if isinstance(values()[name], (int, float)) or name.startswith("dec")]
    numeric = [(chance.choice(numbers), chance.choice(numbers)) for _ in range(700)]
    write("operators", _rows(pairs + numeric, oracle.ask([request(operator_template(pair), pair) for pair in pairs + numeric])))
    answers = oracle.ask([request(f"#set($r = ${left} % ${right})$!r|$!r.class.simpleName", ()) for left, right in numeric])
    write("modulo", ([*pair, _arithmetic(answer)] for pair, answer in zip(numeric, answers, strict=True)))


def _record_access(oracle: Oracle) -> None:
    properties = property_cases()
    asked = [request(f"#set($r = ${name}.{each})$!r|$!r.class.name", ()) for name, each in properties]
    write("properties", _rows(properties, oracle.ask(asked)))
    indexes = index_cases()
    write("indexes", _rows(indexes, oracle.ask([request(index_template(case), ()) for case in indexes])))


def _record_texts(oracle: Oracle) -> None:
    stable = [name for name in NAMES if name != "null" and name not in _BY_ADDRESS]
    answers = oracle.ask([request(f"${name}|$!{name}.hashCode()|$!{name}.class.name", [name]) for name in stable])
    write("texts", ([name, outcome(answer)] for name, answer in zip(stable, answers, strict=True)))
    doubles = some_doubles()
    template = json.dumps("$x|$x.floatValue()")
    asked = [f'{{"context": {{"x": {{"@java": "Double", "of": "{value!r}"}}}}, "template": {template}}}' for value in doubles]
    answers = oracle.ask(asked)
    write("doubles", ([value, *outcome(answer).split("|")] for value, answer in zip(doubles, answers, strict=True)))


def main() -> None:
    """Write all data files. Java is told to keep the messages of exceptions that it throws often."""
    os.environ["JAVA_TOOL_OPTIONS"] = "-XX:-OmitStackTraceInFastThrow"
    with Oracle(milliseconds=60_000) as oracle:
        _record_methods(oracle)
        _record_operators(oracle)
        _record_access(oracle)
        _record_texts(oracle)


if __name__ == "__main__":
    main()
