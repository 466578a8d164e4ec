"""What only the next token or an earlier macro decides: backslashes before directives, and a `(` that opens no arguments."""

from __future__ import annotations

from collections.abc import Iterable

from vtl.lang.tokens import ARGUMENT_STARTS, CONTROL_WORDS, Token

_CONTROL = frozenset({"IF", "ELSEIF", "ELSE", "END"})


def settle(tokens: list[Token], directives: frozenset[str], macros: Iterable[str] = ()) -> frozenset[str]:
    """Settles these tokens in place; `macros` are names known from outside. Returns the names of all macros then known.

    As in Velocity, a backslash escapes the name of a directive that exists or of a macro whose #end came before.
    """
    known = _MacroNames(macros)
    pairs: list[int] = []
    for index, token in enumerate(tokens):
        kind = token.type
        if kind == "DOUBLE_ESCAPE":
            pairs.append(index)
            continue
        if pairs:
            _settle_pairs(tokens, pairs, directives, known)
            pairs = []
        if kind == "ESCAPED_DIRECTIVE":
            tokens[index] = token._replace(image=_escaped_directive(token.image, directives, known))
        elif kind == "METHOD_LPAREN":
            following = tokens[index + 1]
            if following.start == token.end and following.type not in ARGUMENT_STARTS:
                tokens[index] = token._replace(type="TEXT_LPAREN")
        elif kind in ("IF", "BLOCK_DIRECTIVE", "END"):
            known.note(tokens, index)
    return frozenset(known.names)


def _settle_pairs(tokens: list[Token], pairs: list[int], directives: frozenset[str], known: _MacroNames) -> None:
    """A run of double backslashes that ends at a directive or macro prints one for each pair."""
    following = tokens[pairs[-1] + 1]
    if following.type in _CONTROL or _is_known(following.image[1:], directives, known):
        for index in pairs:
            tokens[index] = tokens[index]._replace(image="\\")


class _MacroNames:
    """The macros whose #end has gone by."""

    def __init__(self, names: Iterable[str]):
        self.names = set(names)
        self.open: list[str | None] = []

    def note(self, tokens: list[Token], index: int) -> None:
        """Takes notice of a block's opening or end."""
        token = tokens[index]
        if token.type == "IF":
            self.open.append(None)
        elif token.type == "BLOCK_DIRECTIVE":
            is_macro = token.image.strip("#{}") == "macro" and tokens[index + 2].type == "WORD"
            self.open.append(tokens[index + 2].image if is_macro else None)
        elif self.open:
            name = self.open.pop()
            if name is not None:
                self.names.add(name)


def _is_known(word: str, directives: frozenset[str], known: _MacroNames) -> bool:
    return word in directives or word in known.names


def _escaped_directive(image: str, directives: frozenset[str], known: _MacroNames) -> str:
    """`\\#if` loses its backslash, `\\\\\\#if` every second and the last; before a word that means nothing all stay."""
    last = image.rindex("\\")
    directive = image[last + 1 :]
    word = directive[1:].strip("{}")
    if _is_known(word, directives, known) or word in CONTROL_WORDS:
        return image[: last // 2] + directive
    return image
