"""What the parser's reductions share: `Build`, the state of one text that is parsed, and `Placed`, a node with its range."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vtl.errors import TemplateSyntaxError
from vtl.lang import nodes
from vtl.lang.patterns import stray_signs
from vtl.lang.tokens import Token
from vtl.limits import Limits
from vtl.source import Source, Span


@dataclass(slots=True)
class Build:
    """What the functions share while one text is parsed: its source, and what Velocity would have changed in its tokens.

    For the text of an interpolated string `offsets` tells where each character stands in the template, and `depth` begins
    with the depth at which the string stands.
    """

    source: Source
    parse_string: Callable[[Build], nodes.Block]
    limits: Limits
    text: str
    offsets: tuple[int, ...] | None = None
    depth: int = 0
    directives: frozenset[str] = frozenset()
    macros: frozenset[str] = frozenset()
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    """(start, end, replacement) of what Velocity changed in its tokens so far, in the order of the text."""
    skipped: list[Span] = field(default_factory=list)
    strays: list[Span] = field(default_factory=list)
    comment_marks: list[Span] = field(default_factory=list)

    def span(self, start: int, end: int) -> Span:
        """The place in the template of a range of the text."""
        if self.offsets is None:
            return Span(start, end)
        last = len(self.offsets) - 1
        return Span(self.offsets[min(start, last)], self.offsets[min(max(end, start), last)])

    def literal(self, start: int, end: int, *, images_only: bool = False) -> str:
        """The text as Velocity's tokens hold it after its changes.

        By default as SimpleNode.literal() puts it together, with `images_only` as RuntimeMacro does: without stray signs,
        but with the `*#` that ends a comment.
        """
        edits = [(span.start, span.end, "") for span in _within(self.skipped, start, end)]
        for edit in reversed(self.edits):
            if edit[1] <= start:
                break
            edits.append(edit)
        for stray in _within(self.strays, start, end):
            kept = "" if images_only else stray_signs(self.text[stray.start : stray.end])
            edits.append((stray.start, stray.end, kept))
        if not images_only:
            edits += [(mark.start, mark.end, "") for mark in _within(self.comment_marks, start, end)]
        if not edits:
            return self.text[start:end]
        pieces = []
        for edit_start, edit_end, replacement in sorted(edits):
            if edit_start >= start:
                pieces += [self.text[start:edit_start], replacement]
                start = edit_end
        return "".join([*pieces, self.text[start:end]])

    def fail(self, message: str, token: Token, hint: str | None = None) -> TemplateSyntaxError:
        """An error at this token."""
        return TemplateSyntaxError(message, hint=hint, source=self.source, span=self.span(token.start, token.end))


def _within(spans: list[Span], start: int, end: int) -> list[Span]:
    """Those of the sorted spans that lie in a range."""
    return spans[bisect_left(spans, (start, start)) : bisect_right(spans, (end, end))]


class Placed(NamedTuple):
    """A node and the range of the text that it was made from."""

    node: Any
    start: int
    end: int
    image: str
    """The characters of its first token, as Velocity changed them; directives take names from it."""


Builder = Callable[[Build, list[Any]], Any]
"""From a rule's children, tokens and what other builders gave, to its node."""
