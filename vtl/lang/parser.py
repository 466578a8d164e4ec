"""Tokens to tree: a short driver over the LALR tables that Lark computed from grammar.lark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from vtl.errors import LimitExceeded, TemplateSyntaxError
from vtl.lang import syntax_errors
from vtl.lang.builder import Build, Flat
from vtl.lang.reductions import BUILDERS
from vtl.lang.escapes import settle
from vtl.lang.lexer import Lexer
from vtl.lang.nodes import Block, Template
from vtl.lang.tables import ACTIONS, END, RULES, START
from vtl.lang.tokens import Token
from vtl.limits import Limits
from vtl.source import Source, Span

_DEPTH = {
    **dict.fromkeys(("IF", "BLOCK_DIRECTIVE", "LPAREN", "METHOD_LPAREN", "LBRACKET", "INDEX_LBRACKET", "LEFT_BRACE", "LCURLY"), 1),
    **dict.fromkeys(("END", "RPAREN", "ARGUMENTS_RPAREN", "RBRACKET", "INDEX_RBRACKET", "RIGHT_BRACE", "RCURLY"), -1),
}
_STATES_A_LEVEL = 8
"""At most so many parser states lie on the stack for each directive, literal or parenthesis that is open."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """What the parser must know besides the text: directives that the dialect lacks, and how deep and long it may be."""

    removed_directives: frozenset[str] = frozenset()
    limits: Limits = Limits()


def parse(source: Source, syntax: Syntax | None = None) -> Template:
    """The tree of a whole template; TemplateSyntaxError for what Velocity 1.7 refuses, LimitExceeded when it is too large."""
    syntax = syntax or Syntax()
    if len(source.text) > syntax.limits.template_size:
        message = f"the template has {len(source.text)} characters; {syntax.limits.template_size} are allowed"
        raise LimitExceeded("template_size", message, source=source, span=Span(0, 0))

    def parse_text(build: Build) -> Block:
        """Parses the build's text: the template's own, or that of an interpolated string in it."""
        return drive(_tokens(build, syntax), build)

    body = parse_text(Build(source=source, parse_string=parse_text, limits=syntax.limits, text=source.text))
    return Template(body, body.span)


def _tokens(build: Build, syntax: Syntax) -> list[Token]:
    """The build's text as tokens, escapes settled; notes in the build what belongs to no token."""
    lexer = Lexer(Source(build.source.name, build.text), syntax.removed_directives)
    try:
        tokens = lexer.scan()
    except TemplateSyntaxError as error:
        raise _moved(error, build) from None
    build.directives = lexer.directives
    build.macros = settle(tokens, lexer.directives, build.macros)
    build.edits.extend((span.start, span.end, "") for span in lexer.skipped)
    build.strays.extend(lexer.strays)
    return tokens


def _moved(error: TemplateSyntaxError, build: Build) -> TemplateSyntaxError:
    assert error.span is not None
    return TemplateSyntaxError(error.message, hint=error.hint, source=build.source, span=build.span(*error.span))


def drive(tokens: list[Token], build: Build) -> Block:
    """Runs the tables over the tokens; LimitExceeded when the tree gets deeper than the limits allow."""
    deepest = build.limits.nesting
    states = [START]
    values: list[object] = []
    for token in tokens:
        kind = token.type
        while True:
            action = ACTIONS[states[-1]].get(kind)
            if action is None:
                _refuse(tokens, token, states[-1], build)
            if action >= 0:
                build.depth += _DEPTH.get(kind, 0)
                if build.depth > deepest or len(states) > deepest * _STATES_A_LEVEL:
                    message = "directives, literals or parentheses stand too deep inside each other"
                    raise LimitExceeded("nesting", message, source=build.source, span=build.span(token.start, token.end))
                states.append(action)
                values.append(token)
                break
            _reduce(~action, states, values, build)
            if states[-1] == END and kind == "$END":
                block = values[-1]
                assert isinstance(block, Block)
                return block
    raise AssertionError("the last token ends the parse")


def _reduce(number: int, states: list[int], values: list[object], build: Build) -> None:
    origin, length, name, inline = RULES[number]
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
    states.append(ACTIONS[states[-1]][origin])


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


def _refuse(tokens: list[Token], token: Token, state: int, build: Build) -> NoReturn:
    message, hint, start, end = syntax_errors.describe(tokens, token, ACTIONS[state])
    raise TemplateSyntaxError(message, hint=hint, source=build.source, span=build.span(start, end))
