"""The formats of reports, each as its readers take it."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.unit.lint.hosts import BlockTemplate
from vtl.lint.config import Config
from vtl.lint.finding import Finding
from vtl.lint.linter import Linter
from vtl.lint.registry import all_rules
from vtl.lint.report import FORMATS, report
from vtl.lint.report.counts import in_words, statistics
from vtl.lint.site import BareTemplate, FilePlace, Site
from vtl.source import Source

TEXT = '{\n  "a": "$input.params(\'a\')",\n  "b": "$util.escapeJavaScript($input.body)",\n}'
SITE = Site(api="Pets", method="POST", path="/pets", direction="request", media_type="application/json")


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    templates = [BareTemplate(Source("a dir/t.vtl", TEXT), SITE), BlockTemplate(TEXT)]
    unreadable = Finding("cannot read", code="P000", start=FilePlace("x.vtl", 0, 0))
    return [unreadable, *Linter(Config()).lint(templates)]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_something_about_nothing_and_about_all_codes(name: str, findings: list[Finding]) -> None:
    empty = report(name, [])
    assert empty == "" or empty.endswith("\n")
    text = report(name, findings)
    assert text.endswith("\n")
    assert all(each.code in text for each in findings)


def test_text_has_excerpts_and_counts(findings: list[Finding]) -> None:
    lines = report("text", findings).splitlines()
    assert lines[0] == "x.vtl: error[P000]: cannot read"
    assert lines[-1] == "Found 3 errors and 4 warnings in 3 files (2 can be fixed with --fix)."
    assert "   |         ^^^^^^^^^^^^^^^^^^" in lines


def test_colours_only_when_asked_for(findings: list[Finding]) -> None:
    for name in FORMATS:
        assert "\x1b" not in report(name, findings)
    assert report("text", findings, colour=True).startswith("\x1b[1;31mx.vtl: error")
    assert "\x1b[33m" in report("concise", findings, colour=True)


def test_concise_has_one_line_for_each(findings: list[Finding]) -> None:
    lines = report("concise", findings).splitlines()
    assert len(lines) == len(findings)
    assert lines[1].startswith("a dir/t.vtl:2:9: warning[U204]: ")


def test_json_is_complete(findings: list[Finding]) -> None:
    document = json.loads(report("json", findings))
    assert document["counts"] == {"error": 3, "warning": 4, "info": 0}
    second = document["findings"][1]
    assert (second["code"], second["file"], second["line"], second["column"]) == ("U204", "a dir/t.vtl", 2, 9)
    assert (second["end_line"], second["end_column"]) == (2, 27)
    assert second["site"]["path"] == "/pets"
    assert second["fix"] == {"message": "Escape it for JSON", "safe": False}
    assert document["findings"][0]["line"] is None


def test_sarif_has_what_code_scanning_needs(findings: list[Finding]) -> None:
    log = json.loads(report("sarif", findings))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(findings)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["partialFingerprints"]["vtlLine/v1"]
    unreadable, injection = run["results"][:2]
    assert "region" not in unreadable["locations"][0]["physicalLocation"]
    location = injection["locations"][0]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20dir/t.vtl", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 2, "startColumn": 9, "endLine": 2, "endColumn": 27},
    }
    assert location["logicalLocations"] == [
        {"fullyQualifiedName": "Pets POST /pets request application/json", "kind": "resource"}
    ]
    (change,) = injection["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"]["text"].startswith("$util.escapeJavaScript(")
    in_document = [result for result in run["results"] if "api.yaml" in json.dumps(result)]
    assert in_document
    assert not any("fixes" in result for result in in_document), "a document cannot be edited through the template's places"


def test_sarif_tells_what_each_rule_is_about(findings: list[Finding]) -> None:
    driver = json.loads(report("sarif", findings))["runs"][0]["tool"]["driver"]
    documented = {rule.code: rule.documentation for rule in all_rules()}
    for rule in driver["rules"]:
        if rule["id"] in documented:
            assert rule["fullDescription"]["text"] == documented[rule["id"]]


def test_github_commands_escape_what_ends_them() -> None:
    finding = Finding("50%\nof it", code="U204", start=FilePlace("a,b:c.vtl", 3, 4), hint="hint")
    assert report("github", [finding]) == "::error title=vtl U204,file=a%2Cb%3Ac.vtl,line=3,col=4::50%25%0Aof it%0Ahint\n"


def test_gitlab_fingerprints_are_unique(findings: list[Finding]) -> None:
    entries = json.loads(report("gitlab", [*findings, *findings]))
    assert len({entry["fingerprint"] for entry in entries}) == 2 * len(findings)
    assert entries[0]["location"] == {"path": "x.vtl", "lines": {"begin": 1}}
    assert {entry["severity"] for entry in entries} == {"major", "minor"}


def test_junit_is_xml_whatever_the_template_holds() -> None:
    template = BareTemplate(Source("t.vtl", '{"a": "$input.params(\'<&\x00]]>\')"}'))
    found = Linter(Config()).template(template)
    root = ElementTree.fromstring(report("junit", found))
    assert root.get("failures") == str(len(found))
    (suite,) = root
    assert suite.get("name") == "t.vtl"
    assert "unescaped" in (suite[0][0].get("message") or "")
    passed = ElementTree.fromstring(report("junit", []))
    assert (passed.get("tests"), passed.get("failures")) == ("1", "0")


def test_counts_in_words(findings: list[Finding]) -> None:
    assert in_words([]) == ""
    assert in_words(findings[:1]) == "1 error in 1 file"
    assert statistics(findings).splitlines()[0] == "2  J402  * trailing-comma"
