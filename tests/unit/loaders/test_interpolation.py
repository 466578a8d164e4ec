"""Terraform's string templates."""

from __future__ import annotations

import pytest

from vtl.loaders.interpolation import closing, placeholder, quoted_outside_strings, render
from vtl.loaders.origin import Text, file_text
from vtl.source import Source


def text_of(text: str) -> Text:
    return file_text(Source("f", text))


@pytest.mark.parametrize(
    ("text", "end"),
    [("a}b", 2), ("{a}}", 4), ('"}"}', 4), ('"\\"}"}', 6), ('"${"}"}"}', 9), ("a", -1), ('"', -1), ('"${a', -1)],
)
def test_the_end_of_an_interpolation(text: str, end: int) -> None:
    assert closing(text, 0) == end


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("a ${var.b} c", "a var-b c"),
        ("$${a} %%{b} $a $ {", "${a} %{b} $a $ {"),
        ("%{ if x }a%{ else }b%{ endif }c", "ac"),
        ("%{ for x in y }${x}%{ endfor }", "x"),
        ("a \n%{~ if x ~}\n b", "ab"),
        ("a ${~ x ~} b", "axb"),
        ("${open", "${open"),
        ("%{ if a }%{ if b }x%{ else }y%{ endif }%{ else }z%{ endif }", "x"),
    ],
)
def test_what_a_template_becomes(text: str, rendered: str) -> None:
    assert render(text_of(text), placeholder) == rendered


def test_stand_ins_between_json_values_get_quotes() -> None:
    text = quoted_outside_strings(render(text_of('{"a": ${x}, "b\\"": "${y}", "c": [${z}]}'), placeholder))
    assert text == '{"a": "x", "b\\"": "y", "c": ["z"]}'
    assert [text[mark.start : mark.end] for mark in text.placeholders] == ["x", "y", "z"]
    assert text.origin.locate(text.index('"c"'))[1] == 27
