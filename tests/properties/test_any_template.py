"""Whatever the text, a template renders or raises a VtlError, soon."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.strategies import ANY_TEXT, GRAMMAR_TEXTS, context, mutated_corpus
from vtl.errors import TemplateSyntaxError, VtlError
from vtl.limits import Limits
from vtl.mapping import MappingTemplate
from vtl.runtime.template import Template

LIMITS = Limits(steps=100_000, output_size=1_000_000, string_length=1_000_000, range_length=100_000)
DIALECTS = st.sampled_from(("velocity", "apigateway"))
SECONDS = 10


def _tried(text: str, dialect: str, variables: dict[str, Any]) -> None:
    try:
        if dialect == "apigateway":
            MappingTemplate(text, limits=LIMITS).apply('{"k": [1, {"x": null}]}', variables=variables)
        else:
            Template(text, limits=LIMITS).render(variables)
    except VtlError as error:
        assert str(error)


@given(ANY_TEXT, DIALECTS)
def test_any_text(text: str, dialect: str) -> None:
    _tried(text, dialect, context())


@given(GRAMMAR_TEXTS, DIALECTS)
def test_texts_from_the_grammar(text: str, dialect: str) -> None:
    _tried(text, dialect, context())


@given(mutated_corpus(), DIALECTS)
def test_changed_files_of_the_corpus(changed: tuple[str, dict[str, Any]], dialect: str) -> None:
    _tried(*changed[:1], dialect, changed[1])


@given(st.text(alphabet="abc \n<>.,;:=!?%&*/-_~^|", max_size=80))
def test_text_without_signs_is_itself(text: str) -> None:
    assert Template(text).render({}) == text


DEEP = {
    "if": ("#if($t)", "x", "#end"),
    "foreach": ("#foreach($i in [1])", "x", "#end"),
    "parentheses": ("#set($x = " + "(", "1", ")" + ")"),
    "list": ("[", "1", "]"),
    "map": ("{'a': ", "1", "}"),
    "arguments": ("$l.add(", "1", ")"),
    "indexes": ("$l[", "0", "]"),
    "not": ("!", "$t", ""),
    "block": ("#@q()", "x", "#end"),
    "define": ("#define($d)", "x", "#end"),
    "macro": ("#macro(q)", "x", "#end"),
}


@pytest.mark.parametrize("depth", [30, 300, 3_000, 50_000])
@pytest.mark.parametrize("kind", DEEP)
def test_deep_nesting(kind: str, depth: int) -> None:
    before, middle, after = DEEP[kind]
    inside = before * depth + middle + after * depth
    if kind in ("list", "map", "not"):
        inside = f"#set($x = {inside})"
    if kind == "parentheses":
        inside = "#set($x = " + "(" * depth + "1" + ")" * depth + ")"
    started = time.monotonic()
    _tried(inside, "velocity", context())
    assert time.monotonic() - started < SECONDS


LONG = {
    "text": "x" * 1_000_000,
    "references": "$a " * 60_000,
    "undefined": "$u.x.y " * 30_000,
    "sets": "#set($x = 1)" * 20_000,
    "sum": f"#set($x = {'1 + ' * 20_000}1)",
    "and": f"#if({'$t && ' * 20_000}$t)y#end",
    "elseif": f"#if($f)x{'#elseif($f)y' * 10_000}#end",
    "chain": "$s" + ".toString()" * 20_000,
    "properties": "$m" + ".k" * 20_000,
    "list": f"#set($x = [{'1, ' * 50_000}1])",
    "map": "#set($x = {" + ", ".join(f"'k{number}': 1" for number in range(20_000)) + "})",
    "dollars": "$" * 100_000 + " ",
    "hashes": "#" * 100_000 + " ",
    "backslashes": "\\" * 100_000,
    "backslashes before a reference": "\\" * 100_000 + "$a",
    "open comments": "#*" * 50_000,
    "textblocks": "#[[" * 50_000,
    "quotes": "#set($x = " + '"' * 100_000 + ")",
    "brackets": "[" * 100_000,
    "unknown calls": "#nope($a)" * 20_000,
    "macros": "".join(f"#macro(q{number})x#end" for number in range(5_000)),
    "digits": f"#set($x = {'9' * 100_000})$x",
    "fraction": f"#set($x = 0.{'9' * 100_000})$x",
    "newlines": "\n" * 200_000,
    "blanks": " " * 200_000 + "#set($x = 1)",
}


@pytest.mark.parametrize("kind", LONG)
def test_long_templates(kind: str) -> None:
    started = time.monotonic()
    _tried(LONG[kind], "velocity", context())
    assert time.monotonic() - started < SECONDS * 2


@pytest.mark.parametrize("text", ["$", "#", "${a", "#if($t)", "#end", "#set($x = )"])
def test_what_the_parser_refuses_is_refused_at_once(text: str) -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        Template(text)
    assert caught.value.line == 1
    assert caught.value.column >= 1
