"""`Method`: one entry of the allow-list of Java methods that a template may call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """A public Java method and the Python function that stands for it.

    `owner` is the full name of the declaring class; every class below it inherits the method. `parameters` are Java type names
    ("int", "java.lang.String", "char[]"); a last parameter with `[]` takes variable arguments, as Velocity has it. The function
    is called as `function(call, self, *arguments)`, for a static method too. Primitive numbers arrive converted: an Integer given
    for a `double` is a float, a Short given for an `int` a plain int, an Integer given for a `long` a plain int.
    `returns` matters where it is "void" (the call gives "") or "boolean" (`$x.empty` may call `isEmpty()`).
    """

    owner: str
    name: str
    parameters: tuple[str, ...]
    function: Callable[..., Any]
    returns: str = "java.lang.Object"
    static: bool = False


_SHORT = {
    **dict.fromkeys(["boolean", "byte", "char", "double", "float", "int", "long", "short", "void"]),
    "BigDecimal": "java.math.BigDecimal",
    "BigInteger": "java.math.BigInteger",
    "Object": "java.lang.Object",
}
_UTIL = frozenset(["Collection", "Comparator", "Iterator", "List", "ListIterator", "Map", "Map$Entry", "Random", "Set"])
_FUNCTION = frozenset(["BiConsumer", "BiFunction", "Consumer", "Function", "IntFunction", "Predicate", "UnaryOperator"])


def _full(name: str) -> str:
    """The full name of a type that a declaration writes in short."""
    if name.endswith("[]"):
        return _full(name[:-2]) + "[]"
    if name in _SHORT:
        return _SHORT[name] or name
    if "." in name:
        return name
    if name in _UTIL:
        return f"java.util.{name}"
    if name in _FUNCTION:
        return f"java.util.function.{name}"
    return f"java.lang.{name}"


def declare(owner: str, *rows: tuple[str, Callable[..., Any]]) -> tuple[Method, ...]:
    """Entries from declarations as Java writes them: ("static int compare(int, int)", function)."""
    found = []
    for declaration, function in rows:
        head, _, parameters = declaration.rstrip(")").partition("(")
        *static, returns, name = head.split()
        types = tuple(_full(word.strip()) for word in parameters.split(",") if word)
        found.append(Method(owner, name, types, function, _full(returns), bool(static)))
    return tuple(found)
