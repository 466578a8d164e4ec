"""`vtl fmt` as a process: bytes in, bytes out, and the same rendering before and after."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.corpus.files import ROOT as CORPUS
from tests.corpus.files import read_case
from tests.e2e.commands import vtl

UNTIDY = b"""#set( $order=$input.path("$") )\r
{"id": $order.id,  \r
#foreach( $line in$order.lines )\t\r
  "$line.sku": $!util.escapeJavaScript( $line.note )#if ( $foreach.hasNext eq true ),#end  \r
#end\r
##the end
}"""
BODY = '{"id": 1, "lines": [{"sku": "a", "note": "it\'s"}, {"sku": "b"}]}'


def test_a_template_renders_the_same_before_and_after(tmp_path: Path) -> None:
    (tmp_path / "t.vtl").write_bytes(UNTIDY)
    before = vtl("render", "t.vtl", "--body", BODY, "--check", "none", folder=tmp_path)
    done = vtl("fmt", "t.vtl", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"reformatted t.vtl\n1 reformatted\n")
    tidied = (tmp_path / "t.vtl").read_bytes()
    assert b'#set($order = $input.path("$"))\r\n' in tidied
    assert b"#if($foreach.hasNext == true),#end\r\n" in tidied
    after = vtl("render", "t.vtl", "--body", BODY, "--check", "none", folder=tmp_path)
    assert (before.returncode, before.stdout) == (after.returncode, after.stdout)
    assert b'"a": it\\\'s,' in before.stdout
    assert vtl("fmt", "--check", "t.vtl", folder=tmp_path).returncode == 0


def test_standard_input_to_standard_output(tmp_path: Path) -> None:
    done = vtl("fmt", "-", folder=tmp_path, stdin="##é\r\n$u.m( 1 )".encode())
    assert (done.returncode, done.stdout, done.stderr) == (0, "## é\r\n$u.m( 1 )".encode(), b"")


def test_a_folder_in_a_work_tree(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True, cwd=tmp_path)
    for name in ("a.vtl", "out/b.vtl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"#set( $x=1 )")
    (tmp_path / ".gitignore").write_bytes(b"out\n")
    assert vtl("fmt", folder=tmp_path).stderr == b"reformatted a.vtl\n1 reformatted\n"


def test_the_corpus_is_tidied_once(tmp_path: Path) -> None:
    cases = [read_case(path) for path in sorted((CORPUS / "velocity").glob("*/*.vtl"))]
    for number, case in enumerate(cases):
        (tmp_path / f"{number}.vtl").write_bytes(case.template.encode("utf-8", "surrogatepass"))
    first = vtl("fmt", ".", folder=tmp_path)
    assert first.returncode in (0, 1)
    assert b"mean something else" not in first.stderr
    second = vtl("fmt", "--check", ".", folder=tmp_path)
    assert second.returncode == first.returncode
    assert b"would reformat" not in second.stderr
