"""Paths as expressions of the library jsonpath-ng: `Expression`, a compiled path, and `Location`, one key on the way to a match.

An `Expression` has jsonpath-ng's `find()`, and can be put together with its other expressions (`expression.child(...)`). The
library is imported with this module and nowhere else: a render that reads paths does not pay for it.
"""

from __future__ import annotations

from typing import Any

from jsonpath_ng.jsonpath import DatumInContext, JSONPath, Root

from vtl.errors import PathNotFound
from vtl.jsonpath.locations import Match, find_all, key_text
from vtl.jsonpath.paths import Path
from vtl.jsonpath.steps import FunctionKey, Key, Place
from vtl.limits import Limits


class Location(JSONPath):
    """One key: the name of a member, an index, the names of a merged object, or a function; equal to another of the same key."""

    def __init__(self, key: Key):
        self.key = key

    def find(self, datum: Any) -> list[DatumInContext]:
        """The value at this key, as a list of one or none."""
        datum = DatumInContext.wrap(datum)
        value, key = datum.value, self.key
        if isinstance(value, dict) and isinstance(key, str) and not isinstance(key, FunctionKey) and key in value:
            return [DatumInContext(value[key], path=self, context=datum)]
        if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
            return [DatumInContext(value[key], path=self, context=datum)]
        return []

    def update(self, data: Any, val: Any) -> Any:
        """Put `val` at this key of `data`, which is given back."""
        if self.find(data):
            data[self.key] = val
        return data

    def child(self, child: JSONPath) -> JSONPath:
        """This key and what comes behind it."""
        return Road((self,)).child(child) if isinstance(child, Location | Road) else super().child(child)

    def __str__(self) -> str:
        return key_text(self.key)

    def __repr__(self) -> str:
        return f"Location({self.key!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Location) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


class Road(JSONPath):
    """Several keys one behind the other: the full path of a match."""

    def __init__(self, locations: tuple[Location, ...]):
        self.locations = locations

    def find(self, datum: Any) -> list[DatumInContext]:
        """The value that the keys lead to, as a list of one or none."""
        found = [DatumInContext.wrap(datum)]
        for location in self.locations:
            found = [each for one in found for each in location.find(one)]
        return found

    def update(self, data: Any, val: Any) -> Any:
        """Put `val` where the keys lead in `data`, which is given back."""
        for parent in Road(self.locations[:-1]).find(data):
            self.locations[-1].update(parent.value, val)
        return data

    def child(self, child: JSONPath) -> JSONPath:
        """The keys and what comes behind them."""
        if isinstance(child, Location):
            return Road((*self.locations, child))
        return Road((*self.locations, *child.locations)) if isinstance(child, Road) else super().child(child)

    def __str__(self) -> str:
        return "$" + "".join(map(str, self.locations))

    def __repr__(self) -> str:
        return f"Road({self.locations!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Road) and other.locations == self.locations

    def __hash__(self) -> int:
        return hash(self.locations)


class Expression(JSONPath):
    """A compiled path: immutable, and free to be used from many threads. `definite` paths have one match at most."""

    def __init__(self, path: Path):
        self.path = path

    @property
    def definite(self) -> bool:
        """Whether the path leads to one value, and raises PathNotFound when there is none."""
        return self.path.definite

    def read(self, document: object, *, limits: Limits | None = None) -> Any:
        """What the path finds, as Jayway gives it: one value, or a list. See `vtl.jsonpath.read`."""
        return self.path.read(document, limits=limits)

    def matches(self, document: object, *, limits: Limits | None = None) -> list[Match]:
        """Every match with its location as text; none for a definite path that leads nowhere."""
        try:
            return find_all(self.path, document, limits=limits)
        except PathNotFound:
            return []

    def find(self, data: Any) -> list[DatumInContext]:
        """The matches in `data` (a value or a DatumInContext) as jsonpath-ng gives them, none where Jayway raises PathNotFound.

        JsonPathError for what a filter or a function cannot work on.
        """
        datum = DatumInContext.wrap(data)
        top = datum
        while top.context is not None:
            top = top.context
        run = self.path.start(top.value, Limits())
        start = top.value if self.path.from_root else datum.value
        try:
            hits = self.path.matches(start, None, run)
        except PathNotFound:
            return []
        around = DatumInContext(top.value, path=Root()) if self.path.from_root else datum
        made: dict[int, DatumInContext] = {}
        return [_datum(value, place, around, made) for value, place in hits]

    def __str__(self) -> str:
        return self.path.text

    def __repr__(self) -> str:
        return f"Expression({self.path.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and other.path.text == self.path.text and other.path.dialect == self.path.dialect

    def __hash__(self) -> int:
        return hash(self.path.text)


def _datum(value: Any, place: Place | None, around: DatumInContext, made: dict[int, DatumInContext]) -> DatumInContext:
    """The match with the chain of what is around it; `made` has the chains that stand already, by place."""
    if place is None:
        return around
    chain: list[Place] = []
    above: Place | None = place[0]
    while above is not None and id(above) not in made:
        chain.append(above)
        above = above[0]
    context = around if above is None else made[id(above)]
    for each in reversed(chain):
        found = Location(each[1]).find(context)
        context = found[0] if found else DatumInContext(None, path=Location(each[1]), context=context)
        made[id(each)] = context
    return DatumInContext(value, path=Location(place[1]), context=context)
