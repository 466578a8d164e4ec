"""Asks the Java engine for the outputs of the corpus again, and writes them with their provenance.

    python -m tests.corpus.regenerate            every file
    python -m tests.corpus.regenerate --check    only say which files would change; exit status 1 if any would

A case with a `source` of its own keeps its output: Debian's Jayway is 2.0.0, and where the later dialect answers otherwise, or
AWS was recorded to do so, the engine is not asked.
"""

from __future__ import annotations

import argparse
import datetime
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from tests.corpus.files import PROVENANCE, CorpusCase, case_files, read_case, write_case
from tests.differential.oracle import Answer, Oracle

PACKAGES = ("velocity", "libjsonpath-java", "libjson-smart-java", "openjdk-17-jre-headless")
_EMPTY = {"requestOverride": {"path": {}, "header": {}, "querystring": {}}, "responseOverride": {"header": {}}}


def ask(cases: Sequence[CorpusCase]) -> list[CorpusCase]:
    """The cases with the outputs of the Java engine; those with a source of their own as they are."""
    asked = [case for case in cases if "source" not in case.header]
    with Oracle() as oracle:
        answers = oracle.ask([case.request for case in asked])
    fresh = {case.name: _answered(case, answer) for case, answer in zip(asked, answers, strict=True)}
    return [fresh.get(case.name, case) for case in cases]


def _answered(case: CorpusCase, answer: Answer) -> CorpusCase:
    if not answer.usable:
        raise SystemExit(f"{case.name}: the engine gave up: {answer.error}")
    error = "" if answer.ok else "parse" if answer.phase == "parse" else "render"
    return case.answered(output=answer.output, error=error, overrides=_written(answer.overrides))


def _written(overrides: object) -> Mapping[str, Any]:
    """The overrides of which a template wrote something."""
    if not isinstance(overrides, dict):
        return {}
    return {name: value for name, value in overrides.items() if value != _EMPTY.get(name)}


def provenance(cases: Sequence[CorpusCase], engine: str, date: str) -> str:
    """The provenance file: where the outputs come from, and the digest of each file."""
    lines = [
        "# Where the outputs of the corpus come from. Written by tests/corpus/regenerate.py; the digests are of whole files.",
        "# A case that names a source in its header has its output from there, all others have it from the engine.",
        "",
        "[engine]",
        f'packages = "{engine}"',
        f"date = {date}",
        'verified_by = "tests/corpus/regenerate.py --check"',
        "",
        "[files]",
        *(f'"{case.name}" = "{case.digest()}"' for case in cases),
    ]
    return "\n".join(lines) + "\n"


def _versions() -> str:
    query = ["dpkg-query", "-W", "-f", "${Package} ${Version}, ", *PACKAGES]
    found = subprocess.run(query, capture_output=True, text=True, check=False).stdout.strip(", ")
    return found or "unknown"


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    cases = [read_case(path) for path in case_files()]
    fresh = ask(cases)
    changed = [after.name for before, after in zip(cases, fresh, strict=True) if before != after]
    for name in changed:
        print(name)
    if options.check:
        return 1 if changed else 0
    for case in fresh:
        write_case(case)
    date = datetime.datetime.now(datetime.UTC).date().isoformat()
    PROVENANCE.write_text(provenance(fresh, _versions(), date), encoding="utf-8")
    print(f"{len(fresh)} files, {len(changed)} changed", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
