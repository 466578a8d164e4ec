"""Tokens of VTL: the record that the lexer makes, and the words that have a meaning of their own."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """One token: its terminal in grammar.lark, where it stands, and its characters.

    `image` is the source text, but a DOT is just "." and what escapes leave of themselves has been worked out.
    `stray` holds the `$`, `#` and `\\` signs before the token that began nothing; only plain text prints them.
    """

    type: str
    start: int
    end: int
    image: str
    stray: str = ""


BLOCK_DIRECTIVES = frozenset({"foreach", "macro", "define", "literal"})
"""Directives with a body up to #end."""

LINE_DIRECTIVES = frozenset({"include", "parse", "evaluate", "stop", "break"})
"""Directives without a body."""

CONTROL_WORDS = frozenset({"if", "end", "set", "else", "elseif"})
"""Words that the grammar knows by itself."""

OPERATOR_WORDS = {
    "and": "AND",
    "or": "OR",
    "not": "NOT",
    "lt": "LESS",
    "le": "LESS_EQUAL",
    "gt": "GREATER",
    "ge": "GREATER_EQUAL",
    "eq": "EQUAL",
    "ne": "NOT_EQUAL",
    "true": "TRUE",
    "false": "FALSE",
}
"""Words in a directive's parentheses that are tokens of their own, and their terminals."""

ARGUMENT_STARTS = frozenset(
    [
        "STRING",
        "INTEGER",
        "FLOAT",
        "TRUE",
        "FALSE",
        "LBRACKET",
        "LEFT_BRACE",
        "IDENTIFIER",
        "LCURLY",
        "SIMPLE_REFERENCE",
        "ARGUMENTS_RPAREN",
        "BLANKS",
    ]
)
"""Tokens that may follow the `(` of a method; before any other it is text."""
