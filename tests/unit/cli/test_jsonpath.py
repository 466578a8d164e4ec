"""`vtl jsonpath`, in this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vtl.cli import main

DOCUMENT = '{"a": [{"x": 1}, {"x": "two"}], "u": "https://x/y"}'


def _run(*arguments: str, document: str = DOCUMENT) -> Result:
    return CliRunner().invoke(main, ["jsonpath", *arguments], input=document)


def test_matches_with_their_locations() -> None:
    result = _run("$..x")
    assert (result.exit_code, result.stdout) == (0, "indefinite, 2 matches\n$['a'][0]['x']  1\n$['a'][1]['x']  \"two\"\n")


def test_a_file_and_json(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(DOCUMENT, encoding="utf-8")
    result = _run("--format", "json", "$.a[0]", str(tmp_path / "d.json"))
    assert json.loads(result.stdout) == {
        "path": "$.a[0]",
        "definite": True,
        "matches": [{"location": "$['a'][0]", "value": {"x": 1}}],
    }


@pytest.mark.parametrize(("what", "printed"), [("json", '{"x":1}\n'), ("path", "{x=1}\n")])
def test_what_the_input_variable_prints(what: str, printed: str) -> None:
    assert _run("--print", what, "$.a[0]").stdout == printed


def test_an_empty_list_is_no_failure_but_a_miss_is() -> None:
    assert (_run("$..nothing").exit_code, _run("$..nothing").stdout) == (0, "indefinite, 0 matches\n")
    result = _run("$.b.c")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "<path>:1:3: error: no results for the path: there is no member 'b'" in result.stderr


def test_explanations() -> None:
    result = _run("--explain", "$..x")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "$..x is indefinite"
    result = _run("--explain", "$.b.c")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "  no results for the path: there is no member 'b'"
    assert "  x      a last character that is read over\n" in _run("--explain", "$['a']x").stdout


def test_errors_have_a_place() -> None:
    assert "<path>:1:3: error: a name with blanks" not in _run("$.a").stderr
    result = _run("$.a b")
    assert (result.exit_code, "<path>:1:4: error:" in result.stderr) == (1, True)
    result = _run("$", document='{"a": }')
    assert (result.exit_code, "<stdin>:1:7: error: expected a value" in result.stderr) == (1, True)
    assert _run("$", "no-such-file").exit_code == 2


def test_the_other_dialect() -> None:
    assert _run("--dialect", "2.4", "$.a.length(").stdout == "definite, 1 match\n$['a'].length()  2\n"
