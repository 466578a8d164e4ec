"""Tokens to tree: a short driver over LALR tables, so that no run needs Lark."""

from __future__ import annotations

from typing import NamedTuple, NoReturn

from vtl.errors import LimitExceeded, TemplateSyntaxError
from vtl.lang import syntax_errors
from vtl.lang.builder import Build, Flat
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


class Tables(NamedTuple):
    """LALR tables.

    `actions[state][terminal]` is the next state, or `~rule` to reduce; `actions[state][nonterminal]` is the state after it.
    A rule is (nonterminal, length, builder's name, whether it is only passed through to the rule around it).
    """

    actions: tuple[dict[str, int], ...]
    rules: tuple[tuple[str, int, str, bool], ...]
    start: int
    end: int


def drive(tables: Tables, tokens: list[Token], build: Build) -> Block:
    """Runs the tables over the tokens; LimitExceeded when the tree gets deeper than the limits allow."""
    deepest = build.limits.nesting
    most_states = deepest * _STATES_A_LEVEL
    states = [tables.start]
    actions = tables.actions
    values: list[object] = []
    for token in tokens:
        kind = token.type
        while True:
            action = actions[states[-1]].get(kind)
            if action is None:
                _refuse(tokens, token, _acceptable(tables, states), build)
            if action >= 0:
                if kind in _OPENING:
                    build.depth += 1
                if build.depth > deepest or len(states) > most_states:
                    message = "directives, literals or parentheses stand too deep inside each other"
                    raise LimitExceeded("nesting", message, source=build.source, span=build.span(token.start, token.end))
                states.append(action)
                values.append(token)
                break
            _reduce(tables, ~action, states, values, build)
            if states[-1] == tables.end and kind == "$END":
                block = values[-1]
                assert isinstance(block, Block)
                return block
    raise AssertionError("the last token ends the parse")


def _reduce(tables: Tables, number: int, states: list[int], values: list[object], build: Build) -> None:
    origin, length, name, inline = tables.rules[number]
    if inline:
        if length != 1:
            children = _flattened(values, length)
            if length:
                del states[-length:], values[-length:]
            values.append(children)
        else:
            del states[-1:]
    else:
        children = _flattened(values, length)
        if length:
            del states[-length:], values[-length:]
        values.append(BUILDERS[name](build, children))
        if name in _CLOSING or (name == "text" and children[0].type in _OPENING):
            build.depth -= 1
    states.append(tables.actions[states[-1]][origin])


def _flattened(values: list[object], length: int) -> Flat:
    """The children of a rule, those of inline rules in their place; a growing list is taken over, not copied."""
    if not length:
        return Flat()
    first = values[-length]
    children = first if type(first) is Flat else Flat((first,))
    for value in values[len(values) - length + 1 :]:
        if type(value) is Flat:
            children.extend(value)
        else:
            children.append(value)
    return children


def _acceptable(tables: Tables, states: list[int]) -> frozenset[str]:
    """Terminals that could stand here: a row's reductions may lead nowhere, so they are tried."""
    return frozenset(kind for kind in tables.actions[states[-1]] if kind.isupper() and _accepts(tables, states[:], kind))


def _accepts(tables: Tables, states: list[int], kind: str) -> bool:
    while True:
        action = tables.actions[states[-1]].get(kind)
        if action is None or action >= 0:
            return action is not None
        origin, length, _, _ = tables.rules[~action]
        if length:
            del states[-length:]
        states.append(tables.actions[states[-1]][origin])


def _refuse(tokens: list[Token], token: Token, expected: frozenset[str], build: Build) -> NoReturn:
    message, hint, start, end = syntax_errors.describe(tokens, token, expected)
    raise TemplateSyntaxError(message, hint=hint, source=build.source, span=build.span(start, end))
