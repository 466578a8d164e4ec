"""The contexts of Velocity 1.7, one class each, so that scopes come out as they do there and not as they should; and #stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from vtl.lang.nodes import Expression
from vtl.values import kinds, methods
from vtl.values.call import Call
from vtl.values.hosted import Hosted
from vtl.values.text import to_text


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


def _through(name: str) -> Callable[..., Any]:
    """A method of the scope's own map."""

    def invoke(call: Call, self: ForeachScope, *arguments: Any) -> Any:
        return methods.invoke(call, self.storage, name, arguments)

    return invoke


_OBJECT = "java.lang.Object"


class ForeachScope(Hosted):
    """$foreach: the state of one loop, and a map for whatever a template keeps in it; `owner` is the loop's node."""

    java_name = "org.apache.velocity.runtime.directive.ForeachScope"
    boolean_methods = frozenset(["isFirst", "isLast"])
    java_methods: Mapping[str, Any] = {
        "getIndex": (((), lambda call, self: self.index),),
        "getCount": (((), lambda call, self: self.index + 1),),
        "getHasNext": (((), lambda call, self: self.has_next),),
        "hasNext": (((), lambda call, self: self.has_next),),
        "getFirst": (((), lambda call, self: self.index < 1),),
        "isFirst": (((), lambda call, self: self.index < 1),),
        "getLast": (((), lambda call, self: not self.has_next),),
        "isLast": (((), lambda call, self: not self.has_next),),
        "getParent": (((), lambda call, self: self.parent),),
        "getTopmost": (((), lambda call, self: self.topmost),),
        "getReplaced": (((), lambda call, self: self.outermost),),
        "get": (((_OBJECT,), lambda call, self, key: self.get(call, key)),),
        "put": (((_OBJECT, _OBJECT), _through("put")),),
        **{name: (((), _through(name)),) for name in ("size", "isEmpty", "keySet", "values", "entrySet")},
        **{name: (((_OBJECT,), _through(name)),) for name in ("containsKey", "containsValue", "remove")},
    }

    def __init__(self, owner: object, previous: Any):
        self.owner = owner
        self.parent = previous if isinstance(previous, ForeachScope) else None
        self.replaced = None if self.parent is not None else previous
        self.index = -1
        self.has_next = False
        self.storage = kinds.HashMap()

    @property
    def topmost(self) -> ForeachScope:
        """The outermost loop."""
        return self if self.parent is None else self.parent.topmost

    @property
    def outermost(self) -> Any:
        """What $foreach was before the outermost loop."""
        return self.replaced if self.replaced is not None or self.parent is None else self.parent.outermost

    def get(self, call: Call, key: Any) -> Any:
        """Scope.get: what the loop does not have, the outer loop may."""
        found = methods.invoke(call, self.storage, "get", (key,))
        if found is None and self.parent is not None and not methods.invoke(call, self.storage, "containsKey", (key,)):
            return self.parent.get(call, key)
        return found

    def java_text(self) -> str:
        """See Hosted."""
        return to_text(self.storage)


class StopCommand(BaseException):
    """#break and #stop: for the nearest construct, for one loop (`owner`), or for the whole run."""

    def __init__(self, *, nearest: bool = False, owner: object = None):
        super().__init__()
        self.nearest = nearest
        self.owner = owner

    def is_for(self, catcher: object, *, whole: bool = False) -> bool:
        """Whether the construct that caught it is meant; the first to catch a nearest one becomes its owner."""
        if self.nearest:
            self.nearest, self.owner = False, catcher
            return True
        if self.owner is not None:
            return self.owner is catcher
        return whole
