"""Tokens to tree: `drive` runs the LALR tables over a template's tokens and watches the depth."""

from __future__ import annotations

from typing import NoReturn

from vtl.errors import LimitExceeded, TemplateSyntaxError
from vtl.lang import lalr, syntax_errors
from vtl.lang.builder import Build
from vtl.lang.lalr import Flat, Tables
from vtl.lang.nodes import Block
from vtl.lang.reductions import BUILDERS
from vtl.lang.tokens import Token

_OPENING = frozenset({"LPAREN", "METHOD_LPAREN", "LBRACKET", "INDEX_LBRACKET", "LEFT_BRACE"})
"""Tokens that open a level; directives count by their parenthesis."""
_CLOSING = frozenset(
    {"if", "elseif", "line_directive", "block_directive", "parentheses", "method", "index", "list", "range", "map"}
)
"""Rules that hold one of them."""
_STATES_A_LEVEL = 8
"""At most so many parser states lie on the stack for each directive, literal or parenthesis that is open."""


def drive(tables: Tables, tokens: list[Token], build: Build) -> Block:
    """Runs the tables over the tokens; LimitExceeded when the tree gets deeper than the limits allow."""
    block = lalr.drive(tables, tokens, _TreeBuilder(tokens, build))
    assert isinstance(block, Block)
    return block


class _TreeBuilder:
    """Makes nodes of the parser's steps."""

    def __init__(self, tokens: list[Token], build: Build):
        self.tokens = tokens
        self.context = build
        self.deepest = build.limits.nesting
        self.most_states = build.limits.nesting * _STATES_A_LEVEL

    def shift(self, token: Token, states: int) -> None:
        """Counts what opens."""
        context = self.context
        if token.type in _OPENING:
            context.depth += 1
        if context.depth > self.deepest or states > self.most_states:
            message = "directives, literals or parentheses stand too deep inside each other"
            raise LimitExceeded("nesting", message, source=context.source, span=context.span(token.start, token.end))

    def build(self, name: str, children: Flat) -> object:
        """The node of a rule."""
        node = BUILDERS[name](self.context, children)
        if name in _CLOSING or (name == "text" and children[0].type in _OPENING):
            self.context.depth -= 1
        return node

    def refuse(self, token: Token, expected: frozenset[str]) -> NoReturn:
        """TemplateSyntaxError."""
        message, hint, start, end = syntax_errors.describe(self.tokens, token, expected)
        raise TemplateSyntaxError(message, hint=hint, source=self.context.source, span=self.context.span(start, end))
