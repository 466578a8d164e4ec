"""`Program`: a template as Python code, with the place in the template that each line answers for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import CodeType

from vtl.compiler import macros, statements
from vtl.compiler.emitter import Emitter, FunctionCount
from vtl.compiler.facts import gather
from vtl.compiler.writer import Writer
from vtl.dialect import Dialect
from vtl.errors import LimitExceeded
from vtl.lang.nodes import Template
from vtl.limits import Limits
from vtl.source import Source, Span


@dataclass(frozen=True, slots=True)
class Program:
    """Immutable and without values: executed in a namespace of helpers, it defines `render(run, ctx, put)`."""

    source: Source
    code: CodeType
    python: str
    """The generated text; `vtl` shows it to those who look under the hood."""
    spans: tuple[Span, ...]
    """`spans[n - 1]` is the place that line n answers for."""
    constants: dict[str, object]
    """Names that the code needs besides the helpers."""
    dynamic: bool
    """Whether `ctx` must be a context object, not just a mapping."""

    @property
    def filename(self) -> str:
        """The name under which tracebacks know the code."""
        return self.code.co_filename


def compile_template(
    tree: Template, source: Source, dialect: Dialect, limits: Limits, *, tracing: bool = False, dynamic: bool = False
) -> Program:
    """The program of a tree; with `tracing` it tells where each piece of output comes from and what was missing.

    `dynamic` asks for context objects even where the tree itself needs none: it runs inside another template.
    """
    try:
        facts = gather(tree, dialect)
        if dynamic:
            facts = replace(facts, dynamic=True)
        rounds = dialect.loop_rounds if limits.loop_rounds is None else limits.loop_rounds
        by_value = frozenset() if facts.dynamic else macros.passed_by_value(facts, tree)
        count = FunctionCount(source, limits.functions)
        emitter = Emitter(facts, dialect, source, rounds, tracing, statements.emit_block, count, by_value)
        main = _write_main(emitter, tree)
        python = "\n".join(main.lines) + "\n"
        code = compile(python, f"<vtl {id(source)}>", "exec", dont_inherit=True)
    except (RecursionError, MemoryError, SyntaxError) as error:
        message = "directives, literals or parentheses stand too deep inside each other"
        raise LimitExceeded("nesting", message, source=source, span=Span(0, 0)) from error
    return Program(source, code, python, tuple(main.spans), emitter.constants, facts.dynamic)


def _write_main(emitter: Emitter, tree: Template) -> Writer:
    """`def render`: variables come in, functions of macros and blocks, then the template's own statements."""
    emitter.writer.depth = 1
    macros.emit_definitions(emitter)
    statements.emit_statements(emitter, tree.body.children)
    body = emitter.writer
    main = Writer()
    main.line("def render(run, ctx, put):")
    main.depth = 1
    invalid = emitter.facts.invalid
    if invalid is not None:
        main.span = invalid.span
        main.line(f"raise RenderError({invalid.message!r}, hint={invalid.hint!r})")
        return main
    main.line("get = ctx.get")
    if emitter.tracing:
        main.line("at = run.trace.at; missing = run.trace.note_missing; nothing_in = run.trace.note_step")
    for name, variable in emitter.variables.items():
        main.line(f"{variable} = get({name!r})")
    for part in (*emitter.beside, body):
        main.lines += part.lines
        main.spans += part.spans
    return main
