"""Context objects for templates that look names up by name.

See: Velocity 1.7's VelocityContext, ProxyVMContext and Foreach.NullHolderContext.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol


class Context(Protocol):
    """Named values in layers."""

    def get(self, name: str) -> Any:
        """The value, None for null and for a name that is not there."""

    def put(self, name: str, value: object) -> None:
        """Sets a name here and in all layers below."""

    def remove(self, name: str) -> None:
        """Forgets a name here and in all layers below."""

    def literal(self, name: str) -> str:
        """What `$name` prints when it is null: the source text of a macro's argument, or itself."""


class BaseContext:
    """The lowest layer: a copy of what the caller gave."""

    __slots__ = ("get", "values")

    def __init__(self, values: Mapping[str, object]):
        self.values = dict(values)
        self.get = self.values.get

    def put(self, name: str, value: object) -> None:
        """See `Context.put`."""
        self.values[name] = value

    def remove(self, name: str) -> None:
        """See `Context.remove`."""
        self.values.pop(name, None)

    def literal(self, name: str) -> str:
        """See `Context.literal`."""
        return f"${name}"


class ByName(NamedTuple):
    """An argument that is evaluated at each use, in its caller's context; `literal` is its source text."""

    evaluate: Callable[[Context], Any]
    literal: str


class MacroContext:
    """The layer of one macro call: arguments by name, and local copies of what was set inside."""

    __slots__ = ("arguments", "inner", "literals", "local")

    def __init__(self, inner: Context):
        self.inner = inner
        self.local: dict[str, object] = {}
        self.arguments: dict[str, ByName] = {}
        self.literals: dict[str, str] = {}

    def bind(self, name: str, argument: object) -> None:
        """Gives a parameter its argument: a `ByName`, or a constant."""
        if isinstance(argument, ByName):
            self.arguments[name] = argument
            self.literals[name] = argument.literal
        else:
            self.local[name] = argument

    def get(self, name: str) -> Any:
        """See `Context.get`."""
        value = self.local.get(name)
        if value is not None:
            return value
        argument = self.arguments.get(name)
        return self.inner.get(name) if argument is None else argument.evaluate(self.inner)

    def put(self, name: str, value: object) -> None:
        """See `Context.put`."""
        self.local[name] = value
        self.inner.put(name, value)

    def remove(self, name: str) -> None:
        """See `Context.remove`; a loop over a parameter's name takes the argument away."""
        self.local.pop(name, None)
        self.arguments.pop(name, None)
        self.inner.remove(name)

    def literal(self, name: str) -> str:
        """See `Context.literal`."""
        return self.literals[name] if name in self.literals else self.inner.literal(name)


class NullHolder:
    """The layer of a loop round whose item is null: the loop's variable stays null there, whatever is set."""

    __slots__ = ("active", "inner", "name")

    def __init__(self, name: str, inner: Context):
        self.name = name
        self.inner = inner
        self.active = True

    def get(self, name: str) -> Any:
        """See `Context.get`."""
        return None if self.active and name == self.name else self.inner.get(name)

    def put(self, name: str, value: object) -> None:
        """See `Context.put`."""
        if name == self.name and value is None:
            self.active = True
        self.inner.put(name, value)

    def remove(self, name: str) -> None:
        """See `Context.remove`."""
        if name == self.name:
            self.active = False
        self.inner.remove(name)

    def literal(self, name: str) -> str:
        """See `Context.literal`."""
        return self.inner.literal(name)
