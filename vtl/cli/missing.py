"""References that printed nothing, each once, with its place, why, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vtl.lang import nodes
from vtl.lang.visitor import children, walk
from vtl.runtime.trace import Trace
from vtl.source import Span

_EMPTY = "it is an empty text"
# Method of $input → why it gives nothing.
_INPUT = {"params": "there is no such parameter, or it is empty", "path": "the body has nothing there"}


@dataclass(frozen=True, slots=True)
class Silence:
    """A reference that printed nothing (plain Velocity prints its source instead), `times` times in one render."""

    text: str
    span: Span
    quiet: bool
    reason: str
    times: int


def silent_references(tree: nodes.Template, trace: Trace) -> list[Silence]:
    """The references that had no value or an empty text, in the template's order. The trace must be that of a finished render.

    An empty text counts too, because that is what API Gateway makes of much that is missing: `$input.params('x')` without x, or
    `$util.escapeJavaScript(...)` of nothing. Inside #define and strings only references without a value are known.
    """
    valueless = Counter(missing.span for missing in trace.missing)
    found = {
        missing.span: Silence(missing.text, missing.span, missing.quiet, missing.reason, valueless[missing.span])
        for missing in reversed(trace.missing)
    }
    empty = Counter(_empty_pieces(trace))
    for reference in _direct_references(tree):
        span = reference.span
        if span in empty and span not in found and not reference.escaped:
            found[span] = Silence(reference.literal, span, reference.quiet, _EMPTY, empty[span])
    for node in walk(tree):
        if isinstance(node, nodes.Reference) and node.span in found and (reason := _input_reason(node)):
            found[node.span] = replace(found[node.span], reason=reason)
    return [found[span] for span in sorted(found)]


def _empty_pieces(trace: Trace) -> Iterator[Span]:
    """The places of the template that came to print and printed nothing."""
    if not trace.pieces:
        return iter(())
    ends = [start for start, _ in trace.pieces[1:]] + [trace.output.size]
    return (span for (start, span), end in zip(trace.pieces, ends, strict=True) if start == end)


def _direct_references(tree: nodes.Template) -> Iterator[nodes.Reference]:
    """The references whose print goes straight to the output: not those in blocks and strings, which print elsewhere."""
    stack: list[nodes.Node] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Reference):
            yield node
        elif not isinstance(node, nodes.Define | nodes.Macro | nodes.MacroCall | nodes.InterpolatedString):
            stack.extend(children(node))


def _input_reason(reference: nodes.Reference) -> str | None:
    """Why `$input.params(...)` or `$input.path(...)` gives nothing; None for other references."""
    call = reference.parts[0] if len(reference.parts) == 1 else None
    if reference.name != "input" or not isinstance(call, nodes.MethodCall) or len(call.arguments) != 1:
        return None
    return _INPUT.get(call.name)
