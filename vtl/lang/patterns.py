"""The patterns of each lexical state, as regular expressions whose alternatives stand in the order of JavaCC's longest match."""

from __future__ import annotations

import re
from enum import Enum


class State(Enum):
    """Lexical states; in brackets their names in Velocity's Parser.jjt."""

    TEXT = "text"
    """Plain text (DEFAULT)."""
    REFERENCE = "reference"
    """After `$` (REFERENCE)."""
    PROPERTY = "property"
    """After `$name.` (REFMODIFIER)."""
    ARGUMENTS = "arguments"
    """Inside `$name.method(` (REFMOD2)."""
    INDEX = "index"
    """Inside `$name[` (REFINDEX)."""
    AFTER_HASH = "after hash"
    """After `#` (PRE_DIRECTIVE)."""
    DIRECTIVE = "directive"
    """Inside a directive's parentheses (DIRECTIVE)."""


_LINE_END = r"(?:[ \t]*(?:\r\n|\n|\r))?"
_WORD_CHARACTERS = "[A-Za-z0-9_@]"
_SET = ("SET", r"[ \t]*#(?:set|\{set\})[ ]*\(")
_DOLLAR = ("DOLLAR", r"\\*+\$(?:\\*+!)?")
_HASHES = [
    ("TEXTBLOCK", r"#\[\["),
    ("FORMAL_COMMENT", r"#\*\*(?=[^#])"),
    ("BLOCK_COMMENT", r"#\*"),
    ("HASH", "#"),
]
_LINE_COMMENT = ("LINE_COMMENT", "##")
_EMPTY_INDEX = ("EMPTY_INDEX", r"\$\[|\$!\[|\$\\!\[|\$\.")
_BLANKS = ("BLANKS", r"[ \t\r\n]+")
_STRING = ("STRING", r'"[^"]*(?:""[^"]*)*"' + "|" + r"'[^']*(?:''[^']*)*'")
_EXPONENT = "[eE][+-]?[0-9]+"
_NUMBERS = [
    ("INTEGER", r"-?[0-9]+(?=\.\.)|-?[0-9]+(?!\.|[0-9]|[eE][+-]?[0-9])"),
    ("FLOAT", rf"-?[0-9]+\.[0-9]*(?:{_EXPONENT})?|-?\.[0-9]+(?:{_EXPONENT})?|-?[0-9]+{_EXPONENT}"),
]
_IDENTIFIER = ("IDENTIFIER", "[A-Za-z_][A-Za-z0-9_-]*")
_DOT = ("DOT", r"\.(?=[A-Za-z])")
_CURLIES = [("LCURLY", r"\{"), ("RCURLY", r"\}")]
_NOTHING = ("NOTHING", r"[\s\S]")
_NAMES = [("NAME", f"[A-Za-z_@]{_WORD_CHARACTERS}*"), ("BRACED_NAME", rf"\{{[A-Za-z_]{_WORD_CHARACTERS}*\}}")]
_SIMPLE_NAME = r"(?!(?:true|false)(?![A-Za-z0-9_-]))[A-Za-z_][A-Za-z0-9_-]*"
_SIMPLE_PATH = r"(?:\.(?!(?:true|false)(?![A-Za-z0-9_-]))[A-Za-z][A-Za-z0-9_-]*)*"
_NOT_LONGER = r"(?![A-Za-z0-9_\-\[({{.$#\\{more}]|[ \t]*#)"


def _simple_reference(more: str) -> tuple[str, str]:
    """`$a`, `$!a` or `$a.b.c` as one token, where what follows surely ends it and leaves the state as it was."""
    return ("SIMPLE_REFERENCE", rf"\$!?{_SIMPLE_NAME}{_SIMPLE_PATH}" + _NOT_LONGER.format(more=more))


def _compiled(*rules: tuple[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in rules))


BY_STATE = {
    State.TEXT: _compiled(
        _SET,
        ("TEXT", r"[^$#\\]+"),
        _simple_reference(r"}"),
        ("ESCAPED_DIRECTIVE", rf"(?:\\\\)*\\#(?:[A-Za-z_@]{_WORD_CHARACTERS}*|\{{[A-Za-z_]{_WORD_CHARACTERS}*\}})"),
        _EMPTY_INDEX,
        _DOLLAR,
        ("BACKSLASHES", r"\\++"),
        _LINE_COMMENT,
        *_HASHES,
    ),
    State.REFERENCE: _compiled(
        _SET, ("INDEX_LBRACKET", r"\["), _IDENTIFIER, _DOT, *_CURLIES, _EMPTY_INDEX, _DOLLAR, _LINE_COMMENT, *_HASHES, _NOTHING
    ),
    State.PROPERTY: _compiled(
        _SET, ("INDEX_LBRACKET", r"\["), ("LPAREN", r"\("), _IDENTIFIER, _DOT, *_CURLIES, _DOLLAR, *_HASHES, _NOTHING
    ),
    State.ARGUMENTS: _compiled(
        _SET,
        _BLANKS,
        _simple_reference(r""),
        _IDENTIFIER,
        _STRING,
        *_NUMBERS,
        ("ARGUMENTS_RPAREN", r"\)"),
        ("COMMA", ","),
        ("LBRACKET", r"\["),
        ("RBRACKET", r"\]"),
        ("DOUBLE_DOT", r"\.\."),
        _DOT,
        ("COLON", ":"),
        ("LEFT_BRACE", r"\{"),
        ("RIGHT_BRACE", r"\}"),
        _DOLLAR,
        *_HASHES,
    ),
    State.INDEX: _compiled(
        ("INDEX_RBRACKET", r"\]"),
        _BLANKS,
        _simple_reference(r""),
        _STRING,
        *_NUMBERS,
        ("TRUE", "true"),
        ("FALSE", "false"),
        _DOLLAR,
        *_HASHES,
    ),
    State.DIRECTIVE: _compiled(
        _BLANKS,
        _simple_reference(r""),
        _STRING,
        ("RPAREN", r"\)" + _LINE_END),
        *_NUMBERS,
        ("WORD", f"[A-Za-z_@]{_WORD_CHARACTERS}*"),
        ("BRACED_WORD", rf"\{{[A-Za-z_]{_WORD_CHARACTERS}*\}}"),
        ("LPAREN", r"\("),
        ("COMMA", ","),
        ("LBRACKET", r"\["),
        ("RBRACKET", r"\]"),
        ("DOUBLE_DOT", r"\.\."),
        ("COLON", ":"),
        ("LEFT_BRACE", r"\{"),
        ("RIGHT_BRACE", r"\}"),
        ("EQUAL", "=="),
        ("ASSIGN", "="),
        ("NOT_EQUAL", "!="),
        ("NOT", "!"),
        ("AND", "&&"),
        ("OR", r"\|\|"),
        ("LESS_EQUAL", "<="),
        ("LESS", "<"),
        ("GREATER_EQUAL", ">="),
        ("GREATER", ">"),
        ("PLUS", r"\+"),
        ("MINUS", "-"),
        ("TIMES", r"\*"),
        ("DIVIDE", "/"),
        ("MODULO", "%"),
        _DOLLAR,
        _LINE_COMMENT,
        *_HASHES,
    ),
    State.AFTER_HASH: _compiled(
        ("END", rf"(?:end(?!{_WORD_CHARACTERS})|\{{end\}}){_LINE_END}"),
        ("ELSE", rf"(?:else(?!{_WORD_CHARACTERS})|\{{else\}}){_LINE_END}"),
        ("ELSEIF", rf"elseif(?!{_WORD_CHARACTERS})|\{{elseif\}}"),
        ("IF", rf"if(?!{_WORD_CHARACTERS})|\{{if\}}"),
        *_NUMBERS,
        *_NAMES,
        _DOLLAR,
        _LINE_COMMENT,
        *_HASHES,
        _NOTHING,
    ),
}

BEFORE_PARENTHESIS = re.compile(r"[ \t\r\n]*\(")

_SIGNS = r"#\*\*[^#]|#\[\[|#\*|#|\\*\$(?:\\*!)?"
_BACKSLASHES = r"\\+(?![\\$])"
BLOCK_COMMENT = re.compile(rf"(?:(?P<sign>{_SIGNS})|{_BACKSLASHES}|(?!\*#)[\s\S])*(?P<close>\*#)?")
"""From after `#*` to the first `*#` that no other sign claims; `sign` is the last sign inside, which may not end the template."""
LINE_COMMENT = re.compile(rf"(?:(?P<sign>{_SIGNS})|{_BACKSLASHES}|[^\r\n])*(?P<close>\r\n|\n|\r)?")
"""From after `##` to the line end."""
TEXTBLOCK = re.compile(r"(?:#\*\*[^#]|#\[\[|#\*|(?!\]\]#)[\s\S])*+\]\]#")
"""From after `#[[` through `]]#`."""


_PIECE = re.compile(rf"(?P<sign>{_SIGNS})|{_BACKSLASHES}|[\s\S]")


def comment_start(image: str, mark: int) -> int:
    """Where Velocity's token of a block comment begins: after the last character inside that is no sign.

    `mark` is the length of the opening mark, 3 for a formal comment.
    """
    opening = image.index("#*") + mark
    start = signs_start(image[opening:-2])
    return opening + start if start else 0


def signs_start(inside: str) -> int:
    """Where the signs begin that end the inside of a comment; 0 if there is nothing else in it."""
    start = position = 0
    while position < len(inside):
        piece = _PIECE.match(inside, position)
        assert piece is not None
        position = piece.end()
        if piece.lastgroup is None:
            start = position
    return start


def comment_prefix(last: str) -> str:
    """What a comment prints: the signs before its mark, if they are in the same token, as in `$#**#` or `$!## ...`."""
    return last.partition("##")[0] if "##" in last else last.partition("#*")[0] if "#*" in last else ""


def stray_signs(image: str) -> str:
    """What plain text prints of signs that began nothing: Velocity's NodeUtils.getSpecialText."""
    kept: list[str] = []
    index = 0
    while index < len(image):
        character = image[index]
        if character in "#$":
            kept.append(character)
        elif character == "\\":
            end = index
            while end < len(image) and image[end] == "\\":
                end += 1
            if image[end : end + 1] == "$":
                kept.append(image[index : end + 1])
                index = end + 1
        index += 1
    return "".join(kept)
