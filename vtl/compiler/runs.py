"""Runs of text and references: what prints in one go, as one f-string, or as data where the code runs only once."""

from __future__ import annotations

from collections.abc import Sequence

from vtl.compiler import expressions, references
from vtl.compiler.emitter import Emitter
from vtl.lang import nodes
from vtl.lang.visitor import walk

_COLD_RUN = 24
"""References from which on a run outside loops and macros is data: compiling costs more there than it saves."""


def text_of(e: Emitter, node: nodes.Node) -> str | None:
    """What a node prints if that is known now; None if it must be computed."""
    if isinstance(node, nodes.Text | nodes.Textblock | nodes.Literal):
        return node.text
    if isinstance(node, nodes.LineComment | nodes.BlockComment):
        return node.prefix
    if isinstance(node, nodes.Macro | nodes.Invalid):
        return ""
    if isinstance(node, nodes.MacroCall) and not e.facts.dynamic and node.name not in e.facts.macros:
        return node.literal
    return None


def joins_run(e: Emitter, node: nodes.Node) -> bool:
    """Whether a node can be one piece of a run: its text is known, or it is a reference that cannot end the render."""
    if isinstance(node, nodes.Reference):
        return not e.facts.streaming and not _may_stop(node)
    if isinstance(node, nodes.If):
        return _is_choice(e, node)
    return text_of(e, node) is not None


def _is_choice(e: Emitter, node: nodes.If) -> bool:
    """Whether an #if only chooses between two known texts, so that it can be a piece of a run."""
    if e.tracing or len(node.branches) != 1:
        return False
    bodies = [node.branches[0].body] + ([node.otherwise] if node.otherwise else [])
    known = all(text_of(e, child) is not None for body in bodies for child in body.children)
    return known and not _may_stop(node.branches[0].condition)


def _choice(e: Emitter, node: nodes.If) -> str:
    branch = node.branches[0]
    with e.at(branch.span):
        condition = expressions.condition(e, branch.condition)
        yes = "".join(text_of(e, child) or "" for child in branch.body.children)
        no = "".join(text_of(e, child) or "" for child in node.otherwise.children) if node.otherwise else ""
        return e.store(f"{yes!r} if ({condition}) else {no!r}")


def _may_stop(expression: nodes.Expression) -> bool:
    return any(
        isinstance(node, nodes.InterpolatedString)
        and not all(isinstance(each, nodes.Text | nodes.Textblock | nodes.Reference) for each in node.body.children)
        for node in walk(expression)
    )


def emit_run(e: Emitter, run: Sequence[nodes.Node]) -> None:
    """Prints a run of nodes that `joins_run` takes."""
    if e.tracing:
        for node in run:
            _emit_traced(e, node)
        return
    cold = _cold_run(e, run)
    code = cold or run_code(e, run)
    if code != "''":
        e.line(f"{e.put}({code})")


def _emit_traced(e: Emitter, node: nodes.Node) -> None:
    """One piece at a time, its place in the template noted first."""
    with e.at(node.span):
        code = run_code(e, (node,))
        if code != "''":
            if e.put == "put":
                e.line(f"at({node.span.start}, {node.span.end})")
            e.line(f"{e.put}({code})")


def run_code(e: Emitter, run: Sequence[nodes.Node]) -> str:
    """Writes what computes the pieces, in order, and gives code for the whole text: an f-string, or a plain literal."""
    pieces: list[str] = []
    text: list[str] = []
    dynamic = False
    for node in run:
        if isinstance(node, nodes.Reference):
            with e.at(node.span):
                code = references.printed(e, node) if references.is_plain(node) else references.odd(e, node)
                if code != "''":
                    dynamic = True
                    pieces += [_quoted("".join(text)), "{", code if code.isidentifier() else e.store(code), "}"]
                    text = []
        elif isinstance(node, nodes.If):
            pieces += [_quoted("".join(text)), "{", _choice(e, node), "}"]
            text, dynamic = [], True
        else:
            text.append(text_of(e, node) or "")
    if not dynamic:
        return repr("".join(text))
    return f"f'{''.join(pieces)}{_quoted(''.join(text))}'"


def _quoted(text: str) -> str:
    """The text as it stands between the single quotes of an f-string."""
    quoted = repr(text)
    inner = quoted[1:-1] if quoted[0] == "'" else quoted[1:-1].replace("'", "\\'")
    return inner.replace("{", "{{").replace("}", "}}")


def _cold_run(e: Emitter, run: Sequence[nodes.Node]) -> str | None:
    """Code that fills in a run kept as data, where that pays and only plain property paths are read."""
    if e.function.kind != "main" or e.function.loops or e.facts.dynamic:
        return None
    if any(isinstance(node, nodes.If) for node in run):
        return None
    found = [node for node in run if isinstance(node, nodes.Reference)]
    if len(found) < _COLD_RUN or not all(_is_path(e, node) for node in found):
        return None
    names = list(dict.fromkeys(node.name for node in found))
    texts: list[str] = []
    paths: list[tuple[int, int, tuple[str, ...], str]] = []
    for node in run:
        if isinstance(node, nodes.Reference):
            keys = tuple(part.name for part in node.parts if isinstance(part, nodes.Property))
            paths.append((len(texts), names.index(node.name), keys, "" if e.empty_null else node.null_text))
            texts.append("")
        else:
            texts.append(text_of(e, node) or "")
    variables = "".join(f"{e.variable(name)}, " for name in names)
    return f"fill(run, {e.constant(tuple(texts))}, {e.constant(tuple(paths))}, ({variables}))"


def _is_path(e: Emitter, node: nodes.Reference) -> bool:
    return references.is_plain(node) and all(
        isinstance(part, nodes.Property) and part.name not in ("class", "Class") for part in node.parts
    )
