"""Which class declares which methods. A table is imported when a class of it is asked for: most templates need few."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from vtl.values.hierarchy import PUBLIC
from vtl.values.signatures import Method

Table = tuple[Method, ...]


def _collections() -> Table:
    from vtl.values.collection_tables import METHODS

    return METHODS


def _sorted_maps() -> Table:
    from vtl.values.tree_maps import METHODS

    return METHODS


def _texts() -> Table:
    from vtl.values.strings import METHODS

    return METHODS


def _integers() -> Table:
    from vtl.values.integers import METHODS

    return METHODS


def _floats() -> Table:
    from vtl.values.floats import METHODS

    return METHODS


def _big_integers() -> Table:
    from vtl.values.big_integers import METHODS

    return METHODS


def _big_decimals() -> Table:
    from vtl.values.big_decimals import METHODS

    return METHODS


_SOURCES: Mapping[str, Callable[[], Table]] = {
    **dict.fromkeys(["java.lang.String", "java.lang.CharSequence", "java.lang.Character"], _texts),
    **dict.fromkeys([f"java.lang.{name}" for name in ("Number", "Integer", "Long", "Short", "Byte")], _integers),
    **dict.fromkeys([f"java.lang.{name}" for name in ("Double", "Float", "Boolean")], _floats),
    **dict.fromkeys([f"java.util.{name}" for name in ("SortedMap", "NavigableMap", "SortedSet", "NavigableSet")], _sorted_maps),
    "java.math.BigInteger": _big_integers,
    "java.math.BigDecimal": _big_decimals,
}


@lru_cache(maxsize=32)
def _by_owner(source: Callable[[], Table]) -> Mapping[str, Mapping[str, list[Method]]]:
    owners: dict[str, dict[str, list[Method]]] = {}
    for method in source():
        owners.setdefault(method.owner, {}).setdefault(method.name, []).append(method)
    return owners


def declared(owner: str) -> Mapping[str, list[Method]]:
    """The methods that a class declares itself, by name; classes that are not public show none."""
    if owner not in PUBLIC:
        return {}
    return _by_owner(_SOURCES.get(owner, _collections)).get(owner, {})
