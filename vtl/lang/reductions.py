"""Builders of text, blocks and directives, and the table of all builders."""

from __future__ import annotations

from typing import Any

from vtl.lang import nodes, terms
from vtl.lang.builder import Build, Builder, Placed
from vtl.lang.patterns import comment_prefix, comment_start
from vtl.lang.tokens import Token
from vtl.source import Span

_PRINT_STRAYS = frozenset({"ESCAPED_DIRECTIVE", "DOUBLE_ESCAPE"})


def text(build: Build, children: list[Any]) -> nodes.Text:
    """Plain text, with the stray signs before it."""
    token: Token = children[0]
    if token.type in _PRINT_STRAYS:
        if token.type == "ESCAPED_DIRECTIVE":
            build.edits.append((token.start, token.end, token.image))
        return nodes.Text(token.image, build.span(token.start, token.end))
    return nodes.Text(token.stray + token.image, build.span(token.start, token.end))


def textblock(build: Build, children: list[Any]) -> nodes.Textblock:
    """`#[[ ... ]]#`. See: ASTTextblock, which counts three characters from either end, come what may."""
    token: Token = children[0]
    return nodes.Textblock(token.image[3:-3], build.span(token.start, token.end))


def comment(build: Build, children: list[Any]) -> nodes.LineComment | nodes.BlockComment:
    """Any comment."""
    token: Token = children[0]
    span = build.span(token.start, token.end)
    if token.type == "LINE_COMMENT":
        return nodes.LineComment(token.image.partition("##")[0], span)
    start = comment_start(token.image, 2 if token.type == "BLOCK_COMMENT" else 3)
    build.edits.append((token.start, token.start + start, ""))
    if token.type == "BLOCK_COMMENT":
        build.comment_marks.append(Span(token.start + start, token.end))
    return nodes.BlockComment(comment_prefix(token.image[start:]), span)


def block(build: Build, children: list[Any]) -> nodes.Block:
    """Statements in a row."""
    statements = tuple([_statement(child) for child in children])
    if not statements:
        return nodes.Block((), build.span(0, 0))
    return nodes.Block(statements, Span(statements[0].span.start, statements[-1].span.end))


def _statement(child: Any) -> Any:
    """A reference without a `$` (what is left after `$a#set(...)`) prints the characters that it begins with."""
    if type(child) is not Placed:
        return child
    reference = child.node
    if not reference.computable and "$" not in child.image:
        return nodes.Text(child.image, reference.span)
    return reference


def set_(build: Build, children: list[Any]) -> nodes.Set:
    """`#set(target = value)`."""
    first, target, _, value, last = children
    return nodes.Set(target.node, value.node, build.span(first.start, last.end))


def if_(build: Build, children: list[Any]) -> nodes.If:
    """`#if` with all its branches."""
    first, _, condition, closing, body, *others, last = children
    branches = [nodes.Branch(condition.node, body, build.span(first.start, closing.end))]
    otherwise = None
    for other in others:
        if isinstance(other, nodes.Branch):
            branches.append(other)
        else:
            otherwise = other
    return nodes.If(tuple(branches), otherwise, build.span(first.start, last.end))


def elseif(build: Build, children: list[Any]) -> nodes.Branch:
    """`#elseif(condition) body`."""
    first, _, condition, closing, body = children
    return nodes.Branch(condition.node, body, build.span(first.start, closing.end))


def else_(build: Build, children: list[Any]) -> nodes.Block:
    """`#else body`."""
    body: nodes.Block = children[1]
    return body


def _name(token: Token) -> str:
    """A directive's name: the image without `#`, or `#{` and `}`."""
    return token.image[2:-1] if token.image.endswith("}") else token.image[1:]


def _arguments(build: Build, name: str, token: Token, children: list[Any]) -> list[Placed]:
    """The arguments; a bare word is one only of #foreach and #macro, at its place, and of what may be a macro."""
    found = [child for child in children if type(child) is Placed]
    if name not in build.directives:
        return found
    for position, argument in enumerate(found):
        allowed = (name == "foreach" and position == 1) or (name == "macro" and position == 0)
        if isinstance(argument.node, nodes.Word) and not allowed:
            place = Token("WORD", argument.start, argument.end, argument.image)
            raise build.fail(f"#{name} cannot take the word {argument.image!r} here", place, "a reference begins with `$`")
    return found


def line_directive(build: Build, children: list[Any]) -> Any:
    """A directive without a body, or the call of what may be a macro."""
    token, last = children[0], children[-1]
    name = _name(token)
    span = build.span(token.start, last.end)
    arguments = _arguments(build, name, token, children[2:-1])
    given = tuple(argument.node for argument in arguments)
    if name not in build.directives:
        return nodes.MacroCall(name, given, None, build.literal(token.start, last.end, images_only=True), span)
    if name in ("stop", "break"):
        if len(given) > 1:
            return nodes.Invalid(f"#{name} takes one argument at most", None, span)
        return nodes.Stop(given[0] if given else None, span) if name == "stop" else nodes.Break(given[0] if given else None, span)
    if name == "include":
        return nodes.Include(given, span)
    if name == "parse":
        return nodes.Parse(given[0] if given else None, span)
    if len(given) != 1:
        raise build.fail("#evaluate takes exactly one argument", token)
    if not isinstance(given[0], nodes.StringLiteral | nodes.InterpolatedString | nodes.Reference):
        raise build.fail("#evaluate takes a string or a reference", token)
    return nodes.Evaluate(given[0], span)


def bare_directive(build: Build, children: list[Any]) -> Any:
    """A directive's name without parentheses."""
    token: Token = children[0]
    name = _name(token)
    span = build.span(token.start, token.end)
    if name == "stop":
        return nodes.Stop(None, span)
    if name not in build.directives:
        if name.startswith("@"):
            return nodes.Text(f"#{name}", span)
        return nodes.MacroCall(name, (), None, token.image, span)
    if name == "break":
        return nodes.Break(None, span)
    if name == "include":
        return nodes.Include((), span)
    if name == "parse":
        return nodes.Parse(None, span)
    if name == "evaluate":
        raise build.fail("#evaluate takes exactly one argument", token)
    return nodes.Invalid(f"#{name} needs parentheses", f"write #{name}(...)", span)


def block_directive(build: Build, children: list[Any]) -> Any:
    """A directive with a body, or the call of a macro with a body."""
    token, body, last = children[0], children[-2], children[-1]
    name = _name(token)
    span = build.span(token.start, last.end)
    arguments = _arguments(build, name, token, children[2:-3])
    if name.startswith("@"):
        literal = build.literal(token.start, last.end, images_only=True)
        return nodes.MacroCall(name[1:], tuple(argument.node for argument in arguments), body, literal, span)
    if name == "foreach":
        return _foreach(build, arguments, body, span)
    if name == "macro":
        return _macro(build, token, arguments, body, span)
    if name == "define":
        if len(arguments) != 1:
            return nodes.Invalid("#define takes exactly one argument", "write #define($name) ... #end", span)
        return nodes.Define(arguments[0].image[1:], body, span)
    if arguments:
        return nodes.Literal(build.literal(arguments[0].start, arguments[0].end), body, span)
    if not body.children:
        return nodes.Invalid("#literal() needs something before its #end", None, span)
    return nodes.Literal(build.literal(children[-3].end, last.start), body, span)


def _foreach(build: Build, arguments: list[Placed], body: nodes.Block, span: Span) -> nodes.Foreach:
    """See: Velocity 1.7's Foreach, which takes its third child for the source and its fourth for the body."""
    variable = arguments[0].image[1:] if arguments else ""
    if arguments and isinstance(arguments[0].node, nodes.Reference):
        variable = arguments[0].node.name
    if len(arguments) == 2:
        return nodes.Foreach(variable, nodes.Word("", span), body, span)
    if len(arguments) > 3:
        fourth = arguments[3].node
        body = nodes.Block((fourth,) if isinstance(fourth, nodes.Reference) else (), fourth.span)
    return nodes.Foreach(variable, arguments[2].node if len(arguments) > 2 else None, body, span)


def _macro(build: Build, token: Token, arguments: list[Placed], body: nodes.Block, span: Span) -> nodes.Macro:
    """See: Velocity 1.7's Macro.getArgArray: a parameter is its first token less the `$`."""
    if not arguments or not isinstance(arguments[0].node, nodes.Word):
        raise build.fail("#macro needs its name, a bare word, as first argument", token, "write #macro(name $argument) ... #end")
    parameters = tuple(argument.image.removeprefix("$") for argument in arguments[1:])
    return nodes.Macro(arguments[0].image, parameters, body, span)


BUILDERS: dict[str, Builder] = {
    **terms.BUILDERS,
    "template": block,
    "block": block,
    "text": text,
    "textblock": textblock,
    "comment": comment,
    "set": set_,
    "if": if_,
    "elseif": elseif,
    "else": else_,
    "line_directive": line_directive,
    "bare_directive": bare_directive,
    "block_directive": block_directive,
}
