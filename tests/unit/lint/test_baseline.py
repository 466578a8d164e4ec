"""Old findings are forgiven, wherever they move to; new ones are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vtl.errors import InputError
from vtl.lint.baseline import new_findings, read_baseline, write_baseline
from vtl.lint.config import Config
from vtl.lint.finding import Finding
from vtl.lint.linter import Linter
from vtl.lint.site import BareTemplate
from vtl.source import Source


def _findings(text: str) -> list[Finding]:
    return Linter(Config(select=("U204",))).template(BareTemplate(Source("t.vtl", text)))


OLD = '{\n "a": "$input.params(\'a\')",\n "b": "$input.params(\'b\')"\n}'


def test_moved_findings_are_forgiven_and_new_ones_are_not(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    assert write_baseline(path, _findings(OLD)) == 2
    moved = "## moved\n" + OLD.replace(' "a"', '   "a"').replace("\n}", ',\n "c": "$input.params(\'c\')"\n}')
    left = new_findings(_findings(moved), read_baseline(path))
    assert [each.line for each in left] == [4, 5], "the line with a new comma and the new line"


def test_as_many_equal_lines_are_forgiven_as_there_were(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    line = "[\"$input.params('a')\"]\n"
    one, two = f"[\n{line}]", f"[\n{line},\n{line}]"
    write_baseline(path, _findings(one))
    assert len(_findings(two)) == 2
    assert len(new_findings(_findings(two), read_baseline(path))) == 1


def test_the_file_is_sorted_and_stable(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, reversed(_findings(OLD)))
    first = path.read_text(encoding="utf-8")
    write_baseline(path, _findings(OLD))
    assert path.read_text(encoding="utf-8") == first
    assert [each["code"] for each in json.loads(first)["findings"]] == ["U204", "U204"]


@pytest.mark.parametrize(
    ("text", "message"),
    [("{", "is not JSON"), ("[]", "has no list `findings`"), ('{"findings": [1]}', "without a fingerprint")],
)
def test_a_broken_baseline_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_baseline(path)


def test_a_missing_baseline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the baseline"):
        read_baseline(tmp_path / "none.json")
    with pytest.raises(InputError, match="cannot write the baseline"):
        write_baseline(tmp_path / "none" / "b.json", [])
