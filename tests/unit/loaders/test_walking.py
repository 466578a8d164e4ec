"""Which files a path means."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from vtl.errors import InputError
from vtl.loaders.walking import file_name, files_below, in_skipped_folder, project_of, template_files


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


def _write(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("x", encoding="utf-8")


def test_a_file_is_itself_whatever_its_name() -> None:
    _write("a.txt")
    assert template_files("a.txt") == ["a.txt"]


def test_a_folder_is_the_templates_below_it_in_order() -> None:
    _write("b.vm", "a.vtl", "a.json.vtl", "c.txt", "d/e/f.vtl", "d/vtl")
    assert template_files(".") == ["a.json.vtl", "a.vtl", "b.vm", "d/e/f.vtl"]
    assert template_files("d/") == ["d/e/f.vtl"]
    assert template_files("./d/../d") == ["d/e/f.vtl"]


def test_folders_that_tools_fill_are_skipped() -> None:
    _write("a.vtl", *(f"{name}/b.vtl" for name in (".git", ".aws-sam", ".terraform", "node_modules", "x/node_modules")))
    assert template_files(".") == ["a.vtl"]
    assert template_files("node_modules") == ["node_modules/b.vtl"]


def test_what_git_ignores_is_skipped_in_folders_only() -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    _write("a.vtl", "build/b.vtl", "c/old.vtl", "c/é new.vtl")
    Path(".gitignore").write_text("build/\nold.*\n", encoding="utf-8")
    assert template_files(".") == ["a.vtl", "c/é new.vtl"]
    assert template_files("c") == ["c/é new.vtl"]
    assert template_files("c/old.vtl") == ["c/old.vtl"]


def test_each_work_tree_ignores_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    _write("a.vtl", "x/a.vtl", "x/b.vtl", "x/y/b.vtl", "x/y/c.vtl", "x/y/z/d.vtl")
    for folder, ignored in ((".", "a.vtl"), ("x/y", "c.vtl")):
        subprocess.run(["git", "init", "-q", folder], check=True)
        Path(folder, ".gitignore").write_text(ignored, encoding="utf-8")
    monkeypatch.setenv("GIT_DIR", ".git")
    assert template_files(".") == ["x/b.vtl", "x/y/b.vtl", "x/y/z/d.vtl"]
    assert template_files("x") == ["x/b.vtl", "x/y/b.vtl", "x/y/z/d.vtl"]


def test_without_git_nothing_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    _write("a.vtl", ".gitignore")
    monkeypatch.setenv("PATH", "")
    assert template_files(".") == ["a.vtl"]


def test_no_such_path() -> None:
    with pytest.raises(InputError, match=r"no such file or folder: 'gone\.vtl'"):
        template_files("gone.vtl")


def test_an_ignored_folder_that_is_named_is_read() -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    _write("cdk.out/a.vtl", "b.vtl")
    Path(".gitignore").write_text("cdk.out/\n", encoding="utf-8")
    assert template_files(".") == ["b.vtl"]
    assert template_files("cdk.out") == ["cdk.out/a.vtl"]


def test_a_file_has_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    _write("a/b.vtl", "c.vtl")
    monkeypatch.chdir("a")
    assert file_name("../a/./b.vtl") == "b.vtl"
    assert file_name("../c.vtl") == "../c.vtl"
    assert files_below("..", (".vtl",)) == ["../c.vtl", "b.vtl"]
    assert file_name(Path.cwd() / "x" / ".." / "b.vtl") == str(Path.cwd() / "b.vtl")


def test_the_project_of_a_file_has_git_or_settings() -> None:
    _write("a/b/c.vtl")
    assert project_of(Path("a/b/c.vtl")) == Path.cwd() / "a" / "b"
    _write("a/vtl.toml")
    assert project_of(Path("a/b/c.vtl")) == Path.cwd() / "a"
    _write("a/b/pyproject.toml")
    assert project_of(Path("a/b/c.vtl")) == Path.cwd() / "a"
    Path("a/b/pyproject.toml").write_text('[tool.vtl]\nignore = ["U"]\n', encoding="utf-8")
    assert project_of(Path("a/b/c.vtl")) == Path.cwd() / "a" / "b"
    _write("x/pyproject.toml", "x/y/c.vtl", "x/.git")
    assert project_of(Path("x/y/c.vtl")) == Path.cwd() / "x"


def test_files_in_folders_that_are_never_entered() -> None:
    assert in_skipped_folder("x/node_modules/y/z.vtl")
    assert not in_skipped_folder("x/node_modules")
