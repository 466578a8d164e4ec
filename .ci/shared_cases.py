"""Runs the checker of the shared cases on each of its files; fails when a file listed as complete misses a case.

    python .ci/shared_cases.py FOLDER

FOLDER holds check.py and the case files. What counts as complete stands in complete_cases.txt beside this program. Of a file of
which only a part is complete, that part is checked first, under the file's own name in a temporary folder; then every file of
the folder is run once and its score printed, whatever it is.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

COMPLETE = Path(__file__).with_name("complete_cases.txt")


def complete() -> tuple[dict[str, dict[str, str]], set[str]]:
    """Name of each complete file → the keys and values that its complete cases have (none: all cases); and the ids left out."""
    found: dict[str, dict[str, str]] = {}
    excepted: set[str] = set()
    for line in COMPLETE.read_text(encoding="utf-8").splitlines():
        if line.startswith("except "):
            excepted.add(line.split()[1])
        elif line.strip() and not line.startswith("#"):
            name, *pairs = line.split()
            found[name] = dict(pair.split("=", 1) for pair in pairs)
    return found, excepted


def part(source: Path, wanted: dict[str, str], excepted: set[str], folder: Path) -> Path:
    """A file of the same name in `folder` with those cases of `source` that have the wanted values and are not left out."""

    def is_meant(line: str) -> bool:
        case = json.loads(line)
        return case.get("id") not in excepted and all(case.get(key) == value for key, value in wanted.items())

    chosen = [line for line in source.read_text(encoding="utf-8").splitlines(keepends=True) if is_meant(line)]
    target = folder / source.name
    target.write_text("".join(chosen), encoding="utf-8")
    return target


def check(checker: Path, file: Path, *options: str) -> tuple[bool, str]:
    """Whether every case of the file passed, and what the checker printed."""
    command = [sys.executable, str(checker), str(file), *options]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return done.returncode == 0, done.stdout + done.stderr


def main(folder: Path) -> int:
    """Prints the score of each file; 1 if a complete one misses a case or is not there, else 0."""
    checker, status = folder / "check.py", 0
    required, excepted = complete()
    for file in sorted(folder.glob("*.jsonl")):
        wanted = required.pop(file.name, None)
        if wanted is not None:
            with tempfile.TemporaryDirectory() as temporary:
                passed, text = check(checker, part(file, wanted, excepted, Path(temporary)), "-v")
            print(text.rstrip(), "  [" + ", ".join(["complete", *(f"{key} {value}" for key, value in wanted.items())]) + "]")
            status |= not passed
        print(check(checker, file)[1].rstrip() or f"{file.name}: no expectations")
    for name in required:
        print(f"{name}: not there")
        status = 1
    print("shared cases: " + ("a complete file misses cases" if status else "every complete file is at 100 %"))
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
