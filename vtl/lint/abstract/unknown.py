"""`Unknown`: a value that only a request can bring, and the marks that stand for such values inside texts.

Inside a text an unknown is one character of Unicode's private use area, so that concatenation, `length()` or `substring()` work
on it with the engine's own methods; `Marks` knows which character stands for what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from vtl.source import Span
from vtl.values.hosted import Hosted

FIRST_MARK = 0xE000
LAST_MARK = 0xF8FF
MARK = re.compile("[\ue000-\uf8ff]")

ANY = "any"
"""A JSON value of any kind, or nothing: what $input.path finds."""
TEXT = "text"
"""A text, never null."""
JSON = "json"
"""The text of a JSON value: what $input.json makes."""
NUMBER = "number"
MAP = "map"
LIST = "list"
SILENT = "silent"
"""A map of $context: prints nothing, as recorded."""

PARTS = ".parts"
"""What the key of a split text ends with."""

Origin = frozenset[str]
CLEAN: Origin = frozenset()


class Unknown(Hosted):
    """One unknown value.

    `key` says which: equal keys are equal values within a run. `words` are the template's own for it. `taint` is "caller" for
    what the sender of the request chooses freely, "backend" for what an integration answered, else "". `done` holds what has
    been done to its text: "js" (escaped for JavaScript), "apostrophe" (`\\'` undone), "form", "base64", "decoded", "quotes"
    (its quotes removed or replaced), "undone" (an escape undone). `trail` names the loop rounds that it comes from: (loop,
    round).
    """

    __slots__ = ("done", "key", "kind", "mark", "span", "taint", "trail", "words")
    java_name: ClassVar[str] = "Unknown"

    def __init__(
        self,
        key: str,
        kind: str,
        words: str,
        span: Span,
        taint: str = "",
        done: Origin = CLEAN,
        trail: tuple[tuple[int, int], ...] = (),
    ):
        self.key = key
        self.kind = kind
        self.words = words
        self.span = span
        self.taint = taint
        self.done = done
        self.trail = trail
        self.mark = ""

    def derive(self, step: str, kind: str, *, taint: str | None = None, done: Origin | None = None) -> Unknown:
        """The unknown that a step such as `.name` or `.get('x')` leads to."""
        return Unknown(
            self.key + step,
            kind,
            self.words + step,
            self.span,
            self.taint if taint is None else taint,
            self.done if done is None else done,
            self.trail,
        )

    def java_text(self) -> str:
        """Its mark: what stands for it inside a text."""
        return self.mark


class Marks:
    """The characters that stand for the unknowns of one run."""

    __slots__ = ("by_key", "by_mark", "next")

    def __init__(self) -> None:
        self.by_key: dict[str, Unknown] = {}
        self.by_mark: dict[str, Unknown] = {}
        self.next = FIRST_MARK

    def of(self, unknown: Unknown) -> str:
        """The character of an unknown; equal keys share one. After thousands of unknowns the last one stands for all."""
        known = self.by_key.get(unknown.key)
        if known is None:
            mark = chr(self.next)
            self.next = min(self.next + 1, LAST_MARK)
            self.by_key[unknown.key] = unknown
            self.by_mark[mark] = unknown
            unknown.mark = mark
            return mark
        unknown.mark = known.mark
        return known.mark

    def within(self, text: str) -> Iterator[tuple[int, Unknown]]:
        """The unknowns that stand in a text, with their offsets."""
        for found in MARK.finditer(text):
            if unknown := self.by_mark.get(found.group()):
                yield found.start(), unknown
