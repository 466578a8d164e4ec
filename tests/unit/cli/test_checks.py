"""Which check is chosen, and what it says."""

from __future__ import annotations

import pytest

from vtl.cli.checks import Finding, Origins, check_output, choose_check, explain, kind_of
from vtl.diagnostics import Severity
from vtl.source import Source, Span


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [
        ("application/json", "json"),
        ("Application/JSON; charset=utf-8", "json"),
        ("application/x-amz-json-1.1", "json"),
        ("application/problem+json", "json"),
        ("text/json", "json"),
        ("application/xml", "xml"),
        ("text/xml", "xml"),
        ("application/soap+xml", "xml"),
        ("text/plain", "none"),
        ("application/x-www-form-urlencoded", "none"),
        ("application/json-seq", "none"),
        ("", "none"),
    ],
)
def test_content_types(content_type: str, kind: str) -> None:
    assert kind_of(content_type) == kind


def test_the_templates_own_word_comes_before_its_name_and_both_before_the_callers() -> None:
    override = {"requestOverride": {"header": {"content-TYPE": "text/xml"}}, "responseOverride": {"header": {}}}

    def choose(output: str, template: str, context: dict[str, object], *, response: bool = False) -> str:
        headers = {"content-type": "application/json", "accept": "application/xml"}
        return choose_check(output, template=template, headers=headers, context=context, response=response)

    assert choose("x", "a.json.vtl", override) == "xml"
    assert choose("x", "a.json.vtl", override, response=True) == "json"
    assert choose("x", "a.json.VM", {}) == "json"
    assert choose("{", "a.vtl", {}) == "json"
    assert choose("{", "a.vtl", {}, response=True) == "none"
    assert choose(" <a", "a.vtl", {}, response=True) == "xml"


def test_none_finds_nothing() -> None:
    assert check_output("{", "none") is None
    assert check_output("{", "json") == Finding("json", 1, "`}` is missing at the end")


def test_a_finding_far_along_a_line_shows_what_is_around_it() -> None:
    output = '{"a": "' + "x" * 200 + '", b}'
    finding = check_output(output, "json")
    assert finding is not None
    diagnostic = explain(finding, output, Source("t.vtl", "$x"), Origins([(0, Span(0, 2))], set()), Severity.WARNING)
    assert diagnostic.span == Span(0, 2)
    assert diagnostic.hint == f'line 1 of the output is: ...{"x" * 27}", b}}'


def test_a_finding_in_an_empty_output_has_no_place_in_the_template() -> None:
    diagnostic = explain(Finding("json", 0, "there is nothing"), "", Source("t.vtl", ""), Origins([], set()), Severity.ERROR)
    assert diagnostic.headline() == (
        "t.vtl: error[not-json]: the output is not JSON: there is nothing, at line 1, column 1 of the output"
    )
