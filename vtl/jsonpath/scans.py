"""Deep scans: `..` with the step that it looks for at every depth."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from vtl.errors import JsonPathError, LimitExceeded
from vtl.jsonpath.steps import Hit, Key, Link, Place, Run, Step, elements


@dataclass(frozen=True, slots=True)
class DeepScan(Step):
    """`..` with the step that it looks for and the link behind that, which it asks as well.

    An array whose elements are looked for hands each of them to the link behind, as Jayway does; only where that takes members
    of objects and is the last does the index count. (Jayway 2.7 and later compare it with the index of the last array that they
    saw, even when they look at an object, and so answer differently the second time; this is what they meant.)
    """

    target: Link
    following: Link | None
    many: ClassVar[bool] = True

    def select(self, value: object, place: Place | None, link: Link, run: Run) -> Iterable[Hit]:
        """Everything below `value`, and `value` itself, that the target finds; a container comes before what is in it."""
        found: list[Hit] = []
        target, following = self.target, self.following
        scans = target.step.scans
        for container, where in containers(value, place, run):
            if not scans(container, run):
                continue
            if following is None:
                found.extend(target.select(container, where, run))
            elif isinstance(container, dict):
                for item, spot in target.select(container, where, run):
                    run.charge(1)
                    found.extend(following.select(item, spot, run))
            else:
                found.extend(self._from_elements(container, where, following, run))
        return found

    def _from_elements(self, array: object, where: Place | None, following: Link, run: Run) -> Iterator[Hit]:
        minds = run.dialect.indexed_scans and following.leaf
        asked = {spot[1] for _, spot in self.target.select(array, where, run) if spot} if minds else set()
        for index, item in enumerate(elements(array) or ()):
            if not minds or index in asked or not following.step.minds_index(item):
                yield from following.select(item, (where, index), run)

    def describe(self) -> str:
        """Target and following."""
        behind = f", and of what is found {self.following.step.describe()}" if self.following else ""
        return f"at every depth {self.target.step.describe()}{behind}"


@dataclass(frozen=True, slots=True)
class Nothing(Step):
    """What a deep scan looks for that stands right before a function: `$..length()`."""

    def select(self, value: object, place: Place | None, link: Link, run: Run) -> Iterable[Hit]:
        """Never asked."""
        return ()

    def describe(self) -> str:
        """Nothing."""
        return "nothing"

    def scans(self, value: object, run: Run) -> bool:
        """JsonPathError, as Jayway's IllegalStateException."""
        raise JsonPathError("a deep scan needs a step to look for before a function can be asked")


def children(value: object) -> Collection[Any] | None:
    """Members of an object, elements of an array, None for a scalar."""
    return value.values() if isinstance(value, dict) else elements(value)


def _numbered(value: object) -> Iterator[tuple[Key, Any]]:
    """Keys and values of a container."""
    return iter(value.items()) if isinstance(value, dict) else enumerate(elements(value) or ())


_SCALARS = frozenset([str, int, float, bool, type(None)])


def containers(value: object, place: Place | None, run: Run) -> Iterator[Hit]:
    """Each object and array from `value` downwards, in the order of the text; LimitExceeded beyond `json_depth`."""
    inside = children(value)
    if inside is None:
        return
    run.charge(1 + len(inside))
    yield value, place
    deepest = run.limits.json_depth
    walks = [(_numbered(value), place)]
    while walks:
        walk, above = walks[-1]
        for key, item in walk:
            if type(item) in _SCALARS:
                continue
            inside = children(item)
            if inside is not None:
                run.charge(1 + len(inside))
                here = (above, key)
                yield item, here
                if len(walks) >= deepest:
                    raise LimitExceeded("json_depth", f"the document is nested deeper than {deepest:,} levels")
                walks.append((_numbered(item), here))
                break
        else:
            walks.pop()
