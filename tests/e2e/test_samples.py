"""Every command of every folder of samples prints what lies beside it."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import ROOT, shell, vtl_on_the_path

LISTS = sorted((ROOT / "samples").glob("*/commands.json"))
COMMANDS = [(path.parent, entry) for path in LISTS for entry in json.loads(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("folder", "entry"), COMMANDS, ids=[f"{folder.name}: {entry['command']}" for folder, entry in COMMANDS])
def test_a_sample_prints_what_is_expected(folder: Path, entry: dict[str, Any], tmp_path: Path) -> None:
    if "needs" in entry and importlib.util.find_spec(entry["needs"]) is None:
        pytest.skip(f"{entry['needs']} is not installed")
    done = shell(entry["command"], folder, vtl_on_the_path(tmp_path / "bin"))
    assert done.stdout == (folder / entry["stdout"]).read_bytes()
    assert done.stderr == ((folder / entry["stderr"]).read_bytes() if "stderr" in entry else b"")
    assert done.returncode == entry.get("exit", 0)


@pytest.mark.parametrize("listed", LISTS, ids=lambda path: path.parent.name)
def test_the_readme_of_a_sample_shows_commands_that_are_run(listed: Path) -> None:
    commands = {entry["command"] for entry in json.loads(listed.read_text(encoding="utf-8"))}
    shown = re.findall(r"^\$ (.*)$", (listed.parent / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert shown
    assert set(shown) <= commands


def test_the_samples_are_there() -> None:
    assert {"jsonpath", "lint", "pre-commit", "quickstart", "rest-json"} <= {path.parent.name for path in LISTS}
