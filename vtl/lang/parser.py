"""Text to tree: `parse` puts scanner, tables and driver together."""

from __future__ import annotations

from dataclasses import dataclass, field

from vtl.dialect import Dialect
from vtl.errors import LimitExceeded, TemplateSyntaxError
from vtl.lang.builder import Build
from vtl.lang.driver import drive
from vtl.lang.escapes import settle
from vtl.lang.lexer import Lexer
from vtl.lang.nodes import Block, Template
from vtl.lang.tables import TABLES
from vtl.lang.tokens import Token
from vtl.limits import Limits
from vtl.source import Source, Span


@dataclass(frozen=True, slots=True)
class Syntax:
    """What the parser must know besides the text: directives that the dialect lacks, and how deep and long it may be."""

    removed_directives: frozenset[str] = frozenset()
    template_size: int = 10_000_000
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def of(cls, dialect: Dialect, limits: Limits) -> Syntax:
        """The syntax of a dialect under these limits."""
        size = dialect.template_size if limits.template_size is None else limits.template_size
        return cls(dialect.removed_directives, size, limits)


def parse(source: Source, syntax: Syntax | None = None) -> Template:
    """The tree of a whole template; TemplateSyntaxError for what Velocity 1.7 refuses, LimitExceeded when it is too large."""
    syntax = syntax or Syntax()
    if len(source.text) > syntax.template_size:
        message = f"the template has {len(source.text)} characters; {syntax.template_size} are allowed"
        raise LimitExceeded("template_size", message, source=source, span=Span(0, 0))

    def parse_text(build: Build) -> Block:
        """Parses the build's text: the template's own, or that of an interpolated string in it."""
        return drive(TABLES, _tokens(build, syntax), build)

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
    build.skipped = lexer.skipped
    build.strays = lexer.strays
    return tokens


def _moved(error: TemplateSyntaxError, build: Build) -> TemplateSyntaxError:
    assert error.span is not None
    return TemplateSyntaxError(error.message, hint=error.hint, source=build.source, span=build.span(*error.span))
