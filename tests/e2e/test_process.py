"""The command as a process: streams, pipes, colours, and the ways of starting it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.commands import ROOT, shell, vtl, vtl_on_the_path

FAILING = "#set($x = "


def test_output_and_errors_go_to_their_streams(tmp_path: Path) -> None:
    (tmp_path / "t.vtl").write_bytes(b"\xc3\xa9 $input.body\r\n")
    done = vtl("render", "t.vtl", "--body", "-", folder=tmp_path, stdin=b"\xc3\xbc", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"\xc3\xa9 \xc3\xbc\r\n", b"")
    done = vtl("render", "-", folder=tmp_path, stdin=FAILING.encode())
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"<stdin>:1:")
    assert b"Traceback" not in done.stderr
    done = vtl("render", "gone.vtl", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")


def test_errors_in_a_narrow_encoding_are_escaped(tmp_path: Path) -> None:
    (tmp_path / "t.vtl").write_text("é #set($x = ", encoding="utf-8")
    done = vtl("render", "t.vtl", folder=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert b"\\xe9" in done.stderr


def test_a_reader_that_leaves_early_ends_the_command_quietly(tmp_path: Path) -> None:
    (tmp_path / "t.vtl").write_text("x" * 100_000 + "\n" + "y" * 100_000, encoding="utf-8")
    done = shell("vtl render t.vtl | head -c 5", tmp_path, vtl_on_the_path(tmp_path / "bin"))
    assert (done.stdout, done.stderr) == (b"xxxxx", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    (tmp_path / "t.vtl").write_text("x", encoding="utf-8")
    done = shell("vtl render t.vtl > /dev/full", tmp_path, vtl_on_the_path(tmp_path / "bin"))
    assert done.returncode != 0
    assert done.stderr == b"error: cannot write the output: No space left on device\n"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no /dev/zero")
def test_an_input_without_end_is_refused(tmp_path: Path) -> None:
    done = vtl("render", "/dev/zero", folder=tmp_path)
    assert (done.returncode, done.stderr) == (2, b"error: the template '/dev/zero' is longer than 100,000,000 bytes\n")


def test_colours(tmp_path: Path) -> None:
    (tmp_path / "t.vtl").write_text(FAILING, encoding="utf-8")
    plain = vtl("render", "t.vtl", folder=tmp_path).stderr
    assert b"\x1b" not in plain
    forced = vtl("render", "t.vtl", folder=tmp_path, FORCE_COLOR="1").stderr
    assert forced.startswith(b"\x1b[1;31mt.vtl:1:")
    assert vtl("render", "t.vtl", folder=tmp_path, FORCE_COLOR="1", NO_COLOR="1").stderr == plain


@pytest.mark.parametrize("start", [["-m", "vtl"], [str(ROOT / "cli.py")]], ids=["module", "checkout"])
def test_the_ways_of_starting_it(start: list[str], tmp_path: Path) -> None:
    (tmp_path / "t.vtl").write_text("$input.path('$.a')", encoding="utf-8")
    arguments = [sys.executable, *start, "render", "t.vtl", "--body", '{"a": "b"}']
    done = subprocess.run(arguments, cwd=ROOT if start[0] == "-m" else tmp_path, capture_output=True, check=False)
    if start[0] == "-m":
        assert b"cannot read the template 't.vtl'" in done.stderr
    else:
        assert done.stdout == b"b"
