"""Which Java class extends which: the part of Java's class tree that values of a template belong to."""

from __future__ import annotations

from functools import lru_cache

OBJECT = "java.lang.Object"

_PUBLIC = """
java.lang.Object -
java.io.Serializable -
java.lang.Comparable -
java.lang.CharSequence -
java.lang.Cloneable -
java.lang.Iterable -
java.lang.Class java.lang.Object java.io.Serializable
java.lang.String java.lang.Object java.io.Serializable java.lang.Comparable java.lang.CharSequence
java.lang.Character java.lang.Object java.io.Serializable java.lang.Comparable
java.lang.Boolean java.lang.Object java.io.Serializable java.lang.Comparable
java.lang.Number java.lang.Object java.io.Serializable
java.lang.Integer java.lang.Number java.lang.Comparable
java.lang.Long java.lang.Number java.lang.Comparable
java.lang.Short java.lang.Number java.lang.Comparable
java.lang.Byte java.lang.Number java.lang.Comparable
java.lang.Double java.lang.Number java.lang.Comparable
java.lang.Float java.lang.Number java.lang.Comparable
java.math.BigDecimal java.lang.Number java.lang.Comparable
java.math.BigInteger java.lang.Number java.lang.Comparable
java.util.Collection - java.lang.Iterable
java.util.List - java.util.Collection
java.util.Set - java.util.Collection
java.util.SortedSet - java.util.Set
java.util.NavigableSet - java.util.SortedSet
java.util.RandomAccess -
java.util.AbstractCollection java.lang.Object java.util.Collection
java.util.AbstractList java.util.AbstractCollection java.util.List
java.util.AbstractSet java.util.AbstractCollection java.util.Set
java.util.ArrayList java.util.AbstractList java.util.List java.util.RandomAccess java.lang.Cloneable java.io.Serializable
net.minidev.json.JSONArray java.util.ArrayList java.util.List net.minidev.json.JSONAwareEx net.minidev.json.JSONStreamAwareEx
net.minidev.json.JSONAware -
net.minidev.json.JSONAwareEx - net.minidev.json.JSONAware
net.minidev.json.JSONStreamAware -
net.minidev.json.JSONStreamAwareEx - net.minidev.json.JSONStreamAware
org.apache.velocity.util.ArrayListWrapper java.util.AbstractList
java.util.Map -
java.util.Map$Entry -
java.util.SortedMap - java.util.Map
java.util.NavigableMap - java.util.SortedMap
java.util.AbstractMap java.lang.Object java.util.Map
java.util.HashMap java.util.AbstractMap java.util.Map java.lang.Cloneable java.io.Serializable
java.util.LinkedHashMap java.util.HashMap java.util.Map
java.util.TreeMap java.util.AbstractMap java.util.NavigableMap java.lang.Cloneable java.io.Serializable
java.util.AbstractMap$SimpleImmutableEntry java.lang.Object java.util.Map$Entry java.io.Serializable
java.util.Iterator -
java.util.ListIterator - java.util.Iterator
java.util.Comparator -
"""

_PRIVATE = """
java.util.ArrayList$SubList java.util.AbstractList java.util.RandomAccess
java.util.AbstractList$SubList java.util.AbstractList
java.util.ArrayList$Itr java.lang.Object java.util.Iterator
java.util.ArrayList$ListItr java.util.ArrayList$Itr java.util.ListIterator
java.util.ArrayList$SubList$1 java.lang.Object java.util.ListIterator
java.util.AbstractList$Itr java.lang.Object java.util.Iterator
java.util.AbstractList$ListItr java.util.AbstractList$Itr java.util.ListIterator
java.util.AbstractList$SubList$1 java.lang.Object java.util.ListIterator
org.apache.velocity.util.ArrayIterator java.lang.Object java.util.Iterator
java.util.HashMap$Node java.lang.Object java.util.Map$Entry
java.util.LinkedHashMap$Entry java.util.HashMap$Node
java.util.LinkedHashMap$LinkedKeySet java.util.AbstractSet
java.util.LinkedHashMap$LinkedValues java.util.AbstractCollection
java.util.LinkedHashMap$LinkedEntrySet java.util.AbstractSet
java.util.LinkedHashMap$LinkedKeyIterator java.lang.Object java.util.Iterator
java.util.LinkedHashMap$LinkedValueIterator java.lang.Object java.util.Iterator
java.util.LinkedHashMap$LinkedEntryIterator java.lang.Object java.util.Iterator
java.util.HashMap$KeySet java.util.AbstractSet
java.util.HashMap$Values java.util.AbstractCollection
java.util.HashMap$EntrySet java.util.AbstractSet
java.util.HashMap$KeyIterator java.lang.Object java.util.Iterator
java.util.HashMap$ValueIterator java.lang.Object java.util.Iterator
java.util.HashMap$EntryIterator java.lang.Object java.util.Iterator
java.util.TreeMap$Entry java.lang.Object java.util.Map$Entry
java.util.TreeMap$KeySet java.util.AbstractSet java.util.NavigableSet
java.util.TreeMap$Values java.util.AbstractCollection
java.util.TreeMap$EntrySet java.util.AbstractSet
java.util.TreeMap$KeyIterator java.lang.Object java.util.Iterator
java.util.TreeMap$ValueIterator java.lang.Object java.util.Iterator
java.util.TreeMap$EntryIterator java.lang.Object java.util.Iterator
java.util.KeyValueHolder java.lang.Object java.util.Map$Entry
java.util.ImmutableCollections$List12 java.util.AbstractCollection java.util.List java.util.RandomAccess java.io.Serializable
java.util.ImmutableCollections$ListN java.util.AbstractCollection java.util.List java.util.RandomAccess java.io.Serializable
java.util.ImmutableCollections$SubList java.util.AbstractCollection java.util.List java.util.RandomAccess
java.util.ImmutableCollections$ListItr java.lang.Object java.util.ListIterator
java.util.ImmutableCollections$Set12 java.util.AbstractCollection java.util.Set java.io.Serializable
java.util.ImmutableCollections$SetN java.util.AbstractCollection java.util.Set java.io.Serializable
java.util.ImmutableCollections$Set12$1 java.lang.Object java.util.Iterator
java.util.ImmutableCollections$SetN$SetNIterator java.lang.Object java.util.Iterator
java.util.ImmutableCollections$Map1 java.util.AbstractMap java.io.Serializable
java.util.ImmutableCollections$MapN java.util.AbstractMap java.io.Serializable
java.util.ImmutableCollections$MapN$1 java.util.AbstractSet
java.util.ImmutableCollections$MapN$MapNIterator java.lang.Object java.util.Iterator
java.util.AbstractMap$1 java.util.AbstractSet
java.util.AbstractMap$1$1 java.lang.Object java.util.Iterator
java.util.AbstractMap$2 java.util.AbstractCollection
java.util.AbstractMap$2$1 java.lang.Object java.util.Iterator
"""

_PRIMITIVES = frozenset(["boolean", "byte", "char", "double", "float", "int", "long", "short"])


def _parse(table: str) -> dict[str, tuple[str, ...]]:
    rows = (line.split() for line in table.strip().splitlines())
    return {name: tuple(parent for parent in parents if parent != "-") for name, *parents in rows}


PUBLIC: dict[str, tuple[str, ...]] = _parse(_PUBLIC)
PRIVATE: dict[str, tuple[str, ...]] = _parse(_PRIVATE)


@lru_cache(maxsize=1024)
def lineage(name: str) -> tuple[str, ...]:
    """The class, then all that it extends and implements, in the order in which Velocity's ClassMap collects methods.

    An unknown name is a class of its own that extends Object. Arrays are Object, Cloneable and Serializable.
    """
    parents = PUBLIC.get(name)
    if parents is None:
        parents = PRIVATE.get(name)
    if parents is None:
        parents = (OBJECT, "java.lang.Cloneable", "java.io.Serializable") if name.startswith("[") else (OBJECT,)
    found = [name]
    superclass = [parent for parent in parents[:1] if _is_class(parent)]
    for parent in (*parents[len(superclass) :], *superclass):
        found += [ancestor for ancestor in lineage(parent) if ancestor not in found]
    return tuple(found)


def _is_class(name: str) -> bool:
    return name == OBJECT or OBJECT in lineage(name)


@lru_cache(maxsize=4096)
def is_assignable(wanted: str, actual: str) -> bool:
    """Class.isAssignableFrom: whether a value of type `actual` may stand where `wanted` is asked for; `[` names for arrays."""
    if wanted == actual:
        return True
    if wanted in _PRIMITIVES or actual in _PRIMITIVES:
        return False
    if wanted == OBJECT:
        return True
    if wanted.startswith("[L") and actual.startswith("[L"):
        return is_assignable(wanted[2:-1], actual[2:-1])
    return wanted in lineage(actual)
