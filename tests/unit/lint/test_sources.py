"""Which files are read, and as what."""

from __future__ import annotations

from pathlib import Path

from vtl.lint.config import Config
from vtl.lint.site import Site
from vtl.lint.sources import read_sources, start_of, template_of


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
