"""Which overload Velocity picks for given arguments, and how the arguments get into it.

See MethodMap, IntrospectionUtils, ClassMap and UberspectImpl of Velocity 1.7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from vtl.errors import JavaError
from vtl.values.hierarchy import OBJECT, is_assignable
from vtl.values.kinds import java_class
from vtl.values.scalars import MAX_INT, MIN_INT, JavaArray, array_name, single
from vtl.values.signatures import Method

Bound: TypeAlias = Callable[[Any, Any, tuple[Any, ...]], Any]
"""A chosen overload: `bound(call, self, arguments)`."""

BOXES = {
    "boolean": "java.lang.Boolean",
    "byte": "java.lang.Byte",
    "char": "java.lang.Character",
    "double": "java.lang.Double",
    "float": "java.lang.Float",
    "int": "java.lang.Integer",
    "long": "java.lang.Long",
    "short": "java.lang.Short",
}
_WIDENING = ["byte", "short", "int", "long", "float", "double"]
_MORE, _LESS, _NEITHER = range(3)


def runtime_name(type_name: str) -> str:
    """`char[]` as `[C`: the name of a parameter type as Class.getName() gives it."""
    return array_name(runtime_name(type_name[:-2])) if type_name.endswith("[]") else type_name


def component_of(array: str) -> str:
    """The component type of an array class, by its run-time name."""
    inner = array[1:]
    return inner[1:-1] if inner.startswith("L") else inner if inner.startswith("[") else _PRIMITIVE_CODES[inner]


_PRIMITIVE_CODES = {"Z": "boolean", "B": "byte", "C": "char", "D": "double", "F": "float", "I": "int", "J": "long", "S": "short"}


def is_convertible(formal: str, actual: str | None, variable: bool = False) -> bool:
    """Whether an argument of class `actual` (None: null) fits a parameter; `variable`: also as one of several."""
    if actual is None:
        return formal not in BOXES
    if is_assignable(formal, actual):
        return True
    box = BOXES.get(formal)
    if box is not None:
        if actual == box:
            return True
        if formal not in _WIDENING:
            return False
        return any(actual == BOXES[narrower] for narrower in _WIDENING[: _WIDENING.index(formal)])
    if variable and formal.startswith("["):
        return is_convertible(component_of(formal), component_of(actual) if actual.startswith("[") else actual)
    return False


def _is_strictly_convertible(formal: str, actual: str, variable: bool) -> bool:
    """The same between two parameter types."""
    if is_assignable(formal, actual):
        return True
    if formal in _WIDENING and actual in _WIDENING:
        return _WIDENING.index(actual) < _WIDENING.index(formal)
    if variable and formal.startswith("["):
        inner = component_of(actual) if actual.startswith("[") else actual
        return _is_strictly_convertible(component_of(formal), inner, False)
    return False


def _is_applicable(formals: Sequence[str], actuals: Sequence[str | None]) -> bool:
    """MethodMap.isApplicable; a method without parameters takes any arguments there, and fails when it is called."""
    if len(formals) == len(actuals):
        for index, (formal, actual) in enumerate(zip(formals, actuals, strict=True)):
            if not is_convertible(formal, actual):
                return index == len(actuals) - 1 and formal.startswith("[") and is_convertible(formal, actual, True)
        return True
    if not formals:
        return True
    if not formals[-1].startswith("["):
        return False
    if len(formals) < len(actuals):
        fixed = len(formals) - 1
        component = component_of(formals[-1])
        return all(map(is_convertible, formals[:-1], actuals[:fixed])) and all(
            is_convertible(component, actual) for actual in actuals[fixed:]
        )
    return len(formals) == len(actuals) + 1 and all(map(is_convertible, formals, actuals))


def _compare(left: Sequence[str], right: Sequence[str]) -> int:
    """MethodMap.compare: whether `left` is the more specific list of parameters."""
    if len(left) != len(right):
        return _MORE if len(left) > len(right) else _LESS
    left_more = right_more = False
    for index, (one, other) in enumerate(zip(left, right, strict=True)):
        if one != other:
            last = index == len(left) - 1
            left_more = left_more or _is_strictly_convertible(other, one, last) or other == OBJECT
            right_more = right_more or _is_strictly_convertible(one, other, last) or one == OBJECT
    if left_more and right_more:
        if left[-1].startswith("[") != right[-1].startswith("["):
            return _LESS if left[-1].startswith("[") else _MORE
        return _NEITHER
    return _MORE if left_more else _LESS if right_more else _NEITHER


class Overloads:
    """All methods of one name that a class shows, and the choices made among them so far.

    `methods` stand in the order in which Velocity finds them.
    """

    __slots__ = ("_chosen", "_formals", "methods")

    def __init__(self, methods: Sequence[Method]):
        self.methods = methods
        self._formals = [tuple(map(runtime_name, method.parameters)) for method in methods]
        self._chosen: dict[tuple[str | None, ...], Bound | None] = {}

    def find(self, arguments: Sequence[object]) -> Bound | None:
        """The overload for these arguments; None where Velocity finds none, or cannot decide."""
        classes = tuple([None if argument is None else java_class(argument) for argument in arguments])
        try:
            return self._chosen[classes]
        except KeyError:
            method = self.choose(classes)
            bound = None if method is None else bind(method, classes)
            self._chosen[classes] = bound
            return bound

    def choose(self, classes: Sequence[str | None]) -> Method | None:
        """The overload for arguments of these classes (None: null)."""
        exact = tuple(name or OBJECT for name in classes)
        for method, formals in zip(self.methods, self._formals, strict=True):
            if tuple(BOXES.get(formal, formal) for formal in formals) == exact:
                return method
        return self._best(classes)

    def _best(self, classes: Sequence[str | None]) -> Method | None:
        """MethodMap.getBestMatch, with its way of keeping rivals."""
        best: tuple[Method, tuple[str, ...]] | None = None
        rivals: list[tuple[str, ...]] = []
        for method, formals in zip(self.methods, self._formals, strict=True):
            if not _is_applicable(formals, classes):
                continue
            if best is None:
                best = (method, formals)
                continue
            order = _compare(formals, best[1])
            if order == _NEITHER:
                rivals.append(formals)
            elif order == _MORE:
                best, rivals = self._challenge((method, formals), best, rivals)
        return best[0] if best is not None and not rivals else None

    @staticmethod
    def _challenge(
        newcomer: tuple[Method, tuple[str, ...]], best: tuple[Method, tuple[str, ...]], rivals: list[tuple[str, ...]]
    ) -> tuple[tuple[Method, tuple[str, ...]], list[tuple[str, ...]]]:
        """A method more specific than the best so far also has to beat a rival of it; then all rivals are forgotten."""
        if not rivals:
            return newcomer, rivals
        for rival in list(rivals):
            order = _compare(newcomer[1], rival)
            if order == _MORE:
                return newcomer, []
            if order == _NEITHER:
                rivals.append(newcomer[1])
        return best, rivals


def bind(method: Method, classes: Sequence[str | None]) -> Bound:
    """The method as a function of (call, self, arguments) for arguments of these classes."""
    formals = tuple(map(runtime_name, method.parameters))
    if not formals and classes:
        return _refuse
    function = method.function
    variable = formals[-1] if formals and formals[-1].startswith("[") else None
    plan = [_converter(formal, actual) for formal, actual in zip(formals, classes, strict=False)]
    convert = None if variable is None and not any(plan) else _arguments(formals, classes, plan, variable)
    if method.returns == "void":
        return _void(function, convert)
    if convert is None:
        return lambda call, self, arguments: function(call, self, *arguments)
    return lambda call, self, arguments: function(call, self, *convert(arguments))


def _void(function: Callable[..., Any], convert: Callable[[tuple[Any, ...]], Sequence[Any]] | None) -> Bound:
    def run(call: Any, self: Any, arguments: tuple[Any, ...]) -> str:
        function(call, self, *(arguments if convert is None else convert(arguments)))
        return ""

    return run


def _refuse(call: Any, self: Any, arguments: tuple[Any, ...]) -> Any:
    raise JavaError("java.lang.IllegalArgumentException", "wrong number of arguments")


def _converter(formal: str, actual: str | None) -> Callable[[Any], Any] | None:
    """What turns an argument into the primitive that the parameter asks for; None when it is one already."""
    if formal in ("double", "float"):
        if actual == BOXES[formal]:
            return None
        return float if formal == "double" else single
    if formal in ("byte", "short", "long") or (formal == "int" and actual != "java.lang.Integer"):
        return int
    return None


def _arguments(
    formals: tuple[str, ...], classes: Sequence[str | None], plan: list[Callable[[Any], Any] | None], variable: str | None
) -> Callable[[tuple[Any, ...]], Sequence[Any]]:
    """A function that converts the arguments, and packs variable ones into an array."""
    fixed = len(formals) if variable is None else len(formals) - 1

    def convert(arguments: tuple[Any, ...]) -> Sequence[Any]:
        head = [change(value) if change else value for change, value in zip(plan[:fixed], arguments, strict=False)]
        if variable is None:
            return head
        rest = arguments[fixed:]
        component = component_of(variable)
        if len(rest) == 1 and (rest[0] is None or not _is_packed(component, classes[fixed])):
            return [*head, rest[0]]
        return [*head, JavaArray(rest, component)]

    return convert


def _is_packed(component: str, actual: str | None) -> bool:
    """Whether a single argument is put into an array: not when it is an array."""
    return actual is not None and not actual.startswith("[") and is_convertible(component, actual)


def is_plain_int(value: object) -> bool:
    """Whether a value is an Integer held as a plain int, the most frequent argument of all."""
    return type(value) is int and MIN_INT <= value <= MAX_INT
