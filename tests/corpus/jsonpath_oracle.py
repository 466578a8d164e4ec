"""Asks Jayway for the answers of the corpus of paths again, and writes them with their provenance.

    python -m tests.corpus.jsonpath_oracle            every file
    python -m tests.corpus.jsonpath_oracle --check    only say which files would change; exit status 1 if any would

tests/differential/jsonpath/setup.sh fetches Jayway.

A new case needs no answers: {"path": ..., "document": ...}. The answers are those of Jayway's first read with a path that was
compiled for it; what a second one says, where it differs, is no part of the corpus.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from pathlib import Path
from typing import Any

from tests.corpus.jsonpath_files import PROVENANCE, VERSIONS, chapter_text, digest, path_files
from tests.differential.jsonpath.jayway import ask

ENGINES = {"2.9": "json-path 2.9.0", "2.4": "json-path 2.4.0"}


def fresh_text(file: Path) -> str:
    """The text that the file should have."""
    chapter = json.loads(file.read_text(encoding="utf-8"))
    documents = chapter["documents"]
    names = list(documents)
    whole = ask([("$", documents[name]) for name in names], "2.9")
    unread = {name: answer.get("value") for name, answer in zip(names, whole, strict=True)}
    cases: list[dict[str, Any]] = [{"path": case["path"], "document": case["document"]} for case in chapter["cases"]]
    for version in VERSIONS:
        answers = ask([(case["path"], documents[case["document"]]) for case in cases], version)
        for case, answer in zip(cases, answers, strict=True):
            kept = _kept(answer, unread[case["document"]])
            if kept != case.get("2.9"):
                case[version] = kept
    return chapter_text(chapter["about"], documents, cases)


def _kept(answer: dict[str, Any], unread: object) -> dict[str, Any]:
    """What the corpus keeps of an answer; `unread` is the document before the read."""
    if not answer["ok"]:
        return {name: answer[name] for name in ("error", "definite") if answer[name] is not None}
    changed = answer["after"] != unread
    names = ("definite", "value", "text", "json", "after") if changed else ("definite", "value", "text", "json")
    return {name: answer[name] for name in names if name in answer}


def provenance(texts: dict[str, str], date: str) -> str:
    """The provenance file: where the answers come from, and the digest of each file."""
    lines = [
        "# Where the answers of the corpus of paths come from. Written by tests/corpus/jsonpath_oracle.py.",
        "",
        "[engines]",
        *(f'"{version}" = "{engine}"' for version, engine in ENGINES.items()),
        'provider = "JsonSmartJsonProvider"',
        f"date = {date}",
        'verified_by = "tests/corpus/jsonpath_oracle.py --check"',
        "",
        "[files]",
        *(f'"{name}" = "{digest(text)}"' for name, text in texts.items()),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    files = path_files()
    texts = {file.name: fresh_text(file) for file in files}
    changed = [file for file in files if file.read_text(encoding="utf-8") != texts[file.name]]
    for file in changed:
        print(file.name)
    if options.check:
        return 1 if changed else 0
    for file in changed:
        file.write_text(texts[file.name], encoding="utf-8")
    date = datetime.datetime.now(datetime.UTC).date().isoformat()
    PROVENANCE.write_text(provenance(texts, date), encoding="utf-8")
    print(f"{len(files)} files, {len(changed)} changed", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
