"""Macros and blocks: #macro, calls with and without a body, #define, #evaluate, #parse.

In a static template a macro is a Python function with a parameter for each of its arguments; an argument whose value may
change between its uses comes as a function (Velocity evaluates arguments by name). In a dynamic one, macros are looked up
when they are called, and get a context of their own, as Velocity's ProxyVMContext.
"""

from __future__ import annotations

from vtl.compiler import expressions
from vtl.compiler.emitter import Emitter, Function
from vtl.compiler.facts import Facts, assigned
from vtl.lang import nodes
from vtl.lang.visitor import children, walk

_BY_NAME = (
    nodes.Reference | nodes.StringLiteral | nodes.InterpolatedString | nodes.ListLiteral | nodes.MapLiteral | nodes.RangeLiteral
)
"""Arguments that Velocity evaluates at each use; all others are constants."""


def emit(e: Emitter, node: nodes.Statement) -> None:
    """Writes one of the statements of this family."""
    if isinstance(node, nodes.MacroCall):
        if e.facts.dynamic:
            _emit_dynamic_call(e, node)
        else:
            _emit_static_call(e, node)
    elif isinstance(node, nodes.Define):
        e.assign(node.name, _block_value(e, node.body, node.name, "DEFINE_DEPTH"))
    elif isinstance(node, nodes.Evaluate | nodes.Parse) and e.tracing and e.put == "put":
        e.line(f"at({node.span.start}, {node.span.end})")
        _emit_embedded(e, node)
    else:
        _emit_embedded(e, node)


def _emit_embedded(e: Emitter, node: nodes.Statement) -> None:
    if isinstance(node, nodes.Evaluate):
        code = e.atom(expressions.value(e, node.argument)).code
        e.line(f"evaluate(run, ctx, {e.put}, {code}, {e.constant(node, 'N')})")
    elif isinstance(node, nodes.Parse):
        if node.argument is None:
            e.line("raise no_parse_argument()")
            return
        code = e.atom(expressions.value(e, node.argument)).code
        e.line(f"parse(run, ctx, {e.put}, {code})")


def _block_value(e: Emitter, body: nodes.Block, name: str, depth: str) -> str:
    """Code of a value that renders `body` whenever it is printed."""
    function = e.temporary("d")
    inner = Function("define", e.function.parameters, e.function.literals, e.function.signature)
    if e.facts.dynamic:
        with e.hoisted(inner, f"def {function}(ctx, put):"), e.output_to("put"):
            e.line("get = ctx.get")
            e.emit_block(e, body)
        return f"Block(run, {function}, ctx, {depth})"
    with e.hoisted(inner, f"def {function}(put):"), e.output_to("put"):
        e.emit_block(e, body)
    return f"Block(run, {function}, None, {depth})"


def emit_definitions(e: Emitter) -> None:
    """Writes the functions of all macros of the template."""
    for name, macro in e.facts.macros.items():
        with e.at(macro.span):
            if e.facts.dynamic:
                _emit_dynamic_definition(e, name, macro)
            else:
                _emit_static_definition(e, name, macro)


def _emit_dynamic_definition(e: Emitter, name: str, macro: nodes.Macro) -> None:
    function = e.temporary("m")
    with e.hoisted(Function("macro"), f"def {function}(ctx, put):"):
        e.line("get = ctx.get")
        e.emit_block(e, macro.body)
    e.line(f"run.define_macro({name!r}, Macro({name!r}, {macro.parameters!r}, {function}))")


def _emit_dynamic_call(e: Emitter, node: nodes.MacroCall) -> None:
    """Constants go in as values, everything else as a function of the caller's context with its source text."""
    arguments = []
    for argument in node.arguments:
        if isinstance(argument, nodes.Word):
            arguments.append("BAD_ARGUMENT")
        elif isinstance(argument, _BY_NAME):
            thunk = e.temporary("a")
            with e.hoisted(Function("thunk"), f"def {thunk}(ctx):"):
                e.line("get = ctx.get")
                operand = expressions.value(e, argument)
                e.line(f"return {operand.code}")
            arguments.append(f"ByName({thunk}, {_source_of(argument, node)!r})")
        else:
            arguments.append(e.atom(expressions.value(e, argument)).code)
    body = "None"
    if node.body is not None:
        body = _block_value(e, node.body, "bodyContent", "run.limits.macro_depth")
    packed = "".join(f"{argument}, " for argument in arguments)
    e.line(f"call_macro(run, ctx, {e.put}, {node.name!r}, ({packed}), {body}, {node.literal!r})")


def _function_of(name: str) -> str:
    return f"m_{name}"


def passed_by_value(facts: Facts, tree: nodes.Template) -> frozenset[tuple[str, int]]:
    """(macro, position) of the parameters whose arguments cannot change their value while a macro runs, at any call.

    Those are constants, variables that no macro assigns, and parameters that are themselves passed by value.
    """
    if not facts.macros:
        return frozenset()
    changed = {name for macro in facts.macros.values() for name in assigned(macro.body)}
    calls: list[tuple[nodes.Macro | None, nodes.MacroCall]] = [(None, call) for call in _calls_outside_macros(tree)]
    calls += [(macro, call) for macro in facts.macros.values() for call in walk(macro.body) if isinstance(call, nodes.MacroCall)]
    stable = {(macro.name, index) for macro in facts.macros.values() for index in range(len(macro.parameters))}
    while True:
        shaky = {
            (call.name, index)
            for around, call in calls
            for index, argument in enumerate(call.arguments)
            if (call.name, index) in stable and not _is_stable(argument, changed, around, stable)
        }
        if not shaky:
            return frozenset(stable)
        stable -= shaky


def _calls_outside_macros(tree: nodes.Template) -> list[nodes.MacroCall]:
    found: list[nodes.MacroCall] = []
    stack: list[nodes.Node] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.MacroCall):
            found.append(node)
        if not isinstance(node, nodes.Macro):
            stack.extend(children(node))
    return found


def _is_stable(argument: nodes.Expression, changed: set[str], around: nodes.Macro | None, stable: set[tuple[str, int]]) -> bool:
    if not isinstance(argument, nodes.Reference):
        return isinstance(argument, nodes.StringLiteral) or not isinstance(argument, _BY_NAME)
    if argument.parts or not argument.computable:
        return False
    if around is not None and argument.name in around.parameters:
        return (around.name, around.parameters.index(argument.name)) in stable
    return argument.name not in changed


def _emit_static_definition(e: Emitter, name: str, macro: nodes.Macro) -> None:
    parameters, literals, signature = {}, {}, []
    for index, parameter in enumerate(macro.parameters):
        by_value = (name, index) in e.by_value
        code = f"a_{e.variable(parameter)}"
        parameters[parameter] = code if by_value else f"{code}()"
        literals[parameter] = f"l_{e.variable(parameter)}"
        signature += [code, literals[parameter]]
    function = Function("macro", parameters, literals, tuple(signature))
    with e.hoisted(function, f"def {_function_of(name)}({', '.join(['put', *signature])}):"):
        e.line(f"run.enter_macro({name!r})")
        e.emit_block(e, macro.body)
        e.line("run.depth -= 1")


def _emit_static_call(e: Emitter, node: nodes.MacroCall) -> None:
    macro = e.facts.macros[node.name]
    given = []
    for index, argument in enumerate(node.arguments[: len(macro.parameters)]):
        if (macro.name, index) in e.by_value:
            code = _value_code(e, argument)
        else:
            code = _thunk(e, argument)
        literal = _source_of(argument, node) if isinstance(argument, _BY_NAME) else f"${macro.parameters[index]}"
        given += [code, repr(literal)]
    e.line(f"{_function_of(node.name)}({', '.join([e.put, *given])})")


def _source_of(argument: nodes.Expression, call: nodes.MacroCall) -> str:
    """The argument's source text, which its parameter prints when null or escaped. See: ProxyVMContext.addVMProxyArg."""
    if isinstance(argument, nodes.Reference | nodes.RangeLiteral):
        return argument.literal
    start = call.span.start
    return call.literal[argument.span.start - start : argument.span.end - start]


def _value_code(e: Emitter, argument: nodes.Expression) -> str:
    return e.atom(expressions.value(e, argument)).code


def _thunk(e: Emitter, argument: nodes.Expression) -> str:
    """A function that evaluates the argument in the caller's variables, as they are then."""
    if isinstance(argument, nodes.Reference) and not argument.parts and argument.name in e.function.parameters:
        code = e.function.parameters[argument.name]
        if code.endswith("()"):
            return code[:-2]
        e.function_count.count(argument.span)
        return f"lambda: {code}"
    if isinstance(argument, nodes.Reference) and not argument.parts and argument.computable and not e.function.loops:
        e.function_count.count(argument.span)
        return f"lambda: {e.variable(argument.name)}"
    e.function_count.count(argument.span)
    name = e.temporary("a")
    inner = Function("thunk", e.function.parameters, e.function.literals, e.function.signature)
    e.line(f"def {name}():")
    e.functions.append(inner)
    with e.indented():
        operand = expressions.value(e, argument)
        e.line(f"return {operand.code}")
    e.functions.pop()
    return name
