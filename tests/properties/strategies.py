"""Hypothesis strategies for templates: any text, texts from a grammar, and files of the corpus with changes."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from tests.corpus.files import ROOT, read_case

SIGNS = st.text(alphabet="$#\\!{}()[].,:@|*\"'-=+<>&/% \t\n\rab1_é😀", max_size=40)
ANY_TEXT = st.one_of(st.text(max_size=60), SIGNS)

NAMES = st.sampled_from(
    ("a", "b", "s", "l", "m", "u", "x", "i", "t", "f", "hy-phen", "foreach.index", "m.k", "l[0]", "s.length()")
)
LITERALS = st.sampled_from(
    ("1", "-2", "1.5", "'x'", '"$a"', "true", "[1, 2]", "[1..3]", "{'k': $a}", "2147483648", '"#if($t)y#end"')
)
TEXTS = st.sampled_from(
    ("x", " ", "\n", "  ", "\r\n", "$ ", "# ", "\\", "\\\\", "$a", "## c\n", "#* c *#", "#[[ $ ]]#", "\\$a", "\\#if", "é")
)


@st.composite
def references(draw: st.DrawFn) -> str:
    """A reference in one of its forms."""
    name = draw(NAMES)
    return draw(st.sampled_from((f"${name}", f"$!{name}", f"${{{name}}}", f"$!{{{name}}}", f"\\${name}", f"$${name}")))


PRIMARIES = st.one_of(LITERALS, NAMES.map(lambda name: f"${name}"))
OPERATORS = st.sampled_from(("+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||", "and", "or", "eq"))


def _joined(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    binary = st.tuples(children, OPERATORS, children).map(lambda parts: f"({' '.join(parts)})")
    return st.one_of(binary, children.map(lambda operand: f"!({operand})"))


EXPRESSIONS = st.recursive(PRIMARIES, _joined, max_leaves=5)
TARGETS = st.sampled_from(("$x", "$a", "$m.k", "$m['q']", "$l[0]", "$u.x", "$i"))
SETS = st.tuples(TARGETS, EXPRESSIONS).map(lambda parts: f"#set({parts[0]} = {parts[1]})")


def _nested(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(children, max_size=4).map("".join)
    source = st.sampled_from(("$l", "$m", "[1..3]", "['a', $u]", "$u", "$s", "$m.keySet()"))
    return st.one_of(
        body,
        st.tuples(EXPRESSIONS, body).map(lambda parts: f"#if({parts[0]}){parts[1]}#end"),
        st.tuples(EXPRESSIONS, body, body).map(lambda parts: f"#if({parts[0]}){parts[1]}#{{else}}{parts[2]}#end"),
        st.tuples(source, body).map(lambda parts: f"#foreach($i in {parts[0]}){parts[1]}#end"),
        body.map(lambda inside: f"#macro(q $p){inside}$p#end"),
        PRIMARIES.map(lambda argument: f"#q({argument})"),
        body.map(lambda inside: f"#@q($a){inside}$!bodyContent#end"),
        body.map(lambda inside: f"#define($d){inside}#end$d"),
        st.sampled_from(("#break", "#stop ", "#if($t)#break#end", "#evaluate('$a#set($x = 1)')", "#parse($u)")),
    )


GRAMMAR_TEXTS = st.recursive(st.one_of(TEXTS, references(), SETS), _nested, max_leaves=20)

CORPUS = [read_case(path) for path in sorted((ROOT / "velocity").glob("*/*.vtl"))]
PIECES = st.sampled_from(
    (
        "$",
        "#",
        "\\",
        "#end",
        "#if($a)",
        "#else",
        "(",
        ")",
        '"',
        "'",
        "[",
        "]",
        "{",
        "}",
        "\n",
        " ",
        "#*",
        "]]#",
        "$!",
        "..",
        "#set",
    )
)


@st.composite
def mutated_corpus(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A template of the corpus with some pieces cut out, doubled or put in, and its context."""
    case = draw(st.sampled_from(CORPUS))
    text = case.template
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 8)))
        how = draw(st.sampled_from(("cut", "double", "insert")))
        middle = "" if how == "cut" else text[start:end] * 2 if how == "double" else draw(PIECES)
        text = text[:start] + middle + text[start if how == "insert" else end :]
    return text, copy.deepcopy(dict(case.context))


def context() -> dict[str, Any]:
    """Fresh variables for the grammar's names."""
    return {
        "a": 1,
        "b": 2.5,
        "s": "Hello",
        "l": [1, "two", [3]],
        "m": {"k": "v", "n": {"x": 5}},
        "t": True,
        "f": False,
        "hy-phen": "H",
        "n": None,
    }
