"""Why a step of a reference found nothing, and why a method threw, in words that help."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from vtl.errors import JavaError
from vtl.lang.nodes import Index, MethodCall, Property
from vtl.values.equality import unkey
from vtl.values.kinds import simple_name
from vtl.values.methods import names

_HINTS = {
    "java.lang.IllegalArgumentException: wrong number of arguments": "the method exists, but takes no arguments",
    "java.lang.IndexOutOfBoundsException": "an index beyond the end fails the whole render: test size() first",
    "java.lang.StringIndexOutOfBoundsException": "an index beyond the end fails the whole render: test length() first",
    "java.lang.ArrayIndexOutOfBoundsException": "an index beyond the end fails the whole render: test size() first",
    "java.lang.NumberFormatException": "the text is no number: test it with matches() first",
    "java.util.ConcurrentModificationException": "a loop must not change the collection that it walks over: collect the changes, "
    "apply them afterwards",
    "java.util.regex.PatternSyntaxException": "the argument is a regular expression: a backslash takes the special meaning away",
    "java.lang.NullPointerException": "a null argument: test it before the call",
}


def explain(receiver: object, part: Property | MethodCall | Index) -> str:
    """One sentence on what `receiver` has instead."""
    kind = simple_name(receiver)
    if isinstance(part, Index):
        return f"nothing at this index of the {kind}"
    if isinstance(part, MethodCall):
        known = names(receiver)
        if part.name not in known:
            return f"{kind} has no method {part.name}(){_nearest(part.name, known, '()')}"
        return f"{part.name}() of {kind} gave null, or takes other arguments"
    if isinstance(receiver, dict):
        keys = [str(unkey(each)) for each in receiver]
        return f"the map has no key {part.name!r}{_nearest(part.name, keys)}"
    if part.name in names(receiver):
        return f"{part.name} is a method of {kind}: write {part.name}()"
    properties = {name[3:4].lower() + name[4:] for name in names(receiver) if name.startswith("get") and len(name) > 3}
    return f"{kind} has no property {part.name!r}{_nearest(part.name, properties)}"


def _nearest(name: str, known: Any, suffix: str = "") -> str:
    found = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean {found[0]}{suffix}?" if found else ""


def hint_for(error: JavaError) -> str | None:
    """What to do about a Java exception, if something is known."""
    if error.message in _HINTS:
        return _HINTS[error.message]
    return _HINTS.get(error.java_class)
