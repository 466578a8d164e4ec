"""Every rule over its cases, and what all rules have in common."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.lint_files import RuleCase, rule_cases, rule_files
from vtl.lint.config import Config
from vtl.lint.fixing import fix
from vtl.lint.linter import Linter
from vtl.lint.registry import all_rules, rule_named

CASES = rule_cases()


def _named(case: RuleCase) -> str:
    return case.name


def _linter(code: str) -> Linter:
    return Linter(Config(select=(code,)))


@pytest.mark.parametrize("case", [case for case in CASES if case.kind == "pass"], ids=_named)
def test_a_rule_is_silent(case: RuleCase) -> None:
    linter = _linter(case.code)
    found = linter.template(case.template) if case.template else linter.integration(case.integration)
    assert [finding.headline() for finding in found] == []


@pytest.mark.parametrize("case", [case for case in CASES if case.kind == "fail"], ids=_named)
def test_a_rule_finds(case: RuleCase) -> None:
    linter = _linter(case.code)
    found = linter.lint([case.template]) if case.template else linter.lint([], [case.integration])
    if case.template:
        assert [f"{each.line}:{each.column}" for each in found] == case.data["at"]
    else:
        assert len(found) == case.data.get("count", 1)
    assert {each.code for each in found} == {case.code}
    assert case.data.get("says", "") in found[0].message
    assert found[0].severity.value == case.data.get("severity", rule_named(case.code).severity.value)


@pytest.mark.parametrize("case", [case for case in CASES if case.kind == "fix"], ids=_named)
def test_a_rule_mends(case: RuleCase) -> None:
    assert case.template is not None
    linter = _linter(case.code)
    fixed = fix(linter, case.template, unsafe=case.data.get("unsafe", False))
    assert fixed.template.text == case.data["fixed"]
    assert fixed.count > 0
    assert not [each for each in linter.template(fixed.template) if each.fix and (each.fix.safe or case.data.get("unsafe"))]


def test_every_rule_has_cases_of_both_kinds_and_of_its_fix() -> None:
    kinds = {code: {case.kind for case in CASES if case.code == code} for code in {case.code for case in CASES}}
    for rule in all_rules():
        assert {"pass", "fail"} <= kinds.get(rule.code, set()), rule.code
        assert ("fix" in kinds[rule.code]) is bool(rule.fixes), rule.code
    assert {path.stem for path in rule_files()} == {rule.code for rule in all_rules()}


def test_a_safe_fix_is_only_promised_by_rules_that_say_so() -> None:
    for case in CASES:
        if case.kind == "fix" and not case.data.get("unsafe"):
            assert rule_named(case.code).fixes == "safe", case.name


def test_every_rule_is_documented_and_stands_in_a_file_of_its_name() -> None:
    for rule in all_rules():
        assert rule.documentation.count("\n") >= 3, rule.code
        assert rule.summary.endswith("."), rule.code
        file = Path(rule.module.replace(".", "/")).name
        shared = set(file.split("_")) & set(rule.name.split("-"))
        assert shared, f"{rule.code} {rule.name} stands in {file}"


def test_codes_and_names_are_unique_and_families_share_a_letter() -> None:
    rules = all_rules()
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)
    folders: dict[str, set[str]] = {}
    for rule in rules:
        folders.setdefault(rule.module.split(".")[-2], set()).add(rule.code[0])
    assert all(len(letters) == 1 or folder == "output" for folder, letters in folders.items()), folders


def test_a_rule_looks_at_templates_or_at_settings() -> None:
    outside = {"P001", "P002", "P005", "P006", "L701"}
    for rule in all_rules():
        assert (rule.check is None) is (rule.check_integration is not None or rule.code in outside), rule.code
