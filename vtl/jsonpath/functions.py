"""Functions at the end of a path, or in the middle of one: `length()`, `sum()`, `concat()` and their like.

See: the README of json-path, "Functions". What a function is asked of comes from the step before it; arguments are read from the
whole document.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from vtl.errors import JsonPathError
from vtl.jsonpath.documents import parse
from vtl.jsonpath.numbers import int_value
from vtl.jsonpath.steps import MISSING, FunctionKey, Hit, Link, Place, Run, Step, elements
from vtl.jsonpath.tokens import refuse
from vtl.values.kinds import KeySet
from vtl.values.text import to_text

if TYPE_CHECKING:
    from vtl.jsonpath.paths import Path


class _NoValue(Exception):
    """A function has nothing to work on, or too little."""


class _OutOfBounds(_NoValue):
    """An IndexOutOfBoundsException, which Jayway takes for its own when it goes through an array."""


@dataclass(frozen=True, slots=True)
class JsonArgument:
    """An argument that is JSON; it is read when the function asks for its value."""

    text: str


@dataclass(frozen=True, slots=True)
class PathArgument:
    """An argument that is a path; `widened` is the same with `[*]` behind it, unless it ends with a function."""

    path: Path
    widened: Path


Argument = JsonArgument | PathArgument


class _Given:
    """An argument of one call. JSON is read when somebody asks for it, and so is a path by Jayway 2.4; 2.9 reads it at once."""

    def __init__(self, argument: Argument, run: Run):
        self.argument = argument
        self.run = run
        self.found = self._found() if run.dialect.list_arguments and isinstance(argument, PathArgument) else MISSING

    def value(self) -> Any:
        """The value. InvalidJson for what is no JSON."""
        return self._found() if self.found is MISSING else self.found

    def _found(self) -> Any:
        if isinstance(self.argument, JsonArgument):
            return parse(self.argument.text, limits=self.run.limits)
        return self.argument.path.evaluate(self.run.root, self.run)

    def children(self, model: Any) -> Any:
        """What the path finds in `model`, one level further down."""
        if isinstance(self.argument, JsonArgument):
            raise _NoValue("its argument must be a path")
        if model is None:
            raise _NoValue("its argument cannot be read in null")
        run = self.run
        root, run.root = run.root, model
        try:
            return self.argument.widened.evaluate(model, run)
        finally:
            run.root = root


@dataclass(frozen=True, slots=True)
class Function(Step):
    """A function; `rest` are the steps behind it, which go on from its result.

    The result counts as a match of its own: where the steps behind it find nothing, it is the last one.
    """

    name: str
    arguments: tuple[Argument, ...]
    rest: Path | None = None

    def select(self, value: object, place: Place | None, link: Link, run: Run) -> Iterable[Hit]:
        """The result, and what the rest finds in it. InvalidPath for a function that does not exist."""
        if self.name not in run.dialect.functions:
            hint = f"the functions are {', '.join(sorted(run.dialect.functions))}"
            refuse(link.source, self.span, f"there is no function {self.name}()", hint)
        arguments = [_Given(each, run) for each in self.arguments]
        try:
            result = FUNCTIONS[self.name](value, arguments, run)
        except _NoValue as reason:
            if isinstance(reason, _OutOfBounds) and _in_array(place):
                return ()
            raise JsonPathError(f"{self.name}(): {reason}", source=link.source, span=self.span) from None
        hit: Hit = (result, (place, FunctionKey(f"{self.name}()")))
        return (hit,) if self.rest is None else (hit, *self.rest.hits(result, hit[1], run))

    def describe(self) -> str:
        """The function."""
        count = len(self.arguments)
        with_arguments = f" with {count} argument{'' if count == 1 else 's'}" if count else ""
        behind = ", then " + ", ".join(link.step.describe() for link in self.rest.links) if self.rest else ""
        return f"the function {self.name}(){with_arguments}{behind}"

    def scans(self, value: object, run: Run) -> bool:
        """No container: a deep scan looks for no function."""
        return False


def _in_array(place: Place | None) -> bool:
    while place is not None:
        if isinstance(place[1], int):
            return True
        place = place[0]
    return False


def _fail(reason: str) -> NoReturn:
    raise _NoValue(reason)


def _numbers(model: Any, arguments: list[_Given], run: Run) -> list[float]:
    """The numbers of the array and of the arguments, as doubles."""
    values = [*(elements(model) or ()), *_listed(arguments, run)]
    run.charge(len(values))
    numbers = [_double(each) for each in values if _is_number(each)]
    return numbers or _fail("there is no number to work on")


def _listed(arguments: list[_Given], run: Run) -> list[Any]:
    """The arguments' values; those of an array one by one. Jayway 2.4 passes arrays over."""
    values: list[Any] = []
    for argument in arguments:
        value = argument.value()
        items = elements(value)
        if items is None:
            values.append(value)
        elif run.dialect.list_arguments:
            values.extend(items)
    return values


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _double(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _sum(model: Any, arguments: list[_Given], run: Run) -> float:
    total = 0.0
    for number in _numbers(model, arguments, run):
        total += number
    return total


def _average(model: Any, arguments: list[_Given], run: Run) -> float:
    return _sum(model, arguments, run) / len(_numbers(model, arguments, run))


def _minimum(model: Any, arguments: list[_Given], run: Run) -> float:
    least = 1.7976931348623157e308
    for number in _numbers(model, arguments, run):
        least = min(number, least)
    return least


def _maximum(model: Any, arguments: list[_Given], run: Run) -> float:
    """The greatest; it starts at Double.MIN_VALUE, which is the smallest positive number."""
    greatest = 5e-324
    for number in _numbers(model, arguments, run):
        greatest = max(number, greatest)
    return greatest


def _deviation(model: Any, arguments: list[_Given], run: Run) -> float:
    numbers = _numbers(model, arguments, run)
    total = squares = 0.0
    for number in numbers:
        total += number
        squares += number * number
    count = len(numbers)
    variance = squares / count - total * total / count / count
    return math.sqrt(variance) if variance >= 0 else math.nan


def _concatenation(model: Any, arguments: list[_Given], run: Run) -> str:
    """The texts of the array, and the arguments as texts."""
    parts = [each for each in elements(model) or () if isinstance(each, str)]
    for argument in arguments:
        value = argument.value()
        items = elements(value)
        if items is None or not run.dialect.list_arguments:
            items = (value,)
        parts += [to_text(each) for each in items if each is not None]
    size = sum(map(len, parts))
    run.charge(size // 100)
    return "".join(parts)


def _length(model: Any, arguments: list[_Given], run: Run) -> int | None:
    """The number of members or elements; with an argument of what that finds, one level below it."""
    if arguments and run.dialect.list_arguments:
        below = elements(arguments[0].children(model))
        if below is not None:
            return len(below)
    items = elements(model)
    return len(items) if items is not None else len(model) if isinstance(model, dict) else None


def _keys(model: Any, arguments: list[_Given], run: Run) -> KeySet | None:
    """The names of an object, as java.util.LinkedHashMap shows them."""
    return KeySet(model) if isinstance(model, dict) else None


def _appended(model: Any, arguments: list[_Given], run: Run) -> Any:
    """The array itself, to which the arguments were added."""
    if isinstance(model, list):
        for argument in arguments:
            run.charge(1)
            model.append(argument.value())
    return model


def _element(model: Any, index: int) -> Any:
    """One element. The first of an array cannot be reached from its end: Jayway counts one too few."""
    items = elements(model)
    if items is None:
        _fail("it works on arrays")
    if index >= len(items):
        raise _OutOfBounds("the array has too few elements")
    if index < 0 and len(items) + index < 1:
        _fail("the array has too few elements")
    return items[index]


def _at_index(model: Any, arguments: list[_Given], run: Run) -> Any:
    if elements(model) is None:
        _fail("it works on arrays")
    numbers = [each for each in _listed(arguments, run) if _is_number(each)]
    if not numbers:
        raise _OutOfBounds("it needs a number")
    return _element(model, _int_value(numbers[0]))


def _int_value(number: Any) -> int:
    """Number.intValue(): of a double the nearest int, 0 for NaN; of other numbers the low 32 bits."""
    if isinstance(number, float):
        return 0 if math.isnan(number) else int(max(-(2.0**31), min(number, 2.0**31 - 1)))
    return int_value(Decimal(number))


FUNCTIONS: dict[str, Callable[[Any, list[_Given], Run], Any]] = {
    "sum": _sum,
    "avg": _average,
    "min": _minimum,
    "max": _maximum,
    "stddev": _deviation,
    "concat": _concatenation,
    "length": _length,
    "size": _length,
    "keys": _keys,
    "append": _appended,
    "first": lambda model, arguments, run: _element(model, 0),
    "last": lambda model, arguments, run: _element(model, -1),
    "index": _at_index,
}
