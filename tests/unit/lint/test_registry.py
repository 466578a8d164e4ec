"""Rules by code, by the beginning of a code, and by name."""

from __future__ import annotations

import pytest

from vtl.errors import InputError
from vtl.lint.registry import all_rules, default_codes, rule_named, selected


def test_rules_come_by_code_in_order() -> None:
    codes = [rule.code for rule in all_rules()]
    assert codes == sorted(codes)
    assert {"U204", "J401", "G602"} <= set(codes)
    assert default_codes() <= set(codes)


def test_a_rule_has_two_names() -> None:
    assert rule_named("u204") is rule_named("unescaped-string")


def test_an_unknown_rule_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(InputError) as caught:
        rule_named("unescaped-strings")
    assert caught.value.hint == "did you mean unescaped-string?"
    with pytest.raises(InputError, match="there is no rule 'Q1'"):
        selected(["Q1"])


def test_selectors() -> None:
    assert selected(["U20"]) == {rule.code for rule in all_rules() if rule.code.startswith("U20")}
    assert selected(["ALL"]) == {rule.code for rule in all_rules()}
    assert selected([]) == frozenset()
