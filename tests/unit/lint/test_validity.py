"""The run over every branch: planted defects are found with branch and line, sound templates are left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.corpus.files import ROOT
from vtl.lint.config import Config
from vtl.lint.finding import Finding
from vtl.lint.linter import Linter
from vtl.lint.site import BareTemplate
from vtl.source import Source

LINTER = Linter(Config(select=("J401", "J402", "X501", "P001")))


def _read(name: str) -> list[Any]:
    path: Path = ROOT / "validity" / name
    found: list[Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


BROKEN = _read("broken.yaml")
SOUND = _read("sound.yaml")


def _findings(text: str) -> list[Finding]:
    return LINTER.template(BareTemplate(Source("template.vtl", text)))


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["name"])
def test_a_planted_defect_is_found_with_its_branch_and_line(case: dict[str, Any]) -> None:
    found = _findings(case["template"])
    assert found, "nothing found"
    first = found[0]
    assert first.line == case["line"]
    assert case.get("says", "") in first.message
    assert case["when"] in first.message
    assert (" when " in first.message) is bool(case["when"])
    assert first.hint is not None
    assert first.hint.startswith("the output there: ")


@pytest.mark.parametrize("template", SOUND, ids=range(len(SOUND)))
def test_a_sound_template_is_left_alone(template: str) -> None:
    assert [finding.render() for finding in _findings(template)] == []


def test_there_are_twenty_of_each() -> None:
    assert len(BROKEN) >= 20
    assert len(SOUND) >= 20
