"""Statements in an abstract run: what prints, what is skipped, and how often."""

from __future__ import annotations

from typing import Any

from vtl.errors import JavaError
from vtl.lang import nodes
from vtl.lint.abstract import members, references
from vtl.lint.abstract.expressions import condition, value
from vtl.lint.abstract.state import Definition, Loop, LoopLeft, RunEnded, State
from vtl.lint.abstract.unknown import SILENT, Unknown
from vtl.values.iteration import iterate

_MOST_ROUNDS = 200


def block(state: State, node: nodes.Block) -> None:
    """Run the statements of a block."""
    for child in node.children:
        state.step()
        statement(state, child)


def statement(state: State, node: nodes.Statement) -> None:
    """Run one statement."""
    if isinstance(node, nodes.Text):
        state.put_text(node.text, node.span)
    elif isinstance(node, nodes.Textblock | nodes.Literal):
        state.output.put(node.text, node.span)
    elif isinstance(node, nodes.Reference):
        _print(state, node)
    elif isinstance(node, nodes.Set):
        references.assign(state, node, value(state, node.value))
    elif isinstance(node, nodes.If):
        _branches(state, node)
    elif isinstance(node, nodes.Foreach):
        _loop(state, node)
    elif isinstance(node, nodes.Define):
        state.variables[node.name] = Definition(node.body, state)
    elif isinstance(node, nodes.LineComment | nodes.BlockComment):
        state.output.put(node.prefix, node.span)
    elif isinstance(node, nodes.MacroCall):
        state.output.put(node.literal, node.span)
    elif isinstance(node, nodes.Break):
        raise LoopLeft
    elif isinstance(node, nodes.Stop):
        raise RunEnded(complete=True)
    elif isinstance(node, nodes.Include | nodes.Parse | nodes.Invalid):
        raise RunEnded(complete=False)


def _print(state: State, node: nodes.Reference) -> None:
    before = node.escape + node.prefix
    if node.escaped:
        state.output.put(before + node.literal, node.span)
        return
    state.output.put(before, node.span)
    result = value(state, node)
    if isinstance(result, Definition):
        _show(state, result)
        return
    if isinstance(result, Unknown) and result.kind == SILENT:
        return
    if result is not None:
        state.printed.append((result, node.span, state.output.size))
    state.output.put(state.text(result), node.span)


def _show(state: State, definition: Definition) -> None:
    """Print a block; #break leaves it."""
    depth = state.depth
    try:
        _inside(state, definition.body)
    except LoopLeft:
        state.depth = depth


def _branches(state: State, node: nodes.If) -> None:
    for branch in node.branches:
        if condition(state, branch.condition):
            _inside(state, branch.body)
            return
    if node.otherwise is not None:
        _inside(state, node.otherwise)


def _inside(state: State, body: nodes.Block) -> None:
    state.enter()
    block(state, body)
    state.depth -= 1


def _loop(state: State, node: nodes.Foreach) -> None:
    source = None if node.source is None else value(state, node.source)
    rows = _rows(state, source, node)
    names = (node.variable, "foreach", "velocityCount", "velocityHasNext")
    before = {name: state.variables[name] for name in names if name in state.variables}
    parent = state.loops[-1] if state.loops else None
    depth = state.depth
    try:
        for index, item in enumerate(rows):
            state.loops.append(Loop(index, index == len(rows) - 1, parent))
            state.variables[node.variable] = "" if item is None else item
            try:
                _inside(state, node.body)
            finally:
                state.loops.pop()
    except LoopLeft:
        state.depth = depth
    state.variables.pop(node.variable, None)
    state.variables.update(before)


def _rows(state: State, source: Any, node: nodes.Foreach) -> list[Any]:
    assert node.source is not None or source is None
    if isinstance(source, Unknown):
        return members.items(state, source, node.span, state.words(node.source.span) if node.source else "")
    if isinstance(source, list):
        return source[:_MOST_ROUNDS]
    if isinstance(source, (str, Definition, Loop)) or source is None:
        return []
    return _walked(state, source)


def _walked(state: State, source: Any) -> list[Any]:
    """The elements of any other collection of the engine, such as a map's values."""
    rows: list[Any] = []
    try:
        iterator = iterate(state.call, source)
        while iterator is not None and iterator.has_next() and len(rows) < _MOST_ROUNDS:
            rows.append(iterator.next())
    except JavaError:
        raise RunEnded(complete=False) from None
    return rows
