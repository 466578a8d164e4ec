"""`Call`: the little that a Java method may know of the run that it is called from."""

from __future__ import annotations

from typing import Protocol

from vtl.limits import Limits


class Call(Protocol):
    """What methods, property access and iteration ask of their surroundings.

    Java's collections count their structural changes (modCount), and iterators and sublists compare that count. Plain lists and
    dicts have no place for it, so the run keeps it, and only for collections that somebody watches.
    """

    @property
    def limits(self) -> Limits:
        """The bounds of this run."""

    @property
    def class_access(self) -> bool:
        """Whether `$x.class` answers; a hosted gateway says no."""

    def charge(self, steps: int) -> None:
        """Take steps from the budget of the run, for work that takes long. LimitExceeded when it is used up."""

    def touch(self, collection: object) -> None:
        """Note that the collection was changed structurally: an element came, went or moved."""

    def watch(self, collection: object) -> int:
        """Start to count the changes of a collection, which the caller keeps alive; gives the count so far."""

    def changes(self, collection: object) -> int:
        """How often a watched collection was touched; 0 for one that nobody watches."""


class PlainCall:
    """The ready implementation, for one run in one thread; a run with more to say inherits from it."""

    __slots__ = ("class_access", "limits", "watched")

    def __init__(self, limits: Limits | None = None, class_access: bool = False):
        self.limits = Limits() if limits is None else limits
        self.class_access = class_access
        self.watched: dict[int, int] = {}

    def charge(self, steps: int) -> None:
        """See `Call.charge`. A call on its own has no budget."""

    def touch(self, collection: object) -> None:
        """See `Call.touch`."""
        key = id(collection)
        if key in self.watched:
            self.watched[key] += 1

    def watch(self, collection: object) -> int:
        """See `Call.watch`. An address that another collection had before keeps its count: only differences are looked at."""
        return self.watched.setdefault(id(collection), 0)

    def changes(self, collection: object) -> int:
        """See `Call.changes`."""
        return self.watched.get(id(collection), 0)
