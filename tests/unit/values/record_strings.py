"""Asks the Java engine what the methods of strings, characters and $util give, and writes the answers down for the tests.

python -m tests.unit.values.record_strings
"""

from __future__ import annotations

import datetime
import json
import os
import random
from collections.abc import Iterable
from pathlib import Path

from tests.differential.oracle import Oracle
from tests.unit.values.record import ENGINE, outcome
from tests.unit.values.regex_samples import chosen_samples, random_samples
from tests.unit.values.string_samples import Sample, character_samples, format_samples, string_samples, util_samples

HERE = Path(__file__).parent
_SHOWN = "$!r.class.name|#if($!r.class.name.startsWith('['))#foreach($i in $r)<$!i>#end#{else}$!r#end"
_KEPT = 2
# Java's compiler leaves out the message of these at times, and a test could not tell.
_BARE = ("!java.lang.IllegalArgumentException", "!java.lang.NullPointerException")


def request(sample: Sample, of_character: bool = False) -> str:
    """A question to the oracle: the class of the result and its text, that of an array element by element."""
    context: dict[str, object] = {"s": sample.receiver}
    setup = "#set($s = $s.charAt(0))" if of_character else ""
    names = []
    for index, argument in enumerate(sample.arguments):
        name = f"a{index}"
        names.append(f"${name}")
        if isinstance(argument, dict) and "char" in argument:
            context[name] = argument["char"]
            setup += f"#set(${name} = ${name}.charAt(0))"
        else:
            context[name] = argument
    receiver = "$util" if sample.receiver == "$util" else "$s"
    template = f"{setup}#set($r = {receiver}.{sample.method}({', '.join(names)})){_SHOWN}"
    gateway = {"gateway": {}, "profile": "plain"} if sample.receiver == "$util" else {}
    return json.dumps({"template": template, "context": context, **gateway})


def _answers(oracle: Oracle, samples: list[Sample], of_character: bool = False) -> list[str]:
    return [outcome(answer) for answer in oracle.ask([request(sample, of_character) for sample in samples])]


def _thinned(samples: list[Sample], texts: list[str]) -> Iterable[tuple[Sample, str]]:
    """A few calls of each method for each number of arguments, kind of outcome and receiver's script."""
    kept: dict[tuple[object, ...], int] = {}
    order = list(zip(samples, texts, strict=True))
    random.Random(8).shuffle(order)
    for sample, text in order:
        kind = text.split(":")[0] if text.startswith("!") else text.partition("|")[0]
        key = (sample.method, len(sample.arguments), kind, *(["ascii" if sample.receiver.isascii() else "other"]))
        if kept.setdefault(key, 0) < _KEPT:
            kept[key] += 1
            yield sample, text


def write(path: Path, rows: Iterable[tuple[Sample, str]]) -> None:
    """Write a data file with its provenance as the first line; what holds an address is left out."""
    header = {"engine": ENGINE, "date": datetime.date.today().isoformat(), "written_by": "tests/unit/values/record_strings.py"}
    lines = [json.dumps(header)]
    for sample, text in rows:
        if "@" not in text.replace("a@", "") and "wrong number" not in text and text not in _BARE:
            lines.append(json.dumps([*sample, text]))
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write all files. Java is told to keep the messages of exceptions that it throws often."""
    os.environ["JAVA_TOOL_OPTIONS"] = "-XX:-OmitStackTraceInFastThrow"
    with Oracle(milliseconds=60_000) as oracle:
        samples = list(string_samples())
        write(HERE / "data" / "strings.jsonl", _thinned(samples, _answers(oracle, samples)))
        samples = list(character_samples())
        write(HERE / "data" / "characters.jsonl", zip(samples, _answers(oracle, samples, True), strict=True))
        for name, samples in (
            ("regex", list(chosen_samples())),
            ("regex_random", list(random_samples(300, 9))),
            ("formats", list(format_samples(200))),
        ):
            write(HERE / "data" / f"{name}.jsonl", zip(samples, _answers(oracle, samples), strict=True))
        samples = list(util_samples(80))
        write(HERE.parent / "variables" / "data" / "util.jsonl", zip(samples, _answers(oracle, samples), strict=True))


if __name__ == "__main__":
    main()
