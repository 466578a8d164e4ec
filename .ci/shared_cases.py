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


def complete() -> dict[str, dict[str, str]]:
    """Name of each file that is complete → the keys and values that its complete cases have (none: all cases)."""
    found: dict[str, dict[str, str]] = {}
    for line in COMPLETE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, *pairs = line.split()
            found[name] = dict(pair.split("=", 1) for pair in pairs)
    return found


def part(source: Path, wanted: dict[str, str], folder: Path) -> Path:
    """A file of the same name in `folder` with those cases of `source` that have the wanted values."""
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    chosen = [line for line in lines if all(json.loads(line).get(key) == value for key, value in wanted.items())]
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
    checker, required, status = folder / "check.py", complete(), 0
    for file in sorted(folder.glob("*.jsonl")):
        wanted = required.pop(file.name, None)
        whole = not wanted
        if wanted:
            with tempfile.TemporaryDirectory() as temporary:
                passed, text = check(checker, part(file, wanted, Path(temporary)), "-v")
            print(text.rstrip(), "  [" + ", ".join(f"{key} {value}" for key, value in wanted.items()) + "]")
            status |= not passed
        passed, text = check(checker, file, *(["-v"] if wanted is not None and whole else []))
        print(text.rstrip() or f"{file.name}: no expectations")
        status |= wanted is not None and whole and not passed
    for name in required:
        print(f"{name}: not there")
        status = 1
    print("shared cases: " + ("a complete file misses cases" if status else "every complete file is at 100 %"))
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
