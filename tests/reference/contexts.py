"""The contexts of Velocity 1.7, one class each, so that scopes come out as they do there and not as they should."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from vtl.lang.nodes import Expression


class Context(Protocol):
    """Where variables live."""

    calls: list[str]

    def get(self, name: str) -> Any:
        """The variable's value or None."""

    def put(self, name: str, value: Any) -> None:
        """Sets a variable."""

    def remove(self, name: str) -> None:
        """Forgets a variable."""


class UserContext:
    """VelocityContext: the caller's variables; `calls` is the stack of macro names."""

    def __init__(self, variables: dict[str, Any]):
        self.variables = variables
        self.calls: list[str] = []

    def get(self, name: str) -> Any:
        """See Context."""
        return self.variables.get(name)

    def put(self, name: str, value: Any) -> None:
        """See Context."""
        self.variables[name] = value

    def remove(self, name: str) -> None:
        """See Context."""
        self.variables.pop(name, None)


class MacroContext:
    """ProxyVMContext: arguments are expressions, evaluated in the caller's context each time their parameter is read.

    What the macro assigns goes into its own store and into the caller's context as well.
    """

    def __init__(self, inner: Context, evaluate: Callable[[Expression, Context], Any]):
        self.inner = inner
        self.calls = inner.calls
        self.evaluate = evaluate
        self.local: dict[str, Any] = {}
        self.arguments: dict[str, Expression] = {}

    def get(self, name: str) -> Any:
        """See Context."""
        found = self.local.get(name)
        if found is not None:
            return found
        argument = self.arguments.get(name)
        return self.inner.get(name) if argument is None else self.evaluate(argument, self.inner)

    def put(self, name: str, value: Any) -> None:
        """See Context."""
        self.local[name] = value
        self.inner.put(name, value)

    def remove(self, name: str) -> None:
        """See Context."""
        self.local.pop(name, None)
        self.arguments.pop(name, None)
        self.inner.remove(name)


class NullItemContext:
    """Foreach.NullHolderContext: hides whatever the loop variable's name means further out while the item is null."""

    def __init__(self, inner: Context, name: str):
        self.inner = inner
        self.calls = inner.calls
        self.name = name
        self.active = True

    def get(self, name: str) -> Any:
        """See Context."""
        return None if self.active and name == self.name else self.inner.get(name)

    def put(self, name: str, value: Any) -> None:
        """See Context."""
        if name == self.name and value is None:
            self.active = True
        self.inner.put(name, value)

    def remove(self, name: str) -> None:
        """See Context."""
        if name == self.name:
            self.active = False
        self.inner.remove(name)
