"""`vtl lint` and `vtl rules` as commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.commands import vtl

BAD = '{\n  "a": "$input.params(\'a\')",\n  "b": "$util.escapeJavaScript($input.body)"\n}\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "bad.vtl").write_bytes(BAD.encode())
    (tmp_path / "good.vtl").write_bytes(b"{\"a\": $input.json('$.a')}\n")
    return tmp_path


def _codes(output: bytes) -> list[str]:
    return [finding["code"] for finding in json.loads(output)["findings"]]


def test_findings_go_to_standard_output_and_the_exit_status_is_1(project: Path) -> None:
    done = vtl("lint", folder=project)
    assert done.returncode == 1
    assert done.stderr == b""
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("bad.vtl:2:9: warning[U204]: ")
    assert lines[2] == ' 2 |   "a": "$input.params(\'a\')",'
    assert lines[-1] == "Found 2 warnings in 1 file (1 can be fixed with --fix)."


def test_nothing_found_is_silent(project: Path) -> None:
    done = vtl("lint", "good.vtl", folder=project)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--fail-on", "error"], 0),
        (["--fail-on", "info"], 1),
        (["--exit-zero"], 0),
        (["--ignore", "U204,U205"], 0),
        (["--select", "U205"], 1),
        (["--select", "J"], 0),
        (["nothing.vtl"], 2),
        (["--select", "U999"], 2),
        (["--config", "none.toml"], 2),
        (["--isolated", "--config", "x.toml"], 2),
        (["--format", "morse"], 2),
        (["-", "bad.vtl"], 2),
        (["-", "--fix"], 2),
        (["--update-baseline"], 2),
    ],
)
def test_exit_status(arguments: list[str], status: int, project: Path) -> None:
    done = vtl("lint", *arguments, folder=project)
    assert done.returncode == status, done.stderr
    if status == 2:
        assert done.stdout == b""
        assert done.stderr


def test_standard_input_takes_the_name_that_it_is_given(project: Path) -> None:
    (project / "vtl.toml").write_text('[sites."in.vtl"]\ndirection = "response"\n', encoding="utf-8")
    done = vtl("lint", "-", "--stdin-filename", "in.vtl", "--format", "json", folder=project, stdin=BAD.encode())
    findings = json.loads(done.stdout)["findings"]
    assert [(each["file"], each["code"], each["severity"]) for each in findings] == [
        ("in.vtl", "U204", "info"),
        ("in.vtl", "U205", "warning"),
    ]


def test_settings_of_the_project_count_unless_isolated(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.vtl]\nignore = ["U205"]\n', encoding="utf-8")
    assert _codes(vtl("lint", "--format", "json", folder=project).stdout) == ["U204"]
    assert _codes(vtl("lint", "--format", "json", "--isolated", folder=project).stdout) == ["U204", "U205"]
    assert _codes(vtl("lint", "--format", "json", "--ignore", "U204", folder=project).stdout) == []
    (project / "other.toml").write_text('select = ["U205"]\n', encoding="utf-8")
    assert _codes(vtl("lint", "--format", "json", "--config", "other.toml", folder=project).stdout) == ["U205"]


def test_a_report_can_go_into_a_file(project: Path) -> None:
    done = vtl("lint", "--format", "sarif", "--output-file", "out.sarif", folder=project)
    assert (done.returncode, done.stdout) == (1, b"")
    assert json.loads((project / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert vtl("lint", "--output-file", "none/out", folder=project).returncode == 2


def test_statistics_count_by_rule(project: Path) -> None:
    done = vtl("lint", "--statistics", folder=project)
    assert done.stdout.decode().splitlines() == ["1  U204  * unescaped-string", "1  U205  * escaped-apostrophe"]


def test_fix_writes_and_reports_the_rest(project: Path) -> None:
    done = vtl("lint", "--fix", "--format", "concise", folder=project)
    assert done.returncode == 1
    assert done.stderr == b"Fixed 1 finding.\n"
    assert [line.split("[")[1][:4] for line in done.stdout.decode().splitlines()] == ["U204"]
    assert b'"$util.escapeJavaScript($input.body).replaceAll("\\\\\'", "\'")"' in (project / "bad.vtl").read_bytes()
    again = vtl("lint", "--fix", "--unsafe-fixes", folder=project)
    assert (again.returncode, again.stdout) == (0, b"")
    assert vtl("lint", folder=project).returncode == 0


def test_fix_keeps_a_byte_order_mark_and_windows_line_ends(project: Path) -> None:
    path = project / "bom.vtl"
    path.write_bytes(b'\xef\xbb\xbf{\r\n"a": 1,\r\n}')
    assert vtl("lint", "--fix", "bom.vtl", folder=project).returncode == 0
    assert path.read_bytes() == b'\xef\xbb\xbf{\r\n"a": 1\r\n}'


def test_diff_changes_nothing(project: Path) -> None:
    done = vtl("lint", "--diff", folder=project)
    assert done.returncode == 1
    assert done.stdout.startswith(b"--- bad.vtl\n+++ bad.vtl\n")
    assert done.stdout.count(b"\n+ ") == 1
    assert (project / "bad.vtl").read_bytes() == BAD.encode()
    assert vtl("lint", "--diff", "good.vtl", folder=project).returncode == 0


def test_a_baseline_forgives_what_was_there(project: Path) -> None:
    done = vtl("lint", "--baseline", "base.json", "--update-baseline", folder=project)
    assert (done.returncode, done.stdout) == (0, b"")
    assert vtl("lint", "--baseline", "base.json", folder=project).returncode == 0
    (project / "bad.vtl").write_bytes(BAD.replace('\n  "b"', '\n  "c": "$input.params(\'c\')",\n  "b"').encode())
    done = vtl("lint", "--baseline", "base.json", "--format", "concise", folder=project)
    assert done.returncode == 1
    assert done.stdout.decode().startswith("bad.vtl:3:9: ")
    assert len(done.stdout.splitlines()) == 1


def test_colour_by_the_usual_variables(project: Path) -> None:
    assert b"\x1b[" not in vtl("lint", folder=project).stdout
    assert b"\x1b[" in vtl("lint", folder=project, FORCE_COLOR="1").stdout
    assert b"\x1b[" not in vtl("lint", folder=project, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert b"\x1b[" not in vtl("lint", "--format", "json", folder=project, FORCE_COLOR="1").stdout


def test_rules_are_listed_and_explained(tmp_path: Path) -> None:
    listed = vtl("rules", folder=tmp_path).stdout.decode()
    assert "U205  warning  *   escaped-apostrophe" in listed
    explained = vtl("rules", "escaped-apostrophe", folder=tmp_path).stdout.decode()
    assert explained.startswith("U205 escaped-apostrophe (warning, safe fix)\n\n")
    assert "O'Brien" in explained
    assert json.loads(vtl("rules", "U205", "--format", "json", folder=tmp_path).stdout)[0]["fix"] == "safe"
    unknown = vtl("rules", "U299", folder=tmp_path)
    assert unknown.returncode == 2
    assert b"there is no rule 'U299'" in unknown.stderr


def test_a_closed_pipe_ends_quietly(project: Path) -> None:
    for index in range(30):
        (project / f"t{index}.vtl").write_bytes(BAD.encode() * 30)
    from tests.e2e.commands import shell, vtl_on_the_path

    done = shell("vtl lint | head -1", project, vtl_on_the_path(project / ".bin"))
    assert done.stderr == b""


def test_fix_leaves_documents_alone_and_says_so(tmp_path: Path) -> None:
    integration = {"type": "aws", "uri": "arn:aws:apigateway:us-east-1:sqs:path/x", "passthroughBehavior": "never"}
    integration["requestTemplates"] = {"application/json": '{"a": "$input.params(\'a\')"}'}  # type: ignore[assignment]
    document = json.dumps({"openapi": "3.0.1", "paths": {"/a": {"post": {"x-amazon-apigateway-integration": integration}}}})
    (tmp_path / "api.json").write_text(document, encoding="utf-8")
    done = vtl("lint", "--fix", "--unsafe-fixes", folder=tmp_path)
    assert (tmp_path / "api.json").read_text(encoding="utf-8") == document
    assert done.stderr == b"1 with a fix stands in a document, which is not edited: see the hints.\n"
