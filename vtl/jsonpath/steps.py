"""The steps of a path: what each selects from one value.

A step is asked through a `Link`, which knows where in its path the step stands; Jayway's rules for what is missing hang on that.
A step that is definite selects at most one value. All steps work on lists of values, one step after the other, so that no path
and no document makes Python recurse.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from vtl.errors import InvalidPath, LimitExceeded, PathNotFound
from vtl.limits import Limits
from vtl.source import Source, Span
from vtl.values.kinds import JavaArray, JavaObject

MISSING = object()


def elements(value: object) -> Sequence[Any] | None:
    """The elements of a java.util.List, None for anything else; a Java array is no List."""
    if isinstance(value, list):
        return None if isinstance(value, JavaArray) else value
    if isinstance(value, JavaObject) and value.family == "list":
        return list(value.elements())
    return None


@dataclass(slots=True)
class Run:
    """One evaluation: the whole document, how deep it may be, and how many more values may be visited.

    A document that a template has put together may hold one list in many places, so that depth alone bounds nothing.
    """

    root: object
    depth: int
    left: int

    @classmethod
    def over(cls, document: object, limits: Limits) -> Run:
        """The evaluation of a path in `document`."""
        return cls(document, limits.json_depth, limits.steps)

    def charge(self, visited: int) -> None:
        """Count values; LimitExceeded when they are more than `steps`."""
        self.left -= visited
        if self.left < 0:
            raise LimitExceeded("steps", "the path visits too many values")


@dataclass(frozen=True, slots=True)
class Link:
    """A step in its place.

    `strict`: every step before it is definite, so that a miss is an error. `leaf`: it is the last. `required`: the path asks
    whether something exists, so that a missing name is an error wherever it stands.
    """

    step: Step
    source: Source
    strict: bool
    leaf: bool
    required: bool = False

    def missing(self, reason: str) -> NoReturn:
        """Raise PathNotFound with the place of this step."""
        raise PathNotFound(f"no results for the path: {reason}", source=self.source, span=self.step.span)

    def select(self, value: object, run: Run) -> Iterable[object]:
        """What the step selects from `value`; PathNotFound or InvalidPath where Jayway throws."""
        return self.step.select(value, self, run)


@dataclass(frozen=True, slots=True)
class Step(ABC):
    """A step; `span` is its place in the path's text."""

    span: Span
    many: ClassVar[bool] = False

    @property
    def definite(self) -> bool:
        """Whether the step selects one value at most."""
        return not self.many

    @abstractmethod
    def select(self, value: object, link: Link, run: Run) -> Iterable[object]:
        """See `Link.select`."""

    def scans(self, value: object, run: Run) -> bool:
        """Whether a deep scan stops at this container to ask the step."""
        return isinstance(value, dict)


def _no_object(value: object, link: Link, name: str) -> Iterable[object]:
    if link.strict:
        kind = "null" if value is None else "an array" if elements(value) is not None else "no object"
        link.missing(f"{name} is looked for in what is {kind}")
    return ()


@dataclass(frozen=True, slots=True)
class Name(Step):
    """`.name` or `['name']`."""

    name: str

    def select(self, value: object, link: Link, run: Run) -> Iterable[object]:
        """The member of that name; a missing one is an error where the path must exist up to there."""
        if not isinstance(value, dict):
            return _no_object(value, link, repr(self.name))
        found = value.get(self.name, MISSING)
        if found is not MISSING:
            return (found,)
        if link.required or (link.strict and not link.leaf):
            link.missing(f"there is no member {self.name!r}")
        return ()

    def scans(self, value: object, run: Run) -> bool:
        """Objects that have the member."""
        return isinstance(value, dict) and self.name in value


@dataclass(frozen=True, slots=True)
class Names(Step):
    """`['a','b']` at the end of a path: one new object of the members that are there."""

    names: tuple[str, ...]

    def select(self, value: object, link: Link, run: Run) -> Iterable[object]:
        """The merged object, empty when none of the members is there."""
        if not isinstance(value, dict):
            return _no_object(value, link, ", ".join(map(repr, self.names)))
        if link.required:
            for name in self.names:
                if name not in value:
                    link.missing(f"there is no member {name!r}")
        return ({name: value[name] for name in self.names if name in value},)

    def scans(self, value: object, run: Run) -> bool:
        """Objects that have all the members."""
        return isinstance(value, dict) and all(name in value for name in self.names)


@dataclass(frozen=True, slots=True)
class EachName(Step):
    """`['a','b']` with more behind it: one member after the other."""

    names: tuple[str, ...]
    many: ClassVar[bool] = True

    def select(self, value: object, link: Link, run: Run) -> Iterable[object]:
        """The members that are there."""
        if not isinstance(value, dict):
            return _no_object(value, link, ", ".join(map(repr, self.names)))
        if link.required:
            for name in self.names:
                if name not in value:
                    link.missing(f"there is no member {name!r}")
        return [value[name] for name in self.names if name in value]


@dataclass(frozen=True, slots=True)
class Wildcard(Step):
    """`*` or `[*]`."""

    many: ClassVar[bool] = True

    def select(self, value: object, link: Link, run: Run) -> Iterable[object]:
        """All members or elements; nothing from a scalar."""
        return children(value) or ()

    def scans(self, value: object, run: Run) -> bool:
        """Every container."""
        return True


@dataclass(frozen=True, slots=True)
class Indexes(Step):
    """`[0]`, `[-1]`, `[0, 2]`."""

    indexes: tuple[int, ...]

    @property
    def definite(self) -> bool:
        """One index is, several are not."""
        return len(self.indexes) == 1

    def select(self, value: object, link: Link, run: Run) -> Iterable[object]:
        """The elements that are there."""
        items = elements(value)
        if items is None:
            return _no_array(value, link)
        size = len(items)
        return [items[index] for index in self.indexes if -size <= index < size]

    def scans(self, value: object, run: Run) -> bool:
        """Arrays."""
        return elements(value) is not None


@dataclass(frozen=True, slots=True)
class Slice(Step):
    """`[from:to]`; None for a side that is left out. A third part, the step, is read over."""

    start: int | None
    end: int | None
    many: ClassVar[bool] = True

    def select(self, value: object, link: Link, run: Run) -> Iterable[object]:
        """The elements of the range. With both sides given, a negative start is not counted from the end but wraps around."""
        items = elements(value)
        if items is None:
            return _no_array(value, link)
        size = len(items)
        if self.end is None:
            start = self.start or 0
            span = range(max(0, start + size) if start < 0 else start, size)
        elif self.start is None:
            span = range(min(size, self.end + size if self.end < 0 else self.end))
        else:
            span = range(max(self.start, -size), min(size, self.end)) if size else range(0)
        return [items[index] for index in span]

    def scans(self, value: object, run: Run) -> bool:
        """Arrays."""
        return elements(value) is not None


def _no_array(value: object, link: Link) -> Iterable[object]:
    if link.strict:
        link.missing("an element is looked for in what is " + ("null" if value is None else "no array"))
    return ()


@dataclass(frozen=True, slots=True)
class Length(Step):
    """`.length()` and `.size()`: how many members or elements; null for a scalar."""

    def select(self, value: object, link: Link, run: Run) -> Iterable[object]:
        """The number, or None."""
        items = elements(value)
        return (len(items) if items is not None else len(value) if isinstance(value, dict) else None,)


@dataclass(frozen=True, slots=True)
class DeepScan(Step):
    """`..` with the step that it looks for and the link behind that, which it asks as well.

    An array whose elements are looked for hands each of them to the link behind, as Jayway does; only where that is the last name
    of the path does the index count.
    """

    target: Link
    following: Link | None
    many: ClassVar[bool] = True

    def select(self, value: object, link: Link, run: Run) -> Iterable[object]:
        """Everything below `value`, and `value` itself, that the target finds; a container comes before what is in it."""
        found: list[object] = []
        target, following = self.target, self.following
        for container in containers(value, run):
            if not target.step.scans(container, run):
                continue
            if following is None:
                found.extend(target.select(container, run))
            elif isinstance(container, dict) or (following.leaf and isinstance(following.step, Name)):
                for item in target.select(container, run):
                    run.charge(1)
                    found.extend(following.select(item, run))
            else:
                for item in elements(container) or ():
                    found.extend(following.select(item, run))
        return found


def children(value: object) -> Collection[Any] | None:
    """Members of an object, elements of an array, None for a scalar."""
    return value.values() if isinstance(value, dict) else elements(value)


def containers(value: object, run: Run) -> Iterator[object]:
    """Each object and array from `value` downwards, in the order of the text; LimitExceeded beyond `json_depth`."""
    inside = children(value)
    if inside is None:
        return
    run.charge(1 + len(inside))
    yield value
    walks = [iter(inside)]
    while walks:
        for item in walks[-1]:
            inside = children(item)
            if inside is not None:
                run.charge(1 + len(inside))
                yield item
                if len(walks) >= run.depth:
                    raise LimitExceeded("json_depth", f"the document is nested deeper than {run.depth:,} levels")
                walks.append(iter(inside))
                break
        else:
            walks.pop()


def refuse(source: Source, span: Span, message: str, hint: str | None = None) -> NoReturn:
    """Raise InvalidPath with a place in the path."""
    raise InvalidPath(message, source=source, span=span, hint=hint)
