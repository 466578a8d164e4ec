"""Writes tables.py: the LALR tables that Lark computes from grammar.lark, as constants that load without Lark.

    python -m vtl.lang.generate

A test computes them afresh and compares. See: Lark's documentation, "LALR(1)".
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lark import Lark, Token
from lark.common import ParserConf
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Shift
from lark.parsers.lalr_parser import LALR_Parser

from vtl.lang.lalr import Tables

GRAMMAR = Path(__file__).with_name("grammar.lark")
TABLES = Path(__file__).with_name("tables.py")


class _NoLexer(Lexer):
    """The tables need no tokens."""

    def __init__(self, _conf: object):
        pass

    def lex(self, _data: object) -> Iterator[Token]:  # type: ignore[override]
        return iter(())


def build_lark(grammar: str, lexer: Any = _NoLexer, start: str = "template") -> Lark:
    """Lark's own parser for this grammar text, fed by `lexer`."""
    return Lark(grammar, parser="lalr", start=start, keep_all_tokens=True, maybe_placeholders=False, lexer=lexer)


def compute_tables(grammar: str, without: int | None = None, start: str = "template") -> Tables:
    """The tables of a grammar; `without` leaves out one of Lark's expanded rules, by number, to see what it is good for.

    Raises lark.exceptions.GrammarError when the rest is no grammar.
    """
    configuration: Any = build_lark(grammar, start=start).parser.parser_conf
    if without is not None:
        kept = [rule for number, rule in enumerate(configuration.rules) if number != without]
        configuration = ParserConf(kept, configuration.callbacks, configuration.start)
    table: Any = LALR_Parser(configuration)._parse_table
    order = _walk(table.states, table.start_states[start])
    numbers = {state: number for number, state in enumerate(order)}
    rules: list[tuple[str, int, str, bool]] = []
    rule_numbers: dict[Any, int] = {}
    for rule in configuration.rules:
        rule_numbers[rule] = len(rules)
        name = str(rule.origin.name)
        rules.append((name, len(rule.expansion), str(rule.alias or name), name.startswith("_")))
    actions = []
    for state in order:
        row: dict[str, int] = {}
        for symbol, (action, argument) in sorted(table.states[state].items()):
            row[symbol] = numbers[argument] if action is Shift else ~rule_numbers[argument]
        actions.append(row)
    first, last = (numbers[states[start]] for states in (table.start_states, table.end_states))
    return Tables(tuple(actions), tuple(rules), first, last)


def _walk(states: Any, start: Any) -> list[Any]:
    """The states in the order in which a walk from `start` meets them: the same in every run, unlike Lark's numbers."""
    order, seen = [start], {start}
    for state in order:
        for _, (action, argument) in sorted(states[state].items()):
            if action is Shift and argument not in seen:
                seen.add(argument)
                order.append(argument)
    return order


def tables_source(grammar: str, start: str = "template", program: str = "vtl.lang.generate") -> str:
    """The text of tables.py for a grammar."""
    actions, rules, first, last = compute_tables(grammar, start=start)
    lines = [
        f'"""LALR tables of grammar.lark: written by `python -m {program}`, not by hand."""',
        "",
        "# fmt: off",
        "# ruff: noqa",
        "from vtl.lang.lalr import Tables",
        "",
        "TABLES = Tables(",
        f"    start={first},",
        f"    end={last},",
        "    rules=(",
        *(f"        {rule!r}," for rule in rules),
        "    ),",
        "    actions=(",
        *(f"        {row!r}," for row in actions),
        "    ),",
        ")",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    TABLES.write_text(tables_source(GRAMMAR.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{TABLES.name} written\n")
