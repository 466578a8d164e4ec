"""The modal scanner: characters to tokens, in the lexical states of Velocity 1.7's own parser grammar.

Velocity decides what `$`, `#`, `(` or `]` mean by the state that it is in, and keeps a stack of states. So does this scanner;
the patterns of a state (`patterns.py`) are tried longest first, as JavaCC does. A `$` or `#` begins a token that goes on in
another state; if nothing fits there, the sign is left over ("stray") and the next plain text prints it.
"""

from __future__ import annotations

from typing import NamedTuple

from vtl.errors import TemplateSyntaxError
from vtl.lang import patterns
from vtl.lang.lalr import END_OF_INPUT
from vtl.lang.patterns import State
from vtl.lang.tokens import ARGUMENT_STARTS, BLOCK_DIRECTIVES, LINE_DIRECTIVES, OPERATOR_WORDS, Token
from vtl.source import Source, Span

_ARGUMENT_STATES = (State.DIRECTIVE, State.ARGUMENTS, State.INDEX)
_BACKSLASH_QUOTE = 'in a VTL string a backslash does not escape a quote: write "" for one quote'
_UNFINISHED = {
    "DOLLAR": ("a `$` cannot be the last character of a template", "write a blank or any other character after it"),
    "HASH": ("a `#` cannot be the last character of a template", "write a blank or any other character after it"),
    "TEXTBLOCK": ("the textblock `#[[` is never closed", "close it with `]]#`"),
}
_ENDED_BY_END = ("`$`, `#` or `#*` cannot be the last characters of a template", "write a line end after them")


class Frame(NamedTuple):
    """What a pushed lexical state remembers: Velocity's ParserState."""

    state: State
    opened: int
    closed: int


class Lexer:
    """Scans one text. `removed` are the directives that this dialect does not know."""

    def __init__(self, source: Source, removed: frozenset[str] = frozenset()):
        self.source = source
        self.text = source.text
        self.directives = (BLOCK_DIRECTIVES | LINE_DIRECTIVES) - removed
        self.blocks = BLOCK_DIRECTIVES - removed
        self.state = State.TEXT
        self.stack: list[Frame] = []
        self.opened = 0
        self.closed = 0
        self.start = 0
        self.position = 0
        self.stray = ""
        self.blanks_after = -1
        """The number of tokens before the last blanks among arguments."""
        self.call_level = -1
        """Where the last arguments of a method opened, as a depth of the stack."""
        self.text_level = -1
        """Where a method's `(` was found to be mere text: what follows it there is text and directives."""
        self.tokens: list[Token] = []
        self.skipped: list[Span] = []
        """Insides of line comments and of one that is never closed, and signs before a property's point: no token keeps them."""
        self.strays: list[Span] = []
        """Signs that began nothing."""

    def scan(self) -> list[Token]:
        """All tokens, closed by END_OF_INPUT; TemplateSyntaxError where no token begins."""
        text, size = self.text, len(self.text)
        while self.position < size:
            match = patterns.BY_STATE[self.state].match(text, self.position)
            if match is None:
                raise self._refuse()
            kind = match.lastgroup or ""
            self.position = match.end()
            action = _ACTIONS.get(kind)
            if action is not None:
                action(self, kind)
            else:
                self.emit(kind)
        if self.start < size:
            raise self._unfinished()
        self.emit(END_OF_INPUT)
        return self.tokens

    def emit(self, kind: str) -> None:
        """Adds the token that ends here and begins the next one."""
        start, end = self.start, self.position
        if (
            self.tokens
            and self.tokens[-1].type == "METHOD_LPAREN"
            and start == self.tokens[-1].end
            and kind not in ARGUMENT_STARTS
        ):
            self.text_level = self.call_level
        self.tokens.append(Token(kind, start, end, self.text[start:end], self.stray))
        self.stray = ""
        self.start = end

    def push(self, state: State) -> None:
        """Enters `state` on top of the present one."""
        self.stack.append(Frame(self.state, self.opened, self.closed))
        self.opened = 0
        self.state = state

    def pop(self) -> bool:
        """Falls back to the state below; False, and plain text, when there is none."""
        if not self.stack:
            self.opened = 0
            self.state = State.TEXT
            return False
        self.state, self.opened, self.closed = self.stack.pop()
        return True

    def in_arguments(self) -> bool:
        """Whether a `#word` here stands among arguments, where it is a mere word, not a directive."""
        if self.tokens and self.tokens[-1].type == "METHOD_LPAREN" and self.tokens[-1].end == self.start:
            return False
        for level, frame in reversed(list(enumerate(self.stack))):
            if frame.state is not State.AFTER_HASH:
                return frame.state in _ARGUMENT_STATES and level != self.text_level
        return False

    def parenthesis_follows(self) -> bool:
        """Velocity's look-ahead after a directive's name: blanks and line ends, then `(`."""
        match = patterns.BEFORE_PARENTHESIS.match(self.text, self.position)
        return match is not None

    def fail(self, message: str, start: int, end: int, hint: str | None = None) -> TemplateSyntaxError:
        """An error at this place."""
        return TemplateSyntaxError(message, hint=hint, source=self.source, span=Span(start, end))

    def _refuse(self) -> TemplateSyntaxError:
        character = self.text[self.position]
        if any(token.type == "STRING" and token.image.endswith('\\"') for token in self.tokens[-3:]):
            return self.fail(f"unexpected {character!r} after a string", self.position, self.position + 1, _BACKSLASH_QUOTE)
        if character in "\"'":
            return self.fail(
                "the string is never closed",
                self.position,
                self.position + 1,
                f"close it with {character}; a quote inside is doubled",
            )
        hint = _BACKSLASH_QUOTE if character == "\\" else None
        if self.state is State.ARGUMENTS and character in "+-*/%<>=!&|":
            hint = "arguments are values, not expressions: compute it in a #set first"
        return self.fail(f"unexpected character {character!r}", self.position, self.position + 1, hint)

    def _unfinished(self) -> TemplateSyntaxError:
        opening = self.text[self.start :]
        if opening.startswith("#[["):
            message, hint = _UNFINISHED["TEXTBLOCK"]
        elif opening.endswith(("$", "$!")):
            message, hint = _UNFINISHED["DOLLAR"]
        elif opening.endswith("#"):
            message, hint = _UNFINISHED["HASH"]
        else:
            message, hint = _ENDED_BY_END
        return self.fail(message, self.start, len(self.text), hint)


def _dollar(lexer: Lexer, kind: str) -> None:
    if lexer.state is State.REFERENCE:
        lexer.pop()
    lexer.push(State.REFERENCE)


def _backslashes(lexer: Lexer, kind: str) -> None:
    """A run of backslashes that escapes nothing by itself: pairs, and a single one at the end of an odd run."""
    end = lexer.position
    while lexer.start < end:
        pair = lexer.start + 2 <= end
        lexer.position = lexer.start + 1 + pair
        lexer.emit("DOUBLE_ESCAPE" if pair else "ESCAPE")


def _hash(lexer: Lexer, kind: str) -> None:
    if lexer.state in (State.REFERENCE, State.PROPERTY):
        lexer.pop()
    lexer.push(State.AFTER_HASH)


def _set(lexer: Lexer, kind: str) -> None:
    lexer.push(State.DIRECTIVE)
    lexer.opened = 1
    lexer.emit(kind)


def _textblock(lexer: Lexer, kind: str) -> None:
    match = patterns.TEXTBLOCK.match(lexer.text, lexer.position)
    if match is None:
        lexer.position = len(lexer.text)
        return
    lexer.position = match.end()
    lexer.emit("TEXTBLOCK")


def _block_comment(lexer: Lexer, kind: str) -> None:
    start = lexer.position
    match = patterns.BLOCK_COMMENT.match(lexer.text, start)
    assert match is not None
    lexer.position = match.end()
    closed = match.group("close") is not None
    if not closed and (start == len(lexer.text) or match.end("sign") == match.end()):
        return
    if closed:
        lexer.emit(kind)
    else:
        lexer.skipped.append(Span(lexer.start, lexer.position))
        lexer.start = lexer.position


def _line_comment(lexer: Lexer, kind: str) -> None:
    if lexer.state is State.REFERENCE:
        lexer.pop()
    start = lexer.position
    match = patterns.LINE_COMMENT.match(lexer.text, start)
    assert match is not None
    lexer.position = match.end()
    closed = match.group("close")
    if closed is None and match.end("sign") == match.end():
        return
    end = match.end() - len(closed or "")
    inside = lexer.text[start:end]
    lexer.skipped.append(Span(start, start + patterns.signs_start(inside) if match.end("sign") == end else end))
    lexer.emit(kind)


def _open_index(lexer: Lexer, kind: str) -> None:
    lexer.push(State.INDEX)
    lexer.emit(kind)


def _close_index(lexer: Lexer, kind: str) -> None:
    lexer.pop()
    lexer.emit(kind)


def _open_parenthesis(lexer: Lexer, kind: str) -> None:
    lexer.opened += 1
    if lexer.state is State.PROPERTY:
        lexer.state = State.ARGUMENTS
        lexer.call_level = len(lexer.stack)
        if len(lexer.tokens) < 2 or lexer.tokens[-2].type != "DOT":
            # Not after a property but after a reference that stands in its shadow, `$a.b$c(`: the parenthesis is text.
            lexer.text_level = lexer.call_level
        kind = "METHOD_LPAREN"
    lexer.emit(kind)


def _close_parenthesis(lexer: Lexer, kind: str) -> None:
    while True:
        if lexer.opened > 0:
            if lexer.opened == lexer.closed + 1:
                lexer.pop()
            else:
                lexer.closed += 1
            break
        if not lexer.pop():
            break
    lexer.emit(kind)


def _close_arguments(lexer: Lexer, kind: str) -> None:
    lexer.state = State.REFERENCE
    lexer.emit(kind)


def _dot(lexer: Lexer, kind: str) -> None:
    """Velocity keeps nothing but the point, whatever signs stand before it: `$a.b$.c` is the reference `$a.b.c`."""
    lexer.state = State.PROPERTY
    point = lexer.position - 1
    if lexer.start < point:
        lexer.skipped.append(Span(lexer.start, point))
    lexer.emit(kind)
    lexer.tokens[-1] = lexer.tokens[-1]._replace(image=".")


def _identifier(lexer: Lexer, kind: str) -> None:
    word = lexer.text[lexer.position - 5 : lexer.position]
    lexer.emit(kind)
    if word.endswith(("true", "false")) and lexer.tokens[-1].image.lstrip("\\$!") in ("true", "false"):
        lexer.tokens[-1] = lexer.tokens[-1]._replace(type=OPERATOR_WORDS[lexer.tokens[-1].image.lstrip("\\$!")])


def _right_brace(lexer: Lexer, kind: str) -> None:
    lexer.pop()
    lexer.emit(kind)


def _nothing(lexer: Lexer, kind: str) -> None:
    """No token goes on here: what has been read is stray, and the state below reads on."""
    lexer.position -= 1
    lexer.stray += patterns.stray_signs(lexer.text[lexer.start : lexer.position])
    if lexer.start < lexer.position:
        lexer.strays.append(Span(lexer.start, lexer.position))
    lexer.start = lexer.position
    lexer.pop()


def _blanks(lexer: Lexer, kind: str) -> None:
    """Blanks between arguments mean nothing, but Velocity takes none alone in `( )` or `[ ]`, nor two around a stray `$`."""
    following = lexer.text[lexer.position : lexer.position + 1]
    previous = lexer.tokens[-1].type if lexer.tokens else ""
    alone = (following == ")" and previous == "METHOD_LPAREN") or (following == "]" and previous == "LBRACKET")
    in_text = lexer.text_level == len(lexer.stack) and lexer.state is State.ARGUMENTS
    if alone or in_text or lexer.blanks_after == len(lexer.tokens):
        lexer.emit(kind)
    lexer.blanks_after = len(lexer.tokens)
    lexer.start = lexer.position


def _number(lexer: Lexer, kind: str) -> None:
    if lexer.state is State.AFTER_HASH:
        lexer.pop()
    lexer.emit(kind)


def _word(lexer: Lexer, kind: str) -> None:
    """A word between a directive's parentheses."""
    lexer.emit(OPERATOR_WORDS.get(lexer.text[lexer.start : lexer.position], kind))


def _end_or_else(lexer: Lexer, kind: str) -> None:
    lexer.pop()
    lexer.emit(kind)


def _if(lexer: Lexer, kind: str) -> None:
    lexer.state = State.DIRECTIVE
    lexer.emit(kind)


def _directive_name(lexer: Lexer, kind: str) -> None:
    if lexer.in_arguments():
        lexer.emit("WORD" if kind == "NAME" else kind)
        return
    image = lexer.text[lexer.start : lexer.position]
    name = image[1:] if kind == "NAME" else image[2:-1]
    if not lexer.parenthesis_follows():
        if name == "macro":
            raise lexer.fail(
                "#macro needs parentheses with at least a name", lexer.start, lexer.position, "#macro(name $argument) ... #end"
            )
        lexer.pop()
        lexer.emit("BARE_DIRECTIVE")
        return
    lexer.state = State.DIRECTIVE
    block = name in lexer.blocks or (name.startswith("@") and name not in lexer.directives)
    lexer.emit("BLOCK_DIRECTIVE" if block else "LINE_DIRECTIVE")


_ACTIONS = {
    "DOLLAR": _dollar,
    "HASH": _hash,
    "BACKSLASHES": _backslashes,
    "SET": _set,
    "TEXTBLOCK": _textblock,
    "BLOCK_COMMENT": _block_comment,
    "FORMAL_COMMENT": _block_comment,
    "LINE_COMMENT": _line_comment,
    "INDEX_LBRACKET": _open_index,
    "INDEX_RBRACKET": _close_index,
    "LPAREN": _open_parenthesis,
    "RPAREN": _close_parenthesis,
    "ARGUMENTS_RPAREN": _close_arguments,
    "DOT": _dot,
    "IDENTIFIER": _identifier,
    "RCURLY": _right_brace,
    "NOTHING": _nothing,
    "BLANKS": _blanks,
    "INTEGER": _number,
    "FLOAT": _number,
    "WORD": _word,
    "END": _end_or_else,
    "ELSE": _end_or_else,
    "IF": _if,
    "ELSEIF": _if,
    "NAME": _directive_name,
    "BRACED_NAME": _directive_name,
}
