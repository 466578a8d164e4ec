"""pre-commit itself, in a repository of its own, with the hooks of this project."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.commands import ROOT, vtl_on_the_path

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
SAMPLE = ROOT / "samples" / "pre-commit"

TERRAFORM = """\
resource "aws_api_gateway_integration" "pets" {
  type              = "AWS"
  http_method       = "POST"
  request_templates = { "application/json" = file("${path.module}/pets.vtl") }
}
resource "aws_api_gateway_integration_response" "pets" {
  http_method        = "POST"
  status_code        = "200"
  response_templates = { "application/json" = file("${path.module}/pets.vtl") }
}
"""


def _run(*command: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False
    )


def _git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def _environment(tmp_path: Path) -> dict[str, str]:
    environment = {**vtl_on_the_path(tmp_path / "bin"), "PRE_COMMIT_HOME": str(tmp_path / "cache"), "NO_COLOR": "1"}
    return {name: value for name, value in environment.items() if not name.startswith("GIT_")}


def _repository(folder: Path, files: dict[str, str], config: dict[str, Any]) -> Path:
    folder.mkdir()
    for name, text in {**files, ".pre-commit-config.yaml": yaml.safe_dump(config)}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    return folder


def _local(*ids: str) -> dict[str, Any]:
    """The hooks as they are published, but with the command of this checkout in place of an installed one."""
    kept = ("id", "name", "entry", "files", "exclude", "require_serial")
    hooks = [{key: hook[key] for key in kept if key in hook} for hook in HOOKS if hook["id"] in ids]
    return {"repos": [{"repo": "local", "hooks": [{**hook, "language": "system"} for hook in hooks]}]}


def _pre_commit(folder: Path, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _run(sys.executable, "-m", "pre_commit", "run", *arguments, folder=folder, environment=_environment(tmp_path))


def test_the_hooks_install_what_the_loaders_need() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    hooks = {hook["id"]: hook for hook in HOOKS}
    assert list(hooks) == ["vtl-lint", "vtl-fmt", "vtl-fmt-check"]
    assert hooks["vtl-lint"]["additional_dependencies"] == extras["loaders"]
    assert {hook["language"] for hook in HOOKS} == {"python"}


def test_a_changed_template_is_checked_at_each_of_its_sites_and_nothing_else_is_reported(tmp_path: Path) -> None:
    files = {"main.tf": TERRAFORM, "pets.vtl": '{"a": "$input.params("x")"}\n', "other.vtl": '{"b": "$input.params("y")"}\n'}
    folder = _repository(tmp_path / "repository", files, _local("vtl-lint"))
    done = _pre_commit(folder, tmp_path, "--files", "pets.vtl")
    assert done.returncode == 1
    assert 'pets.vtl:1:8: warning[U204]: `$input.params("x")`' in done.stdout
    assert "other.vtl" not in done.stdout
    (folder / "main.tf").write_text(TERRAFORM.replace("aws_api_gateway_integration_response", "other"), encoding="utf-8")
    (folder / "pets.vtl").write_text('{"a": $input.json("$.a")}\n', encoding="utf-8")
    assert _pre_commit(folder, tmp_path, "--files", "pets.vtl", "main.tf").returncode == 0


def test_skipped_folders_and_ignored_files_stay_out(tmp_path: Path) -> None:
    bad = '{"a": "$input.params("x")"\n'
    files = dict.fromkeys(("node_modules/a.vtl", ".aws-sam/b.vtl", "x/.terraform/c.vtl", "build/d.vtl"), bad)
    folder = _repository(tmp_path / "repository", {".gitignore": "build/\n", **files}, _local("vtl-lint", "vtl-fmt-check"))
    _git(folder, "add", "-f", "node_modules", ".aws-sam", "x")
    done = _pre_commit(folder, tmp_path, "--files", "node_modules/a.vtl", ".aws-sam/b.vtl", "x/.terraform/c.vtl")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("no files to check") == 2
    assert _pre_commit(folder, tmp_path, "--all-files").returncode == 0


def test_the_formatter_rewrites_and_the_check_only_tells(tmp_path: Path) -> None:
    folder = _repository(tmp_path / "repository", {"a.vtl": "#set( $a=1 )\n"}, _local("vtl-fmt-check"))
    done = _pre_commit(folder, tmp_path, "--all-files")
    assert done.returncode == 1
    assert "would reformat a.vtl" in done.stdout
    assert (folder / "a.vtl").read_text(encoding="utf-8") == "#set( $a=1 )\n"
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(_local("vtl-fmt")), encoding="utf-8")
    _git(folder, "add", "-A")
    assert "files were modified by this hook" in _pre_commit(folder, tmp_path, "--all-files").stdout
    assert (folder / "a.vtl").read_text(encoding="utf-8") == "#set($a = 1)\n"
    assert _pre_commit(folder, tmp_path, "--all-files").returncode == 0


@pytest.mark.slow
def test_the_hooks_of_a_release_are_installed_and_run(tmp_path: Path) -> None:
    published = tmp_path / "published"
    shutil.copytree(ROOT / "vtl", published / "vtl", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, published / name)
    _git(published, "init", "-q")
    _git(published, "add", "-A")
    _git(published, "commit", "-q", "-m", "A release")
    config = yaml.safe_load((SAMPLE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    config["repos"][0] |= {"repo": str(published), "rev": _git(published, "rev-parse", "HEAD")}
    names = [path for path in SAMPLE.rglob("*") if path.is_file() and path.name != ".pre-commit-config.yaml"]
    files = {path.relative_to(SAMPLE).as_posix(): path.read_text(encoding="utf-8") for path in names}
    folder = _repository(tmp_path / "repository", files, config)
    environment = {name: value for name, value in _environment(tmp_path).items() if name != "PYTHONPATH"}
    done = _run(sys.executable, "-m", "pre_commit", "run", "--all-files", folder=folder, environment=environment)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "openapi.yaml:" in done.stdout
    assert "main.tf:" in done.stdout
    assert "would reformat" not in done.stdout
    assert "reformatted templates/create-pet.vtl" in done.stdout
