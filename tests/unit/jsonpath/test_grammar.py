"""The grammar is the one statement of the syntax: the shipped tables come from it, and Lark itself reads the same trees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from lark import Token as LarkToken
from lark import Tree
from lark.exceptions import GrammarError, UnexpectedInput
from lark.lexer import Lexer as LarkLexer

from tests.unit.jsonpath.samples import corpus_cases, corpus_paths, scanned
from vtl.errors import InvalidPath, VtlError
from vtl.jsonpath.dialect import JAYWAY_2_9
from vtl.jsonpath.documents import loads
from vtl.jsonpath.generate import GRAMMAR, START, TABLES, source
from vtl.jsonpath.parser import PathBuilder
from vtl.jsonpath.paths import Path, compile_path, link_path
from vtl.jsonpath.tables import TABLES as SHIPPED
from vtl.jsonpath.tokens import Token
from vtl.lang.generate import build_lark, compute_tables
from vtl.lang.lalr import END_OF_INPUT, Flat, Tables, drive
from vtl.source import Source
from vtl.values.text import to_text

GRAMMAR_TEXT = GRAMMAR.read_text(encoding="utf-8")


class ReadyTokens(LarkLexer):
    """Hands Lark the scanner's tokens."""

    def __init__(self, _conf: object):
        pass

    def lex(self, data: Any) -> Iterator[LarkToken]:  # type: ignore[override]
        for token in data:
            yield LarkToken(token.type, token)


LARK = build_lark(GRAMMAR_TEXT, ReadyTokens, START)


class Refused(Exception):
    """The tables do not take a token."""


class TreeBuilder:
    """Makes plain trees: the name of the rule, and what is below it."""

    def shift(self, token: Token, states: int) -> None:
        """Nothing to do."""

    def build(self, name: str, children: Flat) -> object:
        """A tuple."""
        return (name, *children)

    def refuse(self, token: Token, expected: frozenset[str]) -> NoReturn:
        """Refused."""
        raise Refused(token)


def driven(tables: Tables, tokens: list[Token]) -> Any:
    """The tree that the driver reads, None where it refuses."""
    try:
        return drive(tables, [*tokens, Token(END_OF_INPUT, 0, 0)], TreeBuilder())
    except Refused:
        return None


def by_lark(tokens: list[Token]) -> Any:
    """The tree that Lark reads, None where it refuses."""
    try:
        return plain(LARK.parse(tokens))
    except UnexpectedInput:
        return None


def plain(tree: Any) -> Any:
    return (str(tree.data), *(plain(child) if isinstance(child, Tree) else child.value for child in tree.children))


def tokens_of(text: str) -> list[Token] | None:
    try:
        return scanned(text)
    except InvalidPath:
        return None


SAMPLES = [tokens for tokens in map(tokens_of, corpus_paths()) if tokens is not None]


def test_shipped_tables_are_fresh() -> None:
    assert TABLES.read_text(encoding="utf-8") == source(), "run python -m vtl.jsonpath.generate"


def test_lark_reads_the_same_trees() -> None:
    refused = 0
    for tokens in SAMPLES:
        tree = by_lark(tokens)
        assert driven(SHIPPED, tokens) == tree
        refused += tree is None
    assert len(SAMPLES) > 800
    assert refused >= 2


def built(builder: PathBuilder, tree: Tree[Any]) -> Any:
    """What our builders make of Lark's tree."""
    children = Flat()
    for child in tree.children:
        part = built(builder, child) if isinstance(child, Tree) else child.value
        children.extend(part if type(part) is Flat else [part])
    return builder.build(str(tree.data), children)


def path_by_lark(text: str) -> Path:
    source = Source("<path>", text)
    path: Path = built(PathBuilder(source, JAYWAY_2_9, link_path), LARK.parse(scanned(text)))
    return path


def result(path: Path, document: str) -> object:
    try:
        return to_text(path.read(loads(document)))
    except VtlError as error:
        return type(error), error.message, error.span


def test_a_path_of_larks_tree_finds_the_same() -> None:
    compared = 0
    for case in corpus_cases():
        try:
            path = compile_path(case.path)
        except InvalidPath:
            continue
        twin = path_by_lark(case.path)
        assert (twin.definite, twin.keys, twin.from_root) == (path.definite, path.keys, path.from_root)
        assert [link.step.describe() for link in twin.links] == [link.step.describe() for link in path.links]
        assert result(twin, case.document) == result(path, case.document)
        compared += 1
    assert compared > 800


def rules_of_lark() -> list[str]:
    return [f"{rule.origin.name}: {' '.join(symbol.name for symbol in rule.expansion)}" for rule in LARK.rules]


@pytest.mark.parametrize(("number", "rule"), list(enumerate(rules_of_lark())))
def test_every_rule_is_needed(number: int, rule: str) -> None:
    """Without any one of the rules that Lark expands the grammar to, some path of the corpus is refused or reads differently."""
    try:
        tables = compute_tables(GRAMMAR_TEXT, without=number, start=START)
    except GrammarError:
        return
    for tokens in SAMPLES:
        try:
            if driven(tables, tokens) != driven(SHIPPED, tokens):
                return
        except KeyError:
            return
    pytest.fail(f"no path of the corpus needs {rule}")


def test_every_terminal_is_made_by_a_scanner() -> None:
    declared = {word for line in GRAMMAR_TEXT.splitlines() if line.startswith("%declare") for word in line.split()[1:]}
    assert {token.type for tokens in SAMPLES for token in tokens} == declared
