"""`State`: what one abstract run knows while it walks a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from vtl.lang import nodes
from vtl.lint.abstract.choices import Chooser
from vtl.lint.abstract.output import Output
from vtl.lint.abstract.unknown import ANY, Marks, Unknown
from vtl.source import Span
from vtl.values.call import PlainCall
from vtl.values.hosted import Hosted
from vtl.values.text import to_text

MOST_STEPS = 20_000
MOST_DEPTH = 60
"""Depth of nodes inside each other; each costs a few Python frames."""


class RunEnded(Exception):
    """The run ends here: #stop, a failing method, or too much work; `complete` says whether it printed all it would."""

    def __init__(self, *, complete: bool):
        super().__init__()
        self.complete = complete


class LoopLeft(Exception):
    """#break."""


class Definition(Hosted):
    """A #define block: printed anew at each use."""

    __slots__ = ("body", "state")
    java_name: ClassVar[str] = "Block"

    def __init__(self, body: nodes.Block, state: State):
        self.body = body
        self.state = state

    def java_text(self) -> str:
        """What it prints now."""
        return self.state.rendered(self.body)


@dataclass(slots=True)
class Loop:
    """$foreach in one round of one loop."""

    index: int
    last: bool
    parent: Loop | None

    @property
    def topmost(self) -> Loop:
        """The outermost loop around it."""
        loop = self
        while loop.parent is not None:
            loop = loop.parent
        return loop

    def member(self, name: str) -> object:
        """`$foreach.name`; None for what it does not have."""
        values: dict[str, object] = {
            "index": self.index,
            "count": self.index + 1,
            "hasNext": not self.last,
            "first": self.index == 0,
            "last": self.last,
            "parent": self.parent,
            "topmost": self.topmost,
        }
        return values.get(name)


@dataclass(frozen=True, slots=True)
class Write:
    """A value that the template wrote into $context: `key` is such as "context.responseOverride.header.X"."""

    key: str
    value: Any
    span: Span


@dataclass(frozen=True, slots=True)
class Note:
    """How an unknown was used, for rules: "truth" (as a condition), "length" (`.length() != 0`), "loop" (a text in #foreach) or
    "map" (something was read by a name below it)."""

    kind: str
    unknown: Unknown
    span: Span


class State:
    """Variables, decisions and output of one run, and the two doors by which the parts of the evaluator call each other."""

    def __init__(
        self,
        text: str,
        chooser: Chooser,
        supplied: Mapping[str, str],
        placeholders: Sequence[Span],
        value: Callable[[State, nodes.Expression], Any],
        block: Callable[[State, nodes.Block], None],
    ):
        self.source_text = text
        self.chooser = chooser
        self.supplied = supplied
        self.placeholders = placeholders
        self.value = value
        self.block = block
        self.variables: dict[str, Any] = {}
        self.written: dict[str, Any] = {}
        self.settled: dict[str, Any] = {}
        self.writes: list[Write] = []
        self.loops: list[Loop] = []
        self.marks = Marks()
        self.output = Output()
        self.call = PlainCall()
        self.steps = MOST_STEPS
        self.depth = 0
        self.printed: list[tuple[Any, Span, int]] = []
        self.notes: list[Note] = []

    def step(self) -> None:
        """Count one node; RunEnded when there were too many."""
        self.steps -= 1
        if self.steps < 0:
            raise RunEnded(complete=False)

    def enter(self) -> None:
        """Go one node deeper; RunEnded when it is too deep."""
        self.step()
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise RunEnded(complete=False)

    def note(self, kind: str, unknown: Unknown, span: Span) -> None:
        """Remember how an unknown was used."""
        self.notes.append(Note(kind, unknown, span))

    def words(self, span: Span) -> str:
        """The template's own text at a place, on one line and not too long."""
        text = " ".join(self.source_text[span.start : span.end].split())
        return text if len(text) <= 60 else text[:57] + "..."

    def resolved(self, value: Any) -> Any:
        """The value, or what an earlier condition said that it is."""
        if isinstance(value, Unknown):
            if value.key in self.written:
                return self.written[value.key]
            if value.key in self.settled:
                return self.settled[value.key]
        return value

    def decide(self, key: str, condition: str, span: Span) -> bool:
        """Whether an unknown condition holds in this run."""
        return self.chooser.choose(key, (f"{condition} is true", f"{condition} is false"), span) == 0

    def equal(self, unknown: Unknown, other: object, condition: str, span: Span) -> bool:
        """Whether an unknown equals a known value; remembered, so that it cannot equal two."""
        result = self.decide(f"{unknown.key} == {other!r}", condition, span)
        if result:
            self.settled[unknown.key] = other
        return result

    def rounds(self, unknown: Unknown, words: str, span: Span) -> int:
        """How many elements an unknown list or map has in this run: two, none or one.

        A split text may have none too: Java drops the empty parts at the end, so that `"=".split("=")` is empty.
        """
        texts = (f"{words} has several elements", f"{words} is empty", f"{words} has one element")
        return (2, 0, 1)[self.chooser.choose(f"rounds {unknown.key}", texts, span)]

    def text(self, value: Any) -> str:
        """What a value prints, with marks for what is unknown; "" for null."""
        if value is None:
            return ""
        if isinstance(value, str) and type(value) is str:
            return value
        if isinstance(value, Unknown):
            return self.marks.of(value)
        if isinstance(value, (dict, list)):
            self._mark_all(value)
        return to_text(value)

    def put_text(self, text: str, span: Span) -> None:
        """Print the template's own text, with a mark for each placeholder of the host in it."""
        inside = [
            each for each in self.placeholders if span.start <= each.start and each.end <= span.end and each.start < each.end
        ]
        if not inside or text != self.source_text[span.start : span.end]:
            self.output.put(text, span)
            return
        position = span.start
        for each in inside:
            self.output.put(self.source_text[position : each.start], Span(position, each.start))
            words = self.source_text[each.start : each.end]
            self.output.put(self.marks.of(Unknown(f"placeholder {words}", ANY, words, each)), each)
            position = each.end
        self.output.put(self.source_text[position : span.end], Span(position, span.end))

    def _mark_all(self, value: Any) -> None:
        """Give every unknown inside a collection its mark, which `to_text` then prints."""
        stack, seen = [value], set()
        while stack:
            item = stack.pop()
            if isinstance(item, Unknown):
                self.marks.of(item)
            elif isinstance(item, (dict, list)) and id(item) not in seen:
                seen.add(id(item))
                self.step()
                stack.extend(item.values() if isinstance(item, dict) else item)

    def rendered(self, block: nodes.Block) -> str:
        """What a block prints, as a text."""
        outer, self.output = self.output, Output()
        try:
            self.enter()
            self.block(self, block)
            self.depth -= 1
            return self.output.text()
        finally:
            self.output = outer
