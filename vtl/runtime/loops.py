"""What #foreach needs while it runs: its rows, the guard against changes under it, and `$foreach` itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from itertools import islice
from typing import Any

from vtl.errors import JavaError, LimitExceeded
from vtl.lang import nodes
from vtl.runtime.run import Run
from vtl.source import Place, Source, Span
from vtl.values.equality import key
from vtl.values.hosted import Hosted
from vtl.values.iteration import iterate
from vtl.values.kinds import JavaArray, JavaIterator, JsonArray
from vtl.values.maps import put
from vtl.values.methods import invoke
from vtl.values.text import to_text

LISTS = frozenset({list, JsonArray})
"""Types that a loop walks over as they are."""


class _Walk:
    """Rows that a Java iterator gives; the length is that at the start."""

    def __init__(self, iterator: JavaIterator, size: int):
        self.iterator = iterator
        self.size = size

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Any]:
        while self.iterator.has_next():
            yield self.iterator.next()


def rows(run: Run, source: Any) -> Any:
    """What to loop over, with a length; None when the value is nothing to loop over."""
    if isinstance(source, JavaArray):
        return source
    if type(source) is dict:
        return source.values()
    iterator = iterate(run, source)
    if iterator is None:
        return None
    size = None if isinstance(source, JavaIterator) else invoke(run, source, "size", ())
    return _Walk(iterator, size if isinstance(size, int) else _remaining(run, copy(iterator)))


def _remaining(run: Run, iterator: JavaIterator) -> int:
    count = 0
    while iterator.has_next():
        iterator.next()
        count += 1
        if count > run.limits.range_length:
            raise LimitExceeded("range_length", f"an iterator gives more than {run.limits.range_length} elements")
    return count


def cut(run: Run, found: Any, rounds: int, start: int, end: int) -> Sequence[Any]:
    """The first rows, as many as the dialect loops over; a traced run takes note."""
    if run.trace is not None:
        run.trace.truncated_loops.append(Span(start, end))
    return list(islice(found, rounds))


def watchable(source: Any) -> Any:
    """The collection whose changes the loop must notice itself: iterators of other collections look for their own."""
    return source if type(source) in LISTS or type(source) is dict else None


def ended(source: Any, count: int, size: int) -> bool:
    """After a change under the loop: True when Java's iterator would just have no next element; else it throws."""
    last = len(source) if isinstance(source, list) else size
    if count == last:
        return True
    raise JavaError("java.util.ConcurrentModificationException")


class ForeachScope(Hosted):
    """`$foreach`. See: Velocity 1.7's ForeachScope and Scope; it is a map for whatever a template keeps in it."""

    __slots__ = ("has_next", "index", "owner", "parent", "replaced", "run", "storage")
    java_name = "org.apache.velocity.runtime.directive.ForeachScope"

    def __init__(self, run: Run, owner: tuple[nodes.Foreach, Source], previous: object):
        self.run = run
        self.owner = owner
        self.parent = previous if isinstance(previous, ForeachScope) else None
        self.replaced = None if self.parent else previous
        self.index = -1
        self.has_next = False
        self.storage: dict[Any, Any] = {}

    def move(self, count: int, size: int) -> None:
        """Enters round `count` of `size`."""
        self.index = count - 1
        self.has_next = count < size

    def find(self, name: Any) -> Any:
        """A key of its own, else of the loops around it."""
        scope: ForeachScope | None = self
        stored = key(name)
        while scope is not None:
            if stored in scope.storage:
                return scope.storage[stored]
            scope = scope.parent
        return None

    def topmost(self) -> ForeachScope:
        """The outermost loop."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def original(self) -> Any:
        """What `$foreach` was before the outermost loop."""
        return self.topmost().replaced

    def java_text(self) -> str:
        """AbstractMap.toString() of what is kept in it."""
        return to_text(self.storage)


class ScopeInfo(Hosted):
    """`$foreach.info`. See: Velocity 1.7's Scope.Info."""

    __slots__ = ("scope",)
    java_name = "org.apache.velocity.runtime.directive.Scope$Info"

    def __init__(self, scope: ForeachScope):
        self.scope = scope

    @property
    def template(self) -> str:
        """The template's name, without the brackets of a nameless one."""
        return self.scope.run.template_names[-1].strip("<>")

    def depth(self) -> int:
        """How many loops stand around, this one included."""
        count, scope = 1, self.scope
        while scope.parent is not None:
            count, scope = count + 1, scope.parent
        return count

    def place(self) -> Place:
        """Line and column of the #foreach."""
        foreach, source = self.scope.owner
        return source.place(foreach.span.start)

    def java_text(self) -> str:
        """Scope.Info.toString()."""
        depth, template, place = self.depth(), self.template, self.place()
        quoted = f'"{template}"' if " " in template else template
        nested = f" depth:{depth}" if depth > 1 else ""
        return f"#foreach[type:block{nested} template:{quoted} line:{place.line} column:{place.column}]"


ScopeInfo.java_methods = {
    "getName": (((), lambda call, info: "foreach"),),
    "getType": (((), lambda call, info: "block"),),
    "getDepth": (((), lambda call, info: info.depth()),),
    "getTemplate": (((), lambda call, info: info.template),),
    "getLine": (((), lambda call, info: info.place().line),),
    "getColumn": (((), lambda call, info: info.place().column),),
}


def left_scope(scope: Any) -> Any:
    """What `$foreach` is after a loop. See: Directive.postRender."""
    if not isinstance(scope, ForeachScope):
        return scope
    return scope.parent if scope.parent is not None else scope.original()


def leave_scope(context: Any) -> None:
    """The same for a context."""
    scope = context.get("foreach")
    if isinstance(scope, ForeachScope):
        restore(context, "foreach", left_scope(scope))


def restore(context: Any, name: str, value: object) -> None:
    """Gives a name back the value that it had before a loop."""
    if value is None:
        context.remove(name)
    else:
        context.put(name, value)


def _keep(call: Any, scope: ForeachScope, key: object, value: object) -> Any:
    return put(scope.storage, key, value)


ForeachScope.java_methods = {
    "getIndex": (((), lambda call, scope: scope.index),),
    "getCount": (((), lambda call, scope: scope.index + 1),),
    "hasNext": (((), lambda call, scope: scope.has_next),),
    "getHasNext": (((), lambda call, scope: scope.has_next),),
    "isFirst": (((), lambda call, scope: scope.index < 1),),
    "getFirst": (((), lambda call, scope: scope.index < 1),),
    "isLast": (((), lambda call, scope: not scope.has_next),),
    "getLast": (((), lambda call, scope: not scope.has_next),),
    "getParent": (((), lambda call, scope: scope.parent),),
    "getTopmost": (((), lambda call, scope: scope.topmost()),),
    "getReplaced": (((), lambda call, scope: scope.original()),),
    "getInfo": (((), lambda call, scope: ScopeInfo(scope)),),
    "get": ((("java.lang.Object",), lambda call, scope, name: scope.find(name)),),
    "put": ((("java.lang.Object", "java.lang.Object"), _keep),),
    "size": (((), lambda call, scope: len(scope.storage)),),
    "isEmpty": (((), lambda call, scope: not scope.storage),),
    "containsKey": ((("java.lang.Object",), lambda call, scope, name: key(name) in scope.storage),),
    "keySet": (((), lambda call, scope: invoke(call, scope.storage, "keySet", ())),),
    "values": (((), lambda call, scope: invoke(call, scope.storage, "values", ())),),
    "entrySet": (((), lambda call, scope: invoke(call, scope.storage, "entrySet", ())),),
}
ForeachScope.boolean_methods = frozenset({"hasNext", "getHasNext", "isFirst", "getFirst", "isLast", "getLast", "isEmpty"})
