"""`Path`, a compiled path, and `compile_path` and `read`, which are what the rest of the house calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from vtl.errors import JsonPathError, PathNotFound
from vtl.jsonpath.dialect import JAYWAY_2_9, JsonPathDialect, dialect_named
from vtl.jsonpath.functions import Function, PathArgument
from vtl.jsonpath.parser import Steps, parse
from vtl.jsonpath.scans import DeepScan, Nothing
from vtl.jsonpath.steps import MISSING, EachName, Hit, Indexes, Link, Name, Names, Place, Run, Step, Wildcard
from vtl.limits import Limits
from vtl.source import Source, Span
from vtl.values.kinds import JsonArray

_LONGEST_KEPT = 1_000
"""Characters of the longest path that is remembered: a stranger's long ones would fill the memory."""


@dataclass(frozen=True, slots=True)
class Path:
    """A path, compiled: immutable, and free to be used from many threads.

    `definite` paths lead to one value, the others to a JsonArray of those that they find. `from_root` is true for `$`, false for
    `@`. `keys` is the road of a path of single names and indexes, which is walked without further ado; None for other paths.
    `read_as` are the steps as they were read.
    """

    source: Source
    links: tuple[Link, ...]
    definite: bool
    from_root: bool
    keys: tuple[str | int, ...] | None
    read_as: Steps
    dialect: JsonPathDialect

    @property
    def text(self) -> str:
        """The text that was compiled."""
        return self.source.text

    def read(self, document: object, *, limits: Limits | None = None, charge: Callable[[int], None] | None = None) -> Any:
        """What the path finds in the document, whose own lists and dicts are handed out live.

        PathNotFound where a definite path leads nowhere, or where the definite beginning of another does. `charge` is told how
        many values were visited, if they are more than a path of single names and indexes visits.
        """
        value: Any = document
        keys = self.keys
        if keys is None or document is None:
            return self._read(document, limits or Limits(), charge)
        for key in keys:
            if type(key) is str:
                value = value.get(key, MISSING) if isinstance(value, dict) else MISSING
            else:
                kind = type(value)
                size = len(value) if kind is JsonArray or kind is list else -1
                value = value[key] if -size <= key < size else MISSING  # type: ignore[operator]
            if value is MISSING:
                return self._read(document, limits or Limits(), charge)
        return value

    def _read(self, document: object, limits: Limits, charge: Callable[[int], None] | None) -> Any:
        run = self.start(document, limits)
        found = self.evaluate(document, run)
        if charge is not None:
            charge(limits.steps - run.left)
        return found

    def start(self, document: object, limits: Limits) -> Run:
        """The run of one evaluation. JsonPathError for null, in which Jayway reads no path."""
        if document is None:
            raise JsonPathError("a path cannot be read in null", source=self.source, span=Span(0, len(self.text)))
        return Run.over(document, limits, self.dialect)

    def evaluate(self, value: object, run: Run) -> Any:
        """What the links find from `value` on, one link after the other."""
        found = self.matches(value, None, run)
        return found[0][0] if self.definite else JsonArray([value for value, _ in found])

    def matches(self, value: object, place: Place | None, run: Run) -> list[Hit]:
        """The matches with their places: one for a definite path, which raises PathNotFound when it leads nowhere."""
        hits = self.hits(value, place, run)
        if not self.definite:
            return hits
        if not hits:
            raise self.miss()
        return hits[-1:]

    def hits(self, value: object, place: Place | None, run: Run) -> list[Hit]:
        """All that the links find from `value` on, which stands at `place`."""
        hits: list[Hit] = [(value, place)]
        for link in self.links:
            selected: list[Hit] = []
            for each, where in hits:
                before = len(selected)
                selected.extend(link.select(each, where, run))
                run.charge(len(selected) - before)
            hits = selected
        return hits

    def miss(self) -> PathNotFound:
        """The error for a definite path whose last step finds nothing."""
        link = self.links[-1]
        what = f"there is no member {link.step.name!r}" if isinstance(link.step, Name) else "there is no such element"
        return PathNotFound(f"no results for the path: {what}", source=link.source, span=link.step.span)

    @property
    def functions(self) -> tuple[Function, ...]:
        """The functions of the path itself, those in its filters and arguments left out; they need not exist."""
        return tuple(link.step for link in _all_links(self.links) if isinstance(link.step, Function))

    def widened(self) -> Path:
        """The path with `[*]` behind it, as definite as it is itself; `$` and a path that ends with a function are left."""
        if not self.links or isinstance(self.links[-1].step, Function):
            return self
        steps = replace(self.read_as, steps=(*self.read_as.steps, Wildcard(Span(len(self.text), len(self.text)))))
        return replace(link_path(self.source, steps, self.dialect), definite=self.definite)


def compile_path(path: str, dialect: JsonPathDialect = JAYWAY_2_9) -> Path:
    """The compiled path. InvalidPath, with its place, for what Jayway does not read."""
    return _compiled(path, dialect) if len(path) <= _LONGEST_KEPT else _compile(path, dialect)


@lru_cache(maxsize=1024)
def _compiled(path: str, dialect: JsonPathDialect) -> Path:
    return _compile(path, dialect)


def _compile(path: str, dialect: JsonPathDialect) -> Path:
    compiled: Path = parse(Source("<path>", path), dialect, link_path)
    return compiled


def read(path: str, document: object, *, limits: Limits | None = None, dialect: str = "2.9") -> Any:
    """What `path` finds in `document`, as Jayway 2.9 or 2.4 says; see `Path.read`."""
    return compile_path(path, dialect_named(dialect)).read(document, limits=limits)


def link_path(source: Source, read_as: Steps, dialect: JsonPathDialect) -> Path:
    """Put the steps that were read into their places."""
    steps = list(read_as.steps)
    inverted = dialect.inverted_scans and len(steps) > 1 and steps[0] is None and isinstance(steps[-1], Function)
    if inverted:
        steps = _inverted(source, read_as, dialect)
    links = _links(source, steps, dialect, strict=not inverted)
    definite = all(link.step.definite for link in _all_links(links))
    return Path(source, tuple(links), definite, read_as.from_root, _keys(links), read_as, dialect)


def _inverted(source: Source, read_as: Steps, dialect: JsonPathDialect) -> list[Step | None]:
    """`$..x.f()` is `$.f($..x)`: the first function is asked of the document, with all that the scan finds as its argument."""
    steps = list(read_as.steps)
    number = next(number for number, step in enumerate(steps) if isinstance(step, Function))
    function = steps[number]
    assert isinstance(function, Function)
    scan = link_path(source, Steps(tuple(steps[:number]), True), dialect)
    return [replace(function, arguments=(PathArgument(scan, scan.widened()),)), *steps[number + 1 :]]


def _links(source: Source, steps: Sequence[Step | None], dialect: JsonPathDialect, strict: bool) -> list[Link]:
    links: list[Link] = []
    position = 0
    while position < len(steps):
        link, position = _link(source, steps, position, dialect, strict)
        links.append(link)
        strict = strict and link.step.definite
    return links


def _link(
    source: Source, steps: Sequence[Step | None], position: int, dialect: JsonPathDialect, strict: bool
) -> tuple[Link, int]:
    """The link that starts at `position`, and where the next one does."""
    step = steps[position]
    leaf = position + 1 == len(steps)
    if step is None:
        return _scan(source, steps, position, dialect, strict)
    if leaf and isinstance(step, EachName):
        step = Names(step.span, step.names)
    if isinstance(step, Function) and not leaf:
        rest = _links(source, steps[position + 1 :], dialect, strict)
        path = Path(source, tuple(rest), False, True, None, Steps((), True), dialect)
        return Link(replace(step, rest=path), source, strict, True), len(steps)
    return Link(step, source, strict, leaf), position + 1


def _scan(
    source: Source, steps: Sequence[Step | None], position: int, dialect: JsonPathDialect, strict: bool
) -> tuple[Link, int]:
    """A deep scan with the step that it looks for and, unless that is a name, the one behind it."""
    if position + 1 == len(steps):
        steps = [*steps, Nothing(Span(0, len(source.text)))]
    target, after = _link(source, steps, position + 1, dialect, False)
    following = None
    if after < len(steps) and not isinstance(target.step, (Name, EachName)):
        following, after = _link(source, steps, after, dialect, False)
    start, end = target.step.span
    span = Span(start - 2 if source.text.endswith("..", 0, start) else start, end)
    return Link(DeepScan(span, target, following), source, strict, after == len(steps)), after


def _all_links(links: Sequence[Link]) -> list[Link]:
    """The links, those behind a function included."""
    found: list[Link] = []
    for link in links:
        found.append(link)
        if isinstance(link.step, Function) and link.step.rest is not None:
            found += _all_links(link.step.rest.links)
    return found


def _keys(links: Sequence[Link]) -> tuple[str | int, ...] | None:
    """The names and indexes of a path that has nothing else."""
    keys: list[str | int] = []
    for link in links:
        if isinstance(link.step, Name):
            keys.append(link.step.name)
        elif isinstance(link.step, Indexes) and link.step.definite:
            keys.append(link.step.indexes[0])
        else:
            return None
    return tuple(keys)
