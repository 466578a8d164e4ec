"""Comments that keep findings quiet, and those that keep nothing quiet."""

from __future__ import annotations

import pytest

from vtl.lint.config import Config
from vtl.lint.linter import Linter
from vtl.lint.site import BareTemplate
from vtl.source import Source

BAD = '"a": "$input.params(\'a\')"'


def _codes(text: str, *select: str) -> list[tuple[int, str]]:
    linter = Linter(Config(select=select or None))
    return [(each.line, each.code) for each in linter.template(BareTemplate(Source("t.vtl", text)))]


@pytest.mark.parametrize(
    "text",
    [
        f"{{ {BAD} }} ## noqa: U204",
        f"{{ {BAD} #* noqa: U204 *# }}",
        f"{{ {BAD} #* noqa *# }}",
        f"{{\n## noqa: U204\n{BAD}\n}}",
        f"{{\n  ## the caller is trusted, noqa: U204\n{BAD}\n}}",
        f"{{\n  #* noqa: U2, J *#\n{BAD}\n}}",
        f"#* noqa-file: U204 *#\n{{\n\n\n{BAD}\n}}",
        f"{{ {BAD} }} ## NOQA: u204",
    ],
)
def test_a_finding_is_silenced(text: str) -> None:
    assert [code for _, code in _codes(text) if code == "U204"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{{\n{BAD}\n}} ## noqa: U204", [(2, "U204"), (3, "P006")]),
        (f"{{ {BAD} }} ## noqa: J401", [(1, "P006"), (1, "U204")]),
        (f"## noqa: U204\n\n{{ {BAD} }}", [(1, "P006"), (3, "U204")]),
        ("#* noqa: U204, U205 *#{}", [(1, "P006"), (1, "P006")]),
    ],
)
def test_a_comment_elsewhere_silences_nothing_and_is_told(text: str, expected: list[tuple[int, str]]) -> None:
    assert sorted(_codes(text)) == sorted(expected)


def test_a_code_of_a_rule_that_is_off_is_not_told() -> None:
    assert _codes("#* noqa: U204 *#{}", "P006") == []


def test_of_two_codes_only_the_unused_one_is_told() -> None:
    linter = Linter(Config())
    found = linter.template(BareTemplate(Source("t.vtl", f"{{ {BAD} }} ## noqa: U204, U205")))
    assert [each.message for each in found] == ["noqa: U205 suppresses nothing"]


def test_a_comment_in_a_string_of_the_output_is_text() -> None:
    assert (1, "U204") in _codes(f'{{ "n": "# noqa", {BAD} }}')
