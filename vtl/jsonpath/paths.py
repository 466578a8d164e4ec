"""`Path`, a compiled path, and `compile_path` and `read`, which are what the rest of the house calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from vtl.errors import JsonPathError, PathNotFound
from vtl.jsonpath.parser import PathParser
from vtl.jsonpath.steps import MISSING, DeepScan, EachName, Indexes, Link, Name, Names, Run, Step
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
    """

    text: str
    links: tuple[Link, ...]
    definite: bool
    from_root: bool
    keys: tuple[str | int, ...] | None

    def read(self, document: object, *, limits: Limits | None = None, charge: Callable[[int], None] | None = None) -> Any:
        """What the path finds in the document, whose own lists and dicts are handed out live.

        PathNotFound where a definite path leads nowhere, or where the definite beginning of another does. `charge` is told how
        many values were visited, if they are more than a path of single names and indexes visits.
        """
        if document is None:
            raise JsonPathError("a path cannot be read in null", source=Source("<path>", self.text), span=Span(0, len(self.text)))
        keys = self.keys
        if keys is None:
            run = Run.over(document, limits or Limits())
            found = self.evaluate(document, run)
            if charge is not None:
                charge((limits or Limits()).steps - run.left)
            return found
        value: Any = document
        for key in keys:
            if type(key) is str:
                value = value.get(key, MISSING) if isinstance(value, dict) else MISSING
            else:
                kind = type(value)
                size = len(value) if kind is JsonArray or kind is list else -1
                value = value[key] if -size <= key < size else MISSING  # type: ignore[operator]
            if value is MISSING:
                return self.evaluate(document, Run.over(document, limits or Limits()))
        return value

    def evaluate(self, value: object, run: Run) -> Any:
        """What the links find from `value` on, one link after the other."""
        values: list[object] = [value]
        for link in self.links:
            selected: list[object] = []
            for each in values:
                before = len(selected)
                selected.extend(link.select(each, run))
                run.charge(len(selected) - before)
            values = selected
        if not self.definite:
            return JsonArray(values)
        if not values:
            self._missing()
        return values[-1]

    def _missing(self) -> None:
        link = self.links[-1]
        what = f"there is no member {link.step.name!r}" if isinstance(link.step, Name) else "there is no such element"
        raise PathNotFound(f"no results for the path: {what}", source=link.source, span=link.step.span)


def compile_path(path: str) -> Path:
    """The compiled path. InvalidPath, with its place, for what Jayway does not read and for what is not supported."""
    return _compiled(path) if len(path) <= _LONGEST_KEPT else _compile(path)


@lru_cache(maxsize=1024)
def _compiled(path: str) -> Path:
    return _compile(path)


def _compile(path: str) -> Path:
    source = Source("<path>", path)
    steps, from_root = PathParser(source, link_path).parse()
    return link_path(source, steps, from_root)


def read(path: str, document: object, *, limits: Limits | None = None) -> Any:
    """What `path` finds in `document`; see `Path.read`."""
    return compile_path(path).read(document, limits=limits)


def link_path(source: Source, steps: Sequence[Step | None], from_root: bool, required: bool = False) -> Path:
    """Put steps into their places; None among them stands for the two points of a deep scan."""
    links: list[Link] = []
    strict = True
    position = 0
    while position < len(steps):
        link, position = _link(source, steps, position, strict, required)
        links.append(link)
        strict = strict and link.step.definite
    return Path(source.text, tuple(links), strict, from_root, _keys(links))


def _link(source: Source, steps: Sequence[Step | None], position: int, strict: bool, required: bool) -> tuple[Link, int]:
    """The link that starts at `position`, and where the next one does."""
    step = steps[position]
    leaf = position + 1 == len(steps)
    if step is not None:
        if leaf and isinstance(step, EachName):
            step = Names(step.span, step.names)
        return Link(step, source, strict, leaf, required), position + 1
    target, position = _link(source, steps, position + 1, False, required)
    following = None
    if position < len(steps) and not isinstance(target.step, (Name, EachName)):
        following, position = _link(source, steps, position, False, required)
    scan = DeepScan(target.step.span, target, following)
    return Link(scan, source, strict, position == len(steps), required), position


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
