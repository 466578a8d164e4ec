"""A text that a regular expression of a schema matches: the shortest one that is easy to find."""

from __future__ import annotations

_CLASSES = {"d": "0", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a", "t": "\t", "n": "\n", "r": "\r", "i": "a", "c": "a"}
_TRIED = "aA0 -_.b1Bz9!é"
_LONGEST = 10_000


def text_for_pattern(pattern: str) -> str | None:
    """A text that the pattern is likely to match; None where it uses what this does not read. The caller checks it."""
    if len(pattern) > _LONGEST:
        return None
    try:
        reader = _Pattern(pattern)
        text = reader.alternatives()
        return text if reader.at == len(pattern) and len(text) <= _LONGEST else None
    except (IndexError, ValueError, RecursionError):
        return None


class _Pattern:
    """A cursor over a pattern; each method reads a part and gives a text for it."""

    def __init__(self, pattern: str):
        self._pattern = pattern
        self.at = 0

    def alternatives(self) -> str:
        """The first alternative that is not empty; the others are read as well."""
        found = self._sequence()
        while self._take("|"):
            other = self._sequence()
            found = found or other
        return found

    def _sequence(self) -> str:
        parts: list[str] = []
        size = 0
        while self.at < len(self._pattern) and self._pattern[self.at] not in "|)":
            part = self._atom() * self._times()
            size += len(part)
            if size > _LONGEST:
                raise ValueError("too long")
            parts.append(part)
        return "".join(parts)

    def _atom(self) -> str:
        character = self._next()
        if character == "(":
            if self._take("?") and not self._take(":"):
                raise ValueError("a group of a kind that schemas do not have")
            inner = self.alternatives()
            if not self._take(")"):
                raise ValueError("an open group")
            return inner
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape(self._next())
        return "a" if character == "." else character

    def _escape(self, character: str) -> str:
        if character in "pPxuUbBAZ" or character.isdigit():
            raise ValueError("an escape that schemas do not have, or that is a class of thousands")
        return _CLASSES.get(character, character)

    def _times(self) -> int:
        if self._take("*") or self._take("?"):
            return 0
        if self._take("+"):
            return 1
        if not self._take("{"):
            return 1
        end = self._pattern.index("}", self.at)
        count = self._pattern[self.at : end].partition(",")[0]
        self.at = end + 1
        if int(count or 0) > _LONGEST:
            raise ValueError("too long")
        return int(count or 0)

    def _class(self) -> str:
        """A character of a class; for `[^...]` one that is not in it."""
        negated = self._take("^")
        ranges: list[tuple[str, str]] = []
        while not (self._take("]")):
            first = self._next()
            first = self._escape(self._next()) if first == "\\" else first
            last = first
            if self._pattern[self.at] == "-" and self._pattern[self.at + 1] != "]":
                self.at += 1
                last = self._next()
                last = self._escape(self._next()) if last == "\\" else last
            ranges.append((first, last))
        inside = [item for item in _TRIED if any(first <= item <= last for first, last in ranges)]
        if negated:
            return next(item for item in _TRIED if item not in inside) if len(inside) < len(_TRIED) else "\u2603"
        return inside[0] if inside else ranges[0][0]

    def _next(self) -> str:
        self.at += 1
        return self._pattern[self.at - 1]

    def _take(self, expected: str) -> bool:
        if self._pattern.startswith(expected, self.at):
            self.at += len(expected)
            return True
        return False
