"""Filters `[?( ... )]`: `Filter` is the step, the predicates are what stands in its parentheses."""

from __future__ import annotations

import operator as python_operators
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar

from vtl.errors import InvalidPath, PathNotFound
from vtl.jsonpath.operands import UNDEFINED, Operand, operand
from vtl.jsonpath.operators import OPERATORS
from vtl.jsonpath.steps import MISSING, Hit, Link, Place, Run, Step, elements, kind_of
from vtl.jsonpath.tokens import refuse
from vtl.values.doubles import double_text

if TYPE_CHECKING:
    from vtl.jsonpath.paths import Path

Test = Callable[[Any, Run], bool]


class Term(ABC):
    """What stands on a side of an operator."""

    @abstractmethod
    def evaluate(self, value: object, run: Run) -> Operand:
        """The operand for the value under test."""


@dataclass(frozen=True, slots=True)
class Literal(Term):
    """A text, number, true, false, null, list, object or regular expression."""

    operand: Operand

    def evaluate(self, value: object, run: Run) -> Operand:
        """Always the same."""
        return self.operand


@dataclass(frozen=True, slots=True)
class SubPath(Term):
    """`@.a` or `$.a`."""

    path: Path

    def evaluate(self, value: object, run: Run) -> Operand:
        """What the path finds, `UNDEFINED` when that is nothing."""
        try:
            return operand(self.path.evaluate(run.root if self.path.from_root else value, run))
        except PathNotFound:
            return UNDEFINED


class Predicate(ABC):
    """Something that is true or false of a value; `cost` counts its comparisons."""

    @property
    @abstractmethod
    def cost(self) -> int:
        """How many comparisons it may make."""

    @abstractmethod
    def test(self) -> Test:
        """The predicate as a function of the value and the run."""


@dataclass(frozen=True, slots=True)
class Exists(Predicate):
    """`@.a`, and with `wanted` false `!@.a`."""

    path: Path
    wanted: bool
    cost: ClassVar[int] = 1

    def test(self) -> Test:
        """Whether each name on the way is there, be its value null. A path from the root is asked of the value as well."""
        keys, path, wanted = self.path.keys, self.path, self.wanted

        def accepts(value: Any, run: Run) -> bool:
            if keys is not None and _walk(value, keys) is not MISSING:
                return wanted
            before, run.required = run.required, True
            try:
                path.evaluate(value, run)
            except PathNotFound:
                return not wanted
            finally:
                run.required = before
            return wanted

        return accepts


@dataclass(frozen=True, slots=True)
class Comparison(Predicate):
    """`left operator right`."""

    left: Term
    operator: str
    right: Term
    cost: ClassVar[int] = 1

    def test(self) -> Test:
        """The operator's answer; for a path of names that is compared with a number or a text on the shortest way."""
        left, right, compare = self.left, self.right, OPERATORS[self.operator]

        def accepts(value: Any, run: Run) -> bool:
            return compare(left.evaluate(value, run), right.evaluate(value, run), run)

        if isinstance(left, SubPath) and isinstance(right, Literal) and left.path.keys is not None and not left.path.from_root:
            return _quick(left.path.keys, self.operator, right.operand, accepts)
        return accepts


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "==": python_operators.eq,
    "!=": python_operators.ne,
    "<": python_operators.lt,
    "<=": python_operators.le,
    ">": python_operators.gt,
    ">=": python_operators.ge,
}


def _quick(keys: tuple[str | int, ...], operator: str, side: Operand, general: Test) -> Test:
    """The test of a value that Python compares as Jayway does; all others go the general way."""
    compare = _ORDER.get(operator)
    if compare is None:
        return general
    if side.kind == "number" and (number := _double(side.value)) is not None:

        def test_number(value: Any, run: Run) -> bool:
            found = _walk(value, keys)
            kind = type(found)
            if kind is int or (kind is float and isfinite(found)):
                return compare(found, number)
            return general(value, run)

        return test_number
    if side.kind == "string" and operator in ("==", "!="):
        text = side.value

        def test_text(value: Any, run: Run) -> bool:
            found = _walk(value, keys)
            return compare(found, text) if type(found) is str else general(value, run)

        return test_text
    return general


def _double(number: Decimal) -> float | None:
    """The double that compares with doubles and integers as the decimal number does; None if there is none.

    Two doubles are ordered as the decimal numbers are that Java prints for them.
    """
    double = float(number)
    return double if abs(double) < 2**53 and Decimal(double_text(double)) == number else None


def _walk(value: Any, keys: tuple[str | int, ...]) -> Any:
    """What a road of names and indexes leads to in plain dicts and lists; MISSING where it ends before."""
    for key in keys:
        if type(key) is str:
            value = value.get(key, MISSING) if isinstance(value, dict) else MISSING
        else:
            items = elements(value)
            value = MISSING if items is None or not -len(items) <= key < len(items) else items[key]  # type: ignore[index,operator]
        if value is MISSING:
            break
    return value


@dataclass(frozen=True, slots=True)
class Every(Predicate):
    """Predicates joined by `&&`."""

    parts: tuple[Predicate, ...]

    @property
    def cost(self) -> int:
        """All parts'."""
        return sum(part.cost for part in self.parts)

    def test(self) -> Test:
        """Whether all do."""
        tests = [part.test() for part in self.parts]
        return lambda value, run: all(test(value, run) for test in tests)


@dataclass(frozen=True, slots=True)
class Either(Predicate):
    """Predicates joined by `||`."""

    parts: tuple[Predicate, ...]

    @property
    def cost(self) -> int:
        """All parts'."""
        return sum(part.cost for part in self.parts)

    def test(self) -> Test:
        """Whether one does."""
        tests = [part.test() for part in self.parts]
        return lambda value, run: any(test(value, run) for test in tests)


@dataclass(frozen=True, slots=True)
class Not(Predicate):
    """`!( ... )`."""

    part: Predicate

    @property
    def cost(self) -> int:
        """The part's."""
        return self.part.cost

    def test(self) -> Test:
        """Whether the part does not."""
        test = self.part.test()
        return lambda value, run: not test(value, run)


@dataclass(frozen=True, slots=True)
class Filter(Step):
    """`[?( ... )]`: elements of an array that pass, or an object itself if it does."""

    test: Test
    cost: int
    many: ClassVar[bool] = True

    def accepts(self, value: object, run: Run) -> bool:
        """Whether the value passes; a filter inside that cannot be applied means no."""
        try:
            return self.test(value, run)
        except InvalidPath:
            return False

    def select(self, value: object, place: Place | None, link: Link, run: Run) -> Iterable[Hit]:
        """What passes; InvalidPath for a scalar, where the path must exist up to there."""
        if isinstance(value, dict):
            run.charge(self.cost)
            return ((value, place),) if self.accepts(value, run) else ()
        items = elements(value)
        if items is not None:
            run.charge(len(items) * self.cost)
            return [(item, (place, index)) for index, item in enumerate(items) if self.accepts(item, run)]
        if link.strict:
            refuse(link.source, self.span, f"a filter works on arrays and objects, and this is {kind_of(value)}")
        return ()

    def describe(self) -> str:
        """That it filters."""
        return "the elements, or the object itself, that pass the filter"

    def scans(self, value: object, run: Run) -> bool:
        """Containers that pass themselves."""
        run.charge(self.cost)
        return self.accepts(value, run)
