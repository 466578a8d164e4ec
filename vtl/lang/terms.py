"""Builders of references, literals and expressions."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from vtl.errors import LimitExceeded
from vtl.lang import nodes
from vtl.lang.builder import Build, Builder, Placed
from vtl.lang.tokens import Token

_BLANKS = re.compile(r"[ \t\r\n]*")
_OPERATORS = {
    "OR": "||",
    "AND": "&&",
    "EQUAL": "==",
    "NOT_EQUAL": "!=",
    "LESS": "<",
    "LESS_EQUAL": "<=",
    "GREATER": ">",
    "GREATER_EQUAL": ">=",
    "PLUS": "+",
    "MINUS": "-",
    "TIMES": "*",
    "DIVIDE": "/",
    "MODULO": "%",
}
_SAFE_DIGITS = 4_000
"""CPython converts this many digits without its guard against long integers."""


def simple_reference(build: Build, children: list[Any]) -> Placed:
    """`$a.b` or `$!a.b` that the scanner took as one token."""
    token: Token = children[0]
    image = token.image
    quiet = image[1] == "!"
    name, *properties = image[1 + quiet :].split(".")
    parts = []
    position = token.start + 1 + quiet + len(name)
    for each in properties:
        end = position + 1 + len(each)
        parts.append(nodes.Property(each, build.span(position, end)))
        position = end
    node = nodes.Reference(
        name, tuple(parts), quiet, False, False, True, "", "", "" if quiet else image, image, build.span(token.start, token.end)
    )
    return Placed(node, token.start, token.end, image.partition(".")[0])


def plain_reference(build: Build, children: list[Any]) -> Placed:
    """`$name` with parts, or a bare name in arguments."""
    return _reference(build, children[0], None, children[1:], children[-1].end)


def formal_reference(build: Build, children: list[Any]) -> Placed:
    """`${name}` with parts."""
    return _reference(build, children[0], children[1], children[2:-1], children[-1].end)


def _reference(build: Build, first: Token, name: Token | None, parts: list[Placed], end: int) -> Placed:
    """See: Velocity 1.7's ASTReference.getRoot, whose rules these are."""
    span = build.span(first.start, end)
    nested = tuple(part.node for part in parts)
    if "\\!" in first.image:
        text = _without_last_backslash(first.image)
        literal = build.literal(first.start, end)
        node = nodes.Reference(text, nested, False, False, False, False, "", "", text, literal, span)
        return Placed(node, first.start, end, first.image)
    image = first.image.lstrip("\\")
    backslashes = len(first.image) - len(image)
    prefix, dollar, rest = image.rpartition("$")
    image = dollar + rest
    start = first.start + len(first.image) - len(image)
    if start > first.start:
        build.edits.append((first.start, start, ""))
    escaped, quiet, runt = backslashes % 2 == 1, image.startswith("$!"), not dollar
    literal = build.literal(start, end)
    root = image if runt else name.image if name else image[1 + quiet :]
    null_text = image if runt else "" if quiet and not escaped else literal
    node = nodes.Reference(
        root,
        nested,
        quiet,
        name is not None,
        escaped,
        not runt,
        "\\" * (backslashes // 2),
        prefix,
        null_text,
        literal,
        span,
    )
    return Placed(node, first.start, end, image)


def _without_last_backslash(image: str) -> str:
    """`$\\!` prints `$!`: the last of the backslashes after the `$` goes."""
    after = image.index("\\", image.index("$"))
    count = len(image) - after - len(image[after:].lstrip("\\"))
    return image[: after + count - 1] + image[after + count :]


def property_(build: Build, children: list[Any]) -> Placed:
    """`.name`."""
    dot, name = children
    return Placed(nodes.Property(name.image, build.span(dot.start, name.end)), dot.start, name.end, "")


def method(build: Build, children: list[Any]) -> Placed:
    """`.name(arguments)`."""
    dot, name, last = children[0], children[1], children[-1]
    return Placed(nodes.MethodCall(name.image, _nodes(children[3:-1]), build.span(dot.start, last.end)), dot.start, last.end, "")


def index(build: Build, children: list[Any]) -> Placed:
    """`[argument]`."""
    first, argument, last = children
    return Placed(nodes.Index(argument.node, build.span(first.start, last.end)), first.start, last.end, "")


def _nodes(children: list[Any]) -> tuple[Any, ...]:
    return tuple(child.node for child in children if type(child) is Placed)


def _placed(node: Any, token: Token) -> Placed:
    return Placed(node, token.start, token.end, token.image)


def string(build: Build, children: list[Any]) -> Placed:
    """A string literal; one in double quotes with a `$` or `#` is parsed as a template of its own."""
    token: Token = children[0]
    quote, raw = token.image[0], token.image
    span = build.span(token.start, token.end)
    characters = [(character, token.start + 1 + offset) for offset, character in enumerate(raw[1:-1])] if quote == '"' else []
    if quote == "'":
        return _placed(nodes.StringLiteral(raw[1:-1].replace("''", "'"), span), token)
    if "\\u" in raw:
        unescaped = _unescape(characters)
        if isinstance(unescaped, int):
            message = "`\\u` in a string needs four hexadecimal digits"
            return _placed(nodes.Invalid(message, None, build.span(unescaped, unescaped + 2)), token)
        characters = unescaped
    if '"' in raw[1:-1]:
        characters = _single_quotes(characters)
    text = "".join(character for character, _ in characters)
    if "$" not in raw and "#" not in raw:
        return _placed(nodes.StringLiteral(text, span), token)
    return _placed(_interpolated(build, text, [build.span(at, at).start for _, at in characters], token), token)


def _interpolated(build: Build, text: str, offsets: list[int], token: Token) -> nodes.InterpolatedString | nodes.StringLiteral:
    """See: Velocity 1.7's ASTStringLiteral.init. It adds a blank, lest a final `$` ends the text, and drops it afterwards."""
    span = build.span(token.start, token.end)
    blank = "##" not in text
    inner = Build(
        source=build.source,
        parse_string=build.parse_string,
        limits=build.limits,
        text=text + " " if blank else text,
        offsets=(*offsets, span.end - 1, span.end),
        depth=build.depth + 1,
        macros=build.macros,
    )
    body = build.parse_string(inner)
    if not blank:
        return nodes.InterpolatedString(body, False, span)
    last = body.children[-1] if body.children else None
    if isinstance(last, nodes.Text) and last.text.endswith(" "):
        trimmed = (nodes.Text(last.text[:-1], last.span),) if len(last.text) > 1 else ()
        body = nodes.Block(body.children[:-1] + trimmed, body.span)
        return nodes.InterpolatedString(body, False, span)
    return nodes.InterpolatedString(body, True, span)


def _unescape(characters: list[tuple[str, int]]) -> list[tuple[str, int]] | int:
    """`\\uXXXX` anywhere, as Java's Integer.parseInt reads the four characters; the place of one that it does not read."""
    text = "".join(character for character, _ in characters)
    kept: list[tuple[str, int]] = []
    position = 0
    while (found := text.find("\\u", position)) >= 0:
        kept += characters[position:found]
        digits = text[found + 2 : found + 6]
        if not re.fullmatch(r"\+?[0-9A-Fa-f]+", digits) or len(digits) != 4:
            return characters[found][1]
        kept.append((chr(int(digits, 16)), characters[found][1]))
        position = found + 6
    return kept + characters[position:]


def _single_quotes(characters: list[tuple[str, int]]) -> list[tuple[str, int]]:
    kept: list[tuple[str, int]] = []
    skip = False
    for character, offset in characters:
        if skip and character == '"':
            skip = False
            continue
        kept.append((character, offset))
        skip = character == '"'
    return kept


def integer(build: Build, children: list[Any]) -> Placed:
    """An Integer, Long or BigInteger by its size."""
    token: Token = children[0]
    if token.image.startswith("#"):
        return _placed(nodes.Invalid(f"{token.image!r} is no number", None, build.span(token.start, token.end)), token)
    if len(token.image) > build.limits.integer_digits:
        span = build.span(token.start, token.end)
        raise LimitExceeded("integer_digits", f"the number has {len(token.image)} digits", source=build.source, span=span)
    value = int(token.image) if len(token.image) <= _SAFE_DIGITS else int(Decimal(token.image))
    return _placed(nodes.IntegerLiteral(value, build.span(token.start, token.end)), token)


def float_(build: Build, children: list[Any]) -> Placed:
    """A Double; beyond its range Infinity, as Java's."""
    token: Token = children[0]
    if token.image.startswith("#"):
        return _placed(nodes.Invalid(f"{token.image!r} is no number", None, build.span(token.start, token.end)), token)
    return _placed(nodes.FloatLiteral(float(token.image), build.span(token.start, token.end)), token)


def boolean(build: Build, children: list[Any]) -> Placed:
    """`true` or `false`."""
    token: Token = children[0]
    return _placed(nodes.BooleanLiteral(token.type == "TRUE", build.span(token.start, token.end)), token)


def word(build: Build, children: list[Any]) -> Placed:
    """A bare word among a directive's arguments."""
    token: Token = children[0]
    return _placed(nodes.Word(token.image, build.span(token.start, token.end)), token)


def list_(build: Build, children: list[Any]) -> Placed:
    """`[a, b]`."""
    first, last = children[0], children[-1]
    return Placed(nodes.ListLiteral(_nodes(children), build.span(first.start, last.end)), first.start, last.end, first.image)


def range_(build: Build, children: list[Any]) -> Placed:
    """`[a..b]`."""
    first, start, _, end, last = children
    span = build.span(first.start, last.end)
    node = nodes.RangeLiteral(start.node, end.node, build.literal(first.start, last.end), span)
    return Placed(node, first.start, last.end, first.image)


def map_(build: Build, children: list[Any]) -> Placed:
    """`{a: b}`."""
    first, last = children[0], children[-1]
    found = _nodes(children)
    entries = tuple(zip(found[::2], found[1::2], strict=True))
    return Placed(nodes.MapLiteral(entries, build.span(first.start, last.end)), first.start, last.end, first.image)


def binary(build: Build, children: list[Any]) -> Placed:
    """`left operator right`; the literal runs from after the operator through the blanks after the right side."""
    left, operator, right = children
    blanks = _BLANKS.match(build.text, right.end)
    assert blanks is not None
    literal = build.literal(operator.end, blanks.end())
    span = build.span(left.start, right.end)
    node = nodes.Binary(_OPERATORS[operator.type], left.node, right.node, literal, span)
    return Placed(node, left.start, right.end, left.image)


def not_(build: Build, children: list[Any]) -> Placed:
    """`!operand`."""
    sign, operand = children
    return Placed(nodes.Not(operand.node, build.span(sign.start, operand.end)), sign.start, operand.end, sign.image)


def parentheses(build: Build, children: list[Any]) -> Placed:
    """`(expression)`: no node of its own, but Velocity's literal of it is all between the parentheses."""
    first, inner, last = children
    node = inner.node
    if isinstance(node, nodes.Reference | nodes.Binary | nodes.RangeLiteral):
        fields = {name: getattr(node, name) for name in node.__dataclass_fields__}
        fields["literal"] = build.literal(first.end, last.start)
        node = type(node)(**fields)
    return Placed(node, first.start, last.start + 1, first.image)


BUILDERS: dict[str, Builder] = {
    "simple_reference": simple_reference,
    "plain_reference": plain_reference,
    "formal_reference": formal_reference,
    "property": property_,
    "method": method,
    "index": index,
    "string": string,
    "integer": integer,
    "float": float_,
    "true": boolean,
    "false": boolean,
    "word": word,
    "list": list_,
    "range": range_,
    "map": map_,
    "or": binary,
    "and": binary,
    "equality": binary,
    "relation": binary,
    "sum": binary,
    "product": binary,
    "not": not_,
    "parentheses": parentheses,
}
