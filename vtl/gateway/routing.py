"""Which resource and method a request is for: `match_route` and `RouteTable`.

A fixed segment beats a variable one, which beats a greedy one; where the best resource lacks the method, the next one is asked;
a resource's own method beats its ANY. Recorded; see "Choose a proxy or non-proxy integration", on greedy path variables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ANY = "ANY"
_FIXED, _VARIABLE, _GREEDY = range(3)


@dataclass(frozen=True, slots=True)
class Route:
    """What a request is for: the resource's path, ANY or the method's own name, and the path parameters as they were sent."""

    resource: str
    method: str
    path_parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Resource:
    path: str
    kinds: tuple[int, ...]
    names: tuple[str, ...]
    methods: frozenset[str]

    @property
    def is_greedy(self) -> bool:
        return bool(self.kinds) and self.kinds[-1] == _GREEDY

    def parameters(self, segments: list[str]) -> dict[str, str] | None:
        """The path parameters when the resource takes these segments, else None."""
        found: dict[str, str] = {}
        for position, (kind, name) in enumerate(zip(self.kinds, self.names, strict=True)):
            if kind == _GREEDY:
                found[name] = "/".join(segments[position:])
            elif kind == _FIXED:
                if segments[position] != name:
                    return None
            elif segments[position]:
                found[name] = segments[position]
            else:
                return None
        return found


class RouteTable:
    """The resources of an API, ready to be matched. It does not change."""

    def __init__(self, resources: Mapping[str, Iterable[str]]):
        """`resources` has the methods of each path, such as {"/pets/{id}": ["GET", "ANY"]}."""
        made = sorted((_resource(path, methods) for path, methods in resources.items()), key=lambda each: each.kinds)
        self._fixed = {each.path: each for each in made if _VARIABLE not in each.kinds and not each.is_greedy}
        self._by_length: dict[int, list[_Resource]] = {}
        lengths = {len(each.kinds) for each in made}
        self._longest = max(lengths, default=0)
        for length in range(self._longest + 2):
            self._by_length[length] = [each for each in made if _may_take(each, length)]

    def match(self, method: str, path: str) -> Route | None:
        """The resource and method for a request's path, which is without the stage and still percent-encoded."""
        fixed = self._fixed.get(path)
        if fixed is not None and (taken := _method_of(fixed, method)):
            return Route(fixed.path, taken, {})
        segments = _segments(path)
        for resource in self._by_length[min(len(segments), self._longest + 1)]:
            taken = _method_of(resource, method)
            if taken:
                parameters = resource.parameters(segments)
                if parameters is not None:
                    return Route(resource.path, taken, parameters)
        return None


def match_route(resources: Mapping[str, Iterable[str]], method: str, path: str) -> Route | None:
    """The resource and method of an API for a request: `resources` has the methods of each path. None: no such route."""
    return RouteTable(resources).match(method, path)


def _method_of(resource: _Resource, method: str) -> str:
    return method if method in resource.methods else ANY if ANY in resource.methods else ""


def _may_take(resource: _Resource, length: int) -> bool:
    return length >= len(resource.kinds) if resource.is_greedy else length == len(resource.kinds)


def _segments(path: str) -> list[str]:
    """The parts between the slashes. Slashes before the first and one behind the last part do not count, as recorded."""
    inner = path.lstrip("/").removesuffix("/")
    return inner.split("/") if inner else []


def _resource(path: str, methods: Iterable[str]) -> _Resource:
    kinds, names = [], []
    for segment in _segments(path):
        if segment.startswith("{") and segment.endswith("+}"):
            kinds.append(_GREEDY)
            names.append(segment[1:-2])
        elif segment.startswith("{") and segment.endswith("}"):
            kinds.append(_VARIABLE)
            names.append(segment[1:-1])
        else:
            kinds.append(_FIXED)
            names.append(segment)
    return _Resource(path, tuple(kinds), tuple(names), frozenset(each.upper() for each in methods))
