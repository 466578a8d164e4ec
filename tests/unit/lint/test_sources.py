"""Which files are read, and as what."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.commands import ROOT
from vtl.lint.config import Config
from vtl.lint.site import Site
from vtl.lint.sources import Sources, read_sources, start_of, template_of


def test_a_folder_gives_its_templates_in_order_and_skips_what_tools_made(tmp_path: Path) -> None:
    for name in ("b/x.vtl", "a/y.vm", "z.vtl", ".terraform/q.vtl", ".aws-sam/q.vtl", "a/n.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    sources = read_sources([tmp_path, tmp_path / "z.vtl"], Config())
    assert [Path(each.file).name for each in sources.templates] == ["z.vtl", "y.vm", "x.vtl"]
    assert sources.files == 3


def test_settings_are_looked_for_from_the_first_path(tmp_path: Path) -> None:
    (tmp_path / "a.vtl").write_text("", encoding="utf-8")
    assert start_of([tmp_path]) == tmp_path
    assert start_of([tmp_path / "a.vtl", Path("/")]) == tmp_path
    assert start_of([]) == start_of([Path("-")]) == Path()


def test_a_text_takes_the_site_of_its_name(tmp_path: Path) -> None:
    config = Config(root=tmp_path, sites=(("*.vtl", Site(direction="response")),))
    assert template_of("x", str(tmp_path / "a.vtl"), config).site.direction == "response"


TERRAFORM = """\
resource "aws_api_gateway_integration" "pets" {
  type              = "AWS"
  http_method       = "POST"
  request_templates = { "application/json" = file("${path.module}/templates/pets.vtl") }
}
resource "aws_api_gateway_integration_response" "pets" {
  http_method        = "POST"
  status_code        = "200"
  response_templates = { "application/json" = file("${path.module}/templates/pets.vtl"), "text/plain" = "here" }
}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "vtl.toml").write_text("", encoding="utf-8")
    (tmp_path / "main.tf").write_text(TERRAFORM, encoding="utf-8")
    for name in ("pets.vtl", "alone.vtl"):
        (tmp_path / "templates" / name).write_text("x", encoding="utf-8")
    (tmp_path / "none.yaml").write_text("a: 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _told(sources: Sources) -> list[tuple[str, str | None]]:
    return [(each.file, each.site.direction) for each in sources.templates]


def test_a_template_file_is_read_at_each_site_that_the_project_has_for_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _told(read_sources([Path("templates/pets.vtl")], Config())) == [
        ("templates/pets.vtl", "request"),
        ("templates/pets.vtl", "response"),
    ]
    config = Config(root=project, sites=(("templates/*.vtl", Site(direction="response")),))
    assert _told(read_sources([Path("templates/alone.vtl")], config)) == [("templates/alone.vtl", "response")]
    monkeypatch.chdir(project / "templates")
    assert _told(read_sources([Path("pets.vtl")], Config())) == [("pets.vtl", "request"), ("pets.vtl", "response")]


def test_only_what_is_given_is_reported_when_that_is_asked_for(project: Path) -> None:
    assert _told(read_sources([Path("main.tf")], Config(), only_given=True)) == [("main.tf", "response")]
    assert len(_told(read_sources([Path("main.tf")], Config()))) == 3
    (project / "node_modules").mkdir()
    (project / "node_modules" / "a.vtl").write_text("x", encoding="utf-8")
    assert not read_sources([Path("node_modules/a.vtl")], Config(), only_given=True).templates


def test_an_ignored_file_that_is_given_is_read_by_itself(project: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    (project / ".gitignore").write_text("alone.vtl\n*.yaml\n", encoding="utf-8")
    assert _told(read_sources([Path("templates/alone.vtl")], Config(), only_given=True)) == [("templates/alone.vtl", None)]
    (project / "api.yaml").write_text("swagger: '2.0'\npaths: [\n", encoding="utf-8")
    assert [each.file for each in read_sources([Path("api.yaml")], Config(), only_given=True).problems] == ["api.yaml"]


def test_a_file_without_templates_is_dismissed_before_a_parser_is_imported(project: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom vtl.lint.config import Config\nfrom vtl.lint.sources import read_sources\n"
        "assert not read_sources([Path('none.yaml')], Config(), only_given=True).templates\n"
        "assert not {'yaml', 'hcl2', 'lark', 'vtl.lang.parser', 'vtl.loaders.terraform'} & set(sys.modules)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
