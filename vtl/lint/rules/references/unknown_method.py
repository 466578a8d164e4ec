"""A method is called that no value in a template has.

The call prints nothing. The nearest name that exists is told; what JavaScript or Python call it is translated.

    $util.replaceAll($x, 'a', 'b')     write $x.replaceAll('a', 'b')
    $list.push(1)                      write $list.add(1)
    $name.includes('x')                write $name.contains('x')
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from vtl.diagnostics import Severity
from vtl.lang import nodes
from vtl.lint.rule import Problem, Rule
from vtl.lint.subject import Subject
from vtl.values.kinds import JsonArray
from vtl.values.methods import names
from vtl.values.scalars import JavaArray, Long
from vtl.variables.catalog import CATALOG, extra_methods

_TRANSLATED = {
    "includes": "contains",
    "push": "add",
    "append": "add",
    "slice": "substring",
    "substr": "substring",
    "upper": "toUpperCase",
    "lower": "toLowerCase",
    "strip": "trim",
    "len": "length",
    "count": "size",
    "has": "containsKey",
    "hasKey": "containsKey",
    "keys": "keySet",
    "items": "entrySet",
    "entries": "entrySet",
    "startswith": "startsWith",
    "endswith": "endsWith",
    "toInteger": "intValue",
    "isNullOrEmpty": "isEmpty",
    "isBlank": "trim().isEmpty",
}


@lru_cache(maxsize=1)
def _java_methods() -> frozenset[str]:
    """The names of all methods of the values that a template can hold."""
    samples: tuple[object, ...] = ("", 1, Long(1), 1.0, True, [], {}, JsonArray())
    found: set[str] = set()
    for sample in samples:
        found |= names(sample)
    return frozenset(found | names(JavaArray([])) | _views())


def _views() -> frozenset[str]:
    from vtl.values.views import Entry, EntrySet, KeySet, Values

    owner: dict[object, object] = {"a": 1}
    found: set[str] = set()
    for view in (KeySet(owner), EntrySet(owner), Values(owner), Entry(owner, "a")):
        found |= names(view)
    return frozenset(found | {"hasNext", "next"})


@lru_cache(maxsize=2)
def _members(root: str) -> frozenset[str]:
    """The methods of $input or $util."""
    prefix = f"{root}."
    return frozenset(
        each.name[len(prefix) :].split("(")[0] for each in CATALOG if each.name.startswith(prefix) and each.is_method
    )


def check(subject: Subject) -> Iterator[Problem]:
    """The calls of methods that do not exist."""
    if subject.assigned & {"input", "util"}:
        return
    for reference in subject.references:
        for index, part in enumerate(reference.parts):
            if not isinstance(part, nodes.MethodCall):
                continue
            if index == 0 and reference.name in ("input", "util"):
                if part.name not in _members(reference.name):
                    yield _root_problem(reference.name, part)
            elif index == 0 and (reference.name == "context" or f"{reference.name}.{part.name}" in extra_methods()):
                continue
            elif part.name not in _java_methods():
                yield _problem(part)


def _root_problem(root: str, part: nodes.MethodCall) -> Problem:
    near = get_close_matches(part.name, _members(root), 1, 0.7)
    hint = f"did you mean ${root}.{near[0]}?" if near else f"${root} has: {', '.join(sorted(_members(root)))}"
    if not near and part.name in _java_methods():
        hint = f"{part.name} is a method of the text itself: $x.{part.name}(...)"
    return Problem(f"${root} has no method {part.name}: the call prints nothing", part.span, hint)


def _problem(part: nodes.MethodCall) -> Problem:
    meant = _TRANSLATED.get(part.name) or next(iter(get_close_matches(part.name, _java_methods(), 1, 0.75)), "")
    hint = f"did you mean .{meant}()?" if meant else None
    return Problem(f"no value has a method {part.name}: the call prints nothing", part.span, hint)


RULE = Rule(code="R107", name="unknown-method", severity=Severity.ERROR, check=check)
