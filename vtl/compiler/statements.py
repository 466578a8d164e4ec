"""Statements: runs of text, #set, #if, #break, #stop, #include; #foreach is in `loops.py`, macros and blocks in `macros.py`."""

from __future__ import annotations

from vtl.compiler import expressions, loops, macros, references, runs
from vtl.compiler.emitter import Emitter, Function, Loop
from vtl.compiler.facts import plain_target
from vtl.lang import nodes

_FLAT_BRANCHES = 8
"""From so many branches on an #if is written flat; CPython's compiler recurses along elif."""
_DEEPEST = 14
"""Indentation from which on a body gets a function of its own: CPython nests 20 blocks at most."""


def emit_block(e: Emitter, block: nodes.Block) -> None:
    """Writes the statements of a block."""
    if e.writer.depth > _DEEPEST:
        _emit_outlined(e, block)
        return
    emit_statements(e, block.children)


def emit_statements(e: Emitter, statements: tuple[nodes.Statement, ...]) -> None:
    """Writes statements in order, what can be printed together in one go."""
    position = 0
    mark = e.writer.mark()
    while position < len(statements):
        end = position
        while end < len(statements) and runs.joins_run(e, statements[end]):
            end += 1
        if end > position:
            with e.at(statements[position].span):
                runs.emit_run(e, statements[position:end])
            position = end
            continue
        with e.at(statements[position].span):
            _emit_statement(e, statements[position])
        position += 1
    if e.writer.mark() == mark:
        e.line("pass")


def _emit_statement(e: Emitter, node: nodes.Statement) -> None:
    if isinstance(node, nodes.Reference):
        _emit_reference(e, node)
    elif isinstance(node, nodes.Set):
        _emit_set(e, node)
    elif isinstance(node, nodes.If):
        _emit_if(e, node)
    elif isinstance(node, nodes.Foreach):
        loops.emit_foreach(e, node)
    elif isinstance(node, nodes.Break):
        _emit_break(e, node)
    elif isinstance(node, nodes.Stop):
        if node.message is not None:
            e.line(f"text({expressions.value(e, node.message).code})")
        e.line("raise StopRender")
    elif isinstance(node, nodes.Include):
        _emit_include(e, node)
    else:
        macros.emit(e, node)


def _emit_reference(e: Emitter, node: nodes.Reference) -> None:
    """A reference whose value may be a block that stops: it prints as it goes."""
    if not (e.facts.streaming and references.is_plain(node)):
        code = runs.run_code(e, (node,))
        _emit_traced_mark(e, node)
        e.line(f"{e.put}({code})")
        return
    operand = references.raw_value(e, node)
    code = operand.code if operand.code.isidentifier() else e.store(operand.code)
    if e.tracing:
        e.line(f"if {code} is None: missing({e.constant(node, 'N')})")
    _emit_traced_mark(e, node)
    null_text = references.null_text_of(e, node)
    e.line(references.shown(e, f"print_to({e.put}, ", code, null_text, node))


def _emit_traced_mark(e: Emitter, node: nodes.Statement) -> None:
    if e.tracing and e.put == "put":
        e.line(f"at({node.span.start}, {node.span.end})")


def _emit_set(e: Emitter, node: nodes.Set) -> None:
    """A null on the right leaves the target alone (Velocity's directive.set.null.allowed is off)."""
    operand = expressions.value(e, node.value)
    if operand.null:
        operand = e.atom(operand)
        e.line(f"if {operand.code} is not None:")
        with e.indented():
            _emit_target(e, node, operand.code)
    else:
        _emit_target(e, node, operand.code)


def _emit_target(e: Emitter, node: nodes.Set, code: str) -> None:
    if plain_target(node):
        e.assign(node.target.name, code)
    elif node.target.parts:
        if not code.isidentifier():
            code = e.store(code)
        references.emit_assignment(e, node.target, code)
    else:
        e.line(code)


def _emit_if(e: Emitter, node: nodes.If) -> None:
    if len(node.branches) >= _FLAT_BRANCHES:
        _emit_flat_if(e, node)
        return
    depth = e.writer.depth
    for number, branch in enumerate(node.branches):
        if number:
            e.line("else:")
            e.writer.depth += 1
        with e.at(branch.span):
            e.line(f"if {expressions.condition(e, branch.condition)}:")
        with e.indented():
            e.emit_block(e, branch.body)
    if node.otherwise is not None:
        e.line("else:")
        with e.indented():
            e.emit_block(e, node.otherwise)
    e.writer.depth = depth


def _emit_flat_if(e: Emitter, node: nodes.If) -> None:
    """A long ladder: each branch asks whether an earlier one was taken."""
    open_ = e.temporary("b")
    e.line(f"{open_} = True")
    for branch in node.branches:
        e.line(f"if {open_}:")
        with e.indented(), e.at(branch.span):
            e.line(f"if {expressions.condition(e, branch.condition)}:")
            with e.indented():
                e.line(f"{open_} = False")
                e.emit_block(e, branch.body)
    if node.otherwise is not None:
        e.line(f"if {open_}:")
        with e.indented():
            e.emit_block(e, node.otherwise)


def _emit_break(e: Emitter, node: nodes.Break) -> None:
    """Without a scope the innermost loop, macro or block ends, or the template; see: Velocity 1.7's StopCommand.isFor."""
    if node.scope is not None:
        e.line(f"raise scoped_break({expressions.value(e, node.scope).code})")
    elif e.function.loops and e.function.loops[-1].own:
        e.line("break")
    elif e.function.kind == "thunk":
        e.line("raise BreakLoop(None)")
    else:
        e.line("return True")


def _emit_include(e: Emitter, node: nodes.Include) -> None:
    for position, argument in enumerate(node.arguments):
        if isinstance(argument, nodes.StringLiteral | nodes.InterpolatedString | nodes.Reference):
            e.line(f"{e.put}(include(run, {expressions.value(e, argument).code}, {position}))")
        else:
            e.line("raise bad_include()")


def _emit_outlined(e: Emitter, block: nodes.Block) -> None:
    """A body that stands too deep: a function beside the others, which tells by its result that it met a #break."""
    name = e.temporary("d")
    outer = e.function
    inner = Function("outlined", outer.parameters, outer.literals)
    given = [e.put, *(("ctx", "get") if e.facts.dynamic else ()), *outer.signature]
    inner.signature = outer.signature
    if outer.loops:
        inner.loops.append(Loop(outer.loops[-1].count, outer.loops[-1].size, own=False))
        given += [outer.loops[-1].count, outer.loops[-1].size]
    given = list(dict.fromkeys(given))
    with e.hoisted(inner, f"def {name}({', '.join(given)}):"):
        emit_statements(e, block.children)
    left = "break" if outer.loops and outer.loops[-1].own else "return True"
    e.line(f"if {name}({', '.join(given)}): {left}")
