"""`Hosted`: base of the Java objects that the library itself supplies, such as $input, $util, $foreach and #define blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from vtl.values.equality import identity_hash
from vtl.values.scalars import JavaObject


class Hosted(JavaObject):
    """An object whose class stands in Python.

    `java_methods` maps a method name to its overloads, each as (parameter types, function); the function is called as
    `function(call, self, *arguments)`. The methods of java.lang.Object come on their own. `void_methods` names those that give
    nothing, and `boolean_methods` those that a property may reach as `isX()`.
    """

    __slots__ = ()
    java_name: ClassVar[str] = "java.lang.Object"
    java_methods: ClassVar[Mapping[str, tuple[tuple[tuple[str, ...], Callable[..., Any]], ...]]] = {}
    void_methods: ClassVar[frozenset[str]] = frozenset()
    boolean_methods: ClassVar[frozenset[str]] = frozenset()

    def java_text(self) -> str:
        """Object.toString()."""
        return f"{self.java_name}@{identity_hash(self):x}"
