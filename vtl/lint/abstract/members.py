"""What a property or a method of an unknown value gives."""

from __future__ import annotations

from typing import Any

from vtl.lint.abstract.state import State, Write
from vtl.lint.abstract.transforms import REPLACERS, changed_text, utility
from vtl.lint.abstract.unknown import ANY, JSON, LIST, MAP, NUMBER, PARTS, SILENT, TEXT, Unknown
from vtl.source import Span
from vtl.variables.catalog import extra_methods, lookup

_TEXTS = REPLACERS | {"toString", "trim", "toLowerCase", "toUpperCase", "substring", "concat", "intern"}
_NUMBERS = frozenset(["indexOf", "lastIndexOf", "hashCode", "intValue", "longValue", "doubleValue", "compareTo", "parseInt"])
_TESTS = frozenset(
    ["contains", "containsKey", "containsValue", "startsWith", "endsWith", "matches", "equalsIgnoreCase", "containsAll"]
)
_VIEWS = frozenset(["keySet", "values", "entrySet"])
_GROUPS = ("path", "querystring", "header")

ROOTS = {"input": MAP, "util": MAP, "context": SILENT, "stageVariables": MAP}


def root(name: str, span: Span) -> Unknown:
    """`$input`, `$util`, `$context` or `$stageVariables`, or an object that only this library has."""
    return Unknown(name, ROOTS.get(name, MAP), f"${name}", span)


def read(state: State, owner: Unknown, name: str, span: Span) -> Any:
    """`$owner.name`."""
    if owner.key == "input":
        return Unknown("input.body", TEXT, "$input.body", span, "body") if name in ("body", "Body") else None
    if owner.key == "util":
        return None
    if owner.key == "input.params()" and name not in _GROUPS:
        return None
    state.note("map", owner, span)
    return state.resolved(below(owner, f".{name}", name))


def below(owner: Unknown, step: str, name: str) -> Unknown:
    """The unknown under a name in another one."""
    if owner.key.split(".")[0] in ("context", "stageVariables"):
        return _variable(owner, step, name)
    if owner.key == "input.params()":
        return owner.derive(step, MAP, taint="params")
    if owner.key.startswith("input.params()."):
        return owner.derive(step, TEXT, taint="params")
    if owner.key.endswith(".entry"):
        kind = ANY if name == "value" else TEXT
        return owner.derive(step, kind, taint=owner.taint if name == "value" else "")
    return owner.derive(step, ANY)


def _variable(owner: Unknown, step: str, name: str) -> Unknown:
    key = f"{owner.key}.{name}"
    entry = lookup(key)
    kind = {"number": NUMBER, "map": SILENT, "any": ANY}.get(entry.type, TEXT) if entry else TEXT
    taint = "params" if key == "context.identity.userAgent" else ""
    return Unknown(key, kind, owner.words + step, owner.span, taint)


def call(state: State, owner: Unknown, name: str, arguments: tuple[Any, ...], words: str, span: Span) -> Any:
    """`$owner.name(arguments)`; `words` is the call as the template has it."""
    if owner.key == "input":
        return _input(state, owner, name, arguments, words, span)
    if owner.key == "util":
        return utility(state, name, arguments[0], f"$util{words}", span) if len(arguments) == 1 else None
    extra = extra_methods().get(f"{owner.key}.{name}")
    if extra is not None:
        kind = JSON if extra.name.startswith("xml.toJson") else TEXT if extra.type == "string" else ANY
        return Unknown(f"{owner.key}{words}", kind, f"${owner.key}{words}", span)
    if name in ("get", "getOrDefault") and arguments:
        return _get(state, owner, arguments[0], words)
    if name in ("put", "add", "set", "addAll", "putAll", "remove", "clear"):
        return _write(state, owner, name, arguments, span)
    return _general(state, owner, name, arguments, words, span)


def _input(state: State, owner: Unknown, name: str, arguments: tuple[Any, ...], words: str, span: Span) -> Any:
    shown = f"$input{words}"
    if name == "params":
        if not arguments:
            return Unknown("input.params()", MAP, shown, span)
        return state.resolved(Unknown(f"input.params({state.text(arguments[0])})", TEXT, shown, span, "params"))
    if name == "getBody" and not arguments:
        return read(state, owner, "body", span)
    if len(arguments) != 1 or name not in ("path", "json"):
        return None
    path = state.text(arguments[0])
    if name == "json":
        return Unknown(f"json({path})", JSON, shown, span, "body")
    key = "body" if path == "$" else "body" + path[1:] if path.startswith("$.") else f"body {path}"
    return state.resolved(Unknown(key, ANY, shown, span, "body"))


def _get(state: State, owner: Unknown, argument: Any, words: str) -> Any:
    if isinstance(argument, Unknown):
        made = below(owner, words, argument.words)
        made.key = f"{owner.key}.get({argument.key})"
        made.trail = (*owner.trail, *argument.trail)
        return state.resolved(made)
    if isinstance(argument, int) and not isinstance(argument, bool):
        return state.resolved(element(owner, argument, words))
    name = state.text(argument)
    state.note("map", owner, owner.span)
    if owner.key == "input.params()" and name not in _GROUPS:
        return None
    made = below(owner, words, name)
    made.key = f"{owner.key}.{name}"
    return state.resolved(made)


def element(owner: Unknown, index: int, words: str) -> Unknown:
    """One element of an unknown list."""
    kind = TEXT if owner.key.endswith(PARTS) else ANY
    made = owner.derive(f"[{index}]", kind)
    made.words = owner.words + words
    return made


def _write(state: State, owner: Unknown, name: str, arguments: tuple[Any, ...], span: Span) -> Any:
    if name == "put" and len(arguments) == 2:
        before = state.written.get(f"{owner.key}.{state.text(arguments[0])}")
        write(state, owner, state.text(arguments[0]), arguments[1], span)
        return before
    if name in ("add", "addAll") and len(arguments) == 1:
        return True
    return None


def write(state: State, owner: Unknown, name: str, value: Any, span: Span) -> None:
    """`#set($owner.name = value)` or `put(name, value)`: later reads give the value."""
    key = f"{owner.key}.{name}"
    state.written[key] = "" if value is None else value
    if key.startswith(("context.requestOverride", "context.responseOverride")):
        state.writes.append(Write(key, value, span))


def _general(state: State, owner: Unknown, name: str, arguments: tuple[Any, ...], words: str, span: Span) -> Any:
    if name in _TEXTS:
        plain = tuple(state.text(each) if isinstance(each, Unknown) else each for each in arguments)
        made = changed_text(owner, name, plain)
        made.words = owner.words + words
        return made
    if name == "length" and not arguments:
        return owner.derive(".length()", NUMBER, taint="")
    if name in ("size", "isEmpty") and not arguments and owner.kind not in (TEXT, JSON):
        count = state.rounds(owner, owner.words, span)
        return count if name == "size" else count == 0
    if name == "isEmpty" and not arguments:
        return state.equal(owner, "", f"{owner.words}.isEmpty()", span)
    if name in ("equals", "equalsIgnoreCase") and len(arguments) == 1 and not isinstance(arguments[0], Unknown):
        return state.equal(owner, arguments[0], f"{owner.words}{words}", span)
    if name in _TESTS or name == "equals":
        shown = ",".join(each.key if isinstance(each, Unknown) else repr(each) for each in arguments)
        return state.decide(f"{owner.key}.{name}({shown})", f"{owner.words}{words}", span)
    if name in _NUMBERS:
        return owner.derive(words, NUMBER, taint="")
    if name in _VIEWS and not arguments:
        state.note("map", owner, span)
        return [*_GROUPS] if owner.key == "input.params()" and name == "keySet" else owner.derive(f".{name}()", LIST)
    if name == "split":
        made = owner.derive(f".split({state.text(arguments[0]) if arguments else ''}){PARTS}", LIST)
        made.words = owner.words + words
        return made
    if name in ("getKey", "getValue") and not arguments and owner.key.endswith(".entry"):
        return below(owner, f".{name}()", name[3:].lower())
    return _unknown_call(state, owner, arguments, words)


def _unknown_call(state: State, owner: Unknown, arguments: tuple[Any, ...], words: str) -> Unknown:
    made = owner.derive(words, ANY)
    made.key = f"{owner.key}{words}({','.join(state.text(each) for each in arguments)})"
    return made


def items(state: State, source: Unknown, loop: Span, words: str) -> list[Any]:
    """The elements of an unknown that #foreach walks, as many as this run decides; a text has none."""
    if source.kind in (TEXT, JSON, NUMBER):
        state.note("loop", source, loop)
        return []
    view = next((name for name in _VIEWS if source.key.endswith(f".{name}()")), "")
    owner = source
    if view:
        owner = Unknown(source.key[: -len(view) - 3], MAP, source.words[: -len(view) - 3], source.span)
    count = state.rounds(owner, words, loop)
    return [_item(source, view, index, loop) for index in range(count)]


def _item(source: Unknown, view: str, index: int, loop: Span) -> Unknown:
    kind, taint, end = ANY, source.taint, ""
    if view == "keySet":
        kind, taint = TEXT, ""
    elif view == "entrySet":
        kind, end = MAP, ".entry"
    elif source.key.endswith(PARTS) or source.key.startswith("input.params()."):
        kind = TEXT
    made = source.derive(f"[{index}]{end}", kind, taint=taint)
    made.words = f"{source.words}[{index}]"
    made.trail = (*source.trail, (loop.start, index))
    return made
