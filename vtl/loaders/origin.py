"""Where the characters of a decoded string stand in the file that it was written in: `Origin`, and `Text`, a string that has one.

A template in a YAML block, in a JSON string with escapes, in pieces of `Fn::Join` or in a heredoc is not a slice of its file.
Its origin is a list of runs: stretches of the string whose characters stand side by side in one file, or all at one place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from vtl.model.place import Where
from vtl.source import Source, Span


class Run(NamedTuple):
    """From offset `at` of the string on: the characters stand in `source` from `offset` on, or all there (step 0)."""

    at: int
    source: Source
    offset: int
    step: int


class Placeholder(NamedTuple):
    """A stretch of a string that is not known before deployment; `expression` is what the document has there."""

    start: int
    end: int
    expression: str


class Origin:
    """The runs of one string, by their offsets; at least one."""

    __slots__ = ("runs",)

    def __init__(self, runs: Iterable[Run]):
        self.runs = tuple(runs)

    def locate(self, offset: int) -> tuple[Source, int]:
        """The file and the offset in it at which the string's character `offset` stands; one past the end is allowed."""
        run = self.runs[max(0, bisect_right(self.runs, offset, key=_at) - 1)]
        return run.source, run.offset + (offset - run.at) * run.step

    def anchor(self, start: int, end: int | None = None) -> Where:
        """The range of the file for the string's characters from `start` to `end`, at least one character wide."""
        source, first = self.locate(start)
        last_source, last = self.locate(max(start, (start + 1 if end is None else end) - 1))
        return Where(source, Span(first, last + 1 if last_source is source and last >= first else first + 1))

    def cut(self, start: int, end: int) -> list[Run]:
        """The runs of the slice from `start` to `end`, counted from the slice's own start."""
        first = max(0, bisect_right(self.runs, start, key=_at) - 1)
        found = []
        for run in self.runs[first:]:
            if run.at >= end and run.at > start:
                break
            skipped = max(0, start - run.at)
            found.append(Run(run.at + skipped - start, run.source, run.offset + skipped * run.step, run.step))
        return found


def _at(run: Run) -> int:
    return run.at


class Text(str):
    """A string with the place of each of its characters, and with the stretches of it that are stand-ins."""

    __slots__ = ("origin", "placeholders")
    origin: Origin
    placeholders: tuple[Placeholder, ...]

    def __new__(cls, value: str, origin: Origin, placeholders: Iterable[Placeholder] = ()) -> Text:
        """`value` with its origin."""
        text = super().__new__(cls, value)
        text.origin = origin
        text.placeholders = tuple(placeholders)
        return text

    @property
    def is_unknown(self) -> bool:
        """Whether nothing of the string is known: all of it is one stand-in."""
        return any(mark.end - mark.start == len(self) for mark in self.placeholders)

    def piece(self, start: int, end: int) -> Text:
        """The slice from `start` to `end` with its own origin."""
        inside = [
            Placeholder(max(item.start, start) - start, min(item.end, end) - start, item.expression)
            for item in self.placeholders
            if item.start < end and item.end > start
        ]
        return Text(self[start:end], Origin(self.origin.cut(start, end)), inside)


def file_text(source: Source) -> Text:
    """The whole text of a file, each character at its own place."""
    return Text(source.text, Origin([Run(0, source, 0, 1)]))


def pinned(value: str, anchor: Where, placeholder: str | None = None) -> Text:
    """A string whose characters all stand at one place; a stand-in for the expression `placeholder` when that is given."""
    marks = [Placeholder(0, len(value), placeholder)] if placeholder is not None else []
    return Text(value, Origin([Run(0, anchor.source, anchor.span.start, 0)]), marks)


def joined(parts: Iterable[Text], anchor: Where | None = None) -> Text:
    """The parts one after the other. `anchor` is the place when there are none; ValueError when that is missing too."""
    values: list[str] = []
    runs: list[Run] = []
    marks: list[Placeholder] = []
    length = 0
    empty: Origin | None = None
    for part in parts:
        if not part:
            empty = empty or part.origin
            continue
        runs += [run._replace(at=run.at + length) for run in part.origin.runs]
        marks += [Placeholder(mark.start + length, mark.end + length, mark.expression) for mark in part.placeholders]
        values.append(part)
        length += len(part)
    if runs:
        return Text("".join(values), Origin(runs), marks)
    if empty is not None:
        return Text("", empty)
    if anchor is None:
        raise ValueError("nothing to join, and no place for it")
    return pinned("", anchor)


def word_for(expression: str) -> str:
    """A word that can stand in a template for an unknown value: its expression's letters and digits, hyphens between."""
    letters = "".join(character if character.isascii() and character.isalnum() else " " for character in expression[:200])
    return "-".join(letters.split()) or "placeholder"
