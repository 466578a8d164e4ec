"""References in an abstract run: what they lead to, and what #set writes through them."""

from __future__ import annotations

from typing import Any

from vtl.errors import VtlError
from vtl.lang import nodes
from vtl.lint.abstract import members
from vtl.lint.abstract.state import Definition, Loop, RunEnded, State
from vtl.lint.abstract.transforms import REPLACERS, replaced
from vtl.lint.abstract.unknown import ANY, MARK, TEXT, Unknown
from vtl.source import Span
from vtl.values.access import get_index, get_property, set_index, set_property
from vtl.values.methods import invoke
from vtl.variables.catalog import extra_methods

_TESTS = frozenset(["contains", "startsWith", "endsWith", "matches", "equals", "equalsIgnoreCase"])
_LOOP_WORDS = {"velocityCount": "count", "velocityHasNext": "hasNext"}


def value_of(state: State, node: nodes.Reference) -> Any:
    """What a reference leads to; None for nothing."""
    return _through(state, node, node.parts)


def _through(state: State, node: nodes.Reference, parts: tuple[Any, ...]) -> Any:
    value = _start(state, node)
    for part in parts:
        if value is None:
            return None
        if isinstance(value, Definition):
            value = state.text(value) if isinstance(part, nodes.MethodCall) and part.name == "toString" else None
            continue
        value = state.resolved(_step(state, value, part))
    return value


def _start(state: State, node: nodes.Reference) -> Any:
    name = node.name
    if name in state.variables:
        return state.resolved(state.variables[name])
    if name in members.ROOTS:
        return members.root(name, node.span)
    if name == "foreach":
        return state.loops[-1] if state.loops else None
    if name in _LOOP_WORDS:
        return state.loops[-1].member(_LOOP_WORDS[name]) if state.loops else None
    if node.parts and isinstance(node.parts[0], nodes.MethodCall) and f"{name}.{node.parts[0].name}" in extra_methods():
        return members.root(name, node.span)
    if name in state.supplied:
        return state.resolved(Unknown(f"${name}", state.supplied[name], f"${name}", node.span))
    return None


def _step(state: State, value: Any, part: Any) -> Any:
    if isinstance(value, Loop):
        name = part.name if isinstance(part, nodes.Property) else ""
        if isinstance(part, nodes.MethodCall) and not part.arguments:
            name = part.name.removeprefix("get").removeprefix("is")
            name = name[:1].lower() + name[1:]
        return value.member(name)
    if isinstance(part, nodes.Property):
        if isinstance(value, Unknown):
            return members.read(state, value, part.name, part.span)
        return _safely(state, get_property, value, part.name)
    if isinstance(part, nodes.Index):
        return _indexed(state, value, state.value(state, part.argument), part)
    given = (state.value(state, each) for each in part.arguments)
    arguments = tuple("" if each is None else each for each in given)
    if isinstance(value, Unknown):
        return members.call(state, value, part.name, arguments, _written(state, part.span), part.span)
    return _method(state, value, part, arguments)


def _written(state: State, span: Span) -> str:
    return state.source_text[span.start : span.end]


def _safely(state: State, function: Any, *arguments: Any) -> Any:
    """A call into the engine's values; what fails there fails the render, and so ends the run."""
    try:
        return function(state.call, *arguments)
    except VtlError:
        raise RunEnded(complete=False) from None


def _indexed(state: State, value: Any, key: Any, part: nodes.Index) -> Any:
    if isinstance(value, Unknown):
        if isinstance(key, int) and not isinstance(key, bool):
            return members.element(value, key, _written(state, part.span))
        return members.call(state, value, "get", (key,), _written(state, part.span), part.span)
    if isinstance(key, Unknown):
        return _somewhere(value, key, part.span)
    return _safely(state, get_index, value, key)


def _somewhere(value: Any, key: Unknown, span: Span) -> Any:
    """What stands under an unknown key of a known collection: with nothing in it nothing, else anything."""
    if isinstance(value, (dict, list)) and not value:
        return None
    return Unknown(f"{value!r:.80}[{key.key}]", ANY, key.words, span)


def _method(state: State, value: Any, part: nodes.MethodCall, arguments: tuple[Any, ...]) -> Any:
    """A method of a known value, whose arguments or characters may be unknown."""
    name = part.name
    if isinstance(value, str):
        plain = tuple(state.text(each) if isinstance(each, (Unknown, Definition)) else each for each in arguments)
        marked = MARK.search(value) is not None or any(isinstance(each, str) and MARK.search(each) for each in plain)
        if marked and name in REPLACERS:
            return replaced(state, value, name, plain)
        if marked and name in _TESTS:
            return state.decide(f"{value!r}.{name}{plain!r}", state.words(part.span), part.span)
        if marked and name == "split":
            whole = next((unknown for _, unknown in state.marks.within(value)), None)
            if whole is not None and len(value) == 1:
                return members.call(state, whole, name, plain, _written(state, part.span), part.span)
        return _safely(state, invoke, value, name, plain)
    if isinstance(value, dict) and name in ("get", "containsKey") and any(isinstance(each, Unknown) for each in arguments):
        if name == "containsKey":
            return state.decide(f"containsKey {id(value)} {arguments[0].key}", state.words(part.span), part.span)
        return _somewhere(value, arguments[0], part.span)
    if name in ("contains", "equals", "indexOf") and any(isinstance(each, Unknown) for each in arguments):
        return state.decide(f"{value!r:.80}.{name} {arguments[0].key}", state.words(part.span), part.span)
    held = tuple(state.text(each) if isinstance(each, Definition) else each for each in arguments)
    return _safely(state, invoke, value, name, _keyed(state, name, held))


def _keyed(state: State, name: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """Arguments of a map's method, with the text of an unknown where a key stands."""
    if name in ("put", "remove") and arguments and isinstance(arguments[0], Unknown):
        return (state.text(arguments[0]), *arguments[1:])
    return arguments


def assign(state: State, node: nodes.Set, value: Any) -> None:
    """`#set(target = value)`. A reference to nothing gives the empty text, as AWS has it; a sum that fails changes nothing."""
    target = node.target
    if value is None and not isinstance(node.value, nodes.Reference):
        return
    held = "" if value is None else value
    if not target.parts:
        if not target.formal and not target.quiet:
            state.variables[target.name] = held
        return
    owner = _through(state, target, target.parts[:-1])
    last = target.parts[-1]
    if isinstance(last, nodes.MethodCall) or owner is None or isinstance(owner, (Definition, Loop)):
        return
    key = state.value(state, last.argument) if isinstance(last, nodes.Index) else last.name
    if isinstance(owner, Unknown):
        members.write(state, owner, state.text(key), held, node.span)
    elif isinstance(last, nodes.Index):
        _safely(state, set_index, owner, state.text(key) if isinstance(key, Unknown) else key, held)
    else:
        _safely(state, set_property, owner, key, held)


def shown_kind(value: Any) -> str:
    """The kind of a printed value: that of an unknown, or "map", "list" or "text" of a known one."""
    if isinstance(value, Unknown):
        return value.kind
    if isinstance(value, dict):
        return "map"
    return "list" if isinstance(value, list) else TEXT
