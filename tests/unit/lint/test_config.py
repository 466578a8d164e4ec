"""Settings: where they are found, what they mean, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from vtl.diagnostics import Severity
from vtl.errors import InputError
from vtl.lint.config import Config, find_config, read_config
from vtl.lint.registry import default_codes


def test_the_nearest_file_up_the_tree_counts_and_vtl_toml_goes_first(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.vtl]\nselect = ["U"]\n', encoding="utf-8")
    assert find_config(inner).select == ("U",)
    assert find_config(inner).root == tmp_path.resolve()
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    assert find_config(inner).select == ("U",)
    (tmp_path / "vtl.toml").write_text('select = ["J"]\n', encoding="utf-8")
    assert find_config(inner).select == ("J",)
    (inner / "vtl.toml").write_text("", encoding="utf-8")
    assert find_config(inner).select is None


def test_without_a_file_the_defaults_count(tmp_path: Path) -> None:
    assert find_config(tmp_path).codes() == default_codes()


def test_codes_are_selected_extended_and_ignored() -> None:
    assert Config(select=("U204", "J4")).codes() >= {"U204", "J401", "J402"}
    assert Config(select=("unescaped-string",)).codes() == {"U204"}
    assert Config(select=("U",), ignore=("U204",)).codes().isdisjoint({"U204", "J401"})
    assert Config(select=(), extend_select=("J401",)).codes() == {"J401"}
    assert "U204" not in Config(severity={"U204": "off"}).codes()
    assert Config(select=("all",)).codes() >= default_codes()


def test_the_most_exact_severity_counts() -> None:
    config = Config(severity={"U": "info", "U204": "error"})
    assert config.severity_of("U204") is Severity.ERROR
    assert config.severity_of("U205") is Severity.INFO
    assert config.severity_of("J401") is None


def test_the_site_of_a_bare_template_comes_from_the_last_pattern_that_fits(tmp_path: Path) -> None:
    path = tmp_path / "vtl.toml"
    path.write_text(
        """
[sites."**/*.vtl"]
direction = "request"
[sites."templates/*.response.vtl"]
direction = "response"
media-type = "application/json"
[sites."sqs.vtl"]
integration = "AWS"
uri = "arn:aws:apigateway:eu-west-1:sqs:path/1/q"
method = "POST"
""",
        encoding="utf-8",
    )
    config = read_config(path)
    assert config.site_of(str(tmp_path / "x" / "a.vtl")).direction == "request"
    site = config.site_of(str(tmp_path / "templates" / "a.response.vtl"))
    assert (site.direction, site.media_type) == ("response", "application/json")
    assert config.site_of(str(tmp_path / "sqs.vtl")).service == "sqs"
    assert config.site_of(str(tmp_path / "a.vm")).direction is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = []", "unknown setting 'selct'"),
        ('select = "U"', "select must be a list"),
        ('select = ["U999"]', "there is no rule 'U999'"),
        ('ignore = [""]', "there is no rule ''"),
        ("[severity]\nU204 = 'loud'", "severity of U204 is 'loud'"),
        ("[severity]\nU999 = 'error'", "there is no rule 'U999'"),
        ("[per-file-ignores]\n'a' = ['X999']", "there is no rule 'X999'"),
        ("per-file-ignores = 1", "per-file-ignores must be a table"),
        ("[sites.a]\ndirection = 'both'", "direction is 'both'"),
        ("[sites.a]\ncolour = 'red'", "unknown setting 'colour'"),
        ("[sites]\na = 1", "must be a table of texts"),
        ("baseline = 1", "baseline must be the name of a file"),
        ("select = [", "is not TOML"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "vtl.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_config(path)
    assert message in caught.value.message


def test_a_near_miss_is_named(tmp_path: Path) -> None:
    path = tmp_path / "vtl.toml"
    path.write_text("selct = []", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_config(path)
    assert caught.value.hint == "did you mean 'select'?"


def test_a_missing_file_and_a_huge_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the settings file"):
        read_config(tmp_path / "none.toml")
    (tmp_path / "vtl.toml").write_text("#" * 1_000_001, encoding="utf-8")
    with pytest.raises(InputError, match="longer than 1,000,000 bytes"):
        read_config(tmp_path / "vtl.toml")


def test_a_local_target_turns_off_what_is_about_aws_alone(tmp_path: Path) -> None:
    assert {"G612", "G613"} <= Config().codes()
    assert Config(target="local").codes() == Config().codes() - {"G612", "G613"}
    path = tmp_path / "vtl.toml"
    path.write_text('target = "local"\nextend-select = ["G613"]\n', encoding="utf-8")
    assert not {"G612", "G613"} & read_config(path).codes()
    path.write_text('target = "azure"\n', encoding="utf-8")
    with pytest.raises(InputError, match="target is 'azure'; it can be aws, local"):
        read_config(path)
