"""The functions that generated code may call, and nothing else: `NAMES` is its whole world besides its own constants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vtl.errors import LimitExceeded, RenderError
from vtl.runtime import loops
from vtl.runtime.blocks import DEFINE_DEPTH, Block, Macro, Put
from vtl.runtime.context import ByName, MacroContext, NullHolder
from vtl.runtime.run import Run
from vtl.runtime.signals import BreakLoop, StopRender
from vtl.values import numbers
from vtl.values.access import get_index, get_property, set_index, set_property
from vtl.values.equality import key
from vtl.values.methods import invoke
from vtl.values.text import to_text
from vtl.values.truth import equals
from vtl.values.utf16 import merged

BIG = 10**18
"""Integers below this size print as Python prints them, without a look at limits."""

BAD_ARGUMENT = object()
"""A bare word among the arguments of a macro call: an error if the macro exists."""


def show(value: Any, null_text: str, context: Any = None, deep_text: str | None = None) -> str:
    """What a reference prints; a block renders in the reference's context.

    `null_text` prints for null; for a block that is too deep in itself, which is no null reference, `deep_text` if it is given.
    """
    if value is None:
        return null_text
    if isinstance(value, Block):
        text = value.text(context)
        if text is None:
            return null_text if deep_text is None else deep_text
        return text
    return to_text(value)


def show_odd(value: Any, null_text: str, escape: str, prefix: str, context: Any = None) -> str:
    """The same with backslashes and `$` signs before it; a block prints without them, null doubles the backslashes."""
    if isinstance(value, Block):
        text = value.text(context)
        if text is not None:
            return text
        value = None
    if value is None:
        return escape + escape + prefix + null_text
    return escape + prefix + to_text(value)


def print_to(put: Put, value: Any, null_text: str, context: Any = None, deep_text: str | None = None) -> None:
    """Prints a reference whose block may #stop: what it printed so far stays."""
    if isinstance(value, Block):
        if not value.render(put, context):
            put(null_text if deep_text is None else deep_text)
    else:
        put(show(value, null_text))


def fill(run: Run, texts: Sequence[str], paths: Sequence[tuple[int, int, Sequence[str], str]], values: Sequence[Any]) -> str:
    """A run of text and property paths that is kept as data.

    `texts` has "" where a path prints; a path is (its slot in `texts`, the number of its variable, names, text for null).
    """
    pieces = [*texts]
    for slot, index, names, null_text in paths:
        value = values[index]
        try:
            for name in names:
                value = value[name] if type(value) is dict else get_property(run, value, name)
        except KeyError:
            value = None
        pieces[slot] = value if type(value) is str else show(value, null_text)
    return "".join(pieces)


def plus(run: Run, left: Any, right: Any, left_text: str, right_text: str) -> Any:
    """`+`: a sum, or the texts put together when a side is a String; null then stands for its source text (ASTAddNode)."""
    if (isinstance(left, str) and type(left) is str) or (isinstance(right, str) and type(right) is str):
        text = (left_text if left is None else to_text(left)) + (right_text if right is None else to_text(right))
        return checked(run, text)
    return numbers.add(run, left, right)


def checked(run: Run, text: str) -> str:
    """The text, unless it is longer than a string may be; halves of characters that met in it are put together."""
    if len(text) > run.limits.string_length:
        raise LimitExceeded("string_length", f"a string of {len(text)} characters; {run.limits.string_length} are allowed")
    run.made += len(text)
    if run.made > run.limits.text_made:
        raise LimitExceeded("text_made", f"strings of more than {run.limits.text_made} characters together")
    return text if text.isascii() else merged(text)


def is_true(value: Any) -> bool:
    """A reference as a condition: false are null, Boolean false, and a block that is too deep in itself to have a text."""
    if isinstance(value, Block):
        return value.text() is not None
    return value is not None and value is not False


def make_range(run: Run, start: Any, end: Any) -> list[int] | None:
    """`[start..end]`, up or down; None when an end is no number (ASTIntegerRange)."""
    if not (numbers.is_number(start) and numbers.is_number(end)):
        return None
    first, last = (
        each if type(each) is int and -(2**31) <= each < 2**31 else invoke(run, each, "intValue", ()) for each in (start, end)
    )
    size = abs(first - last) + 1
    if size > run.limits.range_length:
        raise LimitExceeded("range_length", f"a range of {size} elements; {run.limits.range_length} are allowed")
    return list(range(first, last + 1)) if first < last else list(range(first, last - 1, -1))


def account(run: Run, pieces: Sequence[str], counted: int, total: int) -> int:
    """Adds up the output since the last look; LimitExceeded when it is too much."""
    total += sum(map(len, pieces[counted:]))
    if total > run.limits.output_size:
        raise LimitExceeded("output_size", f"more than {run.limits.output_size} characters of output")
    return total


def scoped_break(scope: Any) -> BreakLoop:
    """`#break($foreach)`."""
    if not isinstance(scope, loops.ForeachScope):
        raise RenderError("#break takes a scope such as $foreach or $foreach.parent")
    return BreakLoop(scope)


def no_loop_source() -> RenderError:
    """#foreach with too few arguments fails when it runs."""
    return RenderError(
        "#foreach needs a variable, `in` and something to loop over", hint="write #foreach($item in $list) ... #end"
    )


def no_parse_argument() -> RenderError:
    """#parse() fails when it runs."""
    return RenderError("#parse needs the name of a template")


def bad_include() -> RenderError:
    """#include takes nothing but strings and references."""
    return RenderError("#include takes strings and references only")


def call_macro(run: Run, context: Any, put: Put, name: str, arguments: Sequence[Any], body: Block | None, literal: str) -> None:
    """Calls a macro by name, or prints the call's own text when there is none. See: RuntimeMacro, VelocimacroProxy."""
    macro: Macro | None = run.macros.get(name)
    if macro is None:
        put(literal)
        return
    if BAD_ARGUMENT in arguments:
        raise RenderError(
            f"#{name} is a macro, and a macro takes no bare words", hint="put `$` before a reference, quotes around text"
        )
    inner = MacroContext(context)
    for parameter, argument in zip(macro.parameters, arguments, strict=False):
        inner.bind(parameter, argument)
    if body is not None:
        inner.bind("bodyContent", body)
    run.enter_macro(name)
    try:
        left = macro.function(inner, put)
    except BreakLoop as stopped:
        if not stopped.ends(None):
            raise
        return
    if not left:
        run.depth -= 1


def include(run: Run, name: Any, position: int) -> str:
    """The text of another resource, as it is; for null Velocity prints a comment with the argument's position."""
    if name is None:
        return f"<!-- include error : error with arg {position} please see log. see error log -->"
    return checked(run, load(run, to_text(name), "include"))


def load(run: Run, name: str, directive: str) -> str:
    """The text that the caller's loader has under this name; RenderError when there is none."""
    loader = run.setup.loader
    text = loader(name) if loader else None
    if text is None:
        hint = None if loader else "templates come from a loader that the caller gives; there is none here"
        raise RenderError(f"#{directive} finds no template named {name!r}", hint=hint)
    return text


NAMES: dict[str, Any] = {
    "__builtins__": {
        "len": len,
        "type": type,
        "int": int,
        "str": str,
        "dict": dict,
        "list": list,
        "min": min,
        "KeyError": KeyError,
    },
    "BAD_ARGUMENT": BAD_ARGUMENT,
    "BIG": BIG,
    "Block": Block,
    "BreakLoop": BreakLoop,
    "ByName": ByName,
    "DEFINE_DEPTH": DEFINE_DEPTH,
    "ForeachScope": loops.ForeachScope,
    "LISTS": loops.LISTS,
    "Macro": Macro,
    "NullHolder": NullHolder,
    "RenderError": RenderError,
    "StopRender": StopRender,
    "account": account,
    "as_key": key,
    "bad_include": bad_include,
    "call_macro": call_macro,
    "checked": checked,
    "cut": loops.cut,
    "divide": numbers.divide,
    "ended": loops.ended,
    "equals": equals,
    "fill": fill,
    "get_index": get_index,
    "get_property": get_property,
    "greater": numbers.greater,
    "greater_equal": numbers.greater_equal,
    "include": include,
    "invoke": invoke,
    "is_true": is_true,
    "leave_scope": loops.leave_scope,
    "left_scope": loops.left_scope,
    "less": numbers.less,
    "less_equal": numbers.less_equal,
    "make_range": make_range,
    "modulo": numbers.modulo,
    "multiply": numbers.multiply,
    "no_loop_source": no_loop_source,
    "no_parse_argument": no_parse_argument,
    "plus": plus,
    "print_to": print_to,
    "restore": loops.restore,
    "rows": loops.rows,
    "scoped_break": scoped_break,
    "set_index": set_index,
    "set_property": set_property,
    "show": show,
    "show_odd": show_odd,
    "subtract": numbers.subtract,
    "text": to_text,
    "watchable": loops.watchable,
}
