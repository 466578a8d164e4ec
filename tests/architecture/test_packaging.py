"""The package as users get it: what the wheel holds, and that the command works from it."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.architecture.package import PACKAGE, ROOT


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=cwd, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.mark.slow
def test_the_wheel_holds_the_package_and_nothing_else(distributions: Path) -> None:
    wheel = next(distributions.glob("*.whl"))
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in names} == {"vtl"}
    ours = {
        path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == ours
    assert "vtl/py.typed" in names
    licences = [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith("/LICENSE")]
    assert len(licences) == 1


@pytest.mark.slow
def test_the_source_distribution_holds_what_a_packager_needs(distributions: Path) -> None:
    archive = next(distributions.glob("*.tar.gz"))
    with tarfile.open(archive) as opened:
        names = {name.split("/", 1)[1] for name in opened.getnames() if "/" in name}
    assert {"LICENSE", "README.md", "CHANGELOG.md", "cli.py", "pyproject.toml", "tests/conftest.py", "vtl/__init__.py"} <= names
    assert not [name for name in names if ".peers" in name or "__pycache__" in name]


@pytest.mark.slow
def test_the_command_runs_from_the_wheel_in_a_fresh_environment(distributions: Path, tmp_path: Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    venv.create(tmp_path / "env", with_pip=True)
    commands = tmp_path / "env" / "bin"
    _run(commands / "python", "-m", "pip", "install", "-q", next(distributions.glob("*.whl")), cwd=tmp_path)
    assert version in _run(commands / "vtl", "--version", cwd=tmp_path)
    assert version in _run(commands / "python", "-m", "vtl", "--version", cwd=tmp_path)
    (tmp_path / "hello.vtl").write_text("Hello $input.path('$.name')!", encoding="utf-8")
    assert _run(commands / "vtl", "render", "hello.vtl", "--body", '{"name": "Ada"}', cwd=tmp_path).strip() == "Hello Ada!"
    assert "vtl" in _run(commands / "python", "-c", "import vtl; print(vtl.__file__)", cwd=tmp_path)


def test_the_front_door_of_the_checkout_is_the_command() -> None:
    import cli
    import vtl.cli

    assert cli.main is vtl.cli.main
    shown = [_run(sys.executable, *start, "--version", cwd=ROOT) for start in (["cli.py"], ["-m", "vtl"])]
    assert shown[0] == shown[1] != ""


def test_the_readme_says_how_to_set_up_and_how_to_test() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for marker in ("<!-- ci: set up -->", "<!-- ci: test -->"):
        assert readme.count(marker) == 1, f"{marker} marks the command that .ci/run takes from here"
        assert readme.split(marker)[1].lstrip().startswith("```sh\n")
