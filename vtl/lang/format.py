"""The formatter: tidies what of a template is not output, and proves that it still means the same.

What is changed, all of it between the parentheses of directives, in comments, or in what Velocity swallows:

- blanks: `#if($a == $b)`, `#set($x = 1)`, `#foreach($x in $list)`, `$a.m(1, 2)`, `[1, 2]`, `[1..3]`, `{'a': 1}`; line ends stay;
- operators are signs: `==` for `eq`, `&&` for `and`, `!` for `not`;
- a string in which nothing can be interpolated stands in single quotes, unless it has a quote in it;
- a blank after `##`, none at the end of a comment's lines, blanks around the text of `#* *#`;
- no blanks between a directive and the line end that it swallows.

What prints its own source text (see `printed.py`) is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from vtl.dialect import APIGATEWAY, VELOCITY
from vtl.errors import TemplateSyntaxError, VtlError
from vtl.lang import nodes
from vtl.lang.comments import tidied_comment
from vtl.lang.lalr import END_OF_INPUT
from vtl.lang.lexer import Lexer
from vtl.lang.meaning import meaning
from vtl.lang.parser import Syntax, parse
from vtl.lang.printed import printed
from vtl.lang.tokens import Token
from vtl.lang.visitor import walk
from vtl.limits import Limits
from vtl.source import Source, Span

_NAMES = frozenset({"IF", "ELSEIF", "LINE_DIRECTIVE", "BLOCK_DIRECTIVE"})
_TIGHT_AFTER = _NAMES | {
    "SET",
    "LPAREN",
    "METHOD_LPAREN",
    "LBRACKET",
    "INDEX_LBRACKET",
    "LEFT_BRACE",
    "LCURLY",
    "NOT",
    "DOUBLE_DOT",
    "DOT",
}
_TIGHT_BEFORE = frozenset(
    {
        "RPAREN",
        "ARGUMENTS_RPAREN",
        "RBRACKET",
        "INDEX_RBRACKET",
        "RIGHT_BRACE",
        "RCURLY",
        "COMMA",
        "COLON",
        "DOUBLE_DOT",
        "DOT",
        "METHOD_LPAREN",
        "INDEX_LBRACKET",
    }
)
_SIGNS = {
    "AND": "&&",
    "OR": "||",
    "NOT": "!",
    "EQUAL": "==",
    "NOT_EQUAL": "!=",
    "LESS": "<",
    "LESS_EQUAL": "<=",
    "GREATER": ">",
    "GREATER_EQUAL": ">=",
}
_SWALLOWED = re.compile(r"[ \t]+(?=[\r\n])")
_BLANKS = " \t\r\n"
_COMMENTS = frozenset({"LINE_COMMENT", "BLOCK_COMMENT", "FORMAL_COMMENT"})
_PLAIN_STRING = re.compile(r'"((?:[^"\'$#\\]|\\(?!u))*)"')


class Edit(NamedTuple):
    """A range of the text and what stands there instead."""

    start: int
    end: int
    text: str


def format_source(source: Source, limits: Limits | None = None) -> str:
    """The tidied text, which renders exactly as the given one in both dialects.

    TemplateSyntaxError if neither dialect can parse it, LimitExceeded if it is too large. Should the tidied text mean something
    else, which would be a mistake in this module, it is not given: then a VtlError says so.
    """
    syntaxes = _syntaxes(source.text, limits or Limits())
    before = [_tree(source, syntax) for syntax in syntaxes]
    parsed = [(tree, syntax) for tree, syntax in zip(before, syntaxes, strict=True) if isinstance(tree, nodes.Template)]
    if not parsed:
        assert isinstance(before[0], TemplateSyntaxError)
        raise before[0]
    text = _applied(source.text, _edits(source, *parsed[0]))
    if text != source.text:
        after = [_tree(Source(source.name, text), syntax) for syntax in syntaxes]
        if not all(map(_same, before, after)):
            message = "the template is left as it is: tidied, it would mean something else"
            raise VtlError(message, source=source, hint="this is a mistake in vtl: please report it with the template")
    return text


def _syntaxes(text: str, limits: Limits) -> list[Syntax]:
    """The syntax of each dialect; one is enough for a text that has none of the directives in which they differ."""
    size = VELOCITY.template_size if limits.template_size is None else limits.template_size
    removed = [VELOCITY.removed_directives]
    if any(name in text for name in APIGATEWAY.removed_directives):
        removed.append(APIGATEWAY.removed_directives)
    return [Syntax(each, size, limits) for each in removed]


def _tree(source: Source, syntax: Syntax) -> nodes.Template | TemplateSyntaxError:
    try:
        return parse(source, syntax)
    except TemplateSyntaxError as error:
        return error


def _same(old: nodes.Template | TemplateSyntaxError, new: nodes.Template | TemplateSyntaxError) -> bool:
    if isinstance(old, nodes.Template) and isinstance(new, nodes.Template):
        return meaning(old) == meaning(new)
    return isinstance(old, TemplateSyntaxError) and isinstance(new, TemplateSyntaxError)


def _applied(text: str, edits: list[Edit]) -> str:
    pieces = []
    position = 0
    for edit in edits:
        pieces += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*pieces, text[position:]])


def _edits(source: Source, tree: nodes.Template, syntax: Syntax) -> list[Edit]:
    """All changes, in the order of the text."""
    tokens = Lexer(source, syntax.removed_directives).scan()
    kept = _kept(source.text, tree)
    starts = [span.start for span in kept]
    found = []
    for edit in _proposed(source.text, tokens, tree):
        index = bisect_left(starts, edit.end)
        inside = index > 0 and edit.start < kept[index - 1].end
        if not inside and source.text[edit.start : edit.end] != edit.text:
            found.append(edit)
    return found


def _kept(text: str, tree: nodes.Template) -> list[Span]:
    """The ranges that may be printed as they stand; apart from each other, in order."""
    spans = []
    for node, around in printed(tree):
        start, end = node.span
        if isinstance(node, nodes.Binary):
            # It begins after a sign and goes on to the next token: the whole expression stays as it is written.
            start, end = around.span
            if end == node.span.end:
                end = _past_blanks(text, end) + 1
        elif isinstance(node, nodes.Reference | nodes.RangeLiteral):
            start, end = _with_parentheses(text, start, end, node.literal)
        spans.append(Span(start, end))
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _with_parentheses(text: str, start: int, end: int, literal: str) -> tuple[int, int]:
    """The range of an operand and of what stands around it up to its outermost parentheses, if its source text reaches so far."""
    before = len(literal) - len(literal.lstrip("(" + _BLANKS))
    if not before and literal.rstrip(_BLANKS) == literal:
        return start, end
    for _ in range(literal.count("(", 0, before)):
        end = _past_blanks(text, end) + 1
    return start - before - 1, _past_blanks(text, end) + 1


def _past_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position] in _BLANKS:
        position += 1
    return position


def _proposed(text: str, tokens: list[Token], tree: nodes.Template) -> Iterator[Edit]:
    """What would be tidied if nothing printed its source text."""
    quiet = {node.span.start: node.span.end for node in walk(tree) if isinstance(node, nodes.Reference) and node.quiet}
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = index
        if token.type == "SET" or (token.type in _NAMES and tokens[index + 1].type == "LPAREN"):
            end = _header_end(tokens, index)
            yield from _tidy(text, tokens[index : end + 1])
        elif token.start in quiet:
            while tokens[end + 1].type != END_OF_INPUT and tokens[end + 1].end <= quiet[token.start]:
                end += 1
            yield from _tidy(text, tokens[index : end + 1])
        elif token.type in _COMMENTS:
            yield Edit(token.start, token.end, tidied_comment(text[token.start : token.end]))
        if tokens[end].type in ("RPAREN", "END", "ELSE"):
            yield from _swallowed(text, tokens[end])
        index = end + 1


def _header_end(tokens: list[Token], index: int) -> int:
    """The place in `tokens` of the parenthesis that closes a directive's."""
    opened = 0
    while True:
        opened += (tokens[index].type in ("SET", "LPAREN")) - (tokens[index].type == "RPAREN")
        if tokens[index].type == "RPAREN" and not opened:
            return index
        index += 1


def _swallowed(text: str, token: Token) -> Iterator[Edit]:
    """The blanks between a directive's last character and the line end that belongs to it."""
    blanks = _SWALLOWED.search(text, token.start, token.end)
    if blanks:
        yield Edit(blanks.start(), blanks.end(), "")


def _tidy(text: str, tokens: list[Token]) -> Iterator[Edit]:
    """A directive from its name to its last parenthesis, or a reference."""
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        end = token.end
        if token.type == "SET":
            name = text.rindex("#", token.start, token.end)
            yield Edit(name, token.end, text[name : token.end - 1].rstrip(" ") + "(")
        elif token.type == "RPAREN":
            end = token.start + 1
        elif token.type == "STRING":
            plain = _PLAIN_STRING.fullmatch(text, token.start, token.end)
            if plain:
                yield Edit(token.start, token.end, f"'{plain[1]}'")
        elif token.type in _SIGNS:
            yield Edit(token.start, token.end, _SIGNS[token.type])
        if following is not None:
            yield from _gap(text, token, end, following)


def _gap(text: str, token: Token, end: int, following: Token) -> Iterator[Edit]:
    """What stands between two tokens of a directive or reference; signs that belong to no token stay, and so do line ends."""
    gap = text[end : following.start]
    if gap.strip(_BLANKS):
        return
    if ("\n" in gap or "\r" in gap) and token.type not in _NAMES:
        yield Edit(end, following.start, _SWALLOWED.sub("", gap))
    else:
        tight = token.type in _TIGHT_AFTER or following.type in _TIGHT_BEFORE
        yield Edit(end, following.start, "" if tight else " ")
