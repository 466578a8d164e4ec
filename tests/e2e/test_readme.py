"""What README.md shows in ```console blocks is what happens: `$` lines are run, the lines below are what a terminal shows.

A block runs in a fresh copy of the samples, from the folder that holds `samples`. `...` in an output stands for anything on that
line; `$ echo $?` shows the exit status of the command before it; `$ cd ...` counts for the commands below it. A line end that
an output lacks is not minded.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.e2e.commands import ROOT, shell, vtl_on_the_path

README = ROOT / "README.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str) -> list[tuple[int, str]]:
    """The console blocks of a Markdown text, each with the number of its first line."""
    return [(text.count("\n", 0, found.start(1)) + 1, found[1]) for found in _BLOCK.finditer(text)]


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a block, each with the output below it; a `\\` at the end of a line carries a command on."""
    found: list[tuple[str, str]] = []
    going_on = False
    for line in block.splitlines():
        if going_on:
            found[-1] = (f"{found[-1][0]}\n{line.removeprefix('> ')}", "")
        elif line.startswith("$ "):
            found.append((line[2:], ""))
        elif not found:
            raise ValueError(f"a console block starts with output: {line!r}")
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
        going_on = (going_on or line.startswith("$ ")) and line.endswith("\\")
    return found


def as_pattern(expected: str) -> re.Pattern[str]:
    """The expected output as a pattern, in which `...` stands for anything on its line."""
    return re.compile(".*".join(map(re.escape, expected.rstrip("\n").split("..."))))


_BLOCKS = blocks(README.read_text(encoding="utf-8"))


@pytest.mark.parametrize("block", [block for _, block in _BLOCKS], ids=[f"line-{line}" for line, _ in _BLOCKS])
def test_a_block_of_the_readme_is_what_happens(block: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    environment = vtl_on_the_path(tmp_path / "bin")
    status, folder = 0, tmp_path
    for command, expected in commands(block):
        if command == "echo $?":
            shown = f"{status}\n"
        elif command.startswith("cd ") and "&&" not in command:
            shown, folder = "", folder / command[3:]
        else:
            done = shell(command, folder, environment, merged=True)
            shown, status = done.stdout.decode().replace("\r\n", "\n"), done.returncode
        assert as_pattern(expected).fullmatch(shown.rstrip("\n")), f"$ {command}\n{shown}"


def test_the_readme_shows_the_samples_and_errors() -> None:
    shown = "".join(block for _, block in _BLOCKS)
    for name in ("samples/quickstart", "samples/rest-json", "error:", "warning[", "--strict", "--format json"):
        assert name in shown


def test_blocks_are_read_as_described() -> None:
    text = "x\n```console\n$ a \\\n>   b\nout\n$ c\n```\n```sh\n$ no\n```\n"
    assert blocks(text) == [(3, "$ a \\\n>   b\nout\n$ c\n")]
    assert commands(blocks(text)[0][1]) == [("a \\\n  b", "out\n"), ("c", "")]
    assert as_pattern("took ... ms (x)\n").fullmatch("took 1.5 ms (x)")
    assert not as_pattern("took ... ms").fullmatch("took\n1 ms")
