"""`Emitter`: what the emitters of all node families share while one template is written as Python.

Generated code calls only names that `vtl.runtime.support` supplies. Values that may be read twice are kept in temporaries,
`t1`, `t2`, ...; variables of the template are `v_name` in static templates. Statements are emitted in the order in which
Velocity evaluates, so that side effects and errors come in its order, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from vtl.compiler.facts import Facts
from vtl.compiler.writer import Writer
from vtl.dialect import Dialect
from vtl.errors import LimitExceeded
from vtl.lang import nodes
from vtl.source import Source, Span


class Operand(NamedTuple):
    """A value in generated code: an expression that is cheap and harmless to evaluate, more than once if it is `atomic`."""

    code: str
    kind: str = "any"
    """"str", "int" (a plain int in Integer's range), "bool", or "any"."""
    null: bool = False
    """Whether it may be None."""
    atomic: bool = True


@dataclass(slots=True)
class Loop:
    """The loop around the code that is being written, in the same Python function."""

    count: str
    """The variable that counts rounds from 1."""
    size: str
    """The variable that holds the number of rounds."""
    own: bool = True
    """Whether the function's own code runs the loop; a body that stands too deep is written as a function of its own."""


@dataclass(slots=True)
class Function:
    """The Python function that is being written."""

    kind: str
    """"main", "macro", "define", "thunk" or "outlined"."""
    parameters: dict[str, str] = field(default_factory=dict)
    """A static macro's parameters: name to the expression that gives its value."""
    literals: dict[str, str] = field(default_factory=dict)
    """And to the variable that holds the source text of the argument."""
    signature: tuple[str, ...] = ()
    """Names of the Python parameters that those stand for."""
    loops: list[Loop] = field(default_factory=list)
    known_maps: dict[str, str] = field(default_factory=dict)
    """Python variables of which another variable tells whether they hold a plain map: items of loops."""
    assigned: set[str] = field(default_factory=set)
    """Template variables that it assigns: `nonlocal` in all but the main function."""


@dataclass(slots=True)
class FunctionCount:
    """How many more Python functions may be written for this template: `Limits.functions`."""

    source: Source
    most: int
    made: int = 0

    def count(self, span: Span) -> None:
        """Told of each function and the place that it is written for; LimitExceeded when they are too many."""
        self.made += 1
        if self.made > self.most:
            message = f"the template has more than {self.most:,} macros, #define blocks and arguments of macro calls"
            raise LimitExceeded("functions", message, source=self.source, span=span)


@dataclass(slots=True)
class Emitter:
    """See the module's text."""

    facts: Facts
    dialect: Dialect
    source: Source
    rounds: int | None
    """Rounds after which a loop ends silently."""
    tracing: bool
    emit_block: Callable[[Emitter, nodes.Block], None]
    """Writes statements in a row; expressions need it for the directives in interpolated strings."""
    function_count: FunctionCount
    by_value: frozenset[tuple[str, int]] = frozenset()
    """Parameters, as (macro, position), whose arguments come as values, not as functions."""
    writer: Writer = field(default_factory=Writer)
    put: str = "put"
    constants: dict[str, object] = field(default_factory=dict)
    functions: list[Function] = field(default_factory=lambda: [Function("main")])
    variables: dict[str, str] = field(default_factory=dict)
    temporaries: int = 0
    beside: list[Writer] = field(default_factory=list)
    """Functions that stand before the main code."""

    @property
    def function(self) -> Function:
        """The function that is being written."""
        return self.functions[-1]

    @property
    def empty_null(self) -> bool:
        """Whether a null reference is the empty string."""
        return self.dialect.empty_invalid_references

    def line(self, text: str) -> None:
        """Writes one line."""
        self.writer.line(text)

    def temporary(self, prefix: str = "t") -> str:
        """A fresh Python name."""
        self.temporaries += 1
        return f"{prefix}{self.temporaries}"

    def store(self, code: str) -> str:
        """Writes `code` into a fresh temporary and gives its name."""
        name = self.temporary()
        self.line(f"{name} = {code}")
        return name

    def atom(self, operand: Operand) -> Operand:
        """The operand, in a temporary if it is not atomic."""
        if operand.atomic:
            return operand
        return operand._replace(code=self.store(operand.code), atomic=True)

    def constant(self, value: object, prefix: str = "C") -> str:
        """A name that holds `value` in the generated code's globals."""
        name = f"{prefix}{len(self.constants)}"
        self.constants[name] = value
        return name

    def variable(self, name: str) -> str:
        """The Python name of a template variable."""
        if name not in self.variables:
            plain = name.isidentifier() and name.isascii()
            self.variables[name] = f"v_{name}" if plain else f"v{len(self.variables)}"
        return self.variables[name]

    def read(self, name: str) -> str:
        """An expression for the variable's value, atomic in a static template and stored in a dynamic one."""
        if self.facts.dynamic:
            return self.store(f"get({name!r})")
        parameter = self.function.parameters.get(name)
        if parameter is not None:
            return self.store(parameter) if parameter.endswith(")") else parameter
        variable = self.variable(name)
        return self.store(variable) if self.facts.unstable else variable

    def assign(self, name: str, code: str) -> None:
        """Writes the assignment of a template variable."""
        if self.facts.dynamic:
            self.line(f"ctx.put({name!r}, {code})")
        else:
            self.note_assigned(name)
            self.line(f"{self.variable(name)} = {code}")

    def note_assigned(self, name: str) -> None:
        """Remembers that the present function (and those around it, up to the one that owns it) assigns the variable."""
        self.function.assigned.add(name)

    @contextmanager
    def indented(self) -> Iterator[None]:
        """One level deeper."""
        self.writer.depth += 1
        try:
            yield
        finally:
            self.writer.depth -= 1

    @contextmanager
    def at(self, span: Span) -> Iterator[None]:
        """Lines written inside answer for this place."""
        outer = self.writer.span
        self.writer.span = span
        try:
            yield
        finally:
            self.writer.span = outer

    @contextmanager
    def output_to(self, put: str) -> Iterator[None]:
        """What is printed inside goes to another function."""
        outer = self.put
        self.put = put
        try:
            yield
        finally:
            self.put = outer

    @contextmanager
    def hoisted(self, function: Function, header: str) -> Iterator[None]:
        """Writes a function beside the main code: its header, `nonlocal`, and the body that is written inside."""
        self.function_count.count(self.writer.span)
        outer, self.writer = self.writer, Writer()
        self.writer.span = outer.span
        self.writer.depth = 1
        self.functions.append(function)
        try:
            self.line(header)
            with self.indented():
                yield
            if self.writer.mark() == 1:
                self.writer.insert(1, "pass", 2)
            if function.assigned and not self.facts.dynamic:
                names = ", ".join(sorted(self.variable(name) for name in function.assigned))
                self.writer.insert(1, f"nonlocal {names}", 2)
        finally:
            self.functions.pop()
            done, self.writer = self.writer, outer
        self.beside.append(done)
