"""`import vtl` costs next to nothing, and a plain render loads no third party that it does not need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.package import ROOT

THIRD_PARTIES = {"click", "hypothesis", "jsonpath_ng", "lark", "lxml", "ply", "pytest", "regex", "yaml"}


def _loaded(program: str) -> set[str]:
    """The modules that a fresh interpreter holds after it ran `program`, less those that it starts with."""
    script = f"import sys\nbefore = set(sys.modules)\n{program}\nprint('\\n'.join(set(sys.modules) - before), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT, stdin=subprocess.DEVNULL
    )
    return set(done.stderr.split())


def _third_parties(loaded: set[str]) -> set[str]:
    return {name.split(".")[0] for name in loaded} & THIRD_PARTIES


def test_import_vtl_loads_the_package_and_nothing_else() -> None:
    assert _loaded("import vtl") - {"__future__"} == {"vtl"}


def test_a_template_needs_no_third_party() -> None:
    loaded = _loaded("import vtl\nassert vtl.Template('#set($x = 1 + 1)$x.toString()').render({}) == '2'")
    assert not _third_parties(loaded)
    assert not loaded & {"asyncio", "socket", "ssl", "subprocess", "unittest", "urllib.request"}


def test_a_mapping_template_needs_no_third_party() -> None:
    program = "import vtl\nvtl.MappingTemplate('$input.params(\"a\")$util.escapeJavaScript($input.body)').apply('{}')"
    assert not _third_parties(_loaded(program))


def test_regular_expressions_load_their_engine_on_first_use() -> None:
    loaded = _loaded("import vtl\nassert vtl.Template('$x.replaceAll(\"[ab]+\", \"-\")').render({'x': 'aabbc'}) == '-c'")
    assert _third_parties(loaded) == {"regex"}


@pytest.mark.parametrize("arguments", [["--version"], ["render", "template.vtl", "--body", "{}"]], ids=lambda a: a[0])
def test_the_command_loads_click_and_nothing_more(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "template.vtl").write_text("#set($a = 1)$a $input.body", encoding="utf-8")
    script = (
        "import sys\nfrom vtl.cli import main\n"
        f"try: main({arguments!r}, prog_name='vtl')\nexcept SystemExit: pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert _third_parties(set(done.stderr.split())) <= {"click"}


def test_linting_a_folder_without_templates_imports_no_rule(tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text("a: 1\n", encoding="utf-8")
    script = (
        "import sys\nfrom vtl.cli import main\n"
        "try: main(['lint', '.'], prog_name='vtl')\nexcept SystemExit as end: assert not end.code\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=tmp_path, stdin=subprocess.DEVNULL, env=environment
    )
    loaded = set(done.stderr.split())
    assert _third_parties(loaded) <= {"click"}
    assert not loaded & {"vtl.lang.parser", "vtl.lint.linter", "vtl.lint.registry", "vtl.lint.abstract"}
