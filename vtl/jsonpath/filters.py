"""Filters `[?( ... )]`: `Filter` is the step, the predicates are what stands in its parentheses.

Numbers compare as BigDecimal, a number and a text are equal when their texts are, and a path that finds nothing is a value of its
own, equal to nothing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from vtl.errors import InvalidPath, JsonPathError, PathNotFound
from vtl.jsonpath.steps import Link, Run, Step, elements, refuse
from vtl.values.doubles import double_text
from vtl.values.equality import java_equals

if TYPE_CHECKING:
    from vtl.jsonpath.paths import Path


class Operand(NamedTuple):
    """A side of a comparison: `kind` is "string", "number", "boolean", "null", "json" or "undefined"."""

    kind: str
    value: Any


UNDEFINED = Operand("undefined", None)


def operand(value: object) -> Operand:
    """The operand that a document's value makes."""
    if value is None:
        return Operand("null", None)
    if isinstance(value, bool):
        return Operand("boolean", value)
    if isinstance(value, str):
        return Operand("string", value)
    if isinstance(value, float | Decimal) and not isfinite(value):
        raise JsonPathError("a filter compares NaN or Infinity, of which java.math.BigDecimal knows nothing")
    if isinstance(value, (int, Decimal)):
        return Operand("number", Decimal(value))
    if isinstance(value, float):
        return Operand("number", Decimal(double_text(value)))
    return Operand("json", value)


class Term(ABC):
    """What stands on a side of an operator."""

    @abstractmethod
    def evaluate(self, value: object, run: Run) -> Operand:
        """The operand for the value under test."""


@dataclass(frozen=True, slots=True)
class Literal(Term):
    """A text, number, true, false or null."""

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
    """Something that is true or false of a value."""

    @abstractmethod
    def accepts(self, value: object, run: Run) -> bool:
        """Whether the value passes."""


@dataclass(frozen=True, slots=True)
class Exists(Predicate):
    """`@.a`, and with `wanted` false `!@.a`."""

    path: Path
    wanted: bool

    def accepts(self, value: object, run: Run) -> bool:
        """Whether each name on the way is there, be its value null."""
        try:
            self.path.evaluate(value, run)
        except PathNotFound:
            return not self.wanted
        return self.wanted


@dataclass(frozen=True, slots=True)
class Comparison(Predicate):
    """`left operator right`."""

    left: Term
    operator: str
    right: Term

    def accepts(self, value: object, run: Run) -> bool:
        """The operator's answer."""
        return OPERATORS[self.operator](self.left.evaluate(value, run), self.right.evaluate(value, run))


@dataclass(frozen=True, slots=True)
class Every(Predicate):
    """Predicates joined by `&&`."""

    parts: tuple[Predicate, ...]

    def accepts(self, value: object, run: Run) -> bool:
        """Whether all do."""
        return all(part.accepts(value, run) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Either(Predicate):
    """Predicates joined by `||`."""

    parts: tuple[Predicate, ...]

    def accepts(self, value: object, run: Run) -> bool:
        """Whether one does."""
        return any(part.accepts(value, run) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not(Predicate):
    """`!( ... )`."""

    part: Predicate

    def accepts(self, value: object, run: Run) -> bool:
        """Whether the part does not."""
        return not self.part.accepts(value, run)


def equal(left: Operand, right: Operand) -> bool:
    """`==`."""
    if left.kind == "json":
        return right.kind == "json" and java_equals(left.value, right.value)
    if {left.kind, right.kind} == {"string", "number"}:
        if left.kind == "string":
            return bool(left.value == str(right.value))
        try:
            return bool(left.value == Decimal(right.value))
        except InvalidOperation:
            return False
    return left.kind == right.kind and left.kind != "undefined" and bool(left.value == right.value)


def identical(left: Operand, right: Operand) -> bool:
    """`===`: of the same kind, and equal."""
    return left.kind == right.kind and equal(left, right)


def _ordered(test: Callable[[Any, Any], bool]) -> Callable[[Operand, Operand], bool]:
    """Numbers with numbers, texts with texts by UTF-16 units; anything else is false."""

    def compare(left: Operand, right: Operand) -> bool:
        if left.kind != right.kind:
            return False
        if left.kind == "string":
            return test(*(side.value.encode("utf-16-be", "surrogatepass") for side in (left, right)))
        return left.kind == "number" and test(left.value, right.value)

    return compare


OPERATORS: dict[str, Callable[[Operand, Operand], bool]] = {
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "===": identical,
    "!==": lambda left, right: not identical(left, right),
    "<": _ordered(lambda left, right: left < right),
    "<=": _ordered(lambda left, right: left <= right),
    ">": _ordered(lambda left, right: left > right),
    ">=": _ordered(lambda left, right: left >= right),
}


@dataclass(frozen=True, slots=True)
class Filter(Step):
    """`[?( ... )]`: elements of an array that pass, or an object itself if it does."""

    predicate: Predicate
    many: ClassVar[bool] = True

    def accepts(self, value: object, run: Run) -> bool:
        """Whether the value passes; a filter inside that cannot be applied means no."""
        try:
            return self.predicate.accepts(value, run)
        except InvalidPath:
            return False

    def select(self, value: object, link: Link, run: Run) -> Iterable[object]:
        """What passes; InvalidPath for a scalar, where the path must exist up to there."""
        if isinstance(value, dict):
            return (value,) if self.accepts(value, run) else ()
        items = elements(value)
        if items is not None:
            run.charge(len(items))
            return [item for item in items if self.accepts(item, run)]
        if link.strict:
            refuse(link.source, self.span, "a filter works on arrays and objects, not on a scalar")
        return ()

    def scans(self, value: object, run: Run) -> bool:
        """Containers that pass themselves."""
        return self.accepts(value, run)
