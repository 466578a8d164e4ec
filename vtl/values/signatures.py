"""`Method`: one entry of the allow-list of Java methods that a template may call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """A public Java method and the Python function that stands for it.

    `owner` is the full name of the declaring class; every class below it inherits the method. `parameters` are Java type names
    ("int", "java.lang.String", "char[]"); a last parameter with `[]` takes variable arguments, as Velocity has it. The function is
    called as `function(call, self, *arguments)`, for a static method too. Primitive numbers arrive converted: an Integer given for
    a `double` is a float, a Short given for an `int` a plain int, an Integer given for a `long` a plain int.
    `returns` matters where it is "void" (the call prints nothing: the value is "") or "boolean" (then `$x.empty` may call `isEmpty()`).
    """

    owner: str
    name: str
    parameters: tuple[str, ...]
    function: Callable[..., Any]
    returns: str = "java.lang.Object"
    static: bool = False
