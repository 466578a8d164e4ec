"""Where a match stands in its document: `Match`, and `location_text`, which writes a place as a path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vtl.jsonpath.paths import Path
from vtl.jsonpath.steps import FunctionKey, Key, Place
from vtl.limits import Limits


@dataclass(frozen=True, slots=True)
class Match:
    """A value that a path found, and its location: a path that leads to that value alone, such as `$['a'][0]`."""

    location: str
    value: Any


def keys_of(place: Place | None) -> list[Key]:
    """The keys from the document down to the place."""
    keys: list[Key] = []
    while place is not None:
        place, key = place
        keys.append(key)
    return keys[::-1]


def location_text(place: Place | None) -> str:
    """The place as a path: names in quotes, indexes from 0; a function's result has the function at its end."""
    return "$" + "".join(map(key_text, keys_of(place)))


def key_text(key: Key) -> str:
    """One step of a location."""
    if isinstance(key, int):
        return f"[{key}]"
    if isinstance(key, tuple):
        return f"[{','.join(map(_quoted, key))}]"
    return f".{key}" if isinstance(key, FunctionKey) else f"[{_quoted(key)}]"


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def find_all(path: Path, document: object, *, limits: Limits | None = None) -> list[Match]:
    """Every match with its location; one at most when the path is definite.

    PathNotFound where `Path.read` raises it: a definite path that leads nowhere has no match.
    """
    run = path.start(document, limits or Limits())
    return [Match(location_text(place), value) for value, place in path.matches(document, None, run)]
