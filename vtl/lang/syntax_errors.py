"""The words of a syntax error: what stands there, what was expected, and a hint for the common slips."""

from __future__ import annotations

from vtl.lang.lalr import END_OF_INPUT
from vtl.lang.tokens import Token

_NAMES = {
    "STRING": "a string",
    "INTEGER": "a number",
    "FLOAT": "a number",
    "TRUE": "`true`",
    "FALSE": "`false`",
    "LBRACKET": "a list",
    "LEFT_BRACE": "a map",
    "SIMPLE_REFERENCE": "a reference",
    "IDENTIFIER": "a reference",
    "LCURLY": "a reference",
    "LPAREN": "`(`",
    "METHOD_LPAREN": "`(`",
    "RPAREN": "`)`",
    "ARGUMENTS_RPAREN": "`)`",
    "RBRACKET": "`]`",
    "INDEX_RBRACKET": "`]`",
    "RIGHT_BRACE": "`}`",
    "RCURLY": "`}`",
    "COMMA": "`,`",
    "COLON": "`:`",
    "ASSIGN": "`=`",
    "DOUBLE_DOT": "`..`",
    "WORD": "a word",
    "END": "#end",
}
_OPERATORS = frozenset(
    [
        "OR",
        "AND",
        "EQUAL",
        "NOT_EQUAL",
        "LESS",
        "LESS_EQUAL",
        "GREATER",
        "GREATER_EQUAL",
        "PLUS",
        "MINUS",
        "TIMES",
        "DIVIDE",
        "MODULO",
    ]
)
_FALSE_ENDS = frozenset({"endif", "endfor", "endforeach", "elif", "elsif", "elseIf", "End", "END", "EndIf"})


def describe(tokens: list[Token], token: Token, expected: frozenset[str]) -> tuple[str, str | None, int, int]:
    """(message, hint, start, end) for a token that no rule takes; `expected` are the terminals that could stand there."""
    opened = _open_blocks(tokens, token)
    if token.type == END_OF_INPUT and opened and "END" in expected:
        block = opened[-1]
        return f"{_shown(block)} has no #end", _false_end(tokens, token), block.start, block.end
    if token.type in ("END", "ELSE", "ELSEIF") and not opened:
        return f"{_shown(token)} without an #if before it", None, token.start, token.end
    message = f"unexpected {_shown(token)}"
    names = [] if "TEXT" in expected else _expected(expected)
    if names and len(names) <= 8:
        message += f"; expected {', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else f"; expected {names[0]}"
    return message, _hint(tokens, token, expected), token.start, max(token.end, token.start + 1)


def _shown(token: Token) -> str:
    if token.type == END_OF_INPUT:
        return "end of the template"
    image = token.image.strip().split("\n")[0]
    if token.type in ("IF", "ELSE", "ELSEIF", "END", "SET") or token.type.endswith("_DIRECTIVE"):
        return image.rstrip("( ")
    return f"`{image[:40]}`" if image else "blanks"


def _open_blocks(tokens: list[Token], upto: Token) -> list[Token]:
    opened: list[Token] = []
    for token in tokens:
        if token is upto:
            break
        if token.type in ("IF", "BLOCK_DIRECTIVE"):
            opened.append(token)
        elif token.type == "END" and opened:
            opened.pop()
    return opened


def _expected(expected: frozenset[str]) -> list[str]:
    names = {_NAMES[kind] for kind in expected if kind in _NAMES}
    if _OPERATORS & expected:
        names.add("an operator")
    return sorted(names)


def _false_end(tokens: list[Token], upto: Token) -> str:
    for token in tokens:
        if token.type.endswith("_DIRECTIVE") and token.image.strip("#{}") in _FALSE_ENDS:
            return f"{token.image} is not a directive: every block ends with #end, and the middle word is #elseif"
    return "every #if, #foreach, #define and #macro needs its own #end"


def _hint(tokens: list[Token], token: Token, expected: frozenset[str]) -> str | None:
    position = next(index for index, each in enumerate(tokens) if each is token)
    previous = tokens[position - 1] if position else None
    if previous and previous.type == "STRING" and previous.image.endswith('\\"'):
        return 'in a VTL string a backslash does not escape a quote: write "" for one quote'
    if token.type == "TRUE" or token.type == "FALSE":
        return "`$true` and `$false` are not references in Velocity"
    if token.type == "WORD" and "SIMPLE_REFERENCE" in expected:
        if token.image == "null":
            return "VTL has no null: compare with a reference that is never set, such as $null"
        return f"a reference begins with `$`: ${token.image}"
    if token.type == "INTEGER" and token.image.startswith("-") and _OPERATORS & expected:
        return "`-` before a digit makes a negative number: write blanks around the minus"
    if token.type == "BLANKS":
        return "no blanks between empty parentheses or brackets"
    if token.type == "ASSIGN":
        return "`=` only assigns in #set; compare with `==`"
    if token.type in _OPERATORS and "ARGUMENTS_RPAREN" in expected:
        return "arguments are values, not expressions: compute it in a #set first"
    if token.type == END_OF_INPUT and ("RPAREN" in expected or "ARGUMENTS_RPAREN" in expected):
        return "a `(` is never closed"
    if token.type in ("TEXT", "SET", "END") and ("RPAREN" in expected or "ARGUMENTS_RPAREN" in expected):
        return "a `)` is missing"
    return None
