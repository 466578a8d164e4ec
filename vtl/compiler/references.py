"""References: reading a chain of properties, method calls and indexes, printing it, and assigning through it."""

from __future__ import annotations

from vtl.compiler import expressions
from vtl.compiler.emitter import Emitter, Operand
from vtl.compiler.facts import lexical_loop_value
from vtl.lang import nodes
from vtl.lang.visitor import walk

_LONGEST_PATH = 40
"""Properties that are read in one expression; CPython's compiler recurses along it."""
_LOOP_VALUES = {
    "index": ("({count} - 1)", "int"),
    "count": ("{count}", "int"),
    "hasNext": ("({count} < {size})", "bool"),
    "first": ("({count} == 1)", "bool"),
    "last": ("({count} >= {size})", "bool"),
}


def value(e: Emitter, reference: nodes.Reference, sparse: bool = False) -> Operand:
    """The reference in an expression: null is the empty string where the dialect says so."""
    operand = raw_value(e, reference, sparse)
    if not (operand.null and e.empty_null and reference.computable):
        return operand
    if operand.code == "None":
        return Operand("''", "str")
    if not operand.code.startswith("t"):
        operand = operand._replace(code=e.store(operand.code))
    e.line(f"if {operand.code} is None: {operand.code} = ''")
    return operand._replace(null=False)


def raw_value(e: Emitter, reference: nodes.Reference, sparse: bool = False) -> Operand:
    """The reference's value, None for null: ASTReference.execute without its event handler."""
    if not reference.computable:
        return Operand("None", null=True)
    seen = _seen_loop_value(e, reference)
    if seen is not None:
        return seen
    with e.at(reference.span):
        code = e.read(reference.name)
        return Operand(_chain(e, code, reference.parts, sparse or reference.quiet), null=True)


def _seen_loop_value(e: Emitter, reference: nodes.Reference) -> Operand | None:
    name = lexical_loop_value(reference)
    if name is None or reference.name in e.facts.kept or not e.function.loops:
        return None
    loop = e.function.loops[-1]
    form, kind = _LOOP_VALUES[name]
    return Operand(form.format(count=loop.count, size=loop.size), kind, atomic=True)


def _chain(
    e: Emitter, code: str, parts: tuple[nodes.Property | nodes.MethodCall | nodes.Index, ...], sparse: bool = False
) -> str:
    """Writes the steps of a chain; each step of a null is null, and its arguments are not evaluated then."""
    position = 0
    while position < len(parts):
        keys = _plain_keys(parts, position)
        if keys and not e.tracing:
            code = _read_path(e, code, keys, sparse)
            position += len(keys)
            continue
        part = parts[position]
        with e.at(part.span):
            code = _traced_step(e, code, part) if e.tracing else _step(e, code, part)
        position += 1
    return code


def _traced_step(e: Emitter, code: str, part: nodes.Property | nodes.MethodCall | nodes.Index) -> str:
    """A step that tells the trace on what it found nothing."""
    receiver = e.store(code)
    result = _step(e, receiver, part)
    e.line(f"if {result} is None and {receiver} is not None: nothing_in({receiver}, {e.constant(part, 'N')})")
    return result


def _plain_keys(parts: tuple[nodes.Property | nodes.MethodCall | nodes.Index, ...], start: int) -> list[str]:
    """Names of the properties from `start` on; `class` has a getter on every object and goes its own way."""
    keys: list[str] = []
    for part in parts[start : start + _LONGEST_PATH]:
        if not isinstance(part, nodes.Property) or part.name in ("class", "Class"):
            break
        keys.append(part.name)
    return keys


def _read_path(e: Emitter, code: str, keys: list[str], sparse: bool) -> str:
    """Plain maps are read directly, everything else goes the slow, exact way; a missing key ends the chain.

    `sparse` tells that the value may well be missing: then asking costs less than failing.
    """
    result = e.temporary()
    test = e.function.known_maps.get(code, f"type({code}) is dict")
    if len(keys) == 1 and sparse:
        e.line(f"{result} = {code}.get({keys[0]!r}) if {test} else get_property(run, {code}, {keys[0]!r})")
        return result
    steps = [f"{result} = {code}[{keys[0]!r}] if {test} else get_property(run, {code}, {keys[0]!r})"]
    for key in keys[1:]:
        slow = f"get_property(run, {result}, {key!r})"
        steps.append(f"{result} = {result}[{key!r}] if type({result}) is dict else {slow}")
    e.line(f"try: {'; '.join(steps)}")
    e.line(f"except KeyError: {result} = None")
    return result


def _step(e: Emitter, code: str, part: nodes.Property | nodes.MethodCall | nodes.Index) -> str:
    if isinstance(part, nodes.Property):
        return e.store(f"get_property(run, {code}, {part.name!r})")
    if isinstance(part, nodes.Index):
        arguments: tuple[nodes.Expression, ...] = (part.argument,)
    else:
        arguments = part.arguments
    result = e.temporary()
    e.line(f"{result} = {code}")
    guarded = any(_has_effects(argument) for argument in arguments)
    if guarded:
        e.line(f"if {result} is not None:")
        e.writer.depth += 1
    codes = expressions.values(e, arguments)
    if isinstance(part, nodes.Index):
        e.line(f"{result} = {_index(result, part.argument, codes[0])}")
    else:
        e.line(f"{result} = {_call(e, result, part.name, codes)}")
    if guarded:
        e.writer.depth -= 1
    return result


def _has_effects(argument: nodes.Expression) -> bool:
    """Whether evaluating it can fail or change something; then it must not be evaluated for a null receiver."""
    return any(
        isinstance(node, nodes.MethodCall | nodes.Index | nodes.InterpolatedString | nodes.RangeLiteral)
        for node in walk(argument)
    )


def _index(code: str, argument: nodes.Expression, key: str) -> str:
    if isinstance(argument, nodes.IntegerLiteral) and argument.value >= 0:
        fast = f"{code}[{key}] if type({code}) in LISTS and len({code}) > {key}"
        return f"{fast} else get_index(run, {code}, {key})"
    if isinstance(argument, nodes.StringLiteral):
        return f"{code}.get({key}) if type({code}) is dict else get_index(run, {code}, {key})"
    return f"get_index(run, {code}, {key})"


def _call(e: Emitter, code: str, name: str, arguments: list[str]) -> str:
    if name == "size" and not arguments:
        return f"len({code}) if type({code}) in LISTS else invoke(run, {code}, 'size', ())"
    if name == "length" and not arguments:
        return f"len({code}) if type({code}) is str and {code}.isascii() else invoke(run, {code}, 'length', ())"
    packed = f"({arguments[0]},)" if len(arguments) == 1 else f"({', '.join(arguments)})"
    fast = _fast_call(code, name, arguments)
    table = e.constant(name, "M")
    general = f"{table}[type({code})](run, {code}, {packed}) if {code} is not None else None"
    return f"{fast} else {general}" if fast else general


def _fast_call(code: str, name: str, arguments: list[str]) -> str:
    """The everyday case of a few hot methods, when its arguments are plain constants."""
    constant = arguments and all(argument.isdigit() for argument in arguments)
    if constant and name == "substring" and len(arguments) <= 2 and int(arguments[0]) <= int(arguments[-1]):
        bounds = f"{arguments[0]}:{arguments[1] if len(arguments) == 2 else ''}"
        return f"{code}[{bounds}] if type({code}) is str and {code}.isascii() and len({code}) >= {arguments[-1]}"
    if constant and name == "get" and len(arguments) == 1:
        return f"{code}[{arguments[0]}] if type({code}) in LISTS and len({code}) > {arguments[0]}"
    if name == "get" and len(arguments) == 1 and arguments[0].startswith(("'", '"')):
        return f"{code}.get({arguments[0]}) if type({code}) is dict"
    return ""


def printed(e: Emitter, reference: nodes.Reference) -> str:
    """Code for the text that the reference prints, where neither backslashes nor extra `$` signs stand before it."""
    operand = raw_value(e, reference)
    if operand.kind == "str":
        return operand.code
    if operand.kind == "int":
        return operand.code if operand.code.isidentifier() else operand.code.join("()")
    if operand.kind == "bool":
        return f"('true' if {operand.code} else 'false')"
    null_text = null_text_of(e, reference)
    code = operand.code
    if not code.isidentifier():
        code = e.store(code)
    if e.tracing:
        e.line(f"if {code} is None: missing({e.constant(reference, 'N')})")
    slow = shown(e, "show(", code, null_text, reference)
    return f"({code} if (k := type({code})) is str or k is int and -BIG < {code} < BIG else {slow})"


def null_text_of(e: Emitter, reference: nodes.Reference) -> str:
    """Code for what prints when the reference is null; a macro's parameter prints its argument's source text."""
    if e.empty_null and reference.computable:
        return "''"
    if not reference.parts and reference.null_text == f"${reference.name}":
        literal = e.function.literals.get(reference.name)
        if literal:
            return literal
        if e.facts.dynamic:
            return f"ctx.literal({reference.name!r})"
    return repr(reference.null_text)


def is_plain(reference: nodes.Reference) -> bool:
    """Whether nothing but the value prints."""
    return reference.computable and not (reference.escaped or reference.escape or reference.prefix)


def odd(e: Emitter, reference: nodes.Reference) -> str:
    """Code for what a reference with backslashes or `$` signs before it prints. See: ASTReference.render."""
    if not reference.computable:
        return "''" if e.empty_null else repr(reference.null_text)
    operand = value(e, reference)
    code = operand.code if operand.code.isidentifier() else e.store(operand.code)
    if e.tracing and not reference.escaped:
        e.line(f"if {code} is None or {code} == '': missing({e.constant(reference, 'N')})")
    null_text = repr(reference.null_text) if e.empty_null else null_text_of(e, reference)
    if reference.escaped:
        return f"({reference.escape!r} + ('\\\\' if {code} is None else '') + {null_text})"
    context = ", ctx" if e.facts.dynamic else ""
    return f"show_odd({code}, {null_text}, {reference.escape!r}, {reference.prefix!r}{context})"


def shown(e: Emitter, function: str, code: str, null_text: str, reference: nodes.Reference) -> str:
    """Code that calls `function` (show, or print_to with its output) on a value; see there for the arguments."""
    arguments = [code, null_text]
    deep = e.facts.blocks and e.empty_null
    if e.facts.dynamic or deep:
        arguments.append("ctx" if e.facts.dynamic else "None")
    if deep:
        arguments.append(repr(reference.null_text))
    return f"{function}{', '.join(arguments)})"


def emit_assignment(e: Emitter, target: nodes.Reference, code: str) -> None:
    """Assigns through a chain: `#set($a.b[0].c = ...)`. See: ASTReference.setValue; a null on the way ends it silently."""
    with e.at(target.span):
        owner = e.read(target.name)
        owner = _chain(e, owner, target.parts[:-1])
        last = target.parts[-1]
        if isinstance(last, nodes.Index):
            e.line(f"if {owner} is not None:")
            with e.indented():
                (key,) = expressions.values(e, (last.argument,))
                e.line(f"set_index(run, {owner}, {key}, {code})")
        else:
            e.line(f"if {owner} is not None: set_property(run, {owner}, {last.name!r}, {code})")
