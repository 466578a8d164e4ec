"""The Java maps that a plain dict, which is java.util.LinkedHashMap, does not behave like."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Any

from vtl.values.equality import java_hash, key, unkey


def put(target: dict[Any, Any], java_key: object, value: object) -> object:
    """Store under a Java key; gives what was there before, or None."""
    stored = key(java_key)
    previous = target.get(stored)
    target[stored] = value
    return previous


class _OrderedByJava(dict[Any, Any]):
    """A dict that iterates in an order of Java's own."""

    __slots__ = ()

    def ordered(self) -> list[Any]:
        """The stored keys in Java's order."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[Any]:
        return iter(self.ordered())

    def keys(self) -> KeysView[Any]:  # type: ignore[override]
        """The stored keys, in Java's order."""
        return KeysView(self)

    def values(self) -> ValuesView[Any]:  # type: ignore[override]
        """The values, in Java's order of their keys."""
        return ValuesView(self)

    def items(self) -> ItemsView[Any, Any]:  # type: ignore[override]
        """The pairs, in Java's order of their keys."""
        return ItemsView(self)

    def __reversed__(self) -> Iterator[Any]:
        return iter(self.ordered()[::-1])


class HashMap(_OrderedByJava):
    """java.util.HashMap: iterates bucket by bucket, inside a bucket in the order of insertion.

    The table comes with the first pair: with 16 buckets, or with as many as `putAll` has use for. It doubles when more than three
    quarters of them are counted and never shrinks. Buckets that Java turns into trees (eight colliding keys) are not told apart.
    """

    __slots__ = ("_buckets",)
    _buckets: int

    def __init__(self, source: Mapping[Any, Any] = {}, **named: Any):
        super().__init__(source, **named)
        self._buckets = 0

    @classmethod
    def copy_of(cls, source: Mapping[Any, Any]) -> HashMap:
        """A map with the pairs of another, its table as large as Java makes it for them at once."""
        made = cls()
        made.expect(len(source))
        made.update(source)
        return made

    def expect(self, pairs: int) -> None:
        """Make the table as large as Java makes it before it stores that many pairs at once."""
        if self.buckets():
            while pairs > self._buckets * 3 // 4:
                self._buckets *= 2
        elif pairs:
            wanted = int(pairs / 0.75 + 1.0)
            self._buckets = 1 << (wanted - 1).bit_length()

    def buckets(self) -> int:
        """The size of the table, after the growth that the present number of keys has caused; 0 while there is none."""
        if not self._buckets and len(self):
            self._buckets = 16
        while len(self) > self._buckets * 3 // 4:
            self._buckets *= 2
        return self._buckets

    def ordered(self) -> list[Any]:
        """The stored keys bucket by bucket."""
        mask = self.buckets() - 1

        def bucket(stored: object) -> int:
            spread = java_hash(unkey(stored)) & 0xFFFFFFFF
            return (spread ^ spread >> 16) & mask

        return sorted(dict.__iter__(self), key=bucket)

    def __delitem__(self, stored: object) -> None:
        self.buckets()
        super().__delitem__(stored)

    def pop(self, stored: object, *default: Any) -> Any:
        """As dict.pop; the table keeps its size."""
        self.buckets()
        return super().pop(stored, *default)

    def popitem(self) -> tuple[Any, Any]:
        """As dict.popitem; the table keeps its size."""
        self.buckets()
        return super().popitem()

    def clear(self) -> None:
        """As dict.clear; the table keeps its size."""
        self.buckets()
        super().clear()


class ContextMap(HashMap):
    """A map inside $context: a HashMap that prints as nothing."""

    __slots__ = ()


def fold(text: str) -> str:
    """What String.CASE_INSENSITIVE_ORDER compares: each character in upper case and then in lower case."""
    if text.isascii():
        return text.lower()
    return "".join(_fold_unit(unit) for unit in text)


def _fold_unit(unit: str) -> str:
    upper = unit.upper()
    lower = (upper if len(upper) == 1 else unit).lower()
    return lower if len(lower) == 1 else unit


class CaseInsensitiveMap(_OrderedByJava):
    """java.util.TreeMap with String.CASE_INSENSITIVE_ORDER: sorted, and blind to the case of its keys, which are all text.

    A key keeps the spelling under which it came first.
    """

    __slots__ = ("_spelling",)
    _spelling: dict[str, str]

    def __init__(self, source: Mapping[str, Any] = {}, **named: Any):
        super().__init__()
        self._spelling = {}
        for name, value in {**source, **named}.items():
            self[name] = value

    def spelling(self, name: object) -> object:
        """The key of the map that equals `name` but for case, else `name` itself."""
        return self._spelling.get(fold(name), name) if isinstance(name, str) else name

    def ordered(self) -> list[Any]:
        """The keys, sorted without regard to case."""
        return [self._spelling[folded] for folded in sorted(self._spelling, key=utf16_order)]

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(self._spelling.setdefault(fold(name), name), value)

    def __getitem__(self, name: object) -> Any:
        return super().__getitem__(self.spelling(name))

    def get(self, name: object, default: Any = None) -> Any:
        """As dict.get, blind to case."""
        return super().get(self.spelling(name), default)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(self.spelling(name))

    def __delitem__(self, name: str) -> None:
        super().__delitem__(self.spelling(name))
        del self._spelling[fold(name)]

    def pop(self, name: str, *default: Any) -> Any:
        """As dict.pop, blind to case."""
        if name in self:
            value = self[name]
            del self[name]
            return value
        return super().pop(name, *default)

    def clear(self) -> None:
        """Remove everything."""
        super().clear()
        self._spelling.clear()

    def update(self, *others: Mapping[str, Any], **named: Any) -> None:  # type: ignore[override]
        """As dict.update, blind to case."""
        for other in (*others, named):
            for name, value in other.items():
                self[name] = value

    def setdefault(self, name: str, default: Any = None) -> Any:
        """As dict.setdefault, blind to case."""
        if name not in self:
            self[name] = default
        return self[name]


def utf16_order(text: str) -> bytes:
    """A sort key that orders texts by their UTF-16 units."""
    return text.encode("utf-16-be", "surrogatepass")


class FixedMap(dict[Any, Any]):
    """What Map.of and Map.copyOf give: null stands nowhere in it and nothing changes it."""

    __slots__ = ()

    @property
    def java_name(self) -> str:
        """One pair has a class of its own."""
        return "java.util.ImmutableCollections$" + ("Map1" if len(self) == 1 else "MapN")
