"""`vtl fmt` by its options: what is written, what is said, and the exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vtl.cli import fmt as module
from vtl.cli import main
from vtl.errors import VtlError

UNTIDY, TIDY = "#set( $x=1 )\r\n$x \n", "#set($x = 1)\r\n$x \n"


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)


def write(text: str | bytes, name: str = "t.vtl") -> Path:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["fmt", *arguments], input=stdin, prog_name="vtl")


def test_files_are_rewritten_byte_for_byte() -> None:
    untidy, tidy, mark = write(UNTIDY), write(TIDY, "tidy.vtl"), write(b"\xef\xbb\xbf##\xc3\xa9\r", "mark.vm")
    before = tidy.stat().st_mtime_ns
    done = run("t.vtl", "tidy.vtl", "mark.vm", "./t.vtl")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "reformatted t.vtl\nreformatted mark.vm\n2 reformatted, 1 unchanged\n"
    assert untidy.read_bytes() == TIDY.encode()
    assert mark.read_bytes() == b"\xef\xbb\xbf## \xc3\xa9\r"
    assert tidy.stat().st_mtime_ns == before
    assert run("t.vtl", "tidy.vtl", "mark.vm").stderr == "3 unchanged\n"


def test_folders_and_the_current_folder() -> None:
    write(UNTIDY, "a.vtl")
    write(UNTIDY, "b/c.vtl")
    write(UNTIDY, "b/d.txt")
    assert run("b").stderr == "reformatted b/c.vtl\n1 reformatted\n"
    assert run().stderr == "reformatted a.vtl\n1 reformatted, 1 unchanged\n"
    Path("empty").mkdir()
    done = run("empty")
    assert (done.exit_code, done.stderr) == (0, "no templates found (.vtl, .vm)\n")


def test_check_writes_nothing() -> None:
    path = write(UNTIDY)
    done = run("--check", "t.vtl")
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", "would reformat t.vtl\n1 would be reformatted\n")
    assert path.read_bytes() == UNTIDY.encode()
    write(TIDY)
    assert run("--check", "t.vtl").exit_code == 0


def test_diff_writes_nothing() -> None:
    path = write("#set( $x=1 )\r\n$x")
    done = run("--diff", "t.vtl")
    expected = "--- t.vtl\n+++ t.vtl\n@@ -1,2 +1,2 @@\n-#set( $x=1 )\r\n+#set($x = 1)\r\n $x\n\\ No newline at end of file\n"
    assert (done.exit_code, done.stdout_bytes) == (0, expected.encode())
    assert path.read_bytes() == b"#set( $x=1 )\r\n$x"
    assert run("--diff", "--check", "t.vtl").exit_code == 1


def test_standard_input() -> None:
    done = run("-", stdin=b"\xef\xbb\xbf" + UNTIDY.encode())
    assert (done.exit_code, done.stdout_bytes, done.stderr) == (0, b"\xef\xbb\xbf" + TIDY.encode(), "")
    done = run("-", "--check", stdin=UNTIDY)
    assert (done.exit_code, done.stdout) == (1, "")
    assert run("-", "--diff", stdin=UNTIDY).stdout.startswith("--- <stdin>\n")
    done = run("-", stdin="#if($a")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("<stdin>:1:7: error:")


def test_one_bad_file_does_not_stop_the_rest() -> None:
    bad, good = write("#if( $x", "bad.vtl"), write(UNTIDY, "good.vtl")
    done = run()
    assert done.exit_code == 1
    assert done.stderr.startswith("bad.vtl:1:8: error: unexpected end")
    assert done.stderr.endswith("reformatted good.vtl\n1 reformatted, 1 not formatted\n")
    assert (bad.read_bytes(), good.read_bytes()) == (b"#if( $x", TIDY.encode())


def test_what_cannot_be_read() -> None:
    write(b"caf\xe9", "latin.vtl")
    write('{"a": "#set( $x=1 )"}', "api.json")
    good = write(UNTIDY, "z.vtl")
    done = run("gone.vtl", "latin.vtl", "api.json", "z.vtl")
    assert done.exit_code == 2
    assert "no such file or folder: 'gone.vtl'" in done.stderr
    assert "'latin.vtl' is not UTF-8" in done.stderr
    assert "'api.json' is not a template but holds some" in done.stderr
    assert "1 reformatted, 3 not read\n" in done.stderr
    assert good.read_bytes() == TIDY.encode()


def test_a_file_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    write(UNTIDY)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    done = run("t.vtl")
    assert (done.exit_code, done.stderr) == (2, "error: cannot write the template 't.vtl': Permission denied\n1 not read\n")


def test_a_refusal_leaves_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(UNTIDY)

    def refuse(*_: object) -> str:
        raise VtlError("it would mean something else")

    monkeypatch.setattr(module, "format_source", refuse)
    done = run("t.vtl")
    assert (done.exit_code, done.stderr) == (1, "error: it would mean something else\n1 not formatted\n")
    assert path.read_bytes() == UNTIDY.encode()


def test_usage() -> None:
    assert run("-", "t.vtl").exit_code == 2
    assert run("--nope").exit_code == 2
    assert "without changing a byte of what they render" in run("--help").output
    assert "  fmt " in CliRunner().invoke(main, ["--help"], prog_name="vtl").output
