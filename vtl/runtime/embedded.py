"""Templates inside templates: #evaluate and #parse."""

from __future__ import annotations

from typing import Any

from vtl.compiler.program import compile_template
from vtl.errors import LimitExceeded, RenderError, TemplateSyntaxError
from vtl.lang import nodes
from vtl.lang.parser import Syntax, parse
from vtl.lang.visitor import walk
from vtl.runtime.blocks import Put
from vtl.runtime.run import Run
from vtl.runtime.signals import BreakLoop, StopRender
from vtl.runtime.support import load
from vtl.source import Source
from vtl.values.text import to_text

_CHARACTERS_A_STEP = 20
"""Characters of an embedded text that cost as much as one round of a loop: it is parsed and compiled each time."""
_PARSE_DEPTH = 10
"""How deep #parse goes: Velocity's directive.parse.max.depth; the template that is too deep is left out."""


def check_constants(tree: nodes.Template, source: Source, syntax: Syntax) -> None:
    """Refuses a constant text that #evaluate cannot parse, if it surely runs: the template fails whatever the context is."""
    if not any(isinstance(node, nodes.Evaluate) for node in tree.body.children):
        return
    for node in tree.body.children:
        if any(isinstance(each, nodes.Stop | nodes.Break | nodes.MacroCall | nodes.Parse) for each in walk(node)):
            return
        if isinstance(node, nodes.Evaluate) and isinstance(node.argument, nodes.StringLiteral):
            try:
                parse(Source(source.name, node.argument.value), syntax)
            except TemplateSyntaxError as error:
                raise TemplateSyntaxError(
                    f"#evaluate cannot parse its text: {error.message}", hint=error.hint, source=source, span=node.span
                ) from None


def _run_text(run: Run, context: Any, put: Put, source: Source) -> None:
    if run.nested >= run.limits.nesting:
        raise LimitExceeded("nesting", "#evaluate and #parse go too deep inside each other")
    run.charge(1 + len(source.text) // _CHARACTERS_A_STEP)
    tree = parse(source, Syntax.of(run.setup.dialect, run.limits))
    program = compile_template(tree, source, run.setup.dialect, run.limits, dynamic=True)
    run.programs[program.filename] = program
    run.nested += 1
    run.setup.link(program)(run, context, put)
    run.nested -= 1


def evaluate(run: Run, context: Any, put: Put, value: Any, node: nodes.Evaluate) -> None:
    """#evaluate: #stop and #break inside end it alone, its #set reach the context around it. See: Velocity 1.7's Evaluate."""
    text = "" if value is None else to_text(value)
    try:
        _run_text(run, context, put, Source(f"{run.setup.name}#evaluate{len(run.programs) + 1}", text))
    except StopRender:
        run.nested -= 1
    except BreakLoop as stopped:
        if not stopped.ends(None):
            raise
        run.nested -= 1
    except TemplateSyntaxError as error:
        raise RenderError(f"#evaluate cannot parse its text: {error.message}", hint=error.hint) from error


def parse_other(run: Run, context: Any, put: Put, name: Any) -> None:
    """#parse: another template of the loader runs in this context; null is no template. See: Velocity 1.7's Parse."""
    if name is None or len(run.template_names) >= _PARSE_DEPTH:
        return
    source = Source(to_text(name), load(run, to_text(name), "parse"))
    run.template_names.append(source.name)
    try:
        _run_text(run, context, put, source)
    except BreakLoop as stopped:
        if not stopped.ends(None):
            raise
    run.template_names.pop()
