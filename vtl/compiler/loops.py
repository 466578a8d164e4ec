"""#foreach. See: Velocity 1.7's Foreach.render; the names that it sets are restored afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from vtl.compiler import expressions
from vtl.compiler.emitter import Emitter, Loop
from vtl.compiler.facts import LOOP_NAMES, Facts, is_changing
from vtl.lang import nodes
from vtl.lang.visitor import walk

_CHECK_EVERY = 64
"""Pieces of output between two looks at its size."""


@dataclass(frozen=True, slots=True)
class _Names:
    """Python names of one loop."""

    source: str
    rows: str
    size: str
    count: str
    item: str
    scope: str
    context: str
    watched: str
    saved: str
    check: str
    total: str


def _names(e: Emitter) -> _Names:
    number = e.temporary("")
    return _Names(*(f"{letter}{number}" for letter in "srniehcwxqz"))


def may_change(facts: Facts, node: nodes.Block) -> bool:
    """Whether a loop's body may change the collection that it walks over."""
    if not facts.changing:
        return False
    return facts.blocks or any(is_changing(each) or isinstance(each, nodes.MacroCall) for each in walk(node))


def _has_scope(e: Emitter) -> bool:
    return e.facts.dynamic or "foreach" in e.facts.kept


def _counters(e: Emitter) -> list[str]:
    return [name for name in LOOP_NAMES[1:] if e.facts.dynamic or name in e.facts.kept]


def _lookup(e: Emitter, name: str) -> str:
    return f"ctx.get({name!r})" if e.facts.dynamic else e.variable(name)


def emit_foreach(e: Emitter, node: nodes.Foreach) -> None:
    """Writes the loop; a source that cannot be walked over is no loop and no error."""
    if node.source is None:
        e.line("raise no_loop_source()")
        return
    names = _names(e)
    e.line(f"{names.source} = {expressions.value(e, node.source).code}")
    e.line(f"{names.rows} = {names.source} if type({names.source}) in LISTS else rows(run, {names.source})")
    e.line(f"if {names.rows} is not None:" if e.facts.dynamic else f"if {names.rows}:")
    with e.indented():
        e.line(f"{names.size} = len({names.rows})")
        if e.rounds is not None:
            place = f"{node.span.start}, {node.span.end}"
            e.line(f"if {names.size} > {e.rounds}: {names.rows} = cut(run, {names.rows}, {e.rounds}, {place})")
        e.line(f"run.charge({names.size if e.rounds is None else f'min({names.size}, {e.rounds})'})")
        guarded = may_change(e.facts, node.body)
        if guarded:
            e.line(f"{names.source} = watchable({names.source}); {names.watched} = run.watch({names.source})")
        saved = [node.variable, *_counters(e)]
        for index, name in enumerate(saved):
            e.line(f"{names.saved}_{index} = {_lookup(e, name)}")
        owner = e.constant((node, e.source), "N") if _has_scope(e) else ""
        if owner:
            e.line(f"{names.scope} = ForeachScope(run, {owner}, {_lookup(e, 'foreach')})")
            e.assign("foreach", names.scope)
        e.line(f"{names.count} = 0; {names.check} = len({e.put}.__self__) + {_CHECK_EVERY}; {names.total} = 0")
        _emit_caught_rounds(e, node, names, guarded, owner, saved)
        _emit_restore(e, names, saved)


def _emit_caught_rounds(e: Emitter, node: nodes.Foreach, names: _Names, guarded: bool, owner: str, saved: list[str]) -> None:
    """The rounds; where a #break may come from elsewhere, it ends this loop if it means it."""
    if e.facts.dynamic:
        e.line(f"{names.context} = ctx")
    if not (e.facts.scoped_breaks or e.facts.thunk_breaks):
        _emit_rounds(e, node, names, guarded)
        return
    e.line("try:")
    with e.indented():
        _emit_rounds(e, node, names, guarded)
    e.line("except BreakLoop as stopped:")
    with e.indented():
        if e.facts.dynamic:
            e.line(f"ctx = {names.context}; get = ctx.get")
        e.line(f"if not stopped.ends({owner or None}):")
        with e.indented():
            _emit_restore(e, names, saved)
            e.line("raise")


def _emit_rounds(e: Emitter, node: nodes.Foreach, names: _Names, guarded: bool) -> None:
    item = names.item if e.facts.dynamic else e.variable(node.variable)
    if not e.facts.dynamic:
        e.note_assigned(node.variable)
    e.line(f"for {item} in {names.rows}:")
    with e.indented():
        e.line(f"{names.count} += 1")
        _emit_round_names(e, node, names)
        if not e.facts.dynamic and _reads_properties(node):
            e.function.known_maps[item] = names.item
            e.line(f"{names.item} = type({item}) is dict")
        e.function.loops.append(Loop(names.count, names.size))
        e.emit_block(e, node.body)
        e.function.loops.pop()
        e.function.known_maps.pop(item, None)
        if e.facts.dynamic:
            e.line(f"ctx = {names.context}; get = ctx.get")
        if guarded:
            changed = f"run.changes({names.source}) != {names.watched}"
            e.line(f"if {changed} and ended({names.source}, {names.count}, {names.size}): break")
        pieces = f"{e.put}.__self__"
        account = f"{names.total} = account(run, {pieces}, {names.check} - {_CHECK_EVERY}, {names.total})"
        e.line(f"if len({pieces}) > {names.check}: {account}; {names.check} = len({pieces}) + {_CHECK_EVERY}")
    if e.facts.dynamic:
        e.line(f"ctx = {names.context}; get = ctx.get")


def _reads_properties(node: nodes.Foreach) -> bool:
    """Whether the body reads properties of the item more than once, so that a look at its type pays."""
    found = 0
    for each in walk(node.body):
        if isinstance(each, nodes.Reference) and each.name == node.variable and each.parts:
            found += isinstance(each.parts[0], nodes.Property)
    return found > 1


def _emit_round_names(e: Emitter, node: nodes.Foreach, names: _Names) -> None:
    codes = {"velocityCount": names.count, "velocityHasNext": f"{names.count} < {names.size}"}
    for name in _counters(e):
        e.assign(name, codes[name])
    if _has_scope(e):
        e.line(f"{names.scope}.move({names.count}, {names.size})")
    if e.facts.dynamic:
        e.line(f"ctx.put({node.variable!r}, {names.item})")
        e.line(f"if {names.item} is None: ctx = NullHolder({node.variable!r}, ctx); get = ctx.get")


def _emit_restore(e: Emitter, names: _Names, saved: list[str]) -> None:
    for index, name in enumerate(saved):
        if e.facts.dynamic:
            e.line(f"restore(ctx, {name!r}, {names.saved}_{index})")
        else:
            e.assign(name, f"{names.saved}_{index}")
    if e.facts.dynamic:
        e.line("leave_scope(ctx)")
    elif _has_scope(e):
        e.assign("foreach", f"left_scope({e.variable('foreach')})")
