"""The grammar is the one statement of the syntax: the shipped tables come from it, and Lark itself reads the same trees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from lark import Token as LarkToken
from lark import Tree
from lark.exceptions import GrammarError, UnexpectedInput
from lark.lexer import Lexer as LarkLexer

from tests.unit.lang.samples import TEMPLATES, corpus_templates
from vtl.errors import TemplateSyntaxError
from vtl.lang import nodes
from vtl.lang.builder import Build
from vtl.lang.driver import drive
from vtl.lang.generate import GRAMMAR, TABLES, build_lark, compute_tables, tables_source
from vtl.lang.lalr import Tables
from vtl.lang.parser import Syntax, _tokens, parse
from vtl.lang.reductions import BUILDERS
from vtl.limits import Limits
from vtl.source import Source

GRAMMAR_TEXT = GRAMMAR.read_text(encoding="utf-8")


class ReadyTokens(LarkLexer):
    """Hands Lark the scanner's tokens."""

    def __init__(self, _conf: object):
        pass

    def lex(self, data: Any) -> Iterator[LarkToken]:  # type: ignore[override]
        for token in data:
            if token.type != "$END":
                yield LarkToken(token.type, token)


LARK = build_lark(GRAMMAR_TEXT, ReadyTokens)


def by_lark(text: str) -> nodes.Template:
    """The tree as Lark parses it: Lark's tree turned into nodes with the same builders."""

    def parse_text(build: Build) -> nodes.Block:
        tree = LARK.parse(_tokens(build, Syntax()))
        return built(build, tree)

    source = Source("test", text)
    body = parse_text(Build(source=source, parse_string=parse_text, limits=Limits(), text=text))
    return nodes.Template(body, body.span)


def built(build: Build, tree: Tree[Any]) -> Any:
    children = [built(build, child) if isinstance(child, Tree) else child.value for child in tree.children]
    return BUILDERS[tree.data](build, children)


def with_tables(tables: Tables, text: str) -> nodes.Template:
    """The tree as the driver reads it from other tables."""

    def parse_text(build: Build) -> nodes.Block:
        return drive(tables, _tokens(build, Syntax()), build)

    source = Source("test", text)
    body = parse_text(Build(source=source, parse_string=parse_text, limits=Limits(), text=text))
    return nodes.Template(body, body.span)


def test_shipped_tables_are_fresh() -> None:
    assert TABLES.read_text(encoding="utf-8") == tables_source(GRAMMAR_TEXT), "run python -m vtl.lang.generate"


@pytest.mark.parametrize("text", TEMPLATES)
def test_lark_reads_the_same_tree(text: str) -> None:
    assert by_lark(text) == parse(Source("test", text))


def test_lark_reads_the_same_trees_of_the_corpus() -> None:
    compared = 0
    for text in corpus_templates():
        try:
            tree = parse(Source("test", text))
        except TemplateSyntaxError:
            with pytest.raises((TemplateSyntaxError, UnexpectedInput)):
                by_lark(text)
        else:
            assert by_lark(text) == tree
        compared += 1
    assert compared


def rules_of_lark() -> list[str]:
    return [f"{rule.origin.name}: {' '.join(symbol.name for symbol in rule.expansion)}" for rule in LARK.rules]


@pytest.mark.parametrize(("number", "rule"), list(enumerate(rules_of_lark())))
def test_every_rule_is_needed(number: int, rule: str) -> None:
    """Without any one of the rules that Lark expands the grammar to, some sample is refused or reads differently."""
    try:
        tables = compute_tables(GRAMMAR_TEXT, without=number)
    except GrammarError:
        return
    for text in TEMPLATES:
        try:
            if with_tables(tables, text) != parse(Source("test", text)):
                return
        except (TemplateSyntaxError, KeyError):
            return
    pytest.fail(f"no sample needs {rule}")
