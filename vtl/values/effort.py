"""Long work costs steps, so that `Limits.steps` bounds the time of a render whatever the size of its data."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from vtl.values.call import Call

_FREE = 10_000
"""Characters or elements up to which a call costs nothing."""
_A_STEP = 100
"""Characters or elements that cost as much as one round of a loop."""
_FREE_SECONDS = 0.005
_STEPS_A_SECOND = 1_000_000
_TIMED = frozenset(["matches", "replaceAll", "replaceFirst", "split"])
_AT_ONCE = frozenset(["charAt", "codePointAt", "endsWith", "isEmpty", "length", "startsWith", "subSequence", "substring"])
"""Methods of a text that look at a few characters, at least while all characters are ASCII."""
_ELEMENT_BY_ELEMENT = frozenset(
    [
        "addAll",
        "clone",
        "contains",
        "containsAll",
        "containsValue",
        "copyOf",
        "equals",
        "hashCode",
        "indexOf",
        "lastIndexOf",
        "putAll",
        "remove",
        "removeAll",
        "retainAll",
        "toArray",
        "toString",
    ]
)
"""Methods of a collection or map that may look at each element."""

Invoker = Callable[[Call, Any, tuple[Any, ...]], Any]


def charge_for(call: Call, size: int) -> None:
    """Charges for work on so many characters or elements. LimitExceeded when the steps are used up."""
    if size > _FREE:
        call.charge(size // _A_STEP)


def metered(invoke: Invoker, kind: type, name: str) -> Invoker:
    """The method `name` of values of a Python type, which charges for itself where its time depends on the size of its data."""
    if issubclass(kind, str):
        return _timed(invoke) if name in _TIMED else _measured(invoke, name in _AT_ONCE)
    if issubclass(kind, (list, dict)) and name in _ELEMENT_BY_ELEMENT:
        return _counted(invoke)
    return invoke


def _timed(invoke: Invoker) -> Invoker:
    """For regular expressions: nothing but a clock tells what they cost."""

    def invoke_timed(call: Call, obj: Any, args: tuple[Any, ...]) -> Any:
        start = monotonic()
        result = invoke(call, obj, args)
        seconds = monotonic() - start
        if seconds > _FREE_SECONDS:
            call.charge(int(seconds * _STEPS_A_SECOND))
        return result

    return invoke_timed


def _measured(invoke: Invoker, at_once: bool) -> Invoker:
    def invoke_measured(call: Call, obj: Any, args: tuple[Any, ...]) -> Any:
        if len(obj) > _FREE and not (at_once and obj.isascii()):
            call.charge(len(obj) // _A_STEP)
        return invoke(call, obj, args)

    return invoke_measured


def _counted(invoke: Invoker) -> Invoker:
    def invoke_counted(call: Call, obj: Any, args: tuple[Any, ...]) -> Any:
        charge_for(call, len(obj) + sum([len(each) for each in args if isinstance(each, (list, dict))]))
        return invoke(call, obj, args)

    return invoke_counted
