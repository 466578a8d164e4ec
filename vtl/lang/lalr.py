"""A short driver over LALR tables: `Tables`, which Lark computed beforehand, and `drive`, which runs them over tokens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, NoReturn, Protocol

END_OF_INPUT = "$END"


class Tables(NamedTuple):
    """LALR tables.

    `actions[state][terminal]` is the next state, or `~rule` to reduce; `actions[state][nonterminal]` is the state after it.
    A rule is (nonterminal, length, builder's name, whether it is only passed through to the rule around it).
    """

    actions: tuple[dict[str, int], ...]
    rules: tuple[tuple[str, int, str, bool], ...]
    start: int
    end: int


class Flat(list[Any]):
    """Children of a rule whose name begins with `_`: they go into the rule around it."""


class Lexeme(Protocol):
    """A token: `type` is its terminal in the grammar."""

    @property
    def type(self) -> str:
        """The terminal's name, `$END` behind the last one."""


class Builder(Protocol):
    """Who makes something of the parser's steps."""

    def shift(self, token: Any, states: int) -> None:
        """A token is taken; `states` is the height of the stack."""

    def build(self, name: str, children: Flat) -> object:
        """A rule is complete; gives what stands for it from now on."""

    def refuse(self, token: Any, expected: frozenset[str]) -> NoReturn:
        """A token that cannot stand here."""


def drive(tables: Tables, tokens: Iterable[Lexeme], builder: Builder) -> Any:
    """Runs the tables over the tokens, the last of which is `$END`; gives what the builder made of the start rule."""
    states = [tables.start]
    actions = tables.actions
    values: list[object] = []
    for token in tokens:
        kind = token.type
        while True:
            action = actions[states[-1]].get(kind)
            if action is None:
                builder.refuse(token, _acceptable(tables, states))
            if action >= 0:
                builder.shift(token, len(states))
                states.append(action)
                values.append(token)
                break
            _reduce(tables, ~action, states, values, builder)
            if states[-1] == tables.end and kind == END_OF_INPUT:
                return values[-1]
    raise AssertionError("the last token ends the parse")


def _reduce(tables: Tables, number: int, states: list[int], values: list[object], builder: Builder) -> None:
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
        values.append(builder.build(name, children))
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
