"""From files to findings: `vtl.check`, and the linter over templates that live in documents."""

from __future__ import annotations

from pathlib import Path

import pytest

import vtl
from tests.unit.lint.hosts import BlockTemplate
from vtl.diagnostics import Diagnostic, Severity
from vtl.errors import InputError
from vtl.lint.config import Config
from vtl.lint.linter import Linter
from vtl.lint.site import BareTemplate, FilePlace, HostComment, IntegrationSite, ResponseSite, Site
from vtl.source import Source, Span

INJECTION = '{\n  "a": "$input.params(\'a\')"\n}\n'


def test_check_finds_in_folders_and_sorts_by_file_and_place(tmp_path: Path) -> None:
    (tmp_path / "b.vtl").write_text('{"x": 1,}\n{"y": "$input.params(\'y\')"}', encoding="utf-8")
    (tmp_path / "a.vm").write_text(INJECTION, encoding="utf-8")
    (tmp_path / "c.txt").write_text("#if(", encoding="utf-8")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "d.vtl").write_text("#if(", encoding="utf-8")
    found = vtl.check(str(tmp_path))
    assert all(isinstance(each, Diagnostic) for each in found)
    assert [(Path(each.file).name, each.line, each.column, each.code) for each in found] == [
        ("a.vm", 2, 9, "U204"),
        ("b.vtl", 1, 8, "J402"),
    ]
    assert found[0].severity is Severity.WARNING
    assert "unescaped" in found[0].message


def test_check_reads_a_single_file_of_any_name_and_many_paths(tmp_path: Path) -> None:
    (tmp_path / "template.txt").write_text("#if($a)", encoding="utf-8")
    (tmp_path / "other.vtl").write_text("#end", encoding="utf-8")
    found = vtl.check(str(tmp_path / "template.txt"), str(tmp_path), str(tmp_path / "other.vtl"))
    assert [(Path(each.file).name, each.code) for each in found] == [("other.vtl", "P001"), ("template.txt", "P002")]


def test_check_refuses_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no file or folder"):
        vtl.check(str(tmp_path / "nothing.vtl"))


def test_a_file_that_cannot_be_read_is_a_finding_and_the_rest_is_checked(tmp_path: Path) -> None:
    (tmp_path / "a.vtl").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b.vtl").write_text("#if(", encoding="utf-8")
    found = vtl.check(str(tmp_path))
    assert [each.code for each in found] == ["P000", "P001"]
    assert found[0].message.startswith("not UTF-")


def test_places_count_past_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.vtl").write_bytes(b'\xef\xbb\xbf{\r\n  "a": 1,\r\n}')
    (found,) = vtl.check(str(tmp_path))
    assert (found.line, found.column) == (2, 9)


def test_a_finding_in_a_document_stands_at_the_documents_line() -> None:
    (found,) = Linter(Config()).lint([BlockTemplate(INJECTION)])
    assert (found.file, found.line, found.column) == ("api.yaml", 11, 21)
    assert found.end is not None
    assert tuple(found.end) == (11, 39)
    assert found.render().split("\n")[:4] == [
        "api.yaml:11:21: warning[U204]: `$input.params('a')` stands unescaped between quotes: a `\"` in it ends the string, "
        "and JSON can follow",
        "    |",
        ' 11 |   "a": "$input.params(\'a\')"',
        "    |         ^^^^^^^^^^^^^^^^^^",
    ]


def test_a_placeholder_of_the_document_may_stand_for_anything() -> None:
    text = '{"port": Port, "arn": "arn:Region", Name: 1}'
    linter = Linter(Config())
    assert [each.code for each in linter.template(BlockTemplate(text))] == ["J401"]
    spans = tuple(Span(text.index(word), text.index(word) + len(word)) for word in ("Port", "Region", "Name"))
    assert not linter.template(BlockTemplate(text, placeholders=spans))


def _beside(text: str, line: int = 1) -> tuple[HostComment, ...]:
    return (HostComment(text, FilePlace("api.yaml", line, 5)),)


def test_a_comment_of_the_document_that_suppresses_nothing_is_told_once_at_its_place() -> None:
    both = [BlockTemplate("{}", comments=_beside("noqa: U204, Z1")), BlockTemplate("[]", comments=_beside("noqa: U204, Z1"))]
    found = Linter(Config()).lint(both)
    assert [(each.code, each.file, each.line, each.column) for each in found] == [("P006", "api.yaml", 1, 5)] * 2
    assert {each.message for each in found} == {"noqa: U204 suppresses nothing", "noqa: there is no rule Z1"}
    used = BlockTemplate('{"a": "$input.params(\'a\')"}', comments=_beside("noqa: U204, Z1"))
    assert [each.message for each in Linter(Config()).lint([*both, used])] == ["noqa: there is no rule Z1"]
    assert not Linter(Config()).lint([BlockTemplate("#if(", comments=_beside("noqa: P001, U204"))])
    assert not Linter(Config(select=("J4",))).lint(both)


def test_a_comment_of_the_document_silences_what_it_names() -> None:
    text = '{"a": "$input.params(\'a\')",}'
    found = Linter(Config()).lint([BlockTemplate(text, comments=_beside("noqa: U204"))])
    assert [each.code for each in found] == ["J402"]
    assert not Linter(Config()).lint([BlockTemplate("#if(", comments=_beside("noqa: P001"))])
    integration = IntegrationSite(responses=(ResponseSite(pattern="(4.."),), comments=_beside("noqa: G604"))
    assert not Linter(Config(select=("G604",))).lint([], [integration])


def test_a_setting_is_told_with_its_method_and_at_the_place_of_its_response() -> None:
    response = ResponseSite(pattern="(4..", place=FilePlace("api.yaml", 7, 3))
    integration = IntegrationSite(responses=(response,), method="GET", path="/pets", place=FilePlace("api.yaml", 5, 1))
    (found,) = Linter(Config(select=("G604",))).lint([], [integration])
    assert found.headline().startswith("api.yaml:7:3: error[G604]: GET /pets: the pattern '(4..' is no regular expression")
    assert found.site is not None
    assert found.site.path == "/pets"


def test_per_file_ignores_and_severities_of_the_settings_count() -> None:
    config = Config(per_file_ignores=(("old/**", ("U",)),), severity={"J402": "info", "J": "warning"})
    templates = [BareTemplate(Source(name, INJECTION.replace("\n}", ",\n}"))) for name in ("old/a.vtl", "new/a.vtl")]
    found = Linter(config).lint(templates)
    assert [(each.file, each.code, each.severity.value) for each in found] == [
        ("new/a.vtl", "U204", "warning"),
        ("new/a.vtl", "J402", "info"),
        ("old/a.vtl", "J402", "info"),
    ]


def test_gateway_responses_are_no_velocity() -> None:
    site = Site(kind="gateway response")
    linter = Linter(Config(select=("ALL",)))
    assert not linter.template(BareTemplate(Source("a", '{"message": $context.error.messageString, "x": "#if("}'), site))
    assert not linter.template(BareTemplate(Source("a", '{"a": 1,}'), site))


def test_a_template_at_two_sites_is_reported_once_and_at_its_worst() -> None:
    templates = [BlockTemplate(INJECTION, site=Site(direction=direction)) for direction in ("response", "request")]
    (found,) = Linter(Config()).lint(templates)
    assert (found.code, found.severity) == ("U204", Severity.WARNING)


def test_a_suppression_is_unused_only_if_no_site_needs_it() -> None:
    text = '{"a": $input.json("$.a"), #* noqa: U201 *#\n"b": "$input.body" #* noqa: U204 *#}'
    sites = (Site(direction="request"), Site(kind="access log"))
    codes = [[each.code for each in Linter(Config()).lint([BlockTemplate(text, site=site)])] for site in sites]
    assert codes[0].count("P006") == 1
    assert codes[1].count("P006") == 2
    both = Linter(Config()).lint([BlockTemplate(text, site=site) for site in sites])
    assert [each.message for each in both if each.code == "P006"] == ["noqa: U201 suppresses nothing"]


def test_objects_of_this_library_are_told_once_and_not_where_aws_is_not_meant(tmp_path: Path) -> None:
    (tmp_path / "a.vtl").write_text('{"a": $xml.toJson($input.body), "b": "$xml.path($input.body, \'//b\')"}', encoding="utf-8")
    document = (
        'openapi: "3.0.1"\npaths:\n  /a:\n    post:\n      responses: {"200": {description: ""}}\n'
        "      x-amazon-apigateway-integration:\n        type: http\n        x-vtl-transform: {request: soap}\n"
        "        responses: {default: {statusCode: 200}}\n"
    )
    (tmp_path / "api.yaml").write_text(document, encoding="utf-8")
    found = [(Path(each.file).name, each.line, each.column, each.code) for each in vtl.check(str(tmp_path))]
    assert found == [("a.vtl", 1, 7, "G613"), ("a.vtl", 1, 39, "G613"), ("api.yaml", 8, 26, "G612")]
    (tmp_path / "vtl.toml").write_text('target = "local"', encoding="utf-8")
    assert vtl.check(str(tmp_path)) == []
