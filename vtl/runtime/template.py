"""`Template`: a parsed and compiled template, ready to render from many threads at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from vtl.compiler.program import Program, compile_template
from vtl.dialect import dialect_named
from vtl.errors import JavaError, LimitExceeded, RenderError, TemplateError, VtlError
from vtl.lang import nodes
from vtl.lang.parser import Syntax, parse
from vtl.limits import Limits
from vtl.runtime import embedded
from vtl.runtime.context import BaseContext
from vtl.runtime.explain import hint_for
from vtl.runtime.run import Loader, Run, Setup
from vtl.runtime.signals import BreakLoop, StopRender
from vtl.runtime.support import NAMES
from vtl.runtime.trace import Trace
from vtl.source import Source, Span
from vtl.values.methods import table
from vtl.values.utf16 import merged

Render = Callable[[Run, Any, Callable[[str], object]], Any]


def link(program: Program) -> Render:
    """The program's function, in a namespace of its own that holds the helpers and nothing of Python's builtins."""
    namespace = dict(NAMES)
    namespace.update(evaluate=embedded.evaluate, parse=embedded.parse_other)
    for name, value in program.constants.items():
        namespace[name] = table(value) if name.startswith("M") and isinstance(value, str) else value
    exec(program.code, namespace)  # noqa: S102
    render: Render = namespace["render"]
    return render


class Template:
    """One template. It never changes after it was made; `render` may be called from many threads at once."""

    __slots__ = ("_program", "_render", "_setup", "_source", "_traced", "_tree")

    def __init__(
        self,
        source: str,
        *,
        name: str = "<template>",
        dialect: str = "velocity",
        limits: Limits | None = None,
        loader: Loader | None = None,
    ):
        """Parses and compiles `source`; `name` stands in error messages.

        `dialect` is "velocity" (Apache Velocity 1.7 as it comes) or "apigateway" (as AWS API Gateway runs it). `loader` gives the
        texts that #include and #parse name; without one they fail. Raises TemplateSyntaxError for what Velocity 1.7's parser
        refuses, LimitExceeded for a template that is too large or too deep, InputError for an unknown dialect.
        """
        chosen = dialect_named(dialect)
        self._setup = Setup(name, chosen, limits or Limits(), loader, link)
        self._source = Source(name, source)
        syntax = Syntax.of(chosen, self._setup.limits)
        self._tree: nodes.Template = parse(self._source, syntax)
        embedded.check_constants(self._tree, self._source, syntax)
        self._program: Program = compile_template(self._tree, self._source, chosen, self._setup.limits)
        self._render: Render = link(self._program)
        self._traced: tuple[Program, Render] | None = None

    @property
    def name(self) -> str:
        """The name that error messages use."""
        return self._source.name

    @property
    def source(self) -> Source:
        """The text, with its line table."""
        return self._source

    @property
    def tree(self) -> nodes.Template:
        """The parsed tree."""
        return self._tree

    @property
    def python(self) -> str:
        """The Python code that the template was compiled to, for those who look under the hood."""
        return self._program.python

    def render(self, context: Mapping[str, object] = {}, *, trace: Trace | None = None) -> str:
        """The output over `context`: names to str, int, float, Decimal, bool, None, list and dict, or objects of the library.

        Lists and dicts are handed to the template as they are: a template that changes one (`$list.add(1)`) changes yours.
        Raises RenderError where Velocity 1.7 throws, and LimitExceeded when a bound is passed, both with their place.
        """
        run = Run(self._setup, trace)
        program, render = (self._program, self._render) if trace is None else self._traced_program()
        pieces: list[str] = [] if trace is None else trace.output
        scope: Any = BaseContext(context) if program.dynamic else context
        try:
            render(run, scope, pieces.append)
        except (StopRender, BreakLoop):
            pass
        except (JavaError, TemplateError) as error:
            raise self._placed(error, error.__traceback__, run, program) from error
        except RecursionError as error:
            too_deep = LimitExceeded("nesting", "values, blocks or macros go too deep inside each other")
            raise self._placed(too_deep, error.__traceback__, run, program) from None
        except (ArithmeticError, ValueError) as error:
            # Decimal("NaN") and its like: no BigDecimal, so no method and no operator knows what to do with them.
            failure = RenderError(f"a number that Java does not have: {error}", hint="give finite Decimals to a template")
            raise self._placed(failure, error.__traceback__, run, program) from error
        except MemoryError as error:
            too_much = LimitExceeded("text_made", "the values of this render do not fit into the memory")
            raise self._placed(too_much, error.__traceback__, run, program) from None
        except RuntimeError as error:
            if "changed size during iteration" not in str(error):
                raise
            changed = JavaError("java.util.ConcurrentModificationException")
            raise self._placed(changed, error.__traceback__, run, program) from None
        text = "".join(pieces)
        if len(text) > self._setup.limits.output_size:
            raise LimitExceeded("output_size", f"{len(text)} characters of output", source=self._source, span=Span(0, 0))
        return text if text.isascii() else merged(text)

    def _traced_program(self) -> tuple[Program, Render]:
        """The tracing twin of the program, made when it is first asked for; two threads may both make one, to no harm."""
        if self._traced is None:
            program = compile_template(self._tree, self._source, self._setup.dialect, self._setup.limits, tracing=True)
            self._traced = (program, link(program))
        return self._traced

    def _placed(self, error: VtlError, traceback: TracebackType | None, run: Run, main: Program) -> TemplateError:
        """The error with the place in the template that was running: the innermost line of generated code tells."""
        if isinstance(error, TemplateError) and error.source is not None:
            return error
        source, span = self._source, Span(0, 0)
        programs = {**run.programs, main.filename: main}
        while traceback is not None:
            program = programs.get(traceback.tb_frame.f_code.co_filename)
            if program is not None and 0 < traceback.tb_lineno <= len(program.spans):
                source, span = program.source, program.spans[traceback.tb_lineno - 1]
            traceback = traceback.tb_next
        if isinstance(error, LimitExceeded):
            return LimitExceeded(error.limit, error.message, hint=error.hint, source=source, span=span)
        message = f"a Java method threw {error.message}" if isinstance(error, JavaError) else error.message
        hint = error.hint or (hint_for(error) if isinstance(error, JavaError) else None)
        return RenderError(message, hint=hint, source=source, span=span)
