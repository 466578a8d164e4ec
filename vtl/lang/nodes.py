"""The tree of a template, in the words of the VTL guide: frozen dataclasses, each ending with its span.

Statements stand in a `Block`; expressions stand in directives, method arguments and literals. A `Reference` is both.
"""

from __future__ import annotations

from dataclasses import dataclass

from vtl.source import Span


@dataclass(frozen=True, slots=True)
class Text:
    """Characters that print as they are: plain text and what escapes leave of themselves (`\\#if`, `\\\\`)."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Textblock:
    """`#[[ ... ]]#`: verbatim text, without its marks."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class LineComment:
    """`## ...` with its line end; prints `prefix`, the signs that ran into its mark as in `$!## ...`."""

    prefix: str
    span: Span


@dataclass(frozen=True, slots=True)
class BlockComment:
    """`#* ... *#` or `#** ... *#`; prints `prefix`, the signs that ran into its mark as in `$#**#`."""

    prefix: str
    span: Span


@dataclass(frozen=True, slots=True)
class Property:
    """`.name` in a reference."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class MethodCall:
    """`.name(arguments)` in a reference."""

    name: str
    arguments: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Index:
    """`[argument]` in a reference."""

    argument: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """`$name...`, `$!name...`, `${name...}`, `$!{name...}`.

    `null_text` is what prints for null; `escape` is the half of the backslashes before the `$` that always prints and
    `prefix` the `$` signs before the last one; an odd number of backslashes makes it `escaped`. `literal` is the source
    text without backslashes. A reference that is not `computable` (`$\\!a`) has no value in an expression.
    """

    name: str
    parts: tuple[Property | MethodCall | Index, ...]
    quiet: bool
    formal: bool
    escaped: bool
    computable: bool
    escape: str
    prefix: str
    null_text: str
    literal: str
    span: Span


@dataclass(frozen=True, slots=True)
class StringLiteral:
    """A string without anything to interpolate; `value` is what it evaluates to."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class InterpolatedString:
    """A double-quoted string with references or directives inside: `body` is rendered to make its value.

    With `cut`, the last character of what the body renders is dropped: Velocity adds a blank before it parses the string,
    and an open comment may have swallowed it.
    """

    body: Block
    cut: bool
    span: Span


@dataclass(frozen=True, slots=True)
class IntegerLiteral:
    """An Integer, Long or BigInteger by its size."""

    value: int
    span: Span


@dataclass(frozen=True, slots=True)
class FloatLiteral:
    """A Double."""

    value: float
    span: Span


@dataclass(frozen=True, slots=True)
class BooleanLiteral:
    """`true` or `false`."""

    value: bool
    span: Span


@dataclass(frozen=True, slots=True)
class ListLiteral:
    """`[a, b]`, an ArrayList."""

    items: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class RangeLiteral:
    """`[a..b]`, an ArrayList of Integers, both ends included; `literal` as in `Binary`."""

    start: Expression
    end: Expression
    literal: str
    span: Span


@dataclass(frozen=True, slots=True)
class MapLiteral:
    """`{a: b}`, a LinkedHashMap."""

    entries: tuple[tuple[Expression, Expression], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word among a directive's arguments, such as the `in` of #foreach."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right`; `operator` is one of `|| && == != < > <= >= + - * / %`, words being translated.

    `literal` is what Velocity takes for its source text where a sum with a string needs it: all after the operator.
    """

    operator: str
    left: Expression
    right: Expression
    literal: str
    span: Span


@dataclass(frozen=True, slots=True)
class Not:
    """`!operand`."""

    operand: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Set:
    """`#set(target = value)`."""

    target: Reference
    value: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Branch:
    """The condition and the body of an #if or #elseif."""

    condition: Expression
    body: Block
    span: Span


@dataclass(frozen=True, slots=True)
class If:
    """`#if ... #elseif ... #else ... #end`; `otherwise` is the #else body or None."""

    branches: tuple[Branch, ...]
    otherwise: Block | None
    span: Span


@dataclass(frozen=True, slots=True)
class Foreach:
    """`#foreach($variable in source) body #end`; without a `source` it fails when it runs."""

    variable: str
    source: Expression | None
    body: Block
    span: Span


@dataclass(frozen=True, slots=True)
class Break:
    """`#break` or `#break(scope)`."""

    scope: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class Stop:
    """`#stop` or `#stop(message)`."""

    message: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class Macro:
    """`#macro(name $parameters...) body #end`; `parameters` come without their `$`."""

    name: str
    parameters: tuple[str, ...]
    body: Block
    span: Span


@dataclass(frozen=True, slots=True)
class MacroCall:
    """`#name(arguments)`, or `#@name(arguments) body #end` with a `body`.

    Whether such a macro exists is known when it runs; if it does not, `literal` prints.
    """

    name: str
    arguments: tuple[Expression, ...]
    body: Block | None
    literal: str
    span: Span


@dataclass(frozen=True, slots=True)
class Define:
    """`#define($name) body #end`."""

    name: str
    body: Block
    span: Span


@dataclass(frozen=True, slots=True)
class Evaluate:
    """`#evaluate(argument)`."""

    argument: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Include:
    """`#include(arguments)`."""

    arguments: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Parse:
    """`#parse(argument)`; without an argument it fails when it runs."""

    argument: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class Invalid:
    """What Velocity's parser takes but cannot prepare, such as `#define()`: the render fails before it begins."""

    message: str
    hint: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Literal:
    """`#literal() ... #end`: prints the source text of its body; the macros that stand in it are defined all the same."""

    text: str
    body: Block
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """Statements in a row."""

    children: tuple[Statement, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Template:
    """A whole template."""

    body: Block
    span: Span


Statement = (
    Text
    | Textblock
    | LineComment
    | BlockComment
    | Reference
    | Set
    | If
    | Foreach
    | Break
    | Stop
    | Macro
    | MacroCall
    | Define
    | Evaluate
    | Include
    | Parse
    | Literal
    | Invalid
)

Expression = (
    Reference
    | StringLiteral
    | InterpolatedString
    | IntegerLiteral
    | FloatLiteral
    | BooleanLiteral
    | ListLiteral
    | RangeLiteral
    | MapLiteral
    | Word
    | Binary
    | Not
    | Invalid
)

Node = Statement | Expression | Property | MethodCall | Index | Branch | Block | Template
