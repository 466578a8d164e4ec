"""The steps of a path: what each selects from one value.

A step is asked through a `Link`, which knows where in its path the step stands; Jayway's rules for what is missing hang on that.
A step that is definite selects at most one value. All steps work on lists of values, one step after the other, so that no path
and no document makes Python recurse. What a step selects comes as a `Hit`: the value, and the place where it was found.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from vtl.errors import JsonPathError, LimitExceeded, PathNotFound
from vtl.jsonpath.dialect import JAYWAY_2_9, JsonPathDialect
from vtl.limits import Limits
from vtl.source import Source, Span
from vtl.values.kinds import JavaArray, JavaObject

MISSING: Any = object()


class FunctionKey(str):
    """The last key of a function's result: the function, as `length()`."""

    __slots__ = ()


Key = str | int | tuple[str, ...]
"""A name, an index, the names of a merged object, or a FunctionKey."""
Place = tuple[Any, Any]
"""(place of the container, Key); the document itself has the place None."""
Hit = tuple[Any, Place | None]


def elements(value: object) -> Sequence[Any] | None:
    """The elements of a java.util.List, None for anything else; a Java array is no List."""
    if isinstance(value, list):
        return None if isinstance(value, JavaArray) else value
    if isinstance(value, JavaObject) and value.family == "list":
        return list(value.elements())
    return None


@dataclass(slots=True)
class Run:
    """One evaluation: the whole document, the bounds, and how many more values may be visited.

    A document that a template has put together may hold one list in many places, so that depth alone bounds nothing. `required`
    is set while something's existence is tested: then each name on the way must be there.
    """

    root: object
    limits: Limits
    left: int
    dialect: JsonPathDialect = JAYWAY_2_9
    required: bool = False

    @classmethod
    def over(cls, document: object, limits: Limits, dialect: JsonPathDialect = JAYWAY_2_9) -> Run:
        """The evaluation of a path in `document`."""
        return cls(document, limits, limits.steps, dialect)

    def charge(self, visited: int) -> None:
        """Count values; LimitExceeded when they are more than `steps`."""
        self.left -= visited
        if self.left < 0:
            raise LimitExceeded("steps", "the path visits too many values")


@dataclass(frozen=True, slots=True)
class Link:
    """A step in its place.

    `strict`: every step before it is definite, so that a miss is an error. `leaf`: it is the last.
    """

    step: Step
    source: Source
    strict: bool
    leaf: bool

    def missing(self, reason: str) -> NoReturn:
        """Raise PathNotFound with the place of this step."""
        raise PathNotFound(f"no results for the path: {reason}", source=self.source, span=self.step.span)

    def select(self, value: object, place: Place | None, run: Run) -> Iterable[Hit]:
        """What the step selects from `value`; PathNotFound, InvalidPath or JsonPathError where Jayway throws.

        An error of a filter's operator, which knows no place, gets the place of this step.
        """
        try:
            return self.step.select(value, place, self, run)
        except JsonPathError as error:
            if error.source is None:
                error.source, error.span = self.source, self.step.span
            raise


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
    def select(self, value: object, place: Place | None, link: Link, run: Run) -> Iterable[Hit]:
        """See `Link.select`."""

    @abstractmethod
    def describe(self) -> str:
        """What the step does, in a few words."""

    def scans(self, value: object, run: Run) -> bool:
        """Whether a deep scan stops at this container to ask the step."""
        return isinstance(value, dict)

    def minds_index(self, value: object) -> bool:
        """Whether the step, behind `..[index]`, is asked of `value` only if it is the element of that index."""
        return False


def kind_of(value: object) -> str:
    """What a value is, in the words of JSON."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, dict):
        return "an object"
    return "an array" if elements(value) is not None else "a text" if isinstance(value, str) else "a number"


def _no_object(value: object, link: Link, what: str) -> Iterable[Hit]:
    if link.strict:
        link.missing(f"{what} is looked for in what is {kind_of(value)}")
    return ()


def _require(names: tuple[str, ...], value: dict[Any, Any], link: Link, run: Run) -> None:
    if run.required:
        for name in names:
            if name not in value:
                link.missing(f"there is no member {name!r}")


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(map(repr, names))


@dataclass(frozen=True, slots=True)
class Name(Step):
    """`.name` or `['name']`."""

    name: str

    def select(self, value: object, place: Place | None, link: Link, run: Run) -> Iterable[Hit]:
        """The member of that name; a missing one is an error where the path must exist up to there."""
        if not isinstance(value, dict):
            return _no_object(value, link, f"the member {self.name!r}")
        found = value.get(self.name, MISSING)
        if found is not MISSING:
            return ((found, (place, self.name)),)
        if run.required or (link.strict and not link.leaf):
            link.missing(f"there is no member {self.name!r}")
        return ()

    def minds_index(self, value: object) -> bool:
        """Yes."""
        return True

    def describe(self) -> str:
        """The name."""
        return f"the member {self.name!r}"

    def scans(self, value: object, run: Run) -> bool:
        """Objects that have the member."""
        return isinstance(value, dict) and self.name in value


@dataclass(frozen=True, slots=True)
class Names(Step):
    """`['a','b']` at the end of a path: one new object of the members that are there."""

    names: tuple[str, ...]

    def select(self, value: object, place: Place | None, link: Link, run: Run) -> Iterable[Hit]:
        """The merged object, empty when none of the members is there."""
        if not isinstance(value, dict):
            return _no_object(value, link, f"one of {_quoted(self.names)}")
        _require(self.names, value, link, run)
        return (({name: value[name] for name in self.names if name in value}, (place, self.names)),)

    def describe(self) -> str:
        """The names."""
        return f"one new object of the members {_quoted(self.names)}"

    def scans(self, value: object, run: Run) -> bool:
        """Objects that have all the members."""
        return isinstance(value, dict) and all(name in value for name in self.names)


@dataclass(frozen=True, slots=True)
class EachName(Step):
    """`['a','b']` with more behind it: one member after the other."""

    names: tuple[str, ...]
    many: ClassVar[bool] = True

    def select(self, value: object, place: Place | None, link: Link, run: Run) -> Iterable[Hit]:
        """The members that are there."""
        if not isinstance(value, dict):
            return _no_object(value, link, f"one of {_quoted(self.names)}")
        _require(self.names, value, link, run)
        return [(value[name], (place, name)) for name in self.names if name in value]

    def describe(self) -> str:
        """The names."""
        return f"each of the members {_quoted(self.names)}"


@dataclass(frozen=True, slots=True)
class Wildcard(Step):
    """`*` or `[*]`."""

    many: ClassVar[bool] = True

    def select(self, value: object, place: Place | None, link: Link, run: Run) -> Iterable[Hit]:
        """All members or elements; nothing from a scalar."""
        if isinstance(value, dict):
            return [(member, (place, name)) for name, member in value.items()]
        return [(item, (place, index)) for index, item in enumerate(elements(value) or ())]

    def minds_index(self, value: object) -> bool:
        """In objects."""
        return isinstance(value, dict)

    def describe(self) -> str:
        """All."""
        return "all members or elements"

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

    def select(self, value: object, place: Place | None, link: Link, run: Run) -> Iterable[Hit]:
        """The elements that are there."""
        items = elements(value)
        if items is None:
            return _no_array(value, link)
        return _picked(items, place, self.indexes)

    def describe(self) -> str:
        """The indexes."""
        numbers = ", ".join(map(str, self.indexes))
        return f"the element{'' if self.definite else 's'} {numbers}"

    def scans(self, value: object, run: Run) -> bool:
        """Arrays."""
        return elements(value) is not None


@dataclass(frozen=True, slots=True)
class Slice(Step):
    """`[from:to]`; None for a side that is left out. A third part, the step, is read over."""

    start: int | None
    end: int | None
    many: ClassVar[bool] = True

    def select(self, value: object, place: Place | None, link: Link, run: Run) -> Iterable[Hit]:
        """The elements of the range. With both sides given, a negative start is not counted from the end but wraps around."""
        items = elements(value)
        if items is None:
            return _no_array(value, link)
        size = len(items)
        if self.end is None:
            start = self.start or 0
            return _picked(items, place, range(max(0, start + size) if start < 0 else start, size))
        if self.start is None:
            return _picked(items, place, range(min(size, self.end + size if self.end < 0 else self.end)))
        return _picked(items, place, range(max(self.start, -size), min(size, self.end)) if size else range(0))

    def describe(self) -> str:
        """The range."""
        start, end = ("" if side is None else side for side in (self.start, self.end))
        return f"the elements {start}:{end}"

    def scans(self, value: object, run: Run) -> bool:
        """Arrays."""
        return elements(value) is not None


def _picked(items: Sequence[Any], place: Place | None, indexes: Iterable[int]) -> list[Hit]:
    """The elements at the indexes that exist; a negative one counts from the end."""
    size = len(items)
    return [(items[index], (place, index % size)) for index in indexes if -size <= index < size]


def _no_array(value: object, link: Link) -> Iterable[Hit]:
    if link.strict:
        link.missing(f"an element is looked for in what is {kind_of(value)}")
    return ()
