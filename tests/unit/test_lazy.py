"""Optional parts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from vtl._lazy import require
from vtl.errors import MissingExtra


def test_what_is_there_is_imported() -> None:
    assert require("json", "any").loads("1") == 1


def test_what_is_not_there_names_the_extra() -> None:
    with pytest.raises(MissingExtra) as caught:
        require("no_such_module.part", "server")
    assert caught.value.message == "'no_such_module.part' is not installed: it comes with the extra 'server'"
    assert caught.value.hint == "pip install 'vtl-toolkit[server]'"


def test_a_module_that_is_there_but_broken_says_so_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_part.py").write_text("import no_such_module\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        require("broken_part", "server")
    sys.modules.pop("broken_part", None)
