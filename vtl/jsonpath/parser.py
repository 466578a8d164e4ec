"""The text of a path to its steps: `parse` puts scanners, tables and the driver together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from vtl.errors import JavaError
from vtl.jsonpath.dialect import JsonPathDialect
from vtl.jsonpath.filters import Comparison, Either, Every, Exists, Filter, Literal, Not, Predicate, SubPath, Term
from vtl.jsonpath.functions import Argument, Function, JsonArgument, PathArgument
from vtl.jsonpath.operands import Operand
from vtl.jsonpath.scanner import PathScanner
from vtl.jsonpath.steps import EachName, Indexes, Name, Slice, Step, Wildcard
from vtl.jsonpath.tables import TABLES
from vtl.jsonpath.tokens import Token, refuse
from vtl.lang.lalr import END_OF_INPUT, Flat, drive
from vtl.source import Source, Span
from vtl.values import regex

_SHOWN = {
    "ROOT": "a path",
    "STRING": "a text in quotes",
    "NUMBER": "a number",
    "OPERATOR": "an operator",
    "AND": "'&&'",
    "OR": "'||'",
    "RPAREN": "')'",
}


@dataclass(frozen=True, slots=True)
class Steps:
    """A path as it was read: its steps, None for the two points of a deep scan, and whether it starts at `$`.

    `stray` is the place of a last character that does not count.
    """

    steps: tuple[Step | None, ...]
    from_root: bool
    stray: Span | None = None


Linker = Callable[[Source, Steps, JsonPathDialect], Any]
"""Makes a path of steps."""


def parse(source: Source, dialect: JsonPathDialect, link: Linker) -> Any:
    """The path of a whole text. InvalidPath, with its place, for what Jayway does not read."""
    tokens: list[Token] = []
    PathScanner(source, dialect, tokens, 0).scan()
    return _driven(source, tokens, PathBuilder(source, dialect, link))


def _driven(source: Source, tokens: list[Token], builder: PathBuilder) -> Any:
    end = len(source.text)
    tokens.append(Token(END_OF_INPUT, end, end))
    return drive(TABLES, tokens, builder)


class PathBuilder:
    """Makes steps and predicates of the parser's reductions."""

    def __init__(self, source: Source, dialect: JsonPathDialect, link: Linker):
        self.source = source
        self.dialect = dialect
        self.link = link

    def shift(self, token: Token, states: int) -> None:
        """Nothing to count: the scanner knows how deep it is."""

    def build(self, name: str, children: Flat) -> object:
        """What stands for a rule."""
        return _BUILDERS[name](self, children)

    def refuse(self, token: Token, expected: frozenset[str]) -> NoReturn:
        """InvalidPath with what could stand there."""
        shown = sorted({_SHOWN[kind] for kind in expected if kind in _SHOWN})
        what = f"expected {' or '.join(shown)}" if shown else "this cannot stand here"
        refuse(self.source, Span(token.start, max(token.end, token.start + 1)), what)

    def path(self, children: Flat) -> Any:
        """A path."""
        steps: list[Step | None] = []
        stray = None
        for child in children[1:]:
            if not isinstance(child, Token):
                steps.append(child)
            elif child.type == "SCAN":
                steps.append(None)
            elif child.type == "STRAY":
                stray = Span(child.start, child.end)
        return self.link(self.source, Steps(tuple(steps), children[0].value == "$", stray), self.dialect)

    def function(self, children: Flat) -> Step:
        """A function with its arguments."""
        arguments: list[Argument] = [child for child in children if not isinstance(child, Token)]
        return Function(_span(children), children[0].value, tuple(arguments))

    def path_argument(self, children: Flat) -> Argument:
        """An argument that is a path. It is read in its place, or, if Jayway's cutting has changed it, as a text of its own."""
        token: Token = children[0]
        text, depth = token.value
        source, start = self.source, token.start
        if source.text[start : token.end] != text:
            source, start = Source(source.name, text), 0
        tokens: list[Token] = []
        PathScanner(source, self.dialect, tokens, start, start + len(text), depth).scan_rooted()
        path = _driven(source, tokens, PathBuilder(source, self.dialect, self.link))
        return PathArgument(path, path.widened())

    def pattern(self, children: Flat) -> Term:
        """A regular expression, compiled; Jayway's letters behind it are Java's embedded flags."""
        token: Token = children[0]
        text, flags = token.value
        try:
            return Literal(Operand("pattern", regex.compile(f"(?{flags}){text}" if flags else text)))
        except JavaError as error:
            reason = str(error.java_message).partition(" near index ")[0]  # what follows counts the flags in
            refuse(self.source, Span(token.start, token.end), f"{text!r} is no regular expression: {reason}")

    def comparison(self, children: Flat) -> Predicate:
        """Two sides and an operator; a `!` before a path is read over."""
        sides = [child for child in children if not (isinstance(child, Token) and child.type == "BANG")]
        left, operator, right = sides
        return Comparison(_term(left), operator.value, _term(right))


def _span(children: Flat) -> Span:
    return Span(children[0].start, children[-1].end)


def _term(side: Any) -> Term:
    return side if isinstance(side, Term) else SubPath(side)


def _literal(kind: str, value: object = None) -> Callable[[PathBuilder, Flat], Term]:
    return lambda builder, children: Literal(Operand(kind, children[0].value if value is None else value))


def _names(builder: PathBuilder, children: Flat) -> Step:
    names = tuple(child.value for child in children if child.type == "QUOTED")
    return Name(_span(children), names[0]) if len(names) == 1 else EachName(_span(children), names)


def _indexes(builder: PathBuilder, children: Flat) -> Step:
    return Indexes(_span(children), tuple(child.value for child in children if child.type == "INTEGER"))


def _slice(builder: PathBuilder, children: Flat) -> Step:
    numbers = [child.value for child in children if child.type == "INTEGER"]
    return Slice(_span(children), numbers[0], numbers[1] if len(numbers) > 1 else None)


def _slice_to(builder: PathBuilder, children: Flat) -> Step:
    return Slice(_span(children), None, children[2].value)


def _filter(builder: PathBuilder, children: Flat) -> Step:
    predicate: Predicate = children[1]
    return Filter(_span(children), predicate.test(), predicate.cost)


def _joined(kind: type[Either | Every]) -> Callable[[PathBuilder, Flat], Predicate]:
    def build(builder: PathBuilder, children: Flat) -> Predicate:
        parts = tuple(child for child in children if not isinstance(child, Token))
        return parts[0] if len(parts) == 1 else kind(parts)

    return build


_BUILDERS: dict[str, Callable[[PathBuilder, Flat], Any]] = {
    "path": PathBuilder.path,
    "scan": lambda builder, children: children,
    "name": lambda builder, children: Name(_span(children), children[0].value),
    "names": _names,
    "wildcard": lambda builder, children: Wildcard(_span(children)),
    "indexes": _indexes,
    "slice": _slice,
    "slice_to": _slice_to,
    "function": PathBuilder.function,
    "json_argument": lambda builder, children: JsonArgument(children[0].value[0]),
    "path_argument": PathBuilder.path_argument,
    "filter": _filter,
    "either": _joined(Either),
    "every": _joined(Every),
    "negation": lambda builder, children: Not(children[1]),
    "group": lambda builder, children: children[1],
    "exists": lambda builder, children: Exists(children[-1], len(children) == 1),
    "comparison": PathBuilder.comparison,
    "string": _literal("string"),
    "number": _literal("number"),
    "true": _literal("boolean", True),
    "false": _literal("boolean", False),
    "null": _literal("null"),
    "json": _literal("raw"),
    "pattern": PathBuilder.pattern,
}
